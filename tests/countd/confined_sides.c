/* SPDX-License-Identifier: Apache-2.0
 *
 * What each of the daemon's two processes can reach, in the sandbox that it enters: of
 * the HTTP side, when it is captured, neither log key nor database, and nobody; of the
 * box side, no network.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/sockios.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "countd/daemon.h"
#include "countd/front.h"
#include "countd/sandbox.h"
#include "test.h"

#define NOT_CONFINED 200

static char box[] = "/tmp/yihu-sides-XXXXXX";
static char public_dir[64], log_key[64], database[64], address[64], results[80];
static int listener = -1, handed = -1;

static bool has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

static bool enter_front(void)
{
	struct front f = {.public_dir = public_dir};
	struct yihu_error err;
	event_log_init(&f.log, true);
	return sandbox_front(&f, &err) == 0;
}

static bool enter_box(void)
{
	struct countd d = {.box_dir = box};
	struct yihu_error err;
	event_log_init(&d.log, true);
	return sandbox_box(&d, &err) == 0;
}

/* What the act says in a process that has entered it: 0, or an errno. */
static int in(bool (*enter)(void), int (*act)(void))
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(enter() ? act() : NOT_CONFINED);
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) != NOT_CONFINED);
	return WEXITSTATUS(status);
}

static int open_it(const char *path, int how)
{
	int fd = open(path, how, 0600);
	return fd < 0 ? errno : 0;
}

static int read_key(void)
{
	return open_it(log_key, O_RDONLY);
}

static int read_database(void)
{
	return open_it(database, O_RDONLY);
}

static int write_database(void)
{
	return open_it(database, O_WRONLY);
}

static int make_beside(void)
{
	return open_it(address, O_WRONLY | O_CREAT);
}

static int take_database(void)
{
	char to[80];
	snprintf(to, sizeof to, "%s/taken", public_dir);
	return link(database, to) == 0 ? 0 : errno;
}

static int write_public(void)
{
	return open_it(results, O_WRONLY | O_CREAT);
}

static int link_out_of_public(void)
{
	return symlink("../..", results) == 0 ? 0 : errno;
}

static int make_pipe(void)
{
	return mkfifo(results, 0600) == 0 ? 0 : errno;
}

static int make_socket_file(void)
{
	return mknod(results, S_IFSOCK | 0600, 0) == 0 ? 0 : errno;
}

static int read_parents_memory(void)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/mem", (int)getppid());
	return open_it(path, O_RDONLY);
}

static int signal_parent(void)
{
	return kill(getppid(), 0) == 0 ? 0 : errno;
}

static int signal_parents_thread(void)
{
	return syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 ? 0 : errno;
}

static int signal_itself(void)
{
	return syscall(SYS_tgkill, getpid(), getpid(), 0) == 0 ? 0 : errno;
}

static int make_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : errno;
}

static int make_local_socket(void)
{
	return socket(AF_UNIX, SOCK_DGRAM, 0) >= 0 ? 0 : errno;
}

static int connect_out(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return connect(handed, (const struct sockaddr *)&to, sizeof to) == 0 ? 0 : errno;
}

static int take_connection(void)
{
	return accept4(listener, NULL, NULL, SOCK_CLOEXEC) >= 0 ? 0 : errno;
}

static int run_program(void)
{
	execl("/usr/bin/true", "true", (char *)NULL);
	return errno;
}

/* ---- signals and limits of another process, by other ways than kill ---- */

static int own_file(void)
{
	return fcntl(handed, F_SETOWN, getppid()) == 0 ? 0 : errno;
}

/* The kernel looks at the lower half alone. */
static int own_file_with_more_bits(void)
{
	return syscall(SYS_fcntl, handed, (UINT64_C(1) << 32) | F_SETOWN, getppid()) == 0 ? 0
											  : errno;
}

static int own_file_of_thread(void)
{
	const struct f_owner_ex owner = {F_OWNER_TID, getppid()};
	return fcntl(handed, F_SETOWN_EX, &owner) == 0 ? 0 : errno;
}

static int choose_signal(void)
{
	return fcntl(handed, F_SETSIG, SIGKILL) == 0 ? 0 : errno;
}

static int own_by_ioctl(void)
{
	return ioctl(handed, FIOSETOWN, &(int){getppid()}) == 0 ? 0 : errno;
}

static int own_socket(void)
{
	return ioctl(handed, SIOCSPGRP, &(int){getppid()}) == 0 ? 0 : errno;
}

static int type_for_terminal(void)
{
	return ioctl(handed, TIOCSTI, "x") == 0 ? 0 : errno;
}

static int limit_parent(void)
{
	const struct rlimit none = {0, 0};
	return prlimit(getppid(), RLIMIT_CORE, &none, NULL) == 0 ? 0 : errno;
}

static int limit_itself(void)
{
	const struct rlimit none = {0, 0};
	return prlimit(0, RLIMIT_CORE, &none, NULL) == 0 ? 0 : errno;
}

