/* SPDX-License-Identifier: Apache-2.0
 *
 * The printer: its test page, and one letter again.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yihu/file.h>

#include "committee.h"

#include "folder/record.h"
#include "print/pdf_pages.h"
#include "print/print.h"
#include "print/test_page.h"

static struct yihu_view v;

static struct committee *begin(void)
{
	committee_clock(COMMITTEE_OPENS + 100);
	return committee_copy(committee_base);
}

static void look(struct committee *c)
{
	v = (struct yihu_view){.folder = &c->folder};
	assert_int_equal(yihu_folder_eid(v.eid, &c->folder, &c->err), 0);
	assert_int_equal(yihu_reach_open(&v.reach, &c->folder, NULL, &c->err), 0);
	assert_int_equal(yihu_view_look(&v, &c->err), 0);
}

static uint32_t pages(struct committee *c, const char *name)
{
	char *path = yihu_path(c->folder.root, name);
	uint32_t n = pdf_pages(path);
	free(path);
	return n;
}

/* ---- the test page ---- */

TEST(the_test_page_has_a_code_as_large_as_the_letters)
{
	static const char *const urls[] = {NULL, "https://vote.example.org:8443",
					   "https://a-very-long-name-of-a-host.example.org"};
	const struct yihu_token none = {.serial = 1};
	const uint8_t eid[YIHU_EID_BYTES] = {1, 2, 3};
	struct yihu_error err;
	for (size_t i = 0; i < 3; i++) {
		struct letter_style s;
		struct yihu_buf text = {0};
		int letter = 0, page = 0;
		assert_int_equal(letter_style_init(&s, urls[i], eid, &err), 0);
		assert_int_equal(letter_qr_runs(&s, &none, NULL, NULL, &letter, &err), 0);
		assert_int_equal(test_page_text(&text, &s, &err), 0);
		yihu_buf_u8(&text, 0);
		assert_int_equal(text_qr_runs((const char *)text.data, NULL, NULL, &page, &err), 0);
		assert_int_equal(page, letter);
		letter_style_finish(&s);
		yihu_buf_free(&text);
	}
}

TEST(the_test_page_is_read_or_looked_at)
{
	struct committee *c = begin();
	const struct issue_paper_options o = {0}, both = {.duplex = true};
	struct letter_style s;
	struct yihu_buf text = {0};
	uint8_t eid[YIHU_EID_BYTES];
	assert_int_equal(issue_test_seen(&c->folder, &c->err), YIHU_ENOENT);
	assert_int_equal(issue_test_page(&c->folder, &both, &c->err), 0);
	assert_int_equal(pages(c, "paper/test-page.pdf"), 4);
	assert_int_equal(issue_test_page(&c->folder, &o, &c->err), 0);
	assert_int_equal(pages(c, "paper/test-page.pdf"), 2);
	assert_null(record_test(&c->folder));
	assert_int_equal(issue_test_seen(&c->folder, &c->err), 0);
	assert_string_equal(record_test(&c->folder), RECORD_TEST_SEEN);
	assert_int_equal(issue_test_read(&c->folder, yihu_span("yihu-test:x"), &c->err), YIHU_EARG);
	assert_int_equal(yihu_folder_eid(eid, &c->folder, &c->err), 0);
	assert_int_equal(letter_style_init(&s, NULL, eid, &c->err), 0);
	assert_int_equal(test_page_text(&text, &s, &c->err), 0);
	assert_int_equal(issue_test_read(&c->folder,
					 (struct yihu_span){(char *)text.data, text.len}, &c->err),
			 0);
	assert_string_equal(record_test(&c->folder), RECORD_TEST_READ);
	letter_style_finish(&s);
	yihu_buf_free(&text);
	committee_free(c);
}

/* ---- one letter again ---- */

static int reprint(struct committee *c, uint32_t serial)
{
	look(c);
	int r = issue_reprint(&v, serial, &c->err);
	yihu_view_finish(&v);
	return r;
}

static struct yihu_buf output_of(struct committee *c, const char *command)
{
	struct yihu_buf out = {0};
	char *line = yihu_printf("cd '%s' && %s", c->temp, command);
	FILE *pipe = popen(line, "r");
	char chunk[4096];
	size_t got;
	while ((got = fread(chunk, 1, sizeof chunk, pipe)) > 0)
		yihu_buf_put(&out, chunk, got);
	assert_int_equal(pclose(pipe), 0);
	yihu_buf_u8(&out, 0);
	free(line);
	return out;
}

TEST(a_letter_is_made_again_out_of_its_list)
{
	struct committee *c = begin();
	assert_int_equal(reprint(c, 5), 0);
	assert_int_equal(pages(c, "letters/pdf/0005.pdf"), 2); /* and its slip */
	if (system("command -v pdftotext >/dev/null") == 0) {
		struct yihu_buf text = output_of(c, "pdftotext election/letters/pdf/0005.pdf -");
		char typed[YIHU_TYPED_TEXT_BYTES];
		const struct yihu_token token = committee_token(c, 5);
		uint8_t eid[YIHU_EID_BYTES];
		assert_int_equal(yihu_folder_eid(eid, &c->folder, &c->err), 0);
		yihu_token_typed(typed, eid, &token);
		assert_non_null(strstr((const char *)text.data, typed));
		yihu_buf_free(&text);
	}
	committee_free(c);
}

TEST(a_letter_that_does_not_vote_is_not_made_again)
{
	struct committee *c = begin();
	uint32_t serial;
	const struct issue_change end = {.old_serial = 6}, other = {.old_serial = 5, .fresh = true};
	assert_int_equal(reprint(c, 1), YIHU_EVOTED);
	assert_int_equal(reprint(c, 99), YIHU_ECREDENTIAL);
	assert_int_equal(committee_change(c, &end, &serial), 0);
	assert_int_equal(reprint(c, 6), YIHU_EVOIDED);
	assert_int_equal(committee_change(c, &other, &serial), 0);
	assert_int_equal(reprint(c, serial), 0); /* of changed.csv */
	assert_int_equal(issue_shred(&c->folder, 7, NULL, &c->err), 0);
	assert_int_equal(reprint(c, serial), YIHU_ENOENT);
	assert_non_null(strstr(c->err.text, "destroyed"));
	committee_free(c);
}

TEST(a_list_that_was_exchanged_prints_nothing)
{
	struct committee *c = begin();
	/* The code of letter 6 in the line of letter 5. */
	committee_shell(
		c, "cd election/letters && code=$(sed -n 's/^\"\\t0006\".*,\\([^,]*\\),qr.*/\\1/p' "
		   "list.csv) && awk -v code=\"$code\" -F, 'BEGIN {OFS=\",\"} "
		   "/^\"\\t0005\"/ {$(NF-1)=code} {print}' list.csv >new && mv new list.csv");
	assert_int_not_equal(reprint(c, 5), 0);
	assert_false(committee_has(c, "letters/pdf/0005.pdf"));
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_test_page_has_a_code_as_large_as_the_letters),
		cmocka_unit_test(the_test_page_is_read_or_looked_at),
		cmocka_unit_test(a_letter_is_made_again_out_of_its_list),
		cmocka_unit_test(a_letter_that_does_not_vote_is_not_made_again),
		cmocka_unit_test(a_list_that_was_exchanged_prints_nothing),
	};
	return cmocka_run_group_tests_name("issue printing", tests, committee_begin_poll,
					   committee_end);
}
