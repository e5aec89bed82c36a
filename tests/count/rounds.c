/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules that go by rounds: the comparison with greedy, ties that the lot must
 * break, and what is written down of each round.
 */

#include <jansson.h>
#include <string.h>
#include <yihu/results.h>

#include "plain.h"
#include "test.h"

/* Households of 3.00 each. */
struct comparison_case {
	const char *name;
	uint64_t costs[PLAIN_MAX + 1];
	const char *ballots[5];
	const char *shares, *greedy; /* what each funds */
	uint64_t prefer_shares, prefer_greedy;
};

static const struct comparison_case comparisons[] = {
	{"two households would rather have greedy's",
	 {900, 300},
	 {"10", "10", "01"},
	 "b",
	 "a",
	 1,
	 2},
	{"as many for one as for the other: equal shares stay",
	 {1200, 100, 110, 120},
	 {"1000", "1000", "1101", "0010"},
	 "bcd",
	 "a",
	 2,
	 2},
	{"nobody loses by equal shares",
	 {800, 200, 210, 220},
	 {"1100", "1010", "0001"},
	 "bcd",
	 "a",
	 1,
	 0},
};

static void comparison(void **state)
{
	const struct comparison_case *c = *state;
	struct plain e;
	plain_make(&e, "equalshares", YIHU_APPROVAL, 0, c->costs, c->ballots);
	e.d.budget = 300 * e.p.n;
	plain_count(&e);
	plain_assert_funded(&e, c->shares);
	assert_false(e.o->trace->compared);
	yihu_outcome_free(e.o);
	e.d.comparison = true;
	plain_count(&e);
	bool greedy = c->prefer_greedy > c->prefer_shares;
	plain_assert_funded(&e, greedy ? c->greedy : c->shares);
	assert_true(e.o->trace->compared);
	assert_int_equal(e.o->trace->greedy_taken, greedy);
	assert_int_equal(e.o->trace->prefer_shares, c->prefer_shares);
	assert_int_equal(e.o->trace->prefer_greedy, c->prefer_greedy);
	plain_free(&e);
}

/* a and b are alike, and there is money for one. */
static void make_tie(struct plain *e, const char *rule)
{
	plain_make(e, rule, YIHU_APPROVAL, 400, (uint64_t[]){300, 300, 0},
		   (const char *[]){"11", "11", NULL});
}

static const char *const by_rounds[] = {"equalshares",        "equalshares/add1",
					"equalshares/add1u",  "equalshares/add1e",
					"equalshares/add1eu", "phragmen"};
#define N_RULES (sizeof by_rounds / sizeof *by_rounds)

TEST(a_tie_without_a_lot_is_told)
{
	for (size_t i = 0; i < N_RULES; i++) {
		struct plain e;
		struct yihu_error err = {0};
		make_tie(&e, by_rounds[i]);
		e.p.has_lot = false;
		assert_int_equal(yihu_count(&e.o, &e.p, &err), YIHU_ETIE);
		assert_non_null(strstr(err.text, "a"));
		assert_non_null(strstr(err.text, "b"));
		plain_free(&e);
	}
}

/* Whatever comes of it in the end: each has 9,000, of which b and c are bought, one as
 * good as the other. From 12,500 on a is bought, and all three would be over the budget. */
TEST(a_tie_on_the_way_is_told_too)
{
	struct plain e;
	struct yihu_error err = {0};
	plain_make(&e, "equalshares/add1", YIHU_APPROVAL, 36000, (uint64_t[]){25000, 6000, 6000, 0},
		   (const char *[]){"110", "101", "000", "000", NULL});
	plain_count(&e);
	plain_assert_funded(&e, "a");
	yihu_outcome_free(e.o);
	e.o = NULL;
	e.p.has_lot = false;
	assert_int_equal(yihu_count(&e.o, &e.p, &err), YIHU_ETIE);
	assert_non_null(strstr(err.text, "projects b and c"));
	plain_free(&e);
}

/* The comparison with greedy, which needs no lot for these, does not hide it. */
TEST(a_tie_is_told_before_it_is_compared)
{
	struct plain e;
	plain_make(&e, "equalshares", YIHU_APPROVAL, 1000, (uint64_t[]){300, 300, 0},
		   (const char *[]){"11", "11", NULL});
	e.p.has_lot = false;
	e.d.comparison = true;
	assert_int_equal(yihu_count(&e.o, &e.p, NULL), YIHU_ETIE);
	assert_null(e.o);
	plain_free(&e);
}

static json_t *written(const struct plain *e)
{
	struct yihu_buf text = {0};
	json_error_t error;
	yihu_count_json(&text, &e->p, e->o);
	assert_int_equal(text.data[text.len - 1], '\n');
	json_t *json =
		json_loadb((const char *)text.data, text.len, JSON_REJECT_DUPLICATES, &error);
	if (json == NULL)
		fail_msg("%s: %s", error.text, (const char *)text.data);
	yihu_buf_free(&text);
	return json;
}

