/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a public folder from a disk: what is taken, passed over, refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yihu/file.h>

#include "support.h"

static char dir[64];

AROUND(set_up)
{
	struct yihu_error err;
	strcpy(dir, "/tmp/yihu-audit-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	char *log = yihu_path(dir, "log/tile");
	int rc = yihu_dir_make(log, 0700, &err);
	free(log);
	return rc;
}

AROUND(tear_down)
{
	return yihu_dir_remove(dir, NULL);
}

static void make(const char *name, const char *bytes)
{
	struct yihu_error err;
	char *path = yihu_path(dir, name);
	fixture_must(yihu_file_write(path, bytes, strlen(bytes), 0600, &err), &err);
	free(path);
}

static void make_bytes(const char *name, const struct yihu_buf *b)
{
	struct yihu_error err;
	char *path = yihu_path(dir, name);
	fixture_must(yihu_file_write(path, b->data, b->len, 0600, &err), &err);
	free(path);
}

static void make_dir(const char *name)
{
	struct yihu_error err;
	char *path = yihu_path(dir, name);
	fixture_must(yihu_dir_make(path, 0700, &err), &err);
	free(path);
}

static struct yihu_public *read_folder(void)
{
	struct yihu_error err;
	struct yihu_public *p;
	fixture_must(yihu_public_read(&p, dir, &err), &err);
	return p;
}

static void assert_unread(int code, const char *name)
{
	struct yihu_error err = {0};
	struct yihu_public *p = NULL;
	assert_int_equal(yihu_public_read(&p, dir, &err), code);
	assert_int_equal(err.code, code);
	assert_non_null(strstr(err.text, name));
	assert_null(p);
}

/* "a.b" sorts before "a/b" bytewise, and after it folder by folder. */
TEST(names_are_sorted_bytewise_and_found)
{
	static const char *const sorted[] = {"a.b", "a/b", "a/c/d", "a0", "log/checkpoint"};
	make_dir("a/c");
	make("log/checkpoint", "1");
	make("a/c/d", "22");
	make("a.b", "");
	make("a0", "4");
	make("a/b", "5");
	struct yihu_public *p = read_folder();
	assert_int_equal(p->n, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_string_equal(p->files[i].name, sorted[i]);
		assert_ptr_equal(yihu_public_get(p, sorted[i]), &p->files[i].bytes);
	}
	assert_int_equal(yihu_public_get(p, "log/checkpoint")->len, 1);
	assert_null(yihu_public_get(p, "a"));
	assert_null(yihu_public_get(p, "zz"));
	yihu_public_free(p);
}

TEST(dot_names_are_noticed_and_site_is_not_entered)
{
	make_dir("site");
	make_dir(".git");
	make(".git/HEAD", "x");
	make("site/index.html", "x");
	make("log/.yihu-12", "x");
	make("box", "x");
	char *link = yihu_path(dir, "site/link");
	assert_int_equal(symlink("/etc/passwd", link), 0);
	free(link);
	struct yihu_public *p = read_folder();
	assert_int_equal(p->n, 1);
	assert_string_equal(p->files[0].name, "box");
	assert_int_equal(p->n_notices, 2);
	assert_string_equal(p->notices[0], ".git");
	assert_string_equal(p->notices[1], "log/.yihu-12");
	struct yihu_audit_options o = {0};
	struct yihu_audit *a = yihu_audit_run(p, &o);
	assert_non_null(strstr(a->steps[YIHU_CHECK_FILES].text, ".git, log/.yihu-12"));
	yihu_audit_free(a);
	yihu_public_free(p);
}

/* A file that is all hole: it takes no room, and says that it is large. */
static void make_sparse(const char *name, off_t bytes)
{
	make(name, "");
	char *path = yihu_path(dir, name);
	assert_int_equal(truncate(path, bytes), 0);
	free(path);
}

/* The files of a fixture's open election, and what comes of it. */
static void write_public(const struct yihu_public *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct yihu_error err;
		char *path = yihu_path(dir, p->files[i].name);
		char *parent = yihu_strndup(path, (size_t)(strrchr(path, '/') - path));
		fixture_must(yihu_dir_make(parent, 0700, &err), &err);
		make_bytes(p->files[i].name, &p->files[i].bytes);
		free(parent);
		free(path);
	}
}

