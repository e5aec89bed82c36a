/* SPDX-License-Identifier: Apache-2.0
 *
 * What a report prints of names that a hostile disk may hold: letters of all
 * languages as they are, and a question mark for each byte of anything that
 * would steer a terminal or is no UTF-8.
 */
#include <string.h>

#include "support.h"

static struct fixture *f;

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 3});
	return 0;
}

AROUND(tear_down)
{
	fixture_free(f);
	return 0;
}

static const struct {
	const char *what, *name, *printed;
} rows[] = {
	{"Latin, Greek, Chinese", "aé\xce\xb1项", "aé\xce\xb1项"},
	{"the first letters of three bytes", "\xe0\xb8\x81", "\xe0\xb8\x81"},
	{"the first letters of four bytes", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
	{"the first character of two bytes that is no control", "\xc2\xa0", "\xc2\xa0"},
	{"the last control of two bytes", "\xc2\x9f.", "??."},
	{"the first control of two bytes", "\xc2\x80.", "??."},
	{"the last control of one byte", "\x1f.", "?."},
	{"a space", "a b", "a b"},
	{"delete", "\x7f.", "?."},
	{"a continuation byte alone", "\x80.", "?."},
	{"a letter cut short at the end", "a\xe9\xa1", "a??"},
	{"the first byte of a letter at the end", "a\xc2", "a?"},
	{"a letter cut short by another", "\xe9\xa1z", "??z"},
	{"a letter spelled too long", "\xc0\xaf.", "??."},
	{"a surrogate", "\xed\xa0\x80.", "???."},
	{"beyond Unicode", "\xf4\x90\x80\x80.", "????."},
};

TEST(names_are_printed_as_they_may_be)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_public *p = fixture_public_new(f);
		yihu_public_put(p, rows[i].name, "x", 1);
		struct yihu_audit *a = audit_under(p, f);
		assert_int_equal(a->n_faults, 1);
		if (strcmp(a->faults[0].file, rows[i].printed) != 0)
			fail_msg("%s: “%s”", rows[i].what, a->faults[0].file);
		assert_non_null(strstr(a->faults[0].text, rows[i].printed));
		yihu_audit_free(a);
		yihu_public_free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_printed_as_they_may_be),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
