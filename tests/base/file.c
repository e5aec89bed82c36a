/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that are there whole or not at all, folders, and locks.
 */
#include "support.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <yihu/error.h>

static size_t entries(const char *folder)
{
	size_t n = 0;
	DIR *d = opendir(folder);
	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}

/* Also what is empty is read as a C string. */
static void assert_holds(const char *path, const char *want)
{
	struct yihu_buf b = {0};
	assert_int_equal(yihu_file_read(path, 1 << 20, &b, NULL), YIHU_OK);
	assert_int_equal(b.len, strlen(want));
	assert_memory_equal(b.data, want, b.len + 1);
	yihu_buf_free(&b);
}

static void what_is_written_is_read(void **state)
{
	char *path = yihu_path(*state, "a");
	struct stat st;
	umask(077); /* must not take bits off the mode asked for */
	assert_int_equal(yihu_file_write(path, "one", 3, 0644, NULL), YIHU_OK);
	assert_holds(path, "one");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(yihu_file_write(path, "", 0, 0600, NULL), YIHU_OK);
	assert_holds(path, "");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(entries(*state), 1);
	free(path);
}

static void a_read_appends_and_keeps_to_its_limit(void **state)
{
	char *path = yihu_path(*state, "a");
	struct yihu_buf b = {0};
	struct yihu_error err;
	assert_int_equal(yihu_file_write(path, "12345", 5, 0600, NULL), YIHU_OK);
	yihu_buf_str(&b, "0");
	assert_int_equal(yihu_file_read(path, 4, &b, &err), YIHU_ETOOBIG);
	assert_non_null(strstr(err.text, path));
	assert_string_equal((char *)b.data, "0");
	assert_int_equal(yihu_file_read(path, 5, &b, &err), YIHU_OK);
	assert_string_equal((char *)b.data, "012345");
	yihu_buf_free(&b);
	free(path);
}

/* stat says 0 bytes for what /proc makes up: the limit must hold as it reads. */
TEST(a_file_that_grows_keeps_to_the_limit)
{
	struct yihu_buf b = {0};
	assert_int_equal(yihu_file_read("/proc/self/maps", 100, &b, NULL), YIHU_ETOOBIG);
	assert_int_equal(b.len, 0);
	assert_int_equal(yihu_file_read("/proc/self/maps", 1 << 24, &b, NULL), YIHU_OK);
	assert_true(b.len > 100);
	yihu_buf_free(&b);
}

static void only_regular_files_are_read(void **state)
{
	char *link = yihu_path(*state, "link"), *pipe = yihu_path(*state, "pipe");
	char *file = yihu_path(*state, "file"), *none = yihu_path(*state, "none");
	struct yihu_buf b = {0};
	assert_int_equal(yihu_file_write(file, "x", 1, 0600, NULL), YIHU_OK);
	assert_int_equal(symlink("file", link), 0);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_int_equal(yihu_file_read(link, 9, &b, NULL), YIHU_ESYMLINK);
	assert_int_equal(yihu_file_read(pipe, 9, &b, NULL), YIHU_EFORMAT);
	assert_int_equal(yihu_file_read(*state, 9, &b, NULL), YIHU_EFORMAT);
	assert_int_equal(yihu_file_read("/dev/zero", 9, &b, NULL), YIHU_EFORMAT);
	assert_int_equal(yihu_file_read(none, 9, &b, NULL), YIHU_ENOENT);
	assert_false(yihu_file_exists(none));
	assert_true(yihu_file_exists(link));
	assert_int_equal(b.len, 0);
	free(link);
	free(pipe);
	free(file);
	free(none);
}

