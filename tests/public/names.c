/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of a public folder's names: what it says of names, of what they stand
 * on, and of when such files come. Names that are nearly one: table.c.
 */
#include <string.h>

#include <yihu/names.h>
#include <yihu/public.h>

#include "test.h"

#define BIT(kind) YIHU_PUBLIC_BIT(YIHU_PUBLIC_##kind)
#define ALWAYS (BIT(DEFINITION) | BIT(CHARTER))

static const struct yihu_public_row *row_of(int kind)
{
	return yihu_public_row((enum yihu_public_kind)kind);
}

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

TEST(a_name_is_its_row_and_number)
{
	static const struct {
		const char *name;
		enum yihu_public_kind kind;
		uint32_t number;
	} rows[] = {
		{"election.pb", YIHU_PUBLIC_DEFINITION, 0},
		{"img/" HASH, YIHU_PUBLIC_PICTURE, 0},
		{"log/checkpoint", YIHU_PUBLIC_CHECKPOINT, 0},
		{"log/tile/0/x001/067.p/5", YIHU_PUBLIC_TILE, 0},
		{"mix/1", YIHU_PUBLIC_MIX, 1},
		{"mix/15", YIHU_PUBLIC_MIX, 15},
		{"open/7", YIHU_PUBLIC_OPENING, 7},
		{"site/a/b.html", YIHU_PUBLIC_SITE, 0},
		{".fetch", YIHU_PUBLIC_HIDDEN, 0},
		{"mix/.1", YIHU_PUBLIC_HIDDEN, 0},
		{"img/" HASH ".jpg", YIHU_PUBLIC_STRAY, 0},
		{"img/0" HASH, YIHU_PUBLIC_STRAY, 0},
		{"img/F123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		 YIHU_PUBLIC_STRAY, 0},
		{"img/", YIHU_PUBLIC_STRAY, 0},
		{"mix/16", YIHU_PUBLIC_STRAY, 0},
		{"mix/0", YIHU_PUBLIC_STRAY, 0},
		{"log/tile/0/67", YIHU_PUBLIC_STRAY, 0},
		{"Charter", YIHU_PUBLIC_STRAY, 0},
		{"", YIHU_PUBLIC_STRAY, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_public_name n = yihu_public_name(rows[i].name);
		assert_int_equal(n.kind, rows[i].kind);
		assert_int_equal(n.number, rows[i].number);
	}
	assert_string_equal(yihu_public_name("img/" HASH).hash, HASH);
	assert_string_equal(yihu_public_picture(HASH).text, "img/" HASH);
	struct yihu_public_name n = yihu_public_name("log/tile/0/x001/067.p/5");
	assert_int_equal(n.tile.level, 0);
	assert_int_equal(n.tile.index, 1067);
	assert_int_equal(n.tile.width, 5);
}

TEST(a_row_makes_names_that_are_its_own)
{
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++)
		for (uint32_t i = 1; i <= row_of(kind)->most; i++) {
			struct yihu_public_text t =
				yihu_public_numbered((enum yihu_public_kind)kind, i);
			struct yihu_public_name n = yihu_public_name(t.text);
			assert_int_equal(n.kind, kind);
			assert_int_equal(n.number, i);
		}
	struct yihu_tile tile = {.level = -1, .index = 999999, .width = 200};
	struct yihu_public_name n = yihu_public_name(yihu_public_tile(&tile).text);
	assert_int_equal(n.kind, YIHU_PUBLIC_TILE);
	assert_int_equal(n.tile.index, 999999);
	assert_string_equal(yihu_public_bundle(300, 512).text, "log/tile/entries/001");
	assert_string_equal(yihu_public_bundle(300, 511).text, "log/tile/entries/001.p/255");
}

TEST(a_path_begins_as_a_row_does)
{
	const struct yihu_public_row *box = row_of(YIHU_PUBLIC_BOX), *mix = row_of(YIHU_PUBLIC_MIX);
	assert_true(yihu_public_begins(box, "box"));
	assert_false(yihu_public_begins(box, "box/1"));
	assert_false(yihu_public_begins(box, "bo"));
	assert_true(yihu_public_begins(mix, "mix/99"));
	assert_false(yihu_public_begins(mix, "mix/"));
	assert_false(yihu_public_begins(mix, "mix"));
}

TEST(only_the_log_is_written_anew)
{
	assert_true(yihu_public_of_log("log/checkpoint"));
	assert_true(yihu_public_of_log("log/at-close"));
	assert_true(yihu_public_of_log("log/tile/0/000"));
	assert_false(yihu_public_of_log("log/notes"));
	assert_false(yihu_public_of_log("box"));
	assert_false(yihu_public_of_log(".log"));
}

/* Or on each other, where none is there without the rest. */
TEST(each_stands_on_those_before_it)
{
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++)
		for (int on = kind; on < YIHU_N_PUBLIC_KINDS; on++) {
			bool needs = (row_of(kind)->needs & YIHU_PUBLIC_BIT(on)) != 0;
			bool back = (row_of(on)->needs & YIHU_PUBLIC_BIT(kind)) != 0;
			bool log = kind == YIHU_PUBLIC_TILE && on == YIHU_PUBLIC_CHECKPOINT;
			assert_true(!needs || back || log);
		}
}

