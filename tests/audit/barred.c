/* SPDX-License-Identifier: Apache-2.0
 *
 * What a fault bars: which checks still run when a file of a published
 * election was changed or is gone, and at every stage before it. A check that
 * ran on what an earlier one refused would tell of faults that are not there,
 * or count ballots that nobody cast.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

static struct fixture *f;
static struct fixture_log *election_log;
static struct yihu_public *published;

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 6, .min_box = 3});
	election_log = fixture_log_whole(f, 3);
	published = fixture_public_opened(election_log);
	publish(published, f, FIXTURE_ALL_HOLDERS);
	return 0;
}

AROUND(tear_down)
{
	yihu_public_free(published);
	fixture_log_free(election_log);
	fixture_free(f);
	return 0;
}

/* The checks that ran, each with how much it checked, and the faults. */
static struct yihu_buf report(const struct yihu_audit *a)
{
	struct yihu_buf out = {0};
	/* Not of the files: they are only counted. */
	for (int c = YIHU_CHECK_FILES + 1; c < YIHU_N_CHECKS; c++) {
		const struct yihu_step *s = &a->steps[c];
		if (s->ran)
			yihu_buf_fmt(&out, "%s%s %llu", out.len > 0 ? ", " : "",
				     yihu_check_name(s->check), (unsigned long long)s->count);
	}
	for (size_t i = 0; i < a->n_faults; i++)
		yihu_buf_fmt(&out, "; %s: %s", yihu_check_name(a->faults[i].check),
			     a->faults[i].file);
	if (a->tally.opened)
		yihu_buf_str(&out, "; opened");
	if (a->outcome != NULL)
		yihu_buf_str(&out, "; counted");
	return out;
}

static void assert_report_of(const struct fixture *of, const struct yihu_public *p,
			     const char *what, const char *want)
{
	struct yihu_audit *a = audit_under(p, of);
	struct yihu_buf have = report(a);
	if (have.len != strlen(want) || memcmp(have.data, want, have.len) != 0)
		fail_msg("%s: “%.*s”, not “%s”", what, (int)have.len, (const char *)have.data,
			 want);
	yihu_audit_free(a);
	yihu_buf_free(&have);
}

static void assert_report(const struct yihu_public *p, const char *what, const char *want)
{
	assert_report_of(f, p, what, want);
}

#define LOG "definition 4, charter 4, register 6, tiles 2, checkpoint 2"
#define BOXED LOG ", entries 5, box 3"
#define OPENED BOXED ", mixes 2, openings 2, decoding 3, count 3"

/* A bit of its middle turned; gone. */
static const struct {
	const char *file, *changed, *gone;
} files[] = {
	{"box",
	 LOG
	 ", entries 5, box 0, mixes 2, openings 2, decoding 3, count 3; box: box; opened; counted",
	 LOG ", entries 5, mixes 2, openings 2, decoding 3, count 3, results 3; files: box; "
	     "results: results; opened; counted"},
	{"charter", "definition 4, charter 0, tiles 2; charter: charter",
	 "definition 4, tiles 2; files: charter"},
	{"election.pb",
	 "definition 0, charter 4, register 6, tiles 2, checkpoint 2; definition: election.pb; "
	 "charter: election.pb",
	 "charter 4, register 6, tiles 2, checkpoint 2; files: election.pb"},
	{"log/at-close",
	 OPENED ", results 3, objections 2; checkpoint: log/at-close; opened; counted",
	 "definition 4, charter 4, register 6, tiles 2, checkpoint 1, entries 5, box 3, mixes 2, "
	 "openings 2, decoding 3, count 3, results 3, objections 2; opened; counted"},
	{"log/checkpoint",
	 OPENED ", results 3, objections 2; checkpoint: log/checkpoint; opened; counted",
	 "definition 4, charter 4, register 6, tiles 2, checkpoint 1; files: log/checkpoint"},
	{"log/tile/0/000.p/5", LOG "; tiles: log/tile/0/000.p/5",
	 "definition 4, charter 4, register 6, tiles 1, checkpoint 2; tiles: log/tile/0/000.p/5"},
	{"log/tile/entries/000.p/5", LOG "; tiles: log/tile/entries/000.p/5",
	 "definition 4, charter 4, register 6, tiles 1, checkpoint 2; tiles: "
	 "log/tile/entries/000.p/5"},
	{"mix/1", BOXED ", mixes 0; mixes: mix/1",
	 BOXED ", mixes 0; files: mix/1; results: results"},
	{"mix/2", BOXED ", mixes 1; mixes: mix/2",
	 BOXED ", mixes 1, openings 0; openings: mix/2; openings: open/1"},
	{"open/1", BOXED ", mixes 2, openings 1; openings: open/1",
	 BOXED ", mixes 2, openings 1; results: results"},
	{"open/2", BOXED ", mixes 2, openings 1; openings: open/2",
	 BOXED ", mixes 2, openings 1; results: results"},
	{"preliminary",
	 OPENED ", results 3, objections 2; objections: preliminary; opened; counted",
	 OPENED ", results 3; files: preliminary; opened; counted"},
	{"final", OPENED ", results 3, objections 2; objections: final; opened; counted",
	 OPENED ", results 3, objections 1; opened; counted"},
	{"register",
	 "definition 4, charter 4, register 0, tiles 2, checkpoint 2; register: register",
	 "definition 4, charter 4, tiles 2, checkpoint 2; files: register"},
	{"results", OPENED ", results 3; results: results; opened; counted",
	 OPENED ", results 2, objections 2; files: results; opened; counted"},
	{"results.json", OPENED ", results 3; results: results.json; opened; counted",
	 OPENED ", results 2, objections 2; files: results.json; opened; counted"},
	{"results.pb", OPENED ", results 3; results: results.pb; opened; counted",
	 OPENED ", results 2, objections 2; files: results.pb; opened; counted"},
};

