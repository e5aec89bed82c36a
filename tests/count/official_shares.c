/* SPDX-License-Identifier: Apache-2.0
 *
 * Real elections under equal shares and phragmen: the outcomes of two public
 * implementations, their rounds fraction by fraction, and the winners that
 * cities published. What differs is listed in DIFFERENCES.md, here by name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gmp.h>

#include "real.h"
#include "test.h"

static void assert_same_set(const char *name, const struct real *x, const json_t *ids)
{
	assert_int_equal(x->o->n_funded, json_array_size(ids));
	for (size_t i = 0; i < json_array_size(ids); i++) {
		const char *id = json_string_value(json_array_get(ids, i));
		long project = yihu_definition_find(x->d, id);
		assert_true(project >= 0);
		if (x->o->projects[project].verdict != YIHU_FUNDED)
			fail_msg("%s: %s is not funded", name, id);
	}
}

static void assert_same_list(const char *name, const struct real *x, const json_t *ids)
{
	assert_same_set(name, x, ids);
	for (size_t i = 0; i < x->o->n_funded; i++)
		assert_string_equal(x->d->projects[x->o->funded[i]].id,
				    json_string_value(json_array_get(ids, i)));
}

static const json_t *ids_of(const json_t *v)
{
	return json_is_object(v) ? json_object_get(v, "winners") : v;
}

/* One rule over every file that states its outcome under key; how many? */
static size_t compare_all(const char *rule, const char *key, const char *const *but,
			  void (*assert_ids)(const char *, const struct real *, const json_t *))
{
	size_t n = 0;
	const char *name;
	json_t *want;
	json_object_foreach(real_expected, name, want)
	{
		const json_t *ids = ids_of(json_object_get(want, key));
		bool left_out = !ids;
		for (size_t i = 0; but[i]; i++)
			left_out = left_out || strcmp(but[i], name) == 0;
		if (left_out)
			continue;
		struct real x;
		real_read(&x, name);
		real_count(&x, rule);
		assert_ids(name, &x, ids);
		real_free(&x);
		n++;
	}
	return n;
}

TEST(equal_shares)
{
	assert_int_equal(compare_all("equalshares", "mes_costutil_tb_minCost_maxVotes_strict",
				     (const char *const[]){NULL}, assert_same_list),
			 12);
}

TEST(add1e_from_the_exact_share)
{
	assert_int_equal(compare_all("equalshares/add1e", "add1_exact_start_exhaustive_stop",
				     (const char *const[]){"Netherlands_Assen_2024", NULL},
				     assert_same_list),
			 10);
}

TEST(add1eu)
{
	assert_int_equal(compare_all("equalshares/add1eu", "add1u",
				     (const char *const[]){"Switzerland_Zurich_SN", NULL},
				     assert_same_set),
			 10);
}

TEST(phragmen)
{
	assert_int_equal(compare_all("phragmen", "phragmen_stop_tb_idstring",
				     (const char *const[]){NULL}, assert_same_list),
			 12);
}

static void assert_rational(const char *text, const char *want, unsigned long factor)
{
	mpq_t a, b, c;
	mpq_inits(a, b, c, NULL);
	assert_int_equal(mpq_set_str(a, text, 10), 0);
	assert_int_equal(mpq_set_str(b, want, 10), 0);
	mpq_set_ui(c, factor, 1);
	mpq_mul(b, b, c);
	if (!mpq_equal(a, b))
		fail_msg("%s is not %s times %lu", text, want, factor);
	mpq_clears(a, b, c, NULL);
}

TEST(rounds_fraction_by_fraction)
{
	size_t rounds = 0;
	const char *name;
	json_t *want;
	json_object_foreach(real_expected, name, want)
	{
		const json_t *trace = json_object_get(want, "mes_trace"), *v;
		size_t i;
		struct real x;
		if (!trace)
			continue;
		real_read(&x, name);
		real_count(&x, "equalshares");
		assert_int_equal(x.o->trace->n_rounds, json_array_size(trace));
		json_array_foreach(trace, i, v)
		{
			const struct yihu_round *r = &x.o->trace->rounds[i];
			assert_string_equal(x.d->projects[r->project].id,
					    json_string_value(json_object_get(v, "project")));
			assert_rational(r->cap,
					json_string_value(json_object_get(v, "max_payment")), 100);
			assert_rational(r->effective,
					json_string_value(json_object_get(v, "effective_votes")),
					1);
			rounds++;
		}
		real_free(&x);
	}
	assert_int_equal(rounds, 48);
}

/* Pabulib's own checker starts from the share rounded down; on all of these files
 * it comes to the same. */
TEST(add1_of_the_format)
{
	assert_int_equal(compare_all("equalshares/add1", "add1_integral_start_no_exhaustive_stop",
				     (const char *const[]){NULL}, assert_same_set),
			 12);
}

AROUND(load)
{
	return real_expect("shares");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_shares),       cmocka_unit_test(add1e_from_the_exact_share),
		cmocka_unit_test(add1_of_the_format), cmocka_unit_test(add1eu),
		cmocka_unit_test(phragmen),           cmocka_unit_test(rounds_fraction_by_fraction),
	};
	return cmocka_run_group_tests(tests, load, real_forget);
}