TEST(what_is_needed_is_needed_by_what_is_needed)
{
	static const struct {
		uint32_t there, needed;
	} rows[] = {
		{0, 0},
		{BIT(REGISTER), 0},
		{BIT(CANCELLED), 0},
		{BIT(TILE), BIT(REGISTER) | BIT(CHECKPOINT)},
		{BIT(AT_CLOSE), BIT(REGISTER) | BIT(CHECKPOINT)},
		{BIT(OPENING), BIT(REGISTER) | BIT(CHECKPOINT) | BIT(BOX) | BIT(MIX)},
		{BIT(RESULTS_PB),
		 BIT(REGISTER) | BIT(CHECKPOINT) | BIT(RESULTS_JSON) | BIT(RESULTS)},
		{BIT(RESULTS),
		 BIT(REGISTER) | BIT(CHECKPOINT) | BIT(RESULTS_JSON) | BIT(RESULTS_PB)},
		{BIT(FINAL), BIT(REGISTER) | BIT(CHECKPOINT) | BIT(RESULTS_JSON) | BIT(RESULTS_PB) |
				     BIT(RESULTS) | BIT(PRELIMINARY)},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(yihu_public_needed(rows[i].there),
				 rows[i].there | rows[i].needed | ALWAYS);
}

/* A letter a stage, from drafted to cancelled: x, it may come. */
TEST(each_comes_in_its_time)
{
	static const char *const times[YIHU_N_PUBLIC_KINDS] = {
		[YIHU_PUBLIC_DEFINITION] = "..xx..........",
		[YIHU_PUBLIC_CHARTER] = "..xx..........",
		[YIHU_PUBLIC_PICTURE] = "..xx..........",
		[YIHU_PUBLIC_REGISTER] = "...xx.........",
		[YIHU_PUBLIC_TILE] = "....xxxx......",
		[YIHU_PUBLIC_CHECKPOINT] = "....xxxx......",
		[YIHU_PUBLIC_AT_CLOSE] = ".....xx.......",
		[YIHU_PUBLIC_BOX] = ".......xxxx...",
		[YIHU_PUBLIC_MIX] = "........xx....",
		[YIHU_PUBLIC_OPENING] = ".........xxx..",
		[YIHU_PUBLIC_CANCELLED] = "...xxxx.......",
		[YIHU_PUBLIC_RESULTS_PB] = ".......x..xx..",
		[YIHU_PUBLIC_RESULTS_JSON] = ".......x..xx..",
		[YIHU_PUBLIC_RESULTS] = ".......x..xx..",
		[YIHU_PUBLIC_PRELIMINARY] = "...........xx.",
		[YIHU_PUBLIC_FINAL] = "...........xx.",
		[YIHU_PUBLIC_SITE] = "...........xx.",
	};
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++)
		for (int s = 0; s < YIHU_N_STAGES; s++)
			if (yihu_public_may_come((enum yihu_public_kind)kind, (enum yihu_stage)s) !=
			    (times[kind][s] == 'x'))
				fail_msg("%s at %s", row_of(kind)->pattern,
					 yihu_stage_name((enum yihu_stage)s));
}

TEST(half_a_result_is_forgotten)
{
	struct yihu_public *p = yihu_public_new();
	yihu_public_put(p, "results.json", "x", 1);
	yihu_public_put(p, "results.pb", "x", 1);
	yihu_public_put(p, "box", "x", 1);
	yihu_public_put(p, "results", "x", 1);
	yihu_public_forget_unfinished(p);
	assert_int_equal(p->n, 4);
	yihu_public_remove(p, "results");
	yihu_public_forget_unfinished(p);
	assert_int_equal(p->n, 1);
	assert_non_null(yihu_public_get(p, "box"));
	yihu_public_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_its_row_and_number),
		cmocka_unit_test(a_row_makes_names_that_are_its_own),
		cmocka_unit_test(a_path_begins_as_a_row_does),
		cmocka_unit_test(only_the_log_is_written_anew),
		cmocka_unit_test(each_stands_on_those_before_it),
		cmocka_unit_test(what_is_needed_is_needed_by_what_is_needed),
		cmocka_unit_test(each_comes_in_its_time),
		cmocka_unit_test(half_a_result_is_forgotten),
	};
	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
