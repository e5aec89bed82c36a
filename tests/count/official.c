/* SPDX-License-Identifier: Apache-2.0
 *
 * Real elections: the same winners as two public implementations of greedy,
 * and as the cities published.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "real.h"
#include "test.h"

static void assert_votes(const struct real *x, const json_t *votes)
{
	const char *id;
	json_t *want;
	void *iterator = json_object_iter((json_t *)(uintptr_t)votes);
	assert_non_null(iterator);
	for (; iterator; iterator = json_object_iter_next((json_t *)(uintptr_t)votes, iterator)) {
		id = json_object_iter_key(iterator);
		want = json_object_iter_value(iterator);
		long i = yihu_definition_find(x->d, id);
		assert_true(i >= 0);
		json_int_t n = json_is_string(want) ? atoll(json_string_value(want))
						    : json_integer_value(want);
		assert_int_equal(x->o->projects[i].votes, n);
	}
}

static void assert_funded(const char *name, const struct real *x, const json_t *ids, bool in_order)
{
	assert_int_equal(x->o->n_funded, json_array_size(ids));
	for (size_t i = 0; i < x->o->n_funded; i++) {
		const char *id = json_string_value(json_array_get(ids, i));
		long project = yihu_definition_find(x->d, id);
		assert_true(project >= 0);
		if (x->o->projects[project].verdict != YIHU_FUNDED)
			fail_msg("%s: %s is not funded", name, id);
		if (in_order)
			assert_int_equal(x->o->funded[i], project);
	}
}

/* Compares one rule over every file that states its outcome; how many? */
static size_t compare_all(const char *rule, const char *key)
{
	size_t n = 0;
	const char *name;
	json_t *want;
	json_object_foreach(real_expected, name, want)
	{
		const json_t *ids = json_object_get(want, key);
		bool ordinal = strcmp(json_string_value(json_object_get(want, "vote_type")),
				      "ordinal") == 0;
		bool niskie = strcmp(name, "Poland_Warszawa_2018_Niskie_Okecie") == 0;
		if (!ids || ordinal || niskie)
			continue;
		struct real x;
		real_read(&x, name);
		real_count(&x, rule);
		assert_int_equal(x.votes.n, json_integer_value(json_object_get(want, "num_votes")));
		assert_funded(name, &x, ids, true);
		const json_t *score = json_object_get(want, "score_sum_or_local_borda");
		assert_votes(&x, score ? score : json_object_get(want, "votes"));
		real_free(&x);
		n++;
	}
	return n;
}

TEST(greedy)
{
	assert_int_equal(compare_all("greedy", "greedy_votes_skip"), 11);
}

TEST(greedy_no_skip)
{
	assert_int_equal(compare_all("greedy-no-skip", "greedy_votes_no_skip"), 11);
}

TEST(greedy_by_points)
{
	assert_int_equal(compare_all("greedy", "greedy_score_skip"), 1);
}

/* 615 (110,500) and 308 (69,200) have 88 votes each, and 137,700 is left. */
TEST(niskie_okecie_takes_the_cheaper_of_a_tie)
{
	static const char *const want[] = {"303", "1940", "310", "308", "301", "309", "302"};
	struct real x;
	real_read(&x, "Poland_Warszawa_2018_Niskie_Okecie");
	real_count(&x, NULL);
	assert_int_equal(x.o->n_funded, 7);
	for (size_t i = 0; i < 7; i++)
		assert_string_equal(x.d->projects[x.o->funded[i]].id, want[i]);
	real_free(&x);
}

/* Under the files' own greedy-threshold, with the threshold each declares. */
TEST(thresholds_that_cities_declared)
{
	static const char *const names[] = {"Poland_Lodz_2020_Nr_33", "Poland_Warszawa_2018_Sadul"};
	for (size_t i = 0; i < 2; i++) {
		struct real x;
		real_read(&x, names[i]);
		assert_string_equal(x.d->rule, "greedy-threshold");
		real_count(&x, NULL);
		assert_funded(names[i], &x,
			      json_object_get(json_object_get(real_expected, names[i]),
					      "official_selected"),
			      false);
		real_free(&x);
	}
}

/* Counted by the rule that each file declares: the winners are those in its own
 * column `selected`. What differs, and why, is in DIFFERENCES.md. */
static const char *const other_winners[] = {"Poland_Warszawa_2018_Niskie_Okecie"};

static bool has_other_winners(const char *name)
{
	for (size_t i = 0; i < sizeof other_winners / sizeof *other_winners; i++)
		if (strcmp(other_winners[i], name) == 0)
			return true;
	return false;
}

static size_t differences(const struct real *x)
{
	size_t n = 0;
	for (size_t i = 0; i < x->n_told; i++) {
		bool funded = x->o->projects[i].verdict == YIHU_FUNDED;
		n += x->told[i].has_selected && funded != (x->told[i].selected != 0);
	}
	return n;
}

TEST(winners_that_cities_published)
{
	size_t cities = 0, shares = 0, other = 0;
	for (size_t i = 0; i < real_names_n; i++) {
		const char *name = real_names[i];
		struct real x;
		real_read(&x, name);
		if (x.told && x.told[0].has_selected) {
			real_count(&x, NULL);
			bool differs = differences(&x) > 0;
			if (differs != has_other_winners(name))
				fail_msg("%s: %zu other winners", name, differences(&x));
			other += differs;
			cities++;
			shares += strncmp(x.d->rule, "equalshares/add1", 16) == 0;
		}
		real_free(&x);
	}
	assert_int_equal(cities, 10);
	assert_int_equal(shares, 3); /* Assen, Świecie, Wieliczka */
	assert_int_equal(other, 1);
}

AROUND(load)
{
	return real_expect("greedy");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(greedy),
		cmocka_unit_test(greedy_no_skip),
		cmocka_unit_test(greedy_by_points),
		cmocka_unit_test(niskie_okecie_takes_the_cheaper_of_a_tie),
		cmocka_unit_test(thresholds_that_cities_declared),
		cmocka_unit_test(winners_that_cities_published),
	};
	return cmocka_run_group_tests(tests, load, real_forget);
}
