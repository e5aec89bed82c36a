/* SPDX-License-Identifier: Apache-2.0
 *
 * The text of a charter by itself, before anybody signs it (PROTOCOL §1, §4):
 * what is no text, no key or behind the last line is refused.
 */
#include "world.h"

#include <string.h>

/* In base64, and no point. */
TEST(a_key_that_is_no_point_is_refused)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_buf text;
	struct world w;
	uint8_t bytes[32];

	memset(bytes, 0xff, sizeof(bytes));
	world_init(&w, 3, 2, 9);
	text = world_text(&w);
	text.len = (size_t)(strstr((char *)text.data, "\nkey ") - (char *)text.data) + 5;
	yihu_base64(&text, bytes, sizeof(bytes));
	yihu_buf_str(&text, "\n");
	expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_EPOINT, "16");
	yihu_buf_str(&text, "withdrawals 1\n"); /* a good line behind it */
	expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_EPOINT, "16");
	yihu_buf_free(&text);
	world_finish(&w);
}

TEST(one_household_and_its_ballot_are_enough)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_buf text;
	struct world w;

	world_init(&w, 3, 2, 1);
	w.c.min_box = 1;
	text = world_text(&w);
	expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_OK, "");
	assert_int_equal(c->households, 1);
	assert_int_equal(c->min_box, 1);
	yihu_charter_free(c);
	yihu_buf_free(&text);
	world_finish(&w);
}

/* Behind the key, once; a charter without the line allows none. */
TEST(a_charter_says_how_many_projects_can_be_withdrawn)
{
	static const struct {
		const char *line, *says;
		int code;
		uint32_t most;
	} rows[] = {
		{"", "", YIHU_OK, 0},
		{"withdrawals 1\n", "", YIHU_OK, 1},
		{"withdrawals 9\n", "", YIHU_OK, 9},
		{"withdrawals 0\n", "line 17: a charter that allows", YIHU_ECHARTER, 0},
		{"withdrawals 10\n", "allows 1 to 9 of them", YIHU_ECHARTER, 0},
		{"withdrawals x\n", "line 17: “x” is not a whole number", YIHU_ECHARTER, 0},
		{"withdrawals 01\n", "line 17", YIHU_ECHARTER, 0},
		{"withdrawals\n", "line 17", YIHU_ECHARTER, 0},
		{"withdrawals 1 2\n", "line 17", YIHU_ECHARTER, 0},
		{"withdrawal 1\n", "17", YIHU_ETRAILING, 0},
		{"withdrawalsx 1\n", "17", YIHU_ETRAILING, 0},
		{"withdrawalz 1\n", "17", YIHU_ETRAILING, 0},
		{"withdrawals 1\nwithdrawals 1\n", "18", YIHU_ETRAILING, 0},
	};
	struct world w;
	world_init(&w, 3, 2, 9);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_charter *c = NULL;
		struct yihu_error err = {0};
		struct yihu_buf text = world_text(&w);
		yihu_buf_str(&text, rows[i].line);
		expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, rows[i].code,
		       rows[i].says);
		if (c)
			assert_int_equal(c->max_withdrawals, rows[i].most);
		yihu_charter_free(c);
		yihu_buf_free(&text);
	}
	world_finish(&w);
}

TEST(lines_behind_the_key_are_refused)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_buf text;
	struct world w;

	world_init(&w, 3, 2, 9);
	text = world_text(&w);
	yihu_buf_str(&text, "note hello\n");
	expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_ETRAILING, "17");
	text.len -= strlen("note hello\n");
	yihu_buf_str(&text, "x");
	expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_ETRAILING, "16");
	text.len -= 2; /* the key's own LF is gone too */
	expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_ECHARTER, "16");
	yihu_buf_free(&text);
	world_finish(&w);
}

TEST(texts_that_are_no_text_are_refused)
{
	static const struct {
		const char *find, *with;
	} rows[] = {
		{"\norigin", "\r\norigin"},
		{"yihu-charter-v1", "\xef\xbb\xbfyihu-charter-v1"},
		{"households 9", "households\t9"},
		{"王-1", "\xe7\x8e"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct yihu_charter *c = NULL;
		struct yihu_error err = {0};
		struct yihu_buf text;
		struct world w;

		world_init(&w, 3, 2, 9);
		text = world_text(&w);
		replace(&text, rows[i].find, rows[i].with);
		expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_EFORMAT,
		       "UTF-8");
		yihu_buf_free(&text);
		world_finish(&w);
	}
}

/* Small-order, not canonical, and of mixed order: all refused as keys (§1). */
TEST(weak_public_keys_are_refused)
{
	static const char *const keys[] = {
		"0100000000000000000000000000000000000000000000000000000000000000",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"0200000000000000000000000000000000000000000000000000000000000000",
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct yihu_charter *c = NULL;
		struct yihu_error err = {0};
		struct yihu_buf text;
		struct world w;

		world_init(&w, 3, 2, 9);
		assert_true(yihu_unhex(w.c.issuer.pk, 32, yihu_span(keys[i])));
		text = world_text(&w);
		expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_EPUBKEY,
		       "line 10");
		yihu_buf_free(&text);
		world_finish(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_that_is_no_point_is_refused),
		cmocka_unit_test(one_household_and_its_ballot_are_enough),
		cmocka_unit_test(a_charter_says_how_many_projects_can_be_withdrawn),
		cmocka_unit_test(lines_behind_the_key_are_refused),
		cmocka_unit_test(texts_that_are_no_text_are_refused),
		cmocka_unit_test(weak_public_keys_are_refused),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("charter_text", tests, NULL, NULL);
}
