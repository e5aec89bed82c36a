/* SPDX-License-Identifier: Apache-2.0
 *
 * The sandbox bites: a captured daemon, played by a child, reaches nothing but its
 * own folder, and neither runs a program nor calls anybody.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "countd/confine.h"
#include "test.h"

#define NOT_CONFINED 200

static char box[] = "/tmp/yihu-confined-XXXXXX";
static char outside[] = "/tmp/yihu-outside-XXXXXX";
static char own[64], read_only[64], other[64], other_file[64];

static bool has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

static int touch(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0)
		return errno;
	bool written = write(fd, "x", 1) == 1;
	close(fd);
	return written ? 0 : EIO;
}

/* What the act says in a confined child, or the signal that ended it, below 0. */
static unsigned may;

static int confined(int (*act)(void))
{
	const struct confine_path paths[] = {{box, true},
					     {read_only, false},
					     {"/usr", false},
					     {"/proc", true},
					     {"/not/there", true}};
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct yihu_error err;
		struct confined has;
		if (countd_confine(&has, paths, sizeof paths / sizeof *paths, may, &err) ||
		    has.files != has_landlock())
			_exit(NOT_CONFINED);
		_exit(act());
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) != NOT_CONFINED);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/* ---- what it still does ---- */

static int write_own(void)
{
	char to[80];
	snprintf(to, sizeof to, "%s/renamed", box);
	int r = touch(own);
	if (r == 0 && (rename(own, to) != 0 || truncate(to, 0) != 0 || unlink(to) != 0))
		r = errno;
	return r;
}

static int read_own(void)
{
	int fd = open(read_only, O_RDONLY);
	return fd < 0 ? errno : 0;
}

static void *nothing(void *context)
{
	return context;
}

static int run_threads(void)
{
	pthread_t t;
	return pthread_create(&t, NULL, nothing, NULL) || pthread_join(t, NULL);
}

TEST(it_works_in_its_own_folder_and_with_threads)
{
	assert_int_equal(confined(write_own), 0);
	assert_int_equal(confined(read_own), 0);
	assert_int_equal(confined(run_threads), 0);
}

/* ---- files ---- */

static int read_other(void)
{
	int fd = open(other_file, O_RDONLY);
	return fd < 0 ? errno : 0;
}

static int write_other(void)
{
	return touch(other);
}

static int list_other(void)
{
	int fd = open(outside, O_RDONLY | O_DIRECTORY);
	return fd < 0 ? errno : 0;
}

static int write_read_only(void)
{
	return touch(read_only);
}

static int remove_other(void)
{
	return unlink(other_file) == 0 ? 0 : errno;
}

TEST(other_files_are_out_of_reach)
{
	if (!has_landlock()) {
		print_message("no Landlock in this kernel\n");
		return;
	}
	assert_int_equal(confined(read_other), EACCES);
	assert_int_equal(confined(write_other), EACCES);
	assert_int_equal(confined(list_other), EACCES);
	assert_int_equal(confined(write_read_only), EACCES);
	assert_int_equal(confined(remove_other), EACCES);
}

/* ---- programs, calls to elsewhere ---- */

static int run_program(void)
{
	execl("/usr/bin/true", "true", (char *)NULL);
	return errno;
}

static int open_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : errno;
}

/* With a socket that it had, or was handed. */
static int handed = -1;
static int connect_out(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return connect(handed, (const struct sockaddr *)&to, sizeof to) == 0 ? 0 : errno;
}

static int listen_more(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	return bind(handed, (const struct sockaddr *)&at, sizeof at) == 0 ? 0 : errno;
}

TEST(no_program_is_run_and_nobody_called)
{
	handed = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(handed >= 0);
	assert_int_equal(confined(run_program), EPERM);
	assert_int_equal(confined(open_socket), EPERM);
	assert_int_equal(confined(connect_out), EPERM);
	assert_int_equal(confined(listen_more), EPERM);
	close(handed);
}

#ifndef __SANITIZE_ADDRESS__ /* it makes a process to look for leaks */
static int make_process(void)
{
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	return child > 0 ? 0 : errno;
}

TEST(no_other_process_is_made)
{
	assert_int_equal(confined(make_process), EPERM);
}
#endif

static int make_and_end_process(void)
{
	pid_t child = fork();
	if (child < 0)
		return errno;
	if (child == 0)
		for (;;)
			pause();
	if (kill(child, SIGKILL) != 0)
		return errno;
	return waitpid(child, NULL, 0) == child ? 0 : errno;
}

/* When memory gets short. */
static int child_goes_first(void)
{
	int status;
	pid_t child = fork();
	if (child == 0) {
		int fd = open("/proc/self/oom_score_adj", O_WRONLY);
		_exit(fd < 0 || write(fd, "1000", 4) != 4 ? errno : 0);
	}
	return child > 0 && waitpid(child, &status, 0) == child ? WEXITSTATUS(status) : errno;
}

TEST(a_helper_has_children_and_no_more)
{
	may = CONFINE_SIGNALS | CONFINE_FORKS;
	assert_int_equal(confined(make_and_end_process), 0);
	assert_int_equal(confined(child_goes_first), 0);
	assert_int_equal(confined(run_program), EPERM);
	assert_int_equal(confined(open_socket), EPERM);
	may = 0;
}

/* ---- what only an intruder does ---- */

static int read_memory(void)
{
	char byte;
	struct iovec here = {&byte, 1}, there = {&byte, 1};
	return (int)syscall(SYS_process_vm_readv, getppid(), &here, 1, &there, 1, 0);
}

static int mount_one(void)
{
	return mount("none", box, "tmpfs", 0, NULL);
}

TEST(an_intruder_ends_the_process)
{
	assert_int_equal(confined(read_memory), -SIGSYS);
	assert_int_equal(confined(mount_one), -SIGSYS);
}

static int make_folders(void **state)
{
	(void)state;
	if (!mkdtemp(box) || !mkdtemp(outside))
		return -1;
	snprintf(own, sizeof own, "%s/own", box);
	snprintf(read_only, sizeof read_only, "%s-read", box);
	snprintf(other, sizeof other, "%s/new", outside);
	snprintf(other_file, sizeof other_file, "%s/old", outside);
	return touch(read_only) || touch(other_file);
}

static int remove_folders(void **state)
{
	(void)state;
	unlink(other);
	return unlink(read_only) || unlink(other_file) || rmdir(box) || rmdir(outside);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_works_in_its_own_folder_and_with_threads),
		cmocka_unit_test(other_files_are_out_of_reach),
		cmocka_unit_test(no_program_is_run_and_nobody_called),
#ifndef __SANITIZE_ADDRESS__
		cmocka_unit_test(no_other_process_is_made),
#endif
		cmocka_unit_test(a_helper_has_children_and_no_more),
		cmocka_unit_test(an_intruder_ends_the_process),
	};
	return cmocka_run_group_tests(tests, make_folders, remove_folders);
}