TEST(changed_files_bar_what_stands_on_them)
{
	assert_int_equal(published->n, sizeof files / sizeof *files);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct yihu_public *p = public_copy(published);
		const struct yihu_buf *honest = yihu_public_get(published, files[i].file);
		struct yihu_buf b = {0};
		assert_non_null(honest);
		yihu_buf_put(&b, honest->data, honest->len);
		b.data[b.len / 2] ^= 1;
		yihu_public_put(p, files[i].file, b.data, b.len);
		assert_report(p, files[i].file, files[i].changed);
		yihu_public_free(p);
		yihu_buf_free(&b);
	}
}

TEST(missing_files_bar_what_stands_on_them)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct yihu_public *p = public_copy(published);
		yihu_public_remove(p, files[i].file);
		assert_report(p, files[i].file, files[i].gone);
		yihu_public_free(p);
	}
}

/* What is not here is not checked, and what is barred says so. */
TEST(a_step_says_what_it_did_not_compare)
{
	struct yihu_public *p = fixture_public_new(f);
	assert_report(p, "no log yet", "definition 4, charter 4, register 6");
	yihu_public_free(p);
	p = public_copy(published);
	for (int faulty = 0; faulty <= 1; faulty++) {
		struct yihu_audit *a = audit_under(p, f);
		const char *says = a->steps[YIHU_CHECK_CHECKPOINT].text;
		assert_int_equal(strstr(says, "not compared") != NULL, faulty);
		assert_null(strstr(a->steps[YIHU_CHECK_FILES].text, "passed over"));
		assert_int_equal(strstr(says, "at the poll's end") != NULL, !faulty);
		yihu_audit_free(a);
		yihu_public_put(p, "log/tile/0/000.p/5", "", 0);
	}
	yihu_public_free(p);
	p = public_copy(published);
	yihu_public_remove(p, "log/at-close");
	struct yihu_audit *a = audit_under(p, f);
	assert_null(strstr(a->steps[YIHU_CHECK_CHECKPOINT].text, "poll's end"));
	yihu_audit_free(a);
	yihu_public_free(p);
}

enum { CLOSED, OPEN, SHUT };

/* Box, two mixes and three openings, one after the other, on a log that is
 * closed, not closed yet, or closed with fewer ballots than min-box. */
static const char *const stages[][3] = {
	{LOG ", entries 5", "definition 4, charter 4, register 6, tiles 2, checkpoint 1, entries 4",
	 LOG ", entries 4"},
	{BOXED,
	 "definition 4, charter 4, register 6, tiles 2, checkpoint 1, entries 4, box 0; box: box",
	 LOG ", entries 4, box 0; box: box"},
	{BOXED ", mixes 1",
	 "definition 4, charter 4, register 6, tiles 2, checkpoint 1, entries 4, box 0, mixes 0; "
	 "box: box; mixes: mix/1",
	 LOG ", entries 4, box 0, mixes 0; box: box; mixes: mix/1"},
	{BOXED ", mixes 2",
	 "definition 4, charter 4, register 6, tiles 2, checkpoint 1, entries 4, box 0, mixes 0; "
	 "box: box; mixes: mix/2",
	 LOG ", entries 4, box 0, mixes 0; box: box; mixes: mix/2"},
	{BOXED ", mixes 2, openings 1",
	 "definition 4, charter 4, register 6, tiles 2, checkpoint 1, entries 4, box 0, mixes 0; "
	 "box: box; mixes: mix/2",
	 LOG ", entries 4, box 0, mixes 0; box: box; mixes: mix/2; openings: open/1"},
	{OPENED "; opened; counted",
	 "definition 4, charter 4, register 6, tiles 2, checkpoint 1, entries 4, box 0, mixes 0; "
	 "box: box; mixes: mix/2",
	 LOG ", entries 4, box 0, mixes 0; box: box; mixes: mix/2; openings: open/2"},
	{BOXED ", mixes 2, openings 3, decoding 3, count 3; opened; counted",
	 "definition 4, charter 4, register 6, tiles 2, checkpoint 1, entries 4, box 0, mixes 0; "
	 "box: box; mixes: mix/2",
	 LOG ", entries 4, box 0, mixes 0; box: box; mixes: mix/2; openings: open/3"},
};

