/* SPDX-License-Identifier: Apache-2.0
 *
 * The code's size and strength, from its modules (ISO/IEC 18004), and the
 * list's cells.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/print.h"
#include "table/misread.h"
#include "test.h"

#define SIDE_MAX 200
#define QUIET 4

struct symbol {
	int side; /* modules, without the quiet zone */
	bool dark[SIDE_MAX][SIDE_MAX];
};

static struct letter_style style_of(const char *url)
{
	static const uint8_t eid[YIHU_EID_BYTES] = {7};
	struct letter_style s;
	assert_int_equal(letter_style_init(&s, url, eid, NULL), 0);
	return s;
}

static struct yihu_token token(void)
{
	struct yihu_token t = {.serial = 352};
	memset(t.seed, 0xa7, sizeof t.seed);
	memset(t.signature, 0x5c, sizeof t.signature);
	return t;
}

/* Draws the SVG's rectangles "Mx yhNv1h-Nz". */
static struct symbol draw(const char *svg)
{
	struct symbol s = {0};
	const char *path = strstr(strstr(svg, "#fff"), "/><path d=\"");
	assert_non_null(path);
	assert_int_equal(sscanf(strstr(svg, "viewBox=\"0 0 "), "viewBox=\"0 0 %d", &s.side), 1);
	s.side -= 2 * QUIET;
	for (const char *at = strchr(path, 'M'); at != NULL; at = strchr(at + 1, 'M')) {
		int x, y, n;
		assert_int_equal(sscanf(at, "M%d %dh%dv1", &x, &y, &n), 3);
		for (int i = 0; i < n; i++)
			s.dark[y - QUIET][x - QUIET + i] = true;
	}
	return s;
}

/* As wide as on the letter, whatever the version. */
static void assert_size(const char *svg, int side)
{
	double mm = 0;
	assert_int_equal(sscanf(strstr(svg, " width="), " width=\"%lfmm\"", &mm), 1);
	assert_true(mm > (side + 2 * QUIET) * 0.762 - 0.001 &&
		    mm < (side + 2 * QUIET) * 0.762 + 0.001);
}

static struct symbol symbol_of(const char *url)
{
	struct letter_style style = style_of(url);
	struct yihu_token t = token();
	struct yihu_buf svg = {0};
	assert_int_equal(letter_qr_svg(&svg, &style, &t, NULL), 0);
	struct symbol s = draw((const char *)svg.data);
	assert_size((const char *)svg.data, s.side);
	yihu_buf_free(&svg);
	letter_style_finish(&style);
	return s;
}

static int version(const struct symbol *s)
{
	return (s->side - 17) / 4;
}

/* The two highest of the format's 15 bits, which lie at row 8 from column 0;
 * masked with 0x5412. 0 is M. */
static int level(const struct symbol *s)
{
	int bits = s->dark[8][0] << 1 | s->dark[8][1];
	return bits ^ 0x5412 >> 13;
}

TEST(hosts_of_24_characters_fit_version_7_at_level_m)
{
	static const char *const urls[] = {"https://a.cn", "https://vote.example.org",
					   "https://abcdefghijklm.example.cn",
					   "https://abcdefgh.example.cn:8443"};
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		struct symbol s = symbol_of(urls[i]);
		assert_int_equal(version(&s), 7);
		assert_int_equal(level(&s), 0);
	}
	assert_int_equal(strlen(urls[2]) - strlen("https://"), 24);
}

TEST(a_longer_host_takes_version_8)
{
	struct symbol s = symbol_of("https://abcdefghijklmn.example.cn");
	assert_int_equal(version(&s), 8);
	assert_int_equal(level(&s), 0);
}

TEST(without_a_host_the_digits_stand_alone)
{
	struct symbol s = symbol_of(NULL);
	assert_int_equal(level(&s), 0);
	assert_true(version(&s) <= 7);
}

/* The finder patterns, the timing lines between them, and the dark module. */
TEST(the_drawing_is_a_symbol)
{
	struct symbol s = symbol_of("https://vote.example.org");
	for (int i = 0; i < 7; i++) {
		assert_true(s.dark[0][i] && s.dark[i][0] && s.dark[6][i] && s.dark[i][6]);
		assert_true(s.dark[0][s.side - 1 - i] && s.dark[s.side - 1 - i][0]);
		assert_false(s.dark[7][i] || s.dark[i][7]);
	}
	for (int i = 8; i < s.side - 8; i++)
		assert_true(s.dark[6][i] == (i % 2 == 0) && s.dark[i][6] == (i % 2 == 0));
	assert_true(s.dark[s.side - 8][8]);
}

TEST(dangerous_cells_are_defused)
{
	struct letter_style style = style_of(NULL);
	struct yihu_token t = token();
	struct letter l = {.token = &t,
			   .household = "=1+1",
			   .building = "a,\"b\"",
			   .name = "-2",
			   .replaces = 12};
	struct yihu_buf line = {0};
	letter_list_line(&line, &style, &l);
	assert_non_null(strstr((char *)line.data,
			       "\"\t0352\",\"'=1+1\",\"a,\"\"b\"\"\",\"'-2\",\"\t0012\","));
	yihu_buf_free(&line);
	letter_style_finish(&style);
}

/* A spreadsheet program would drop zeros, round digits and make dates. */
TEST(numbers_stay_text_in_a_spreadsheet)
{
	static const char *const spoilt[] = {"0101",         "1-2", "3/4",  "1e5",
					     "123456789012", "-1",  "1,000"};
	static const char *const fine[] = {"101", "12345678901", "0",    "0.5", "1栋-2",
					   "",    "e",           "3-1-A"};
	struct letter_style style = style_of(NULL);
	struct yihu_token t = token();
	struct letter l = {.token = &t, .household = "1-2", .building = "01", .name = "101"};
	struct yihu_buf line = {0}, head = {0};
	for (size_t i = 0; i < sizeof spoilt / sizeof *spoilt; i++)
		assert_true(table_misreads(spoilt[i]));
	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
		assert_false(table_misreads(fine[i]));
	letter_list_head(&head);
	letter_list_line(&line, &style, &l);
	assert_memory_equal(head.data, "\xef\xbb\xbfserial,", 10);
	assert_non_null(strstr((char *)line.data, "\"\t0352\",\"\t1-2\",\"\t01\",\"101\",,"));
	const char *scan = strstr((char *)line.data, ",\"\t") + 1;
	assert_non_null(strstr(scan, ",\"\t")); /* the digits, where there is no address */
	yihu_buf_free(&line);
	yihu_buf_free(&head);
	letter_style_finish(&style);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts_of_24_characters_fit_version_7_at_level_m),
		cmocka_unit_test(a_longer_host_takes_version_8),
		cmocka_unit_test(without_a_host_the_digits_stand_alone),
		cmocka_unit_test(the_drawing_is_a_symbol),
		cmocka_unit_test(dangerous_cells_are_defused),
		cmocka_unit_test(numbers_stay_text_in_a_spreadsheet),
	};
	return cmocka_run_group_tests_name("issue qr", tests, NULL, NULL);
}
