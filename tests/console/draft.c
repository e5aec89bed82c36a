/* SPDX-License-Identifier: Apache-2.0
 *
 * What was typed for an election that is not made yet: kept, for nobody else's eyes, and gone
 * once there is the election.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "console/draft.h"
#include "test.h"

struct shelf_dir {
	char *home, *shelf;
};

static int make(void **state)
{
	struct shelf_dir *s = yihu_calloc(1, sizeof *s);
	s->home = boxdir_temp();
	s->shelf = yihu_path(s->home, "a b/yihu");
	*state = s;
	return 0;
}

static int clear(void **state)
{
	struct shelf_dir *s = *state;
	boxdir_free(s->home);
	free(s->shelf);
	free(s);
	return 0;
}

static void put(const char *shelf, const char *name, const char *text)
{
	struct yihu_error err;
	fixture_must(draft_write(shelf, name, text, strlen(text), &err), &err);
}

/* The folder that the draft names; NULL: there is none. */
static char *kept(const char *shelf)
{
	struct yihu_error err;
	json_t *draft;
	fixture_must(draft_read(&draft, shelf, &err), &err);
	const char *folder = json_string_value(json_object_get(draft, "folder"));
	char *copy = folder ? yihu_strdup(folder) : NULL;
	json_decref(draft);
	return copy;
}

static mode_t mode_of(char *path)
{
	struct stat st;
	assert_int_equal(lstat(path, &st), 0);
	free(path);
	return st.st_mode & 07777;
}

static void what_was_typed_is_kept_for_its_user_alone(void **state)
{
	const struct shelf_dir *s = *state;
	assert_null(kept(s->shelf));
	put(s->shelf, "draft.json", "{\"folder\":\"park\"}");
	put(s->shelf, "households.csv", "name\n");
	char *folder = kept(s->shelf);
	assert_string_equal(folder, "park");
	free(folder);
	assert_int_equal(mode_of(draft_dir(s->shelf)), 0700);
	assert_int_equal(mode_of(draft_path(s->shelf, "draft.json")), 0600);
	assert_int_equal(mode_of(draft_path(s->shelf, "households.csv")), 0600);
	put(s->shelf, "draft.json", "{\"folder\":\"lake\"}");
	folder = kept(s->shelf);
	assert_string_equal(folder, "lake");
	free(folder);
}

static void it_is_gone_when_it_is_thrown_away(void **state)
{
	const struct shelf_dir *s = *state;
	struct yihu_error err;
	char *dir = draft_dir(s->shelf);
	assert_int_equal(draft_destroy(s->shelf, &err), 0);
	put(s->shelf, "draft.json", "{}");
	assert_int_equal(draft_destroy(s->shelf, &err), 0);
	assert_false(yihu_file_exists(dir));
	free(dir);
}

static void it_is_gone_once_its_election_is_made(void **state)
{
	const struct shelf_dir *s = *state;
	struct yihu_error err;
	char *dir = draft_dir(s->shelf), *ceremony = yihu_path(s->shelf, "park/ceremony");
	char *plan = yihu_path(ceremony, "plan");
	put(s->shelf, "draft.json", "{\"folder\":\"park\"}");
	put(s->shelf, "households.csv", "name\n");
	fixture_must(yihu_dir_make(ceremony, 0700, &err), &err);
	char *folder = kept(s->shelf); /* a folder is none yet */
	assert_non_null(folder);
	free(folder);
	fixture_must(yihu_file_write(plan, "x", 1, 0600, &err), &err);
	assert_null(kept(s->shelf));
	assert_false(yihu_file_exists(dir));
	free(plan);
	free(ceremony);
	free(dir);
}

static void one_that_is_damaged_is_named(void **state)
{
	const struct shelf_dir *s = *state;
	static const char *const bad[] = {"", "[]", "{\"folder\":", "x"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct yihu_error err;
		json_t *draft;
		put(s->shelf, "draft.json", bad[i]);
		assert_int_equal(draft_read(&draft, s->shelf, &err), YIHU_EFORMAT);
		assert_non_null(strstr(err.text, "draft.json is damaged"));
	}
}

int main(void)
{
#define DRAFT_TEST(f) cmocka_unit_test_setup_teardown(f, make, clear)
	const struct CMUnitTest tests[] = {
		DRAFT_TEST(what_was_typed_is_kept_for_its_user_alone),
		DRAFT_TEST(it_is_gone_when_it_is_thrown_away),
		DRAFT_TEST(it_is_gone_once_its_election_is_made),
		DRAFT_TEST(one_that_is_damaged_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