static void create_is_never_over_a_file(void **state)
{
	char *path = yihu_path(*state, "a"), *link = yihu_path(*state, "link");
	struct yihu_error err;
	assert_int_equal(yihu_file_create(path, "one", 3, 0600, NULL), YIHU_OK);
	assert_int_equal(yihu_file_create(path, "two", 3, 0600, &err), YIHU_EEXIST);
	assert_non_null(strstr(err.text, path));
	assert_holds(path, "one");
	assert_int_equal(symlink("nowhere", link), 0);
	assert_int_equal(yihu_file_create(link, "two", 3, 0600, NULL), YIHU_EEXIST);
	assert_int_equal(entries(*state), 2);
	free(path);
	free(link);
}

static void a_write_replaces_a_link_and_not_its_target(void **state)
{
	char *file = yihu_path(*state, "file"), *link = yihu_path(*state, "link");
	assert_int_equal(yihu_file_write(file, "kept", 4, 0600, NULL), YIHU_OK);
	assert_int_equal(symlink("file", link), 0);
	assert_int_equal(yihu_file_write(link, "new", 3, 0600, NULL), YIHU_OK);
	assert_holds(file, "kept");
	assert_holds(link, "new");
	free(file);
	free(link);
}

static void a_failed_rename_leaves_nothing(void **state)
{
	char *folder = yihu_path(*state, "folder"), *inside = yihu_path(folder, "x");
	assert_int_equal(yihu_dir_make(folder, 0700, NULL), YIHU_OK);
	assert_int_equal(yihu_file_write(inside, "x", 1, 0600, NULL), YIHU_OK);
	assert_int_equal(yihu_file_write(folder, "y", 1, 0600, NULL), YIHU_EIO);
	assert_int_equal(entries(*state), 1);
	assert_holds(inside, "x");
	free(folder);
	free(inside);
}

/* The disk is full after 4096 bytes, whichever way the file is put. */
static int write_on_a_full_disk(void *path)
{
	static const char big[10000];
	struct rlimit limit = {4096, 4096};
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return 99;
	int rc = yihu_file_create(path, big, sizeof big, 0600, NULL);
	return rc == YIHU_EEXIST ? yihu_file_write(path, big, sizeof big, 0600, NULL) : rc;
}

static void a_failed_write_leaves_the_old_file(void **state)
{
	char *path = yihu_path(*state, "a");
	assert_int_equal(child_exit(write_on_a_full_disk, path), YIHU_EIO);
	assert_int_equal(entries(*state), 0);
	assert_int_equal(yihu_file_write(path, "old", 3, 0600, NULL), YIHU_OK);
	assert_int_equal(child_exit(write_on_a_full_disk, path), YIHU_EIO);
	assert_int_equal(entries(*state), 1);
	assert_holds(path, "old");
	free(path);
}

static void paths_that_name_no_file_are_refused(void **state)
{
	static const char *const names[] = {"", "a/", ".", ".."};
	for (size_t i = 0; i < COUNT(names); i++) {
		char *path = yihu_path(*state, names[i]);
		assert_int_equal(yihu_file_write(path, "x", 1, 0600, NULL), YIHU_EARG);
		free(path);
	}
	char *deep = yihu_path(*state, "none/a");
	assert_int_equal(yihu_file_write(deep, "x", 1, 0600, NULL), YIHU_ENOENT);
	free(deep);
	assert_int_equal(entries(*state), 0);
}

static void a_bare_name_is_in_the_working_folder(void **state)
{
	char *path = yihu_path(*state, "bare"), old[4096];
	assert_non_null(getcwd(old, sizeof old));
	assert_int_equal(chdir(*state), 0);
	assert_int_equal(yihu_file_write("bare", "x", 1, 0600, NULL), YIHU_OK);
	assert_int_equal(chdir(old), 0);
	assert_holds(path, "x");
	free(path);
}

#define RACERS 8

