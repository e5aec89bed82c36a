/* SPDX-License-Identifier: Apache-2.0
 *
 * Choices in words and at random, and ballots that were kept.
 */
#include "fake.h"

#include <stdlib.h>
#include <string.h>

static const struct fixture_options kinds[] = {
	{.kind = YIHU_APPROVAL},
	{.kind = YIHU_APPROVAL, .projects = 30},
	{.meta = "max_sum_cost;900\nmin_length;2\nmax_length;4\n"},
	{.kind = YIHU_CONSENT, .rule = "majority"},
	{.kind = YIHU_SCORING},
	{.kind = YIHU_CUMULATIVE},
	{.kind = YIHU_ORDINAL},
};

/* Valid every time, and not the same every time. */
TEST(random_ballots_are_valid)
{
	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct fixture *f = fixture_new(&kinds[k]);
		const struct yihu_definition *d = f->election->definition;
		uint32_t digits[64], before[64] = {0};
		size_t changed = 0;
		for (int i = 0; i < 50; i++) {
			assert_int_equal(cast_random_digits(d, NULL, digits, NULL), 0);
			assert_int_equal(yihu_digits_check(d, digits, NULL), 0);
			changed += memcmp(digits, before, d->n_projects * sizeof *digits) != 0;
			memcpy(before, digits, d->n_projects * sizeof *digits);
		}
		assert_true(changed > 20);
		fixture_free(f);
	}
}

/* The same seed gives the same ballot, another one another. */
TEST(a_seed_gives_one_ballot_and_leans)
{
	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct fixture *f = fixture_new(&kinds[k]);
		const struct yihu_definition *d = f->election->definition;
		uint32_t digits[64], again[64], before[64] = {0};
		size_t changed = 0;
		for (uint8_t i = 0; i < 50; i++) {
			struct cast_chance one = {.seed = {i}}, other = {.seed = {i}};
			assert_int_equal(cast_random_digits(d, &one, digits, NULL), 0);
			assert_int_equal(cast_random_digits(d, &other, again, NULL), 0);
			assert_int_equal(yihu_digits_check(d, digits, NULL), 0);
			assert_memory_equal(digits, again, d->n_projects * sizeof *digits);
			changed += memcmp(digits, before, d->n_projects * sizeof *digits) != 0;
			memcpy(before, digits, d->n_projects * sizeof *digits);
		}
		assert_true(changed > 20);
		fixture_free(f);
	}
}

static size_t chosen_by_seeds(const struct yihu_definition *d, size_t project)
{
	size_t n = 0;
	for (uint8_t i = 0; i < 200; i++) {
		struct cast_chance chance = {.seed = {i}};
		uint32_t digits[64];
		assert_int_equal(cast_random_digits(d, &chance, digits, NULL), 0);
		n += digits[project] == 1;
	}
	return n;
}

/* The first project is liked least, the third best. */
TEST(households_of_seeds_lean)
{
	static const struct fixture_options leaning[] = {{.kind = YIHU_CONSENT, .rule = "majority"},
							 {.meta = "max_length;2\n"}};
	for (size_t k = 0; k < COUNT(leaning); k++) {
		struct fixture *f = fixture_new(&leaning[k]);
		const struct yihu_definition *d = f->election->definition;
		assert_true(chosen_by_seeds(d, 2) > chosen_by_seeds(d, 0) + 40);
		fixture_free(f);
	}
}

static void assert_spelled(const struct yihu_definition *d, const uint32_t *digits,
			   const char *want)
{
	struct yihu_buf out = {0};
	cast_spell_choice(&out, d, digits);
	assert_string_equal((char *)out.data, want);
	yihu_buf_free(&out);
}

static const char three[] = "PROJECTS\nproject_id;cost;name\na;1;Lamps\nb;1;Trees\nc;1;Ramp\n"
			    "VOTES\nvoter_id;vote%s\n";

static struct yihu_definition *definition(const char *type, const char *meta, const char *columns)
{
	struct yihu_definition *d;
	struct yihu_buf text = {0};
	struct yihu_error err = {0};
	char *tail = yihu_printf(three, columns);
	yihu_buf_fmt(&text,
		     "META\nkey;value\ndescription;d\ncountry;China\nunit;Chengdu\ninstance;2025\n"
		     "num_projects;3\nnum_votes;0\nbudget;10\nvote_type;%s\nrule;greedy\n"
		     "date_begin;2025\ndate_end;2025\n%s%s",
		     type, meta, tail);
	int r = yihu_definition_parse(&d, text.data, text.len, &err);
	if (r != 0)
		fail_msg("%s", err.text);
	free(tail);
	yihu_buf_free(&text);
	return d;
}

