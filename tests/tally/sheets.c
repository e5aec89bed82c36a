/* SPDX-License-Identifier: Apache-2.0
 *
 * The count desk's batch sheets against the log: what goes with it, and each thing that
 * does not.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/box.h>

#include "committee.h"
#include "tally/desk_sheets.h"

static int read_one(const char *text)
{
	struct tally_sheet s;
	return tally_sheet_read(&s, text, NULL);
}

TEST(a_sheet_is_three_numbers)
{
	struct tally_sheet s;
	struct yihu_error err;
	assert_int_equal(tally_sheet_read(&s, "12:0003:0047", &err), 0);
	assert_int_equal(s.recorded, 12);
	assert_int_equal(s.first, 3);
	assert_int_equal(s.last, 47);
	assert_int_equal(read_one("1:3:0003"), 0);
	static const char *const wrong[] = {
		"",        "12",     "12:3",   "12:3:",         "12:3:4:", "12:3:4:5",
		"0:3:4",   "12:0:4", "12:3:x", "-1:3:4",        "1:3:4",   "2:3:3",
		"12:3: 4", "12::4",  ":3:4",   "4294967296:3:4"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(tally_sheet_read(&s, wrong[i], &err), YIHU_EARG);
		assert_non_null(strstr(err.text, wrong[i]));
	}
}

/* Of a poll in which the letters 1 to 4 have voted, one after the other. */
static char *differences(const char *const *texts, size_t n, bool desk_only, unsigned *count)
{
	struct tally_sheet sheets[8];
	struct tally_sheets_found found;
	struct yihu_box *box;
	struct yihu_error err;
	assert_int_equal(yihu_box_look(&box, committee_base->folder.box, &err), 0);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(tally_sheet_read(&sheets[i], texts[i], &err), 0);
	tally_sheets_compare(&found, sheets, n, yihu_box_ledger(box), desk_only);
	assert_int_equal(found.ballots, 4);
	yihu_box_close(box);
	yihu_buf_put(&found.lines, "", 1);
	*count = found.differences;
	return (char *)found.lines.data;
}

#define ROWS(...)                                                                                  \
	(const char *const[]){__VA_ARGS__},                                                        \
		sizeof(const char *const[]){__VA_ARGS__} / sizeof(char *)

static void goes(const char *const *texts, size_t n, bool desk_only)
{
	unsigned count;
	char *lines = differences(texts, n, desk_only, &count);
	if (count != 0)
		fail_msg("%s", lines);
	free(lines);
}

static void differs(const char *const *texts, size_t n, bool desk_only, const char *what)
{
	unsigned count;
	char *lines = differences(texts, n, desk_only, &count);
	if (count != 1 || !strstr(lines, what))
		fail_msg("%u: %s instead of %s", count, lines, what);
	free(lines);
}

TEST(sheets_that_go_with_the_log)
{
	goes(ROWS("4:1:4"), true);
	goes(ROWS("2:1:2", "2:3:4"), true);
	goes(ROWS("2:2:4"), false); /* one in between came another way */
	goes(ROWS("1:1:1", "1:3:3", "1:4:4"), false);
}

TEST(each_difference_is_named)
{
	differs(ROWS("3:1:2"), false, "sheet 1: it has 3 slips, and the log has 2 ballots");
	differs(ROWS("2:1:2", "2:3:5"), false, "sheet 2: the log has no ballot of letter 0005");
	differs(ROWS("2:3:99"), false, "sheet 1: there is no letter 0099");
	differs(ROWS("2:4:1"), false, "sheet 1: letter 0004 was recorded after letter 0001");
	differs(ROWS("2:1:2", "2:2:3"), false, "sheets 1 and 2: both have letter 0002");
	differs(ROWS("3:1:3", "2:2:4"), false, "all sheets: they have 5 slips, and the log has 4");
	differs(ROWS("3:1:3"), true,
		"all sheets: the letters lead to the desk alone, and yet ballots are on no sheet: "
		"1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sheet_is_three_numbers),
		cmocka_unit_test(sheets_that_go_with_the_log),
		cmocka_unit_test(each_difference_is_named),
	};
	return cmocka_run_group_tests_name("tally sheets", tests, committee_begin_poll,
					   committee_end);
}