/* Those of an open log were made on one that was closed later. */
static void add_part(struct yihu_public *p, const struct fixture_log *log, size_t part)
{
	if (part == 1)
		fixture_public_box(p, log, FIXTURE_ALL_HOLDERS);
	else if (part == 2 || part == 3)
		fixture_public_mix(p, log, (uint32_t)part - 1);
	else if (part > 3)
		fixture_public_open(p, log, (uint32_t)part - 3);
}

static void walk(int kind)
{
	static const char *const kinds[] = {"closed", "open", "shut"};
	struct fixture_log *log = fixture_log_new(f), *later = fixture_log_new(f);
	struct yihu_public *p = fixture_public_new(f);
	fixture_log_ballots(log, kind == SHUT ? 2 : 3);
	fixture_log_ballots(later, 3);
	fixture_log_close(later);
	if (kind != OPEN)
		fixture_log_close(log);
	fixture_public_log(p, log);
	for (size_t part = 0; part < sizeof stages / sizeof *stages; part++) {
		add_part(p, kind == OPEN ? later : log, part);
		assert_report(p, kinds[kind], stages[part][kind]);
	}
	yihu_public_free(p);
	fixture_log_free(log);
	fixture_log_free(later);
}

TEST(a_closed_log_is_checked_as_far_as_it_goes)
{
	walk(CLOSED);
}

TEST(on_an_open_log_nothing_is_opened)
{
	walk(OPEN);
}

TEST(on_a_small_log_nothing_is_opened)
{
	walk(SHUT);
}

/* Nothing is missing of what the log needs. */
TEST(a_tile_too_many_bars_nothing)
{
	struct yihu_public *p = public_copy(published);
	yihu_public_put(p, "log/tile/1/000.p/9", "", 0);
	assert_report(p, "a tile too many",
		      "definition 4, charter 4, register 6, tiles 3, checkpoint 2, entries 5, "
		      "box 3, mixes 2, openings 2, decoding 3, count 3, results 3, objections 2; "
		      "tiles: log/tile/1/000.p/9; opened; counted");
	yihu_public_free(p);
}

/* The t lowest are good, yet nothing is counted while one there is not. */
TEST(a_bad_opening_beyond_the_lowest_bars_the_count)
{
	struct yihu_public *p = public_copy(published);
	struct yihu_buf b = {0};
	fixture_public_open(p, election_log, 3);
	assert_report(p, "three openings",
		      BOXED ", mixes 2, openings 3, decoding 3, count 3, results 3; "
			    "results: results.json; opened; counted");
	const struct yihu_buf *file = yihu_public_get(p, "open/3");
	yihu_buf_put(&b, file->data, file->len);
	b.data[b.len - 1] ^= 1;
	yihu_public_put(p, "open/3", b.data, b.len);
	assert_report(p, "one of them bad", BOXED ", mixes 2, openings 2; openings: open/3");
	yihu_public_free(p);
	yihu_buf_free(&b);
}

/* phragmen knows no points. Its ballots are opened all the same. */
TEST(a_rule_that_is_not_counted_bars_the_count_alone)
{
	struct fixture *g = fixture_new(&(struct fixture_options){
		.kind = YIHU_SCORING, .rule = "phragmen", .projects = 4, .households = 6});
	struct fixture_log *log = fixture_log_whole(g, 3);
	struct yihu_public *p = fixture_public_opened(log);
	assert_report_of(g, p, "phragmen",
			 BOXED
			 ", mixes 2, openings 2, decoding 3; definition: election.pb; opened");
	yihu_public_free(p);
	fixture_log_free(log);
	fixture_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changed_files_bar_what_stands_on_them),
		cmocka_unit_test(missing_files_bar_what_stands_on_them),
		cmocka_unit_test(a_step_says_what_it_did_not_compare),
		cmocka_unit_test(a_closed_log_is_checked_as_far_as_it_goes),
		cmocka_unit_test(on_an_open_log_nothing_is_opened),
		cmocka_unit_test(on_a_small_log_nothing_is_opened),
		cmocka_unit_test(a_tile_too_many_bars_nothing),
		cmocka_unit_test(a_bad_opening_beyond_the_lowest_bars_the_count),
		cmocka_unit_test(a_rule_that_is_not_counted_bars_the_count_alone),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