static void a_race_to_create_has_one_winner(void **state)
{
	char *path = yihu_path(*state, "a");
	pid_t pids[RACERS];
	int winners = 0, winner = -1;
	fflush(NULL);
	for (int i = 0; i < RACERS; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			char text[100];
			memset(text, 'A' + i, sizeof text);
			_exit(yihu_file_create(path, text, sizeof text, 0600, NULL));
		}
	}
	for (int i = 0; i < RACERS; i++) {
		int status;
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status));
		if (WEXITSTATUS(status) == YIHU_OK) {
			winners++;
			winner = i;
		} else {
			assert_int_equal(WEXITSTATUS(status), YIHU_EEXIST);
		}
	}
	assert_int_equal(winners, 1);
	char want[101] = {0};
	memset(want, 'A' + winner, 100);
	assert_holds(path, want);
	assert_int_equal(entries(*state), 1);
	free(path);
}

/* While one process replaces the file, another sees it whole every time. */
static void a_reader_sees_the_old_or_the_new(void **state)
{
	char *path = yihu_path(*state, "a");
	char *old = yihu_alloc(100000), *new = yihu_alloc(50000);
	memset(old, 'o', 100000);
	memset(new, 'n', 50000);
	assert_int_equal(yihu_file_write(path, old, 100000, 0600, NULL), YIHU_OK);
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		for (int i = 0; i < 100; i++)
			if (i % 2 ? yihu_file_write(path, old, 100000, 0600, NULL)
				  : yihu_file_write(path, new, 50000, 0600, NULL))
				_exit(1);
		_exit(0);
	}
	int status, seen = 0;
	while (waitpid(pid, &status, WNOHANG) == 0) {
		struct yihu_buf b = {0};
		assert_int_equal(yihu_file_read(path, 1 << 20, &b, NULL), YIHU_OK);
		assert_true(b.len == 100000 || b.len == 50000);
		assert_memory_equal(b.data, b.len == 100000 ? old : new, b.len);
		yihu_buf_free(&b);
		seen++;
	}
	assert_int_equal(status, 0);
	assert_true(seen > 0);
	free(old);
	free(new);
	free(path);
}

/* Programs that hold secrets run under umask 077; a web server reads public/. */
TEST(a_folder_has_the_mode_asked_for)
{
	struct stat st;
	char template[] = "/tmp/yihu-mode-XXXXXX";
	assert_non_null(mkdtemp(template));
	char *folder = yihu_path(template, "public");
	mode_t before = umask(077);
	assert_int_equal(yihu_dir_make(folder, 0755, NULL), YIHU_OK);
	umask(before);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0755);
	assert_int_equal(yihu_dir_remove(template, NULL), YIHU_OK);
	free(folder);
}

static void folders_are_made_and_removed(void **state)
{
	char *deep = yihu_path(*state, "x/y/z"), *top = yihu_path(*state, "x");
	char *file = yihu_path(deep, "file"), *link = yihu_path(deep, "link");
	char *outside = yihu_path(*state, "outside"), *precious = yihu_path(outside, "p");
	assert_int_equal(yihu_dir_make(deep, 0700, NULL), YIHU_OK);
	assert_int_equal(yihu_dir_make(deep, 0700, NULL), YIHU_OK);
	assert_int_equal(yihu_dir_sync(deep, NULL), YIHU_OK);
	assert_int_equal(yihu_file_write(file, "x", 1, 0600, NULL), YIHU_OK);
	assert_int_equal(yihu_dir_make(file, 0700, NULL), YIHU_EIO);
	assert_int_equal(yihu_dir_make("", 0700, NULL), YIHU_EARG);
	assert_int_equal(yihu_dir_make(outside, 0700, NULL), YIHU_OK);
	assert_int_equal(yihu_file_write(precious, "p", 1, 0600, NULL), YIHU_OK);
	assert_int_equal(symlink(outside, link), 0);
	assert_int_equal(yihu_dir_remove(file, NULL), YIHU_EFORMAT);
	assert_int_equal(yihu_dir_remove(link, NULL), YIHU_ESYMLINK);
	assert_int_equal(yihu_dir_remove(top, NULL), YIHU_OK);
	assert_false(yihu_file_exists(top));
	assert_holds(precious, "p");
	assert_int_equal(yihu_dir_remove(top, NULL), YIHU_ENOENT);
	assert_int_equal(yihu_dir_sync(top, NULL), YIHU_ENOENT);
	free(deep);
	free(top);
	free(file);
	free(link);
	free(outside);
	free(precious);
}

