/* SPDX-License-Identifier: Apache-2.0
 *
 * Secret files: what was replaced or erased is zeros wherever it can still be
 * read (by a hard link made before, by a descriptor), and whatever fails or is
 * killed, the file is the old one or the new one. The calls are counted, failed
 * and listed here (linked with --wrap).
 */
#include "support.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include <yihu/error.h>
#include <yihu/secret.h>

#define OLD "the old generation of a secret"
#define NEW "a new one"

/* ---- the calls ---- */

static struct {
	bool without_exchange, without_links; /* as on other media */
	unsigned fail_at, kill_at, calls;     /* from 1; 0: never */
	char order[64];                       /* a letter for each call */
} calls;

static void calls_reset(void)
{
	calls.fail_at = calls.kill_at = calls.calls = 0;
	calls.order[0] = '\0';
}

/* True when this call is to fail. */
static bool step(char what)
{
	size_t n = strlen(calls.order);
	if (n + 1 < sizeof calls.order) {
		calls.order[n] = what;
		calls.order[n + 1] = '\0';
	}
	calls.calls++;
	if (calls.calls == calls.kill_at)
		kill(getpid(), SIGKILL);
	errno = EIO;
	return calls.calls == calls.fail_at;
}

static bool is_folder(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

#define WRAPPED(type, name, parameters, arguments, what)                                           \
	type __real_##name parameters;                                                             \
	type __wrap_##name parameters;                                                             \
	type __wrap_##name parameters                                                              \
	{                                                                                          \
		return step(what) ? -1 : __real_##name arguments;                                  \
	}
/* Data, zeros; a file's sync, a folder's; renamed, unlinked. */
WRAPPED(ssize_t, write, (int fd, const void *p, size_t len), (fd, p, len),
	*(const char *)p ? 'W' : 'Z')
WRAPPED(int, fsync, (int fd), (fd), is_folder(fd) ? 'D' : 'S')
WRAPPED(int, syncfs, (int fd), (fd), 'A')
WRAPPED(int, renameat, (int d, const char *from, int e, const char *to), (d, from, e, to), 'R')
WRAPPED(int, unlinkat, (int d, const char *name, int flags), (d, name, flags), 'U')

int __real_linkat(int d, const char *from, int e, const char *to, int flags);
int __wrap_linkat(int d, const char *from, int e, const char *to, int flags);
int __wrap_linkat(int d, const char *from, int e, const char *to, int flags)
{
	if (calls.without_links) {
		errno = EPERM;
		return -1;
	}
	return step('L') ? -1 : __real_linkat(d, from, e, to, flags);
}

int __real_renameat2(int d, const char *from, int e, const char *to, unsigned flags);
int __wrap_renameat2(int d, const char *from, int e, const char *to, unsigned flags);
int __wrap_renameat2(int d, const char *from, int e, const char *to, unsigned flags)
{
	if (calls.without_exchange) {
		errno = EINVAL;
		return -1;
	}
	return step('X') ? -1 : __real_renameat2(d, from, e, to, flags);
}

/* ---- what is seen ---- */

static struct yihu_buf contents(const char *path)
{
	struct yihu_buf b = {0};
	assert_int_equal(yihu_file_read(path, 1 << 20, &b, NULL), YIHU_OK);
	return b;
}

static void assert_holds(const char *path, const char *want)
{
	struct yihu_buf b = contents(path);
	assert_int_equal(b.len, strlen(want));
	assert_memory_equal(b.data, want, b.len);
	yihu_buf_free(&b);
}

static bool is_zeros(const struct yihu_buf *b)
{
	for (size_t i = 0; i < b->len; i++)
		if (b->data[i] != 0)
			return false;
	return true;
}

static void assert_zeros(const char *path, size_t len)
{
	struct yihu_buf b = contents(path);
	assert_int_equal(b.len, len);
	assert_true(is_zeros(&b));
	yihu_buf_free(&b);
}

static void assert_zeros_behind(int fd, size_t len)
{
	char bytes[256];
	struct yihu_buf b = {.data = (uint8_t *)bytes, .len = len};
	assert_int_equal(pread(fd, bytes, sizeof bytes, 0), len);
	assert_true(is_zeros(&b));
}

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

static void put(const char *path, const char *text)
{
	assert_int_equal(yihu_file_write(path, text, strlen(text), 0600, NULL), YIHU_OK);
}

/* A folder with the file "key" and its hard link "old". */
struct world {
	char *dir, *path, *old, *aside;
};

static struct world begin(void *dir)
{
	struct world w = {dir, yihu_path(dir, "key"), yihu_path(dir, "old"),
			  yihu_path(dir, ".key.new")};
	calls_reset();
	put(w.path, OLD);
	assert_int_equal(link(w.path, w.old), 0);
	calls_reset();
	return w;
}

static void end(struct world *w)
{
	calls_reset();
	assert_int_equal(yihu_dir_remove(w->dir, NULL), YIHU_OK);
	assert_int_equal(mkdir(w->dir, 0700), 0);
	free(w->path);
	free(w->old);
	free(w->aside);
}

/* ---- replaced and erased ---- */

static void a_replaced_file_is_zeroed(void **state)
{
	for (int without = 0; without < 2; without++) {
		struct world w = begin(*state);
		struct stat st;
		calls.without_exchange = without;
		assert_int_equal(yihu_secret_write(w.path, NEW, strlen(NEW), NULL), YIHU_OK);
		/* Named and synced first, zeroed and synced then, and unlinked last. */
		assert_string_equal(calls.order, without ? "WSRDZS" : "WSXDZSU");
		assert_holds(w.path, NEW);
		assert_zeros(w.old, strlen(OLD));
		assert_int_equal(entries(w.dir), 2);
		assert_int_equal(stat(w.path, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
		end(&w);
	}
	calls.without_exchange = false;
}

static void a_first_file_is_written(void **state)
{
	for (int without = 0; without < 2; without++) {
		struct world w = begin(*state);
		assert_int_equal(unlink(w.path), 0);
		calls.without_exchange = without;
		assert_int_equal(yihu_secret_write(w.path, NEW, strlen(NEW), NULL), YIHU_OK);
		assert_holds(w.path, NEW);
		assert_holds(w.old, OLD);
		end(&w);
	}
	calls.without_exchange = false;
}

static void a_large_file_is_zeroed_to_its_end(void **state)
{
	struct world w = begin(*state);
	char *large = yihu_alloc(200001);
	memset(large, 'x', 200000);
	large[200000] = '\0';
	put(w.path, large);
	int fd = open(w.path, O_RDONLY | O_CLOEXEC);
	assert_int_equal(yihu_secret_erase(w.path, NULL), YIHU_OK);
	struct yihu_buf b = {.data = (uint8_t *)large, .len = 200000};
	assert_int_equal(pread(fd, large, 200001, 0), 200000);
	assert_true(is_zeros(&b));
	close(fd);
	free(large);
	end(&w);
}

static void an_erased_file_is_zeroed_first(void **state)
{
	struct world w = begin(*state);
	assert_int_equal(yihu_secret_erase(w.path, NULL), YIHU_OK);
	assert_string_equal(calls.order, "ZSUD");
	assert_false(yihu_file_exists(w.path));
	assert_zeros(w.old, strlen(OLD));
	assert_int_equal(yihu_secret_erase(w.path, NULL), YIHU_OK); /* none is fine */
	end(&w);
}

static void an_erased_folder_is_zeroed_first(void **state)
{
	struct world w = begin(*state);
	char *folder = yihu_path(w.dir, "letters"), *below = yihu_path(folder, "qr");
	char *a = yihu_path(folder, "a"), *b = yihu_path(below, "b"), *c = yihu_path(below, "c");
	assert_int_equal(yihu_dir_make(below, 0700, NULL), YIHU_OK);
	assert_int_equal(link(w.path, a), 0);
	put(b, OLD);
	assert_int_equal(symlink(w.old, c), 0);
	int fd = open(b, O_RDONLY | O_CLOEXEC);
	calls_reset();
	assert_int_equal(yihu_secret_erase_dir(folder, NULL), YIHU_OK);
	assert_true(strncmp(calls.order, "ZZAU", 4) == 0);
	assert_zeros(w.path, strlen(OLD));
	assert_zeros_behind(fd, strlen(OLD));
	assert_false(yihu_file_exists(folder));
	assert_int_equal(yihu_secret_erase_dir(folder, NULL), YIHU_OK);
	close(fd);
	free(folder);
	free(below);
	free(a);
	free(b);
	free(c);
	end(&w);
}

static void a_file_is_created_once(void **state)
{
	for (int without = 0; without < 2; without++) {
		struct world w = begin(*state);
		char *made = yihu_path(w.dir, "made");
		calls.without_links = calls.without_exchange = without;
		assert_int_equal(yihu_secret_create(w.path, NEW, strlen(NEW), NULL), YIHU_EEXIST);
		assert_non_null(strstr(calls.order, "ZSU")); /* the one that lost */
		assert_holds(w.path, OLD);
		assert_int_equal(yihu_secret_create(made, NEW, strlen(NEW), NULL), YIHU_OK);
		assert_holds(made, NEW);
		assert_int_equal(entries(w.dir), 3);
		free(made);
		end(&w);
	}
	calls.without_links = calls.without_exchange = false;
}

static void links_and_folders_are_not_followed(void **state)
{
	struct world w = begin(*state);
	char *link = yihu_path(w.dir, "link");
	assert_int_equal(symlink("old", link), 0);
	assert_int_equal(yihu_secret_write(link, NEW, strlen(NEW), NULL), YIHU_OK);
	assert_holds(link, NEW);
	assert_holds(w.old, OLD);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(symlink("old", link), 0);
	assert_int_equal(yihu_secret_erase(link, NULL), YIHU_OK);
	assert_holds(w.old, OLD);
	assert_int_equal(mkdir(link, 0700), 0);
	assert_int_equal(yihu_secret_write(link, NEW, strlen(NEW), NULL), YIHU_EIO);
	assert_int_equal(entries(w.dir), 3);
	free(link);
	end(&w);
}

static int replace_read_only(void *path)
{
	if (geteuid() == 0 && setuid(65534) != 0)
		return 99;
	return yihu_secret_write(path, NEW, strlen(NEW), NULL);
}

static void a_file_without_write_permission_is_zeroed_too(void **state)
{
	struct world w = begin(*state);
	assert_int_equal(chmod(w.path, 0400), 0);
	if (geteuid() == 0) {
		assert_int_equal(chown(w.dir, 65534, 65534), 0);
		assert_int_equal(chown(w.path, 65534, 65534), 0);
	}
	assert_int_equal(child_exit(replace_read_only, w.path), YIHU_OK);
	assert_holds(w.path, NEW);
	assert_zeros(w.old, strlen(OLD));
	end(&w);
}

/* ---- what was left ---- */

static void what_a_killed_run_left_aside_is_destroyed(void **state)
{
	struct world w = begin(*state);
	put(w.aside, "partly");
	int fd = open(w.aside, O_RDONLY | O_CLOEXEC);
	calls_reset();
	assert_int_equal(yihu_secret_write(w.path, NEW, strlen(NEW), NULL), YIHU_OK);
	/* The folder first: the names must be on the disk before a file is zeroed. */
	assert_string_equal(calls.order, "DZSUWSXDZSU");
	assert_zeros_behind(fd, strlen("partly"));
	assert_holds(w.path, NEW);
	close(fd);
	put(w.aside, "partly");
	assert_int_equal(yihu_secret_erase(w.path, NULL), YIHU_OK);
	assert_false(yihu_file_exists(w.aside));
	end(&w);
}

static void a_second_name_is_not_what_was_left(void **state)
{
	struct world w = begin(*state);
	char *other = yihu_path(w.dir, "other"), *aside = yihu_path(w.dir, ".other.new");
	put(other, OLD);
	assert_int_equal(link(other, aside), 0);
	assert_int_equal(yihu_secret_create(other, NEW, strlen(NEW), NULL), YIHU_EEXIST);
	assert_holds(other, OLD);
	assert_false(yihu_file_exists(aside));
	free(other);
	free(aside);
	end(&w);
}

static void make_older(const char *path)
{
	const struct timespec past[2] = {{.tv_sec = time(NULL) - 7200},
					 {.tv_sec = time(NULL) - 7200}};
	assert_int_equal(utimensat(AT_FDCWD, path, past, 0), 0);
}

static void strays_are_destroyed_once_they_are_old(void **state)
{
	struct world w = begin(*state);
	char *old = yihu_path(w.dir, ".yihu-0123456789abcdef");
	char *young = yihu_path(w.dir, ".yihu-0123456789abcde0");
	char *other = yihu_path(w.dir, ".yihu-notes");
	char *second = yihu_path(w.dir, ".yihu-0123456789abcde1");
	put(old, OLD);
	put(young, OLD);
	put(other, OLD);
	assert_int_equal(link(w.old, second), 0);
	make_older(old);
	make_older(other);
	make_older(second);
	int fd = open(old, O_RDONLY | O_CLOEXEC);
	char *none = yihu_path(w.dir, "none");
	assert_int_equal(yihu_secret_erase(none, NULL), YIHU_OK);
	assert_zeros_behind(fd, strlen(OLD));
	assert_false(yihu_file_exists(old) || yihu_file_exists(second));
	assert_holds(young, OLD);
	assert_holds(other, OLD);
	assert_holds(w.old, OLD);
	close(fd);
	free(old);
	free(young);
	free(other);
	free(second);
	free(none);
	end(&w);
}

/* ---- cut off and failing ---- */

static int write_new(void *path)
{
	return yihu_secret_write(path, NEW, strlen(NEW), NULL);
}

static int erase(void *path)
{
	return yihu_secret_erase(path, NULL);
}

static bool holds(const char *path, const char *text)
{
	struct yihu_buf b = {0};
	bool yes = yihu_file_read(path, 1 << 20, &b, NULL) == YIHU_OK && b.len == strlen(text) &&
		   memcmp(b.data, text, b.len) == 0;
	yihu_buf_free(&b);
	return yes;
}

/* After it, the next act ends it: only the new file is there, and no old byte. */
static void assert_next_ends_it(struct world *w, bool renames_only)
{
	calls_reset();
	assert_true(holds(w->path, OLD) || holds(w->path, NEW));
	bool unlinked = renames_only && holds(w->path, NEW);
	assert_int_equal(write_new(w->path), YIHU_OK);
	assert_holds(w->path, NEW);
	assert_int_equal(entries(w->dir), 2);
	if (!unlinked) /* without the exchange it has no name to be found by */
		assert_zeros(w->old, strlen(OLD));
}

static void a_killed_write_loses_nothing_and_is_ended_by_the_next(void **state)
{
	for (int without = 0; without < 2; without++) {
		unsigned k = 0;
		int status;
		do {
			struct world w = begin(*state);
			calls.without_exchange = without;
			calls.kill_at = ++k;
			status = child_status(write_new, w.path);
			assert_next_ends_it(&w, without);
			end(&w);
		} while (WIFSIGNALED(status));
		assert_int_equal(k, without ? 7 : 8);
	}
	calls.without_exchange = false;
}

static void a_failing_call_loses_nothing(void **state)
{
	for (int without = 0; without < 2; without++) {
		int rc = YIHU_EIO;
		for (unsigned k = 1; rc != YIHU_OK; k++) {
			struct world w = begin(*state);
			calls.without_exchange = without;
			calls.fail_at = k;
			rc = write_new(w.path);
			if (rc != YIHU_OK) {
				assert_int_equal(rc, YIHU_EIO);
				assert_true(k <= 7);
			}
			/* Nothing new is left where it did not get its name. */
			if (holds(w.path, OLD))
				assert_false(yihu_file_exists(w.aside));
			assert_next_ends_it(&w, without);
			end(&w);
		}
	}
	calls.without_exchange = false;
}

static void a_killed_erasing_is_ended_by_the_next(void **state)
{
	unsigned k = 0;
	int status;
	do {
		struct world w = begin(*state);
		calls.kill_at = ++k;
		status = child_status(erase, w.path);
		calls_reset();
		if (yihu_file_exists(w.path))
			assert_int_equal(erase(w.path), YIHU_OK);
		assert_zeros(w.old, strlen(OLD));
		assert_int_equal(entries(w.dir), 1);
		end(&w);
	} while (WIFSIGNALED(status));
	assert_int_equal(k, 5);
}

static void a_killed_creation_makes_all_or_nothing(void **state)
{
	unsigned k = 0;
	bool made = false;
	while (!made) {
		struct world w = begin(*state);
		assert_int_equal(unlink(w.path), 0);
		calls.kill_at = ++k;
		pid_t pid = fork();
		if (pid == 0)
			_exit(yihu_secret_create(w.path, NEW, strlen(NEW), NULL));
		int status, rc;
		assert_int_equal(waitpid(pid, &status, 0), pid);
		calls_reset();
		bool there = yihu_file_exists(w.path);
		rc = yihu_secret_create(w.path, NEW, strlen(NEW), NULL);
		assert_int_equal(rc, there ? YIHU_EEXIST : YIHU_OK);
		assert_holds(w.path, NEW);
		assert_int_equal(entries(w.dir), 2);
		made = WIFEXITED(status);
		end(&w);
	}
	assert_true(k > 4);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_replaced_file_is_zeroed),
		IN_FOLDER(a_first_file_is_written),
		IN_FOLDER(a_large_file_is_zeroed_to_its_end),
		IN_FOLDER(an_erased_file_is_zeroed_first),
		IN_FOLDER(an_erased_folder_is_zeroed_first),
		IN_FOLDER(a_file_is_created_once),
		IN_FOLDER(links_and_folders_are_not_followed),
		IN_FOLDER(a_file_without_write_permission_is_zeroed_too),
		IN_FOLDER(what_a_killed_run_left_aside_is_destroyed),
		IN_FOLDER(a_second_name_is_not_what_was_left),
		IN_FOLDER(strays_are_destroyed_once_they_are_old),
		IN_FOLDER(a_killed_write_loses_nothing_and_is_ended_by_the_next),
		IN_FOLDER(a_failing_call_loses_nothing),
		IN_FOLDER(a_killed_erasing_is_ended_by_the_next),
		IN_FOLDER(a_killed_creation_makes_all_or_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