static struct yihu_public *opened_election(struct fixture **f)
{
	*f = fixture_new(&(struct fixture_options){.projects = 4, .households = 4});
	struct fixture_log *log = fixture_log_whole(*f, 2);
	struct yihu_public *p = fixture_public_opened(log);
	publish(p, *f, FIXTURE_ALL_HOLDERS);
	fixture_log_free(log);
	return p;
}

/* Larger than any machine's memory: who reads one byte of it does not come back. */
#define HUGE_BYTES ((off_t)1 << 36)

TEST(what_a_name_tells_is_not_read)
{
	static const char *const strays[] = {"junk", "mix/notes.txt", "log/tile/entries/001",
					     "log/tile/0/000.p/3", "log/tile/1/000.p/1"};
	struct fixture *f;
	struct yihu_public *p = opened_election(&f), *back;
	write_public(p);
	for (size_t i = 0; i < sizeof strays / sizeof *strays; i++) {
		struct yihu_error err;
		char *path = yihu_path(dir, strays[i]);
		char *parent = yihu_strndup(path, (size_t)(strrchr(path, '/') - path));
		fixture_must(yihu_dir_make(parent, 0700, &err), &err);
		free(parent);
		free(path);
		make_sparse(strays[i], HUGE_BYTES);
	}
	back = read_folder();
	assert_int_equal(back->n, p->n + 5);
	for (size_t i = 0; i < sizeof strays / sizeof *strays; i++)
		assert_int_equal(yihu_public_get(back, strays[i])->len, 0);
	struct yihu_audit *a = audit_under(back, f);
	assert_true(has_fault(a, YIHU_CHECK_FILES, YIHU_ESTRAY));
	assert_true(has_fault(a, YIHU_CHECK_TILES, YIHU_ESTRAY));
	assert_int_equal(a->n_faults, 2);
	yihu_audit_free(a);
	yihu_public_free(back);
	yihu_public_free(p);
	fixture_free(f);
}

/* 4 households, 2 additions, one word a ballot; 64 KiB more are read, for their check to tell. */
TEST(a_file_is_measured_before_it_is_read)
{
	static const struct {
		const char *name;
		off_t most;
	} rows[] = {
		{"mix/1", (28 + 64 + 32 * (2 * 6 + 5 * 6 + 3 + 6)) + (64 << 10)},
		{"open/2", (24 + 64 + 32 * (6 + 4)) + (64 << 10)},
		{"register", 145 * 6 + (64 << 10)},
		{"log/tile/0/000.p/4", 4 * 32 + (64 << 10)},
		{"log/tile/entries/000.p/4", 4 * (2 + 9 + 166 + 128) + (64 << 10)},
		{"log/checkpoint", (64 << 10) + (64 << 10)},
		{"log/at-close", (64 << 10) + (64 << 10)},
		{"box", (64 << 10) + (64 << 10)},
		{"results", (64 << 10) + (64 << 10)},
		{"preliminary", (64 << 10) + (64 << 10)},
		{"final", (128 << 10) + (64 << 10)},
		{"charter", (256 << 10) + (64 << 10)},
		{"results.json", (64 << 20) + 512 * 16 + (64 << 10)},
		{"election.pb", (64 << 20) + (64 << 10)},
	};
	struct fixture *f;
	struct yihu_public *p = opened_election(&f), *back;
	write_public(p);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		make_sparse(rows[i].name, rows[i].most + 1);
		assert_unread(YIHU_ETOOBIG, rows[i].name);
		if (rows[i].most <= (1 << 20)) {
			make_sparse(rows[i].name, rows[i].most);
			back = read_folder();
			yihu_public_free(back);
		}
		const struct yihu_buf *b = yihu_public_get(p, rows[i].name);
		make_bytes(rows[i].name, b);
	}
	yihu_public_free(p);
	fixture_free(f);
}

/* Without charter or definition nothing says how large they are, and nothing checks them. */
TEST(large_files_of_an_unknown_election_are_not_read)
{
	static const char *const names[] = {"register", "mix/1", "open/1", "results.pb",
					    "results.json"};
	make_dir("mix");
	make_dir("open");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		make_sparse(names[i], HUGE_BYTES);
	struct yihu_public *p = read_folder();
	assert_int_equal(p->n, 5);
	for (size_t i = 0; i < p->n; i++)
		assert_int_equal(p->files[i].bytes.len, 0);
	struct yihu_audit_options o = {0};
	struct yihu_audit *a = yihu_audit_run(p, &o);
	assert_true(has_fault(a, YIHU_CHECK_FILES, YIHU_EMISSING));
	yihu_audit_free(a);
	yihu_public_free(p);
}