TEST(paths_are_joined_with_one_slash)
{
	char *a = yihu_path("a", "b"), *b = yihu_path("a/", "b"), *c = yihu_path("/", "b");
	assert_string_equal(a, "a/b");
	assert_string_equal(b, "a/b");
	assert_string_equal(c, "/b");
	free(a);
	free(b);
	free(c);
}

static int try_lock(void *path)
{
	int fd;
	return yihu_lock(path, &fd, NULL);
}

static int is_locked(void *path)
{
	return yihu_is_locked(path);
}

/* Who only asks never has it, not for a moment: a program that tried to take it would be
 * kept out by this, and say that it is held. */
static void who_asks_takes_nothing(void **state)
{
	char *path = yihu_path(*state, "lock");
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0 && flock(fd, LOCK_SH) == 0);
	assert_false(yihu_is_locked(path));
	close(fd);
	free(path);
}

static void a_lock_keeps_others_out(void **state)
{
	char *path = yihu_path(*state, "lock");
	int fd = -1, second = -7;
	struct yihu_error err;
	assert_false(yihu_is_locked(path)); /* nor is it made */
	assert_int_equal(entries(*state), 0);
	assert_int_equal(yihu_lock(path, &fd, NULL), YIHU_OK);
	assert_true(yihu_is_locked(path));
	assert_int_equal(child_exit(is_locked, path), 1);
	assert_int_equal(child_exit(try_lock, path), YIHU_ELOCKED);
	assert_int_equal(yihu_lock(path, &second, &err), YIHU_ELOCKED);
	assert_int_equal(second, -7);
	assert_non_null(strstr(err.text, path));
	yihu_unlock(fd);
	assert_false(yihu_is_locked(path));
	/* That child ends with the lock held: it must be free again. */
	assert_int_equal(child_exit(try_lock, path), YIHU_OK);
	assert_int_equal(yihu_lock(path, &fd, NULL), YIHU_OK);
	yihu_unlock(fd);
	yihu_unlock(-1);
	free(path);
}

static void a_lock_follows_no_link(void **state)
{
	char *path = yihu_path(*state, "lock"), *none = yihu_path(*state, "none/lock");
	int fd;
	assert_int_equal(symlink("target", path), 0);
	assert_int_equal(yihu_lock(path, &fd, NULL), YIHU_ESYMLINK);
	assert_int_equal(yihu_lock(none, &fd, NULL), YIHU_EIO);
	assert_int_equal(entries(*state), 1);
	free(path);
	free(none);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(what_is_written_is_read),
		IN_FOLDER(a_read_appends_and_keeps_to_its_limit),
		IN_FOLDER(a_file_that_grows_keeps_to_the_limit),
		IN_FOLDER(only_regular_files_are_read),
		IN_FOLDER(create_is_never_over_a_file),
		IN_FOLDER(a_write_replaces_a_link_and_not_its_target),
		IN_FOLDER(a_failed_rename_leaves_nothing),
		IN_FOLDER(a_failed_write_leaves_the_old_file),
		IN_FOLDER(paths_that_name_no_file_are_refused),
		IN_FOLDER(a_bare_name_is_in_the_working_folder),
		IN_FOLDER(a_race_to_create_has_one_winner),
		IN_FOLDER(a_reader_sees_the_old_or_the_new),
		IN_FOLDER(folders_are_made_and_removed),
		cmocka_unit_test(a_folder_has_the_mode_asked_for),
		cmocka_unit_test(paths_are_joined_with_one_slash),
		IN_FOLDER(a_lock_keeps_others_out),
		IN_FOLDER(who_asks_takes_nothing),
		IN_FOLDER(a_lock_follows_no_link),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
