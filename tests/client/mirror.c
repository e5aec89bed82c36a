/* SPDX-License-Identifier: Apache-2.0
 *
 * Keeping the public files of a box that is elsewhere: exact, and never back.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"
#include "fetch/elsewhere.h"

static struct committee *place; /* its temp folder is where mirrors are made */
static char *dir;

AROUND(set_up)
{
	place = committee_new(NULL);
	dir = yihu_path(place->temp, "mirror");
	return 0;
}

AROUND(tear_down)
{
	free(dir);
	committee_free(place);
	return 0;
}

AROUND(empty)
{
	committee_shell(place, "rm -rf mirror && mkdir mirror");
	return 0;
}

static struct yihu_public *folder(const char *const *names, const char *bytes)
{
	struct yihu_public *p = yihu_public_new();
	for (; *names != NULL; names++)
		yihu_public_put(p, *names, bytes, strlen(bytes));
	return p;
}

static void assert_same(const struct yihu_public *p)
{
	struct yihu_public *there;
	assert_int_equal(yihu_public_read(&there, dir, NULL), 0);
	assert_int_equal(there->n, p->n);
	for (size_t i = 0; i < p->n; i++) {
		struct yihu_buf b = {0};
		char *path = yihu_path(dir, p->files[i].name);
		assert_string_equal(there->files[i].name, p->files[i].name);
		assert_int_equal(yihu_file_read(path, 100, &b, NULL), 0);
		assert_int_equal(b.len, p->files[i].bytes.len);
		assert_memory_equal(b.data, p->files[i].bytes.data, b.len);
		yihu_buf_free(&b);
		free(path);
	}
	yihu_public_free(there);
}

static const char *const first[] = {"charter", "log/checkpoint", "log/tile/0/000.p/5",
				    "log/tile/entries/000.p/5", NULL};
static const char *const later[] = {"box",
				    "charter",
				    "log/at-close",
				    "log/checkpoint",
				    "log/tile/0/000.p/9",
				    "log/tile/entries/000.p/9",
				    "mix/1",
				    NULL};

TEST(it_follows_the_folder)
{
	struct yihu_public *a = folder(first, "early"), *b = folder(later, "late");
	assert_int_equal(mirror_write(dir, a, NULL), 0);
	assert_same(a);
	assert_int_equal(mirror_write(dir, b, NULL), 0);
	assert_same(b); /* the tiles of size 5 are gone */
	yihu_public_free(a);
	yihu_public_free(b);
}

TEST(what_is_the_same_is_left_alone)
{
	struct yihu_public *a = folder(first, "early");
	assert_int_equal(mirror_write(dir, a, NULL), 0);
	committee_shell(place, "touch -d 2020-01-01 mirror/charter mirror/log/checkpoint");
	assert_int_equal(mirror_write(dir, a, NULL), 0);
	committee_shell(place, "test \"$(date -r mirror/charter +%Y)\" = 2020");
	yihu_public_free(a);
}

TEST(only_log_files_are_removed)
{
	struct yihu_public *a = folder(first, "early"), *b = folder(later, "late");
	assert_int_equal(mirror_write(dir, b, NULL), 0);
	assert_int_equal(mirror_write(dir, a, NULL), 0);
	committee_shell(place, "test -e mirror/box && test -e mirror/mix/1 && "
			       "test ! -e mirror/log/at-close");
	yihu_public_free(a);
	yihu_public_free(b);
}

TEST(a_link_is_not_followed)
{
	struct yihu_public *a = folder(first, "early");
	struct yihu_error err;
	committee_shell(place, "echo mine > mine && ln -s ../mine mirror/charter");
	assert_int_equal(mirror_write(dir, a, &err), YIHU_ESYMLINK);
	committee_shell(place, "test \"$(cat mine)\" = mine");
	yihu_public_free(a);
}

TEST(a_log_never_goes_back)
{
	static const struct {
		const char *known, *shown;
		int code;
	} rows[] = {
		{"o\n5\nr\n", "o\n5\nr\n", 0},
		{"o\n5\nr\n", "o\n6\nr\n", 0},
		{"o\n5\nr\n", "o\n4\nr\n", YIHU_EHISTORY},
		{"o\n10\nr\n", "o\n9\nr\n", YIHU_EHISTORY},
		{"o\n5\nr\n", NULL, YIHU_EHISTORY},
		{"", "o\n4\nr\n", 0},
		{"", NULL, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_public *p = yihu_public_new();
		struct yihu_buf known = {0};
		struct yihu_error err;
		yihu_buf_str(&known, rows[i].known);
		if (rows[i].shown != NULL)
			yihu_public_put(p, "log/checkpoint", rows[i].shown, strlen(rows[i].shown));
		assert_int_equal(mirror_refuse_older(&known, p, "here", &err), rows[i].code);
		yihu_buf_free(&known);
		yihu_public_free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(it_follows_the_folder, empty),
		cmocka_unit_test_setup(what_is_the_same_is_left_alone, empty),
		cmocka_unit_test_setup(only_log_files_are_removed, empty),
		cmocka_unit_test_setup(a_link_is_not_followed, empty),
		cmocka_unit_test(a_log_never_goes_back),
	};
	return cmocka_run_group_tests_name("client mirror", tests, set_up, tear_down);
}
