/* SPDX-License-Identifier: Apache-2.0
 *
 * Files on a medium without modes, links or conditional renames, as USB sticks
 * are: the three calls fail here as they fail there (linked with --wrap).
 */
#include "support.h"

#include <errno.h>
#include <sys/stat.h>
#include <yihu/error.h>

/* The errno that each call fails with; 0: it does its work. */
static struct medium {
	const char *name;
	int fchmod, link, rename;
} medium;

int __real_fchmod(int fd, mode_t mode);
int __wrap_fchmod(int fd, mode_t mode);
int __real_linkat(int from, const char *a, int to, const char *b, int flags);
int __wrap_linkat(int from, const char *a, int to, const char *b, int flags);
int __real_renameat2(int from, const char *a, int to, const char *b, unsigned flags);
int __wrap_renameat2(int from, const char *a, int to, const char *b, unsigned flags);

static int fails(int with)
{
	errno = with;
	return -1;
}

int __wrap_fchmod(int fd, mode_t mode)
{
	return medium.fchmod ? fails(medium.fchmod) : __real_fchmod(fd, mode);
}

int __wrap_linkat(int from, const char *a, int to, const char *b, int flags)
{
	return medium.link ? fails(medium.link) : __real_linkat(from, a, to, b, flags);
}

int __wrap_renameat2(int from, const char *a, int to, const char *b, unsigned flags)
{
	return medium.rename ? fails(medium.rename) : __real_renameat2(from, a, to, b, flags);
}

static const struct medium media[] = {
	{"FAT in the kernel", EPERM, EPERM, 0},
	{"FAT through FUSE", ENOTSUP, ENOTSUP, EINVAL},
	{"a FUSE driver with less", ENOSYS, ENOSYS, ENOSYS},
};

static void assert_holds(const char *path, const char *want)
{
	struct yihu_buf b = {0};
	assert_int_equal(yihu_file_read(path, 1 << 20, &b, NULL), YIHU_OK);
	assert_string_equal((char *)b.data, want);
	yihu_buf_free(&b);
}

/* A folder that is removed holds nothing else. */
static void assert_alone(const char *path, const char *folder)
{
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(mkdir(folder, 0700), 0);
}

static void files_are_written_and_made_on_every_medium(void **state)
{
	char *path = yihu_path(*state, "key");
	for (size_t i = 0; i < COUNT(media); i++) {
		medium = media[i];
		print_message("# %s\n", medium.name);
		assert_int_equal(yihu_file_create(path, "one", 3, 0600, NULL), YIHU_OK);
		assert_holds(path, "one");
		assert_int_equal(yihu_file_create(path, "two", 3, 0600, NULL), YIHU_EEXIST);
		assert_holds(path, "one");
		assert_int_equal(yihu_file_write(path, "three", 5, 0600, NULL), YIHU_OK);
		assert_holds(path, "three");
		assert_alone(path, *state);
	}
	free(path);
}

static void a_link_in_the_way_stays(void **state)
{
	char *path = yihu_path(*state, "link");
	for (size_t i = 0; i < COUNT(media); i++) {
		medium = media[i];
		assert_int_equal(symlink("nowhere", path), 0);
		assert_int_equal(yihu_file_create(path, "x", 1, 0600, NULL), YIHU_EEXIST);
		assert_alone(path, *state);
	}
	free(path);
}

#define RACERS 8

static void a_race_has_one_winner_on_every_medium(void **state)
{
	char *path = yihu_path(*state, "key");
	for (size_t i = 0; i < COUNT(media); i++) {
		pid_t pids[RACERS];
		int winners = 0, status;
		medium = media[i];
		fflush(NULL);
		for (int k = 0; k < RACERS; k++) {
			pids[k] = fork();
			if (pids[k] == 0)
				_exit(yihu_file_create(path, "x", 1, 0600, NULL));
		}
		for (int k = 0; k < RACERS; k++) {
			assert_int_equal(waitpid(pids[k], &status, 0), pids[k]);
			assert_true(WIFEXITED(status));
			winners += WEXITSTATUS(status) == YIHU_OK;
		}
		assert_int_equal(winners, 1);
		assert_holds(path, "x");
		assert_alone(path, *state);
	}
	free(path);
}

/* What no medium explains is a fault, and leaves nothing. */
static void other_failures_are_told(void **state)
{
	static const struct medium broken[] = {
		{"mode", EIO, 0, 0},
		{"link", 0, EIO, 0},
		{"link, no space", 0, ENOSPC, 0},
		{"rename", 0, EPERM, EIO},
	};
	char *path = yihu_path(*state, "key");
	for (size_t i = 0; i < COUNT(broken); i++) {
		medium = broken[i];
		assert_int_equal(yihu_file_create(path, "x", 1, 0600, NULL), YIHU_EIO);
		assert_int_equal(rmdir(*state), 0);
		assert_int_equal(mkdir(*state, 0700), 0);
	}
	free(path);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(files_are_written_and_made_on_every_medium),
		IN_FOLDER(a_link_in_the_way_stays),
		IN_FOLDER(a_race_has_one_winner_on_every_medium),
		IN_FOLDER(other_failures_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