/* With spaces, and as a Chinese keyboard writes it, too. */
TEST(choices_are_typed_by_their_numbers)
{
	static const struct {
		const char *type, *meta, *columns, *typed;
		uint32_t digits[3];
		int code;
	} cases[] = {
		{"approval", "ballot;approval\n", "", "1 3", {1, 0, 1}, 0},
		{"approval", "ballot;approval\n", "", " 1, 3 ", {1, 0, 1}, 0},
		{"approval", "ballot;approval\n", "", "1，3", {1, 0, 1}, 0},
		{"approval", "ballot;approval\n", "", "1、 3　", {1, 0, 1}, 0},
		{"approval", "ballot;approval\n", "", "", {0, 0, 0}, 0},
		{"approval", "ballot;approval\n", "", "a", {0}, YIHU_EDIGITS},
		{"ordinal", "ballot;ordinal\n", "", "3 1", {2, 0, 1}, 0},
		{"cumulative",
		 "ballot;cumulative\nmax_sum_points;9\n",
		 ";points",
		 "1：7，3:2",
		 {7, 0, 2},
		 0},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct yihu_definition *d =
			definition(cases[i].type, cases[i].meta, cases[i].columns);
		uint32_t digits[3] = {0};
		struct yihu_error err = {0};
		int r = cast_digits_from_list(d, cases[i].typed, digits, &err);
		assert_int_equal(r, cases[i].code);
		if (r == 0)
			assert_memory_equal(digits, cases[i].digits, sizeof digits);
		yihu_definition_free(d);
	}
}

TEST(choices_are_spelled_in_words)
{
	static const struct {
		const char *type, *meta, *columns;
		uint32_t digits[3];
		const char *want;
	} cases[] = {
		{"approval", "ballot;approval\n", "", {1, 0, 1}, "  a Lamps\n  c Ramp\n"},
		{"approval",
		 "ballot;approval\n",
		 "",
		 {0, 0, 0},
		 "  a blank ballot: for no project\n"},
		{"ordinal", "ballot;ordinal\n", "", {2, 0, 1}, "  1. c Ramp\n  2. a Lamps\n"},
		{"cumulative",
		 "ballot;cumulative\nmax_sum_points;9\n",
		 ";points",
		 {7, 0, 2},
		 "  a Lamps: 7 points\n  c Ramp: 2 points\n"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct yihu_definition *d =
			definition(cases[i].type, cases[i].meta, cases[i].columns);
		assert_spelled(d, cases[i].digits, cases[i].want);
		yihu_definition_free(d);
	}
}

TEST(consent_is_spelled_for_every_project)
{
	struct fixture *f = fixture_new(
		&(struct fixture_options){.kind = YIHU_CONSENT, .rule = "majority", .projects = 3});
	const struct yihu_definition *d = f->election->definition;
	struct yihu_buf out = {0};
	cast_spell_choice(&out, d, (const uint32_t[]){1, 0, 2});
	char *agree = strstr((char *)out.data, ": agree\n");
	assert_non_null(agree);
	char *abstain = strstr(agree, ": abstain\n");
	assert_non_null(abstain);
	assert_non_null(strstr(abstain, ": against\n"));
	yihu_buf_free(&out);
	fixture_free(f);
}

TEST(a_ballot_is_made_and_known_again)
{
	struct fixture *f = fixture_new(NULL), *stranger;
	struct yihu_token mine = fixture_token(f, 3), others = fixture_token(f, 4);
	struct yihu_buf ballot = {0};
	uint32_t digits[8] = {1, 0, 1}, serial = 0;
	stranger = fixture_new(&(struct fixture_options){.name = "stranger"});
	assert_int_equal(cast_make_ballot(&ballot, f->election, &mine, digits, NULL), 0);
	assert_int_equal(cast_check_ballot(f->election, &mine, &ballot, &serial, NULL), 0);
	assert_int_equal(serial, 3);
	assert_int_equal(cast_check_ballot(f->election, NULL, &ballot, &serial, NULL), 0);
	assert_int_equal(cast_check_ballot(f->election, &others, &ballot, &serial, NULL),
			 YIHU_ECREDENTIAL);
	assert_int_not_equal(cast_check_ballot(stranger->election, NULL, &ballot, &serial, NULL),
			     0);
	ballot.data[ballot.len - 1] ^= 1;
	assert_int_equal(cast_check_ballot(f->election, &mine, &ballot, &serial, NULL),
			 YIHU_EVOTESIG);
	ballot.data[ballot.len - 1] ^= 1;
	ballot.len--;
	assert_int_not_equal(cast_check_ballot(f->election, &mine, &ballot, &serial, NULL), 0);
	yihu_buf_free(&ballot);
	fixture_free(stranger);
	fixture_free(f);
}

/* A ballot by a key that no issuer signed. */
TEST(a_ballot_without_the_issuer_is_refused)
{
	struct fixture *f = fixture_new(NULL);
	struct yihu_token t = fixture_token(f, 3);
	struct yihu_buf ballot = {0};
	uint32_t digits[8] = {0}, serial;
	t.seed[0] ^= 1;
	assert_int_equal(cast_make_ballot(&ballot, f->election, &t, digits, NULL), 0);
	assert_int_equal(cast_check_ballot(f->election, NULL, &ballot, &serial, NULL),
			 YIHU_EELECTION);
	yihu_buf_free(&ballot);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_ballots_are_valid),
		cmocka_unit_test(a_seed_gives_one_ballot_and_leans),
		cmocka_unit_test(households_of_seeds_lean),
		cmocka_unit_test(choices_are_spelled_in_words),
		cmocka_unit_test(choices_are_typed_by_their_numbers),
		cmocka_unit_test(consent_is_spelled_for_every_project),
		cmocka_unit_test(a_ballot_is_made_and_known_again),
		cmocka_unit_test(a_ballot_without_the_issuer_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