static int slow_parent(void)
{
	return setpriority(PRIO_PROCESS, (id_t)getppid(), 1) == 0 ? 0 : errno;
}

static int slow_user(void)
{
	return setpriority(PRIO_USER, 0, 1) == 0 ? 0 : errno;
}

static int slow_itself(void)
{
	return setpriority(PRIO_PROCESS, 0, 1) == 0 ? 0 : errno;
}

static int bind_parent(void)
{
	cpu_set_t cpus;
	sched_getaffinity(0, sizeof cpus, &cpus);
	return sched_setaffinity(getppid(), sizeof cpus, &cpus) == 0 ? 0 : errno;
}

static int schedule_parent(void)
{
	return sched_setscheduler(getppid(), SCHED_IDLE, &(struct sched_param){0}) == 0 ? 0 : errno;
}

TEST(the_http_side_neither_signals_nor_starves_the_other)
{
	static int (*const acts[])(void) = {
		own_file,           own_file_with_more_bits,
		own_file_of_thread, choose_signal,
		own_by_ioctl,       own_socket,
		type_for_terminal,  limit_parent,
		slow_parent,        slow_user,
		bind_parent,        schedule_parent,
	};
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (in(enter_front, acts[i]) != EPERM)
			fail_msg("act %zu", i);
	assert_int_equal(in(enter_front, limit_itself), 0);
	assert_int_equal(in(enter_front, slow_itself), 0);
}

TEST(the_http_side_has_the_public_folder_and_no_more)
{
	assert_int_equal(in(enter_front, write_public), 0);
	if (!has_landlock()) {
		print_message("no Landlock in this kernel\n");
		return;
	}
	assert_int_equal(in(enter_front, read_key), EACCES);
	assert_int_equal(in(enter_front, read_database), EACCES);
	assert_int_equal(in(enter_front, write_database), EACCES);
	assert_int_equal(in(enter_front, make_beside), EACCES);
	assert_true(in(enter_front, take_database) != 0);
	assert_int_equal(in(enter_front, read_parents_memory), EACCES);
	unlink(results);
	assert_int_equal(in(enter_front, link_out_of_public), EACCES);
	assert_int_equal(in(enter_front, make_pipe), EACCES);
	assert_int_equal(in(enter_front, make_socket_file), EACCES);
}

TEST(the_http_side_calls_nobody)
{
	assert_int_equal(in(enter_front, make_socket), EPERM);
	assert_int_equal(in(enter_front, connect_out), EPERM);
	assert_int_equal(in(enter_front, run_program), EPERM);
	assert_int_equal(in(enter_front, signal_parent), EPERM);
	assert_int_equal(in(enter_front, signal_parents_thread), EPERM);
	assert_int_equal(in(enter_front, signal_itself), 0);
	assert_int_equal(in(enter_front, take_connection), EAGAIN);
}

TEST(the_box_side_has_its_box_and_no_network)
{
	assert_int_equal(in(enter_box, read_key), 0);
	assert_int_equal(in(enter_box, write_database), 0);
	assert_int_equal(in(enter_box, make_beside), 0);
	assert_int_equal(in(enter_box, make_socket), EPERM);
	assert_int_equal(in(enter_box, make_local_socket), EPERM);
	assert_int_equal(in(enter_box, connect_out), EPERM);
	assert_int_equal(in(enter_box, take_connection), EPERM);
	assert_int_equal(in(enter_box, run_program), EPERM);
}

static int listen_at(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return bind(fd, (const struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 1) == 0 ? fd
											    : -1;
}

static int make_folders(void **state)
{
	(void)state;
	if (!mkdtemp(box))
		return -1;
	snprintf(public_dir, sizeof public_dir, "%s/public", box);
	snprintf(log_key, sizeof log_key, "%s/log.key", box);
	snprintf(database, sizeof database, "%s/box.db", box);
	snprintf(address, sizeof address, "%s/address", box);
	snprintf(results, sizeof results, "%s/results", public_dir);
	listener = listen_at();
	handed = socket(AF_INET, SOCK_STREAM, 0);
	return listener < 0 || handed < 0 || mkdir(public_dir, 0755) != 0 ||
	       open_it(log_key, O_WRONLY | O_CREAT) || open_it(database, O_WRONLY | O_CREAT);
}

static int remove_folders(void **state)
{
	(void)state;
	unlink(results);
	unlink(address);
	return unlink(log_key) || unlink(database) || rmdir(public_dir) || rmdir(box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_http_side_has_the_public_folder_and_no_more),
		cmocka_unit_test(the_http_side_calls_nobody),
		cmocka_unit_test(the_http_side_neither_signals_nor_starves_the_other),
		cmocka_unit_test(the_box_side_has_its_box_and_no_network),
	};
	return cmocka_run_group_tests(tests, make_folders, remove_folders);
}