TEST(links_are_refused)
{
	static const char *const names[] = {"charter", "log/tile/0", "log/tile/extra", "site"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *path = yihu_path(dir, names[i]);
		assert_int_equal(symlink(i % 2 == 0 ? "nowhere" : ".", path), 0);
		assert_unread(YIHU_ESYMLINK, names[i]);
		unlink(path);
		free(path);
	}
}

TEST(names_in_errors_hold_no_control_characters)
{
	char *path = yihu_path(dir, "log/evil\033[2J\xff");
	assert_int_equal(symlink("nowhere", path), 0);
	assert_unread(YIHU_ESYMLINK, "log/evil?[2J?");
	free(path);
}

TEST(devices_are_refused)
{
	char *path = yihu_path(dir, "log/pipe");
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_unread(YIHU_ESTRAY, "log/pipe");
	free(path);
}

/* Of 2 GiB and one byte, none of them written. */
TEST(a_file_too_large_is_refused)
{
	make("log/checkpoint", "");
	char *path = yihu_path(dir, "log/checkpoint");
	assert_int_equal(truncate(path, ((off_t)1 << 31) + 1), 0);
	assert_unread(YIHU_ETOOBIG, "log/checkpoint");
	free(path);
}

TEST(a_folder_too_deep_is_refused)
{
	make_dir("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15");
	assert_unread(YIHU_ETOOBIG, "1/2/3");
}

TEST(a_folder_that_is_not_there_is_told)
{
	struct yihu_error err;
	struct yihu_public *p;
	assert_int_equal(yihu_public_read(&p, "/tmp/yihu-no-such-folder", &err), YIHU_ENOENT);
}

TEST(a_folder_without_files_is_read)
{
	struct yihu_public *p = read_folder();
	assert_int_equal(p->n, 0);
	yihu_public_free(p);
}

TEST(many_files_are_all_read)
{
	char name[16];
	for (unsigned i = 0; i < 150; i++) {
		snprintf(name, sizeof name, "log/%03u", i);
		make(name, "x");
	}
	struct yihu_public *p = read_folder();
	assert_int_equal(p->n, 150);
	for (unsigned i = 0; i < 150; i++) {
		snprintf(name, sizeof name, "log/%03u", i);
		assert_string_equal(p->files[i].name, name);
	}
	yihu_public_free(p);
}

TEST(nobody_needs_to_hear_why)
{
	struct yihu_public *p;
	assert_int_equal(yihu_public_read(&p, "/tmp/yihu-no-such-folder", NULL), YIHU_ENOENT);
}

TEST(putting_and_removing_keeps_the_order)
{
	struct yihu_public *p = yihu_public_new();
	static const char *const names[] = {"m", "c", "x", "a", "z", "m", "c"};
	for (size_t i = 0; i < 7; i++)
		yihu_public_put(p, names[i], &i, sizeof i);
	assert_int_equal(p->n, 5);
	for (size_t i = 1; i < p->n; i++)
		assert_true(strcmp(p->files[i - 1].name, p->files[i].name) < 0);
	size_t value;
	memcpy(&value, yihu_public_get(p, "c")->data, sizeof value);
	assert_int_equal(value, 6);
	/* from its own bytes */
	const struct yihu_buf *own = yihu_public_get(p, "c");
	yihu_public_put(p, "c", own->data + 1, own->len - 1);
	assert_int_equal(yihu_public_get(p, "c")->len, sizeof value - 1);
	yihu_public_remove(p, "m");
	yihu_public_remove(p, "none");
	assert_int_equal(p->n, 4);
	assert_null(yihu_public_get(p, "m"));
	assert_non_null(yihu_public_get(p, "z"));
	yihu_public_free(p);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(names_are_sorted_bytewise_and_found),
		CASE(dot_names_are_noticed_and_site_is_not_entered),
		CASE(what_a_name_tells_is_not_read),
		CASE(a_file_is_measured_before_it_is_read),
		CASE(large_files_of_an_unknown_election_are_not_read),
		CASE(links_are_refused),
		CASE(names_in_errors_hold_no_control_characters),
		CASE(devices_are_refused),
		CASE(a_file_too_large_is_refused),
		CASE(a_folder_too_deep_is_refused),
		CASE(a_folder_that_is_not_there_is_told),
		CASE(a_folder_without_files_is_read),
		CASE(many_files_are_all_read),
		CASE(nobody_needs_to_hear_why),
		CASE(putting_and_removing_keeps_the_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