TEST(a_tie_is_broken_by_the_lot_and_written_down)
{
	for (size_t i = 0; i < N_RULES; i++) {
		struct plain e;
		uint8_t a[64], b[64];
		make_tie(&e, by_rounds[i]);
		plain_count(&e);
		yihu_lot(a, &e.p, "a");
		yihu_lot(b, &e.p, "b");
		plain_assert_funded(&e, memcmp(a, b, 64) < 0 ? "a" : "b");
		json_t *json = written(&e);
		assert_int_equal(json_array_size(json_object_get(json, "ties")), 1);
		assert_string_equal(json_string_value(json_object_get(json, "version")),
				    "yihu-count-v1");
		assert_int_equal(strlen(json_string_value(json_object_get(json, "lot"))), 64);
		json_decref(json);
		plain_free(&e);
	}
}

TEST(without_a_tie_no_lot_is_needed)
{
	for (size_t i = 0; i < N_RULES; i++) {
		struct plain e;
		plain_make(&e, by_rounds[i], YIHU_APPROVAL, 400, (uint64_t[]){100, 300, 0},
			   (const char *[]){"11", "11", NULL});
		e.p.has_lot = false;
		plain_count(&e);
		plain_assert_funded(&e, "ab");
		json_t *json = written(&e);
		assert_int_equal(json_array_size(json_object_get(json, "ties")), 0);
		assert_true(json_is_null(json_object_get(json, "lot")));
		assert_int_equal(json_array_size(json_object_get(json, "funded")), 2);
		json_decref(json);
		plain_free(&e);
	}
}

/* Who is chosen of those that are reached at the same moment, and by what; who is
 * reached later has no part in it. */
TEST(each_round_of_phragmen_says_what_decided)
{
	static const struct {
		uint64_t costs[PLAIN_MAX + 1];
		const char *ballots[6];
		enum yihu_tiebreak by;
		uint32_t n_tied;
	} firsts[] = {
		{{100, 300, 900}, {"100", "010", "010", "010", "001"}, YIHU_BY_COST, 0},
		{{300, 300, 900}, {"100", "010", "001"}, YIHU_BY_LOT, 2},
		{{200, 300, 900}, {"100", "010", "001"}, YIHU_BY_VOTES, 0},
	};
	for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
		struct plain e;
		plain_make(&e, "phragmen", YIHU_APPROVAL, 2000, firsts[i].costs, firsts[i].ballots);
		plain_count(&e);
		const struct yihu_trace *t = e.o->trace;
		assert_int_equal(t->n_rounds, 3);
		assert_int_equal(t->rounds[0].by, firsts[i].by);
		assert_int_equal(t->rounds[0].n_tied, firsts[i].n_tied);
		for (size_t k = 1; k < 3; k++) {
			assert_int_equal(t->rounds[k].by, YIHU_BY_VOTES);
			assert_int_equal(t->rounds[k].n_tied, 0);
		}
		plain_free(&e);
	}
}

/* At 150 both are reached, after d at 50: 300 + 3 · 50 of three households, 300 of two. */
TEST(of_equal_cost_more_votes_go_first)
{
	for (size_t i = 0; i < 2; i++) {
		struct plain e;
		const char *const three = i ? "011" : "101", *const two = i ? "100" : "010";
		plain_make(&e, "phragmen", YIHU_APPROVAL, 2000, (uint64_t[]){300, 300, 150, 0},
			   (const char *[]){three, three, three, two, two, NULL});
		plain_count(&e);
		plain_assert_funded(&e, i ? "cba" : "cab");
		assert_int_equal(e.o->trace->rounds[1].by, YIHU_BY_MORE_VOTES);
		assert_int_equal(e.o->trace->rounds[1].n_tied, 0);
		plain_free(&e);
	}
}

int main(void)
{
	const size_t n = sizeof comparisons / sizeof *comparisons;
	struct CMUnitTest tests[sizeof comparisons / sizeof *comparisons + 7] = {
		cmocka_unit_test(a_tie_without_a_lot_is_told),
		cmocka_unit_test(a_tie_on_the_way_is_told_too),
		cmocka_unit_test(a_tie_is_told_before_it_is_compared),
		cmocka_unit_test(of_equal_cost_more_votes_go_first),
		cmocka_unit_test(a_tie_is_broken_by_the_lot_and_written_down),
		cmocka_unit_test(without_a_tie_no_lot_is_needed),
		cmocka_unit_test(each_round_of_phragmen_says_what_decided),
	};
	for (size_t i = 0; i < n; i++)
		tests[7 + i] =
			(struct CMUnitTest){.name = comparisons[i].name,
					    .test_func = comparison,
					    .initial_state = (void *)(uintptr_t)&comparisons[i]};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
