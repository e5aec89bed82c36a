/* SPDX-License-Identifier: Apache-2.0
 *
 * A results.json with a fault is refused whole, by page and table alike, and
 * the key at fault is named.
 */
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "test.h"

static void assert_refused(const char *json, size_t len, const char *says)
{
	drawing *const draw[] = {sample_page, yihu_results_table};
	for (size_t i = 0; i < 2; i++) {
		struct yihu_buf out = {0};
		struct yihu_error err = {0};
		if (draw[i](&out, json, len, "en", &err) != YIHU_ERESULTS)
			fail_msg("taken: %s", json);
		assert_has(err.text, says);
		assert_int_equal(out.len, 0);
	}
}

static void assert_tree_refused(const json_t *root, const char *says)
{
	char *json = json_dumps(root, JSON_COMPACT);
	assert_refused(json, strlen(json), says);
	free(json);
}

/* Keys that are for other readers than page and table. */
static bool is_passed_over(const char *key)
{
	static const char *const keys[] = {"households", "additions", "replacements",
					   "voids",      "log_size",  "lots"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

/* Takes each key of the object away in turn, and gives it a wrong kind. */
static void each_key(json_t *root, json_t *object)
{
	const char *key;
	json_t *v, *whole = json_copy(object);
	json_object_foreach(whole, key, v)
	{
		if (is_passed_over(key))
			continue;
		char *says = yihu_printf("“%s”", key);
		json_object_del(object, key);
		assert_tree_refused(root, says);
		json_object_set_new(object, key, json_real(1.5));
		assert_tree_refused(root, says);
		json_object_set(object, key, v);
		free(says);
	}
	json_decref(whole);
}

TEST(every_key_is_needed)
{
	for (size_t i = 0; i < 4; i++) {
		json_t *root = sample_opened();
		json_t *const objects[] = {root, sample_project(root, 1),
					   json_object_get(root, "quorum"),
					   json_array_get(json_object_get(root, "ties"), 0)};
		each_key(root, objects[i]);
		json_decref(root);
	}
}

TEST(null_where_something_must_be)
{
	static const char *const keys[] = {"eid",   "title", "opened", "cast",
					   "spent", "rule",  "order"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		json_t *root = sample_opened();
		char *says = yihu_printf("“%s”", keys[i]);
		json_object_set_new(root, keys[i], json_null());
		assert_tree_refused(root, says);
		free(says);
		json_decref(root);
	}
}

TEST(numbers_out_of_range)
{
	static const json_int_t wrong[] = {-1, INT64_C(1) << 53, INT64_MAX, INT64_MIN};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		json_t *root = sample_opened();
		json_object_set_new(root, "spent", json_integer(wrong[i]));
		assert_tree_refused(root, "“spent”");
		json_decref(root);
	}
}

TEST(ids_of_no_project)
{
	static const char *const lists[] = {"order", "funded"};
	for (size_t i = 0; i < 2; i++) {
		json_t *root = sample_opened();
		json_array_append_new(json_object_get(root, lists[i]), json_string("nobody"));
		assert_tree_refused(root, lists[i]);
		json_array_set_new(json_object_get(root, lists[i]), 0, json_null());
		assert_tree_refused(root, lists[i]);
		json_decref(root);
	}
}

TEST(another_version)
{
	json_t *root = sample_opened();
	json_object_set_new(root, "version", json_string("yihu-results-v3"));
	assert_tree_refused(root, "“version”");
	json_decref(root);
}

/* Version 2 says what was withdrawn. */
TEST(a_second_version_without_its_key)
{
	json_t *root = sample_opened();
	json_object_set_new(root, "version", json_string("yihu-results-v2"));
	assert_tree_refused(root, "“withdrawn”");
	json_object_set_new(root, "withdrawn", json_array());
	assert_tree_refused(root, "“withdrawn”");
	json_decref(root);
}

TEST(bytes_that_are_no_json)
{
	static const char *const table[] = {
		"",
		"{",
		"null",
		"[]",
		"{}",
		"{\"version\":\"yihu-results-v1\",\"version\":\"yihu-results-v1\"}",
		"{\"version\":\"yihu-results-v1\"}x",
		"{\"version\":\"\\u0000\"}",
		"{\"version\":\"\xff\"}",
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_refused(table[i], strlen(table[i]), "results.json");
}

/* Everything else in order, one key given twice. */
TEST(a_key_given_twice)
{
	static const char once[] = "\"spent\":10000,";
	json_t *root = sample_opened();
	char *json = json_dumps(root, JSON_COMPACT), *at = strstr(json, once);
	assert_non_null(at);
	char *twice = yihu_printf("%.*s\"spent\":1,%s", (int)(at - json), json, at);
	assert_refused(twice, strlen(twice), "duplicate");
	free(twice);
	free(json);
	json_decref(root);
}

/* Cut anywhere, it is refused, and nothing is read beyond the cut. */
TEST(every_cut)
{
	json_t *root = sample_opened();
	char *json = json_dumps(root, JSON_COMPACT);
	size_t len = strlen(json);
	for (size_t cut = 0; cut < len; cut += 7) {
		char *part = yihu_alloc(cut);
		memcpy(part, json, cut);
		struct yihu_buf out = {0};
		assert_int_equal(sample_page(&out, part, cut, "zh", NULL), YIHU_ERESULTS);
		free(part);
	}
	free(json);
	json_decref(root);
}

TEST(another_language)
{
	static const char *const languages[] = {"", "xx", "zh_CN", "EN"};
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		struct yihu_buf out = {0};
		assert_int_equal(sample_page(&out, "{}", 2, languages[i], NULL), YIHU_EARG);
		assert_int_equal(yihu_results_table(&out, "{}", 2, languages[i], NULL), YIHU_EARG);
		assert_int_equal(out.len, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_needed),
		cmocka_unit_test(null_where_something_must_be),
		cmocka_unit_test(numbers_out_of_range),
		cmocka_unit_test(ids_of_no_project),
		cmocka_unit_test(another_version),
		cmocka_unit_test(a_second_version_without_its_key),
		cmocka_unit_test(bytes_that_are_no_json),
		cmocka_unit_test(a_key_given_twice),
		cmocka_unit_test(every_cut),
		cmocka_unit_test(another_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
