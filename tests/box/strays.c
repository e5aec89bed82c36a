/* SPDX-License-Identifier: Apache-2.0
 *
 * What lies in a box's folders and does not belong there, or lacks.
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)

static struct fixture *f;
static char *root, *dir, *mirror;

AROUND(group_set_up)
{
	f = fixture_new(NULL);
	return 0;
}

AROUND(group_tear_down)
{
	fixture_free(f);
	return 0;
}

/* A box with its O entry, and the name of a folder for a mirror. */
AROUND(set_up)
{
	root = boxdir_temp();
	dir = yihu_path(root, "box");
	mirror = yihu_path(root, "mirror");
	boxdir_make(f, dir);
	yihu_box_close(boxdir_open(dir, BEFORE));
	return 0;
}

AROUND(tear_down)
{
	free(dir);
	free(mirror);
	boxdir_free(root);
	return 0;
}

static void put(const char *in, const char *name, const void *bytes, size_t len)
{
	struct yihu_error err;
	char *path = yihu_path(in, name), *slash = strrchr(path, '/');
	*slash = '\0';
	fixture_must(yihu_dir_make(path, 0755, &err), &err);
	*slash = '/';
	fixture_must(yihu_file_write(path, bytes, len, 0600, &err), &err);
	free(path);
}

/* In the place of what was there. */
static void put_link(const char *in, const char *name)
{
	char *path = yihu_path(in, name);
	unlink(path);
	assert_int_equal(symlink("/dev/null", path), 0);
	free(path);
}

static int open_code(void)
{
	struct yihu_error err;
	struct yihu_box *b;
	int rc = yihu_box_open(&b, dir, DURING, &err);
	if (!rc)
		yihu_box_close(b);
	return rc;
}

static int open_mirrored_code(void)
{
	struct yihu_error err;
	struct yihu_box *b;
	int rc = yihu_box_open_mirrored(&b, dir, mirror, DURING, &err);
	if (!rc)
		yihu_box_close(b);
	return rc;
}

TEST(strays_among_the_tiles_go)
{
	static const char *const names[] = {
		"public/log/tile/junk",          /* no tile's name */
		"public/log/tile/0/000.p/200",   /* wider than the log */
		"public/log/tile/0/009",         /* beyond it */
		"public/log/tile/entries/x/000", /* no tile's folder */
	};
	struct yihu_error err;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		put(dir, names[i], "x", 1);
	struct yihu_box *b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 1, 2, DURING);
	fixture_must(yihu_box_export(b, &err), &err);
	yihu_box_close(b);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path = yihu_path(dir, names[i]);
		assert_false(yihu_file_exists(path));
		free(path);
	}
}

TEST(an_exported_checkpoint_that_is_none)
{
	put(dir, "public/log/checkpoint", "junk\n", 5);
	assert_int_not_equal(open_code(), 0);
	put_link(dir, "public/log/checkpoint");
	assert_int_equal(open_code(), YIHU_ESYMLINK);
}

/* A witness may have put its line there; the log's own must be among them. */
TEST(an_exported_checkpoint_that_others_signed)
{
	struct yihu_buf own = {0};
	char *path = yihu_path(dir, "public/log/checkpoint");
	assert_int_equal(yihu_file_read(path, YIHU_CHECKPOINT_BYTES_MAX, &own, NULL), YIHU_OK);
	for (size_t i = 0; i < fixture_n_blocks; i++) {
		struct yihu_buf b = {0};
		yihu_buf_put(&b, own.data, own.len);
		fixture_sign_block(&b, f, fixture_blocks[i].lines);
		put(dir, "public/log/checkpoint", b.data, b.len);
		int code = open_code();
		if (code != fixture_blocks[i].code)
			fail_msg("%s: %s", fixture_blocks[i].what, yihu_code_slug(code));
		yihu_buf_free(&b);
	}
	yihu_buf_free(&own);
	free(path);
}

TEST(a_box_without_its_charter)
{
	char *path = yihu_path(dir, "public/charter");
	unlink(path);
	assert_int_not_equal(open_code(), 0);
	free(path);
}

TEST(a_mirror_that_has_the_files_already)
{
	put(mirror, "public/charter", f->charter.data, f->charter.len);
	put(mirror, "public/election.pb", f->definition.data, f->definition.len);
	assert_int_equal(open_mirrored_code(), 0);
}

TEST(a_mirror_with_another_register)
{
	char *other = yihu_strdup((const char *)f->reg.data);
	other[f->reg.len - 2] ^= 1;
	put(mirror, "public/register", other, f->reg.len);
	assert_int_equal(open_mirrored_code(), YIHU_EELECTION);
	free(other);
}

TEST(a_mirror_with_a_link_for_a_file)
{
	put(mirror, "public/register", "", 0);
	put_link(mirror, "public/register");
	assert_int_equal(open_mirrored_code(), YIHU_ESYMLINK);
}

TEST(a_mirror_with_a_wal_and_no_database)
{
	put(mirror, "box.db-wal", "x", 1);
	assert_int_equal(open_mirrored_code(), YIHU_EDATABASE);
}

/* It is a mark all the same. */
TEST(a_mark_that_cannot_be_read)
{
	struct yihu_error err;
	assert_int_equal(open_mirrored_code(), 0);
	put_link(dir, "mirrored");
	assert_int_equal(yihu_box_check_whole(dir, &err), YIHU_ESTATE);
	assert_non_null(strstr(err.text, "the other one is ?."));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(strays_among_the_tiles_go),
		CASE(an_exported_checkpoint_that_is_none),
		CASE(an_exported_checkpoint_that_others_signed),
		CASE(a_box_without_its_charter),
		CASE(a_mirror_that_has_the_files_already),
		CASE(a_mirror_with_another_register),
		CASE(a_mirror_with_a_link_for_a_file),
		CASE(a_mirror_with_a_wal_and_no_database),
		CASE(a_mark_that_cannot_be_read),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
