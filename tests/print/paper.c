/* SPDX-License-Identifier: Apache-2.0
 *
 * The same letter is the same bytes; another seed, name or number is not.
 */
#include <stdlib.h>
#include <string.h>

#include "print/paper.h"
#include "print/sheets.h"
#include "test.h"

static const char election[] =
	"META\nkey;value\ndescription;A test election\ncountry;China\nunit;Chengdu\n"
	"instance;2026\nnum_projects;2\nnum_votes;0\nbudget;500\nvote_type;approval\n"
	"rule;greedy\ndate_begin;2026\ndate_end;2026\nballot;approval\nPROJECTS\n"
	"project_id;cost;name\n1;100;lamps\n2;200;benches\nVOTES\nvoter_id;vote\n";

static struct yihu_token token(uint8_t seed)
{
	struct yihu_token t = {.serial = 17};
	memset(t.seed, seed, sizeof t.seed);
	return t;
}

/* The PDF of one letter. */
static struct yihu_buf print(const char *url, const struct letter *l, double *code_mm)
{
	struct yihu_charter charter = {.households = 100, .closes = 1800000000};
	struct yihu_definition *d;
	struct letter_style style;
	struct sheets *sheets;
	struct pdf to;
	struct yihu_error err;
	assert_int_equal(yihu_definition_parse(&d, election, strlen(election), &err), 0);
	assert_int_equal(letter_style_init(&style, url, charter.eid, &err), 0);
	const struct paper p = {.charter = &charter,
				.definition = d,
				.style = &style,
				.url = url,
				.language = LANGUAGE_EN};
	assert_int_equal(sheets_open(&sheets, &p, &err), 0);
	assert_int_equal(sheets_each(sheets), 2);
	assert_int_equal(pdf_open(&to, NULL, 210, 297, "test", 1800000000, &err), 0);
	assert_int_equal(sheets_print(sheets, &to, l, &err), 0);
	assert_int_equal(pdf_end(&to, &err), 0);
	struct yihu_buf bytes = to.bytes;
	to.bytes = (struct yihu_buf){0};
	if (code_mm != NULL)
		*code_mm = sheets_code_mm(sheets);
	pdf_finish(&to);
	sheets_close(sheets);
	letter_style_finish(&style);
	yihu_definition_free(d);
	return bytes;
}

static bool same(const struct letter *a, const struct letter *b)
{
	struct yihu_buf x = print("https://vote.example.org", a, NULL);
	struct yihu_buf y = print("https://vote.example.org", b, NULL);
	bool equal = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	assert_true(x.len > 1000 && memcmp(x.data, "%PDF-", 5) == 0);
	yihu_buf_free(&x);
	yihu_buf_free(&y);
	return equal;
}

TEST(the_same_letter_is_the_same_bytes)
{
	const struct yihu_token t = token(1), other = token(2);
	struct yihu_token next = token(1);
	next.serial = 18;
	const struct letter l = {.token = &t, .household = "1-101", .name = "王芳"};
	const struct letter seed = {.token = &other, .household = "1-101", .name = "王芳"};
	const struct letter serial = {.token = &next, .household = "1-101", .name = "王芳"};
	const struct letter name = {.token = &t, .household = "1-101", .name = "王方"};
	assert_true(same(&l, &l));
	assert_false(same(&l, &seed));
	assert_false(same(&l, &serial));
	assert_false(same(&l, &name));
}

/* 18 dots of 600 dpi a module, and four modules of white on each side. */
TEST(the_code_is_40_mm_and_grows_with_the_host)
{
	static const struct {
		const char *url;
		int modules;
	} rows[] = {{"https://vote.example.org", 45},
		    {"https://abcdefghijklmn.example.cn", 49},
		    {NULL, 41}};
	const struct yihu_token t = token(1);
	const struct letter l = {.token = &t, .household = "1-101", .name = ""};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		double side;
		struct yihu_buf pdf = print(rows[i].url, &l, &side);
		assert_true(side > (rows[i].modules + 8) * 0.762 - 0.001 &&
			    side < (rows[i].modules + 8) * 0.762 + 0.001);
		yihu_buf_free(&pdf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_letter_is_the_same_bytes),
		cmocka_unit_test(the_code_is_40_mm_and_grows_with_the_host),
	};
	return cmocka_run_group_tests_name("print paper", tests, NULL, NULL);
}
