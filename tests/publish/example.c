/* SPDX-License-Identifier: Apache-2.0
 *
 * The small vote that explains a rule: whatever the limits, its ballots keep to them, and it
 * is counted as any vote is.
 */
#include <stdlib.h>
#include <string.h>

#include "publish/example.h"
#include "publish/sentences.h"
#include "test.h"

static struct yihu_definition *definition(const char *keys, const char *rule, const char *budget)
{
	struct yihu_definition *d = NULL;
	struct yihu_buf strict = {0};
	struct yihu_error err = {0};
	char *text = yihu_printf(
		"META\nkey;value\ndescription;t\ncountry;China\nunit;u\ninstance;2026\n"
		"num_projects;3\nnum_votes;0\n%srule;%s\ndate_begin;2026\ndate_end;2026\n%s"
		"PROJECTS\nproject_id;cost;name\n1;100;lamps\n2;200;benches\n3;50;trees\n",
		budget, rule, keys);
	if (yihu_definition_adopt(&strict, NULL, text, strlen(text), &err) != 0 ||
	    yihu_definition_parse(&d, strict.data, strict.len, &err) != 0)
		fail_msg("%s: %s", keys, err.text);
	yihu_buf_free(&strict);
	free(text);
	return d;
}

TEST(every_kind_of_ballot_has_an_example)
{
	static const struct {
		const char *keys, *rule, *budget;
	} votes[] = {
		{"vote_type;approval\n", "greedy", "budget;200\n"},
		{"vote_type;approval\nmax_length;1\n", "greedy-no-skip", "budget;200\n"},
		{"vote_type;approval\nmin_length;2\nmax_length;2\n", "equalshares/add1",
		 "budget;200\n"},
		{"vote_type;approval\nmax_sum_cost;150\n", "phragmen", "budget;300\n"},
		{"vote_type;approval\nquorum;>=2/3\n", "greedy", "budget;300\n"},
		{"vote_type;scoring\nballot;consent\n", "majority", ""},
		{"vote_type;scoring\nmax_points;1\n", "greedy", "budget;300\n"},
		{"vote_type;scoring\nmax_points;10\n", "equalshares", "budget;300\n"},
		{"vote_type;cumulative\nmax_sum_points;10\n", "greedy", "budget;300\n"},
		{"vote_type;ordinal\nmax_length;2\n", "greedy", "budget;300\n"},
	};
	for (size_t i = 0; i < sizeof votes / sizeof *votes; i++) {
		struct yihu_definition *d =
			definition(votes[i].keys, votes[i].rule, votes[i].budget);
		struct example x = {0};
		struct yihu_error err = {0};
		if (example_make(&x, d, &err) != 0)
			fail_msg("%s: %s", votes[i].keys, err.text);
		for (size_t k = 0; k < EXAMPLE_HOUSEHOLDS; k++)
			assert_int_equal(yihu_digits_check(d, &x.digits[k * x.n], &err), 0);
		assert_true(x.result.funded.n > 0);
		example_finish(&x);
		yihu_definition_free(d);
	}
}

TEST(it_is_counted_by_the_rule_and_said_in_its_words)
{
	struct yihu_definition *d =
		definition("vote_type;approval\nmax_length;2\n", "greedy", "budget;250\n");
	struct example x = {0};
	struct yihu_error err = {0};
	enum language l;
	assert_int_equal(example_make(&x, d, &err), 0);
	assert_int_equal(words_language(&l, "en", &err), 0);
	/* Liked first or second: lamps by all five, benches by three, trees by two. */
	assert_int_equal(x.result.projects[0].votes, 5);
	assert_int_equal(x.result.projects[1].votes, 3);
	assert_int_equal(x.result.projects[2].votes, 2);
	assert_true(x.result.funded.n == 2 && x.result.funded.at[0] == 0 &&
		    x.result.funded.at[1] == 2);
	char *why = yihu_why_sentence(&x.result, &x.result.projects[1], l);
	assert_non_null(strstr(why, "150"));
	char *mark = example_mark(d, 1, l), *none = example_mark(d, 0, l);
	assert_string_equal(mark, "✓");
	assert_string_equal(none, "");
	free(mark);
	free(none);
	free(why);
	example_finish(&x);
	yihu_definition_free(d);
}

TEST(limits_that_five_households_do_not_meet_have_none)
{
	struct yihu_definition *d = definition(
		"vote_type;approval\nmin_sum_cost;340\nmax_length;2\n", "greedy", "budget;350\n");
	struct example x = {0};
	struct yihu_error err = {0};
	assert_int_not_equal(example_make(&x, d, &err), 0);
	example_finish(&x);
	yihu_definition_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_ballot_has_an_example),
		cmocka_unit_test(it_is_counted_by_the_rule_and_said_in_its_words),
		cmocka_unit_test(limits_that_five_households_do_not_meet_have_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
