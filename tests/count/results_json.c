/* SPDX-License-Identifier: Apache-2.0
 *
 * results.json, key by key: what is there, what is null, and what is left out.
 */
#include <string.h>

#include <jansson.h>

#include "tally.h"
#include "test.h"

static const json_t *get(const json_t *root, const char *key)
{
	const json_t *v = json_object_get(root, key);
	assert_non_null(v);
	return v;
}

TEST(json_when_not_opened)
{
	struct tally x;
	struct yihu_buf json = {0};
	tally_make(&x, tally_yard);
	tally_not_opened(&x);
	tally_json(&x, &json);
	json_t *root = json_loadb((const char *)json.data, json.len, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(root);
	static const char *const nulls[] = {"valid", "void", "lot"};
	static const char *const empty[] = {"void_at", "openers", "order", "ties", "funded"};
	for (size_t i = 0; i < 3; i++)
		assert_true(json_is_null(get(root, nulls[i])));
	for (size_t i = 0; i < 5; i++) {
		assert_true(json_is_array(get(root, empty[i])));
		assert_int_equal(json_array_size(get(root, empty[i])), 0);
	}
	assert_true(json_is_false(get(root, "opened")));
	assert_true(json_is_true(get(get(root, "quorum"), "met")));
	assert_int_equal(json_integer_value(get(root, "cast")), 3);
	assert_int_equal(json_integer_value(get(root, "mixes")), 0);
	const json_t *lamp = json_array_get(get(root, "projects"), 0);
	assert_int_equal(json_integer_value(get(lamp, "cost")), 10000);
	assert_true(json_is_null(get(lamp, "votes")));
	assert_true(json_is_null(get(lamp, "verdict")));
	json_decref(root);
	yihu_buf_free(&json);
	tally_free(&x);
}

static json_t *loaded(struct tally *x)
{
	struct yihu_buf json = {0};
	tally_json(x, &json);
	json_t *root = json_loadb((const char *)json.data, json.len, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(root);
	yihu_buf_free(&json);
	return root;
}

/* What was not declared is null; of a box that stayed shut, whatever a tally says. */
TEST(json_of_shares_when_not_opened)
{
	static const char definition[] =
		"META\nkey;value\ndescription;D\ncountry;China\nunit;U\ninstance;1\n"
		"num_projects;2\nnum_votes;0\nbudget;9\nvote_type;approval\nballot;approval\n"
		"rule;equalshares\nsupport;>1/2 cast\ndate_begin;01.06.2025\ndate_end;02.06.2025\n"
		"PROJECTS\nproject_id;cost;name\n1;1;a\n2;1;b\nVOTES\nvoter_id;vote\n";
	struct tally x;
	tally_make(&x, definition);
	tally_not_opened(&x);
	x.t.n_void = 1;
	x.t.void_at = (const uint64_t[]){3};
	x.t.openers = 7;
	json_t *root = loaded(&x);
	assert_true(json_is_null(get(root, "trace")));
	assert_true(json_is_null(get(root, "quorum")));
	assert_true(json_is_null(get(root, "threshold")));
	assert_true(json_is_null(get(json_array_get(get(root, "projects"), 0), "support")));
	assert_true(json_is_object(get(root, "support")));
	assert_int_equal(json_array_size(get(root, "void_at")), 0);
	assert_int_equal(json_array_size(get(root, "openers")), 0);
	json_decref(root);
	tally_free(&x);
}

TEST(json_of_a_withdrawal)
{
	static char reason[] = "its price is wrong", other[] = "of another election";
	static const struct yihu_withdrawn withdrawn[] = {
		{.project = 1, .entry = 3, .time = 1748736000, .reason = reason},
		{.project = 0, .reason = other}};
	struct tally x;
	tally_make(&x, tally_yard);
	x.t.withdrawn = withdrawn;
	x.t.n_withdrawn = 1;
	x.t.openers = 13; /* the charter has three holders */
	json_t *root = loaded(&x);
	json_t *want = json_pack("[{s:s,s:s,s:s,s:i}]", "project", "tree", "reason", reason, "time",
				 "2025-06-01T00:00:00Z", "entry", 3);
	assert_true(json_equal(get(root, "withdrawn"), want));
	assert_string_equal(json_string_value(get(root, "version")), "yihu-results-v2");
	const json_t *tree = json_array_get(get(root, "projects"), 1);
	assert_string_equal(json_string_value(get(tree, "verdict")), "withdrawn");
	assert_true(json_is_null(get(tree, "ordered_by")));
	assert_true(json_is_null(get(tree, "place")));
	assert_true(json_is_null(get(tree, "left_before")));
	assert_int_equal(json_array_size(get(root, "openers")), 2);
	json_decref(want);
	json_decref(root);
	tally_free(&x);
}

/* After the stop nothing was left for it; without a budget nothing is ever left. */
TEST(json_says_what_was_left_of_what_was_considered)
{
	static const char budget[] =
		"META\nkey;value\ndescription;D\ncountry;China\nunit;U\ninstance;1\n"
		"num_projects;3\nnum_votes;0\nbudget;0.05\nvote_type;approval\nballot;approval\n"
		"rule;greedy-no-skip\ndate_begin;01.06.2025\ndate_end;02.06.2025\n"
		"PROJECTS\nproject_id;cost;name\n1;0.03;a\n2;0.04;b\n3;0.05;c\n"
		"VOTES\nvoter_id;vote\n";
	struct tally x;
	tally_make(&x, budget);
	x.t.digits = (const uint32_t[]){1, 1, 1, 1, 1, 1};
	json_t *root = loaded(&x), *projects = json_object_get(root, "projects");
	assert_int_equal(json_integer_value(get(json_array_get(projects, 0), "left_before")), 5);
	assert_int_equal(json_integer_value(get(json_array_get(projects, 1), "left_before")), 2);
	assert_string_equal(json_string_value(get(json_array_get(projects, 2), "verdict")),
			    "after-stop");
	assert_true(json_is_null(get(json_array_get(projects, 2), "left_before")));
	json_decref(root);
	tally_free(&x);
}

TEST(json_without_a_budget_has_nothing_left)
{
	static const char exclusive[] =
		"META\nkey;value\ndescription;D\ncountry;China\nunit;U\ninstance;1\n"
		"num_projects;2\nnum_votes;0\nvote_type;scoring\nballot;consent\nrule;majority\n"
		"date_begin;01.06.2025\ndate_end;02.06.2025\n"
		"PROJECTS\nproject_id;cost;name;excludes\n1;1;a;2\n2;1;b;1\n"
		"VOTES\nvoter_id;vote;points\n";
	struct tally x;
	tally_make(&x, exclusive);
	x.t.digits = (const uint32_t[]){1, 0, 1, 1};
	json_t *root = loaded(&x), *projects = json_object_get(root, "projects");
	assert_string_equal(json_string_value(get(json_array_get(projects, 0), "verdict")),
			    "funded");
	assert_string_equal(json_string_value(get(json_array_get(projects, 1), "verdict")),
			    "excluded");
	assert_true(json_is_null(get(json_array_get(projects, 0), "left_before")));
	json_decref(root);
	tally_free(&x);
}

TEST(json_has_the_keys_of_every_page)
{
	struct tally opened, not_opened;
	struct yihu_buf a = {0}, b = {0};
	tally_make(&opened, tally_yard);
	tally_json(&opened, &a);
	tally_make(&not_opened, tally_yard);
	tally_not_opened(&not_opened);
	tally_json(&not_opened, &b);
	json_t *left = json_loadb((const char *)a.data, a.len, 0, NULL);
	json_t *right = json_loadb((const char *)b.data, b.len, 0, NULL);
	const char *key;
	json_t *v;
	assert_int_equal(json_object_size(left), json_object_size(right));
	json_object_foreach(left, key, v) assert_non_null(json_object_get(right, key));
	json_decref(left);
	json_decref(right);
	yihu_buf_free(&a);
	yihu_buf_free(&b);
	tally_free(&opened);
	tally_free(&not_opened);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_when_not_opened),
		cmocka_unit_test(json_of_shares_when_not_opened),
		cmocka_unit_test(json_of_a_withdrawal),
		cmocka_unit_test(json_says_what_was_left_of_what_was_considered),
		cmocka_unit_test(json_without_a_budget_has_nothing_left),
		cmocka_unit_test(json_has_the_keys_of_every_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
