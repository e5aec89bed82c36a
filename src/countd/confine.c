/* SPDX-License-Identifier: Apache-2.0
 *
 * Landlock for paths (Linux 5.13 on, by version what it knows), seccomp for calls.
 * The headers of Debian 12 know its second version; the figures of later ones are
 * those of the kernel's include/uapi/linux/landlock.h.
 */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/sockios.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int no_sandbox(int why, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EIO, _("the sandbox cannot be set up: %s"), strerror(why));
}

/* ---- paths ---- */

#define RIGHT(bit) (UINT64_C(1) << (bit))
#define READS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define TRUNCATES RIGHT(14)         /* from version 3 on */
#define IOCTLS_OF_DEVICES RIGHT(15) /* version 5 */
#define NET_BINDS RIGHT(0)          /* version 4 */
#define NET_CONNECTS RIGHT(1)
/* What a rule for a file alone may name. */
#define OF_FILES (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | TRUNCATES)

/* The kernel's own, in its fourth version. */
struct ruleset {
	uint64_t fs, net;
};

/* All that this version can forbid. */
static struct ruleset all_of(long version)
{
	uint64_t fs = RIGHT(13) - 1;
	if (version >= 2)
		fs |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		fs |= TRUNCATES;
	if (version >= 5)
		fs |= IOCTLS_OF_DEVICES;
	return (struct ruleset){.fs = fs, .net = version >= 4 ? NET_BINDS | NET_CONNECTS : 0};
}

/* Files and folders: no programs, no devices, pipes and sockets, and no links that
 * would lead another process elsewhere. */
static uint64_t writing(uint64_t all)
{
	return all & ~(uint64_t)(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
				 LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
				 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_SYM |
				 IOCTLS_OF_DEVICES);
}

static int allow(int rules, const struct confine_path *p, uint64_t all, struct yihu_error *err)
{
	struct stat st;
	int fd = open(p->path, O_PATH | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
		return 0;
	struct landlock_path_beneath_attr rule = {.parent_fd = fd};
	rule.allowed_access = p->writes ? writing(all) : READS;
	if (fd >= 0 && fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= OF_FILES & all;
	bool done = fd >= 0 && syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
				       &rule, 0) == 0;
	int why = errno;
	if (fd >= 0)
		close(fd);
	return done ? 0
		    : yihu_fail(err, YIHU_EIO, _("%s cannot be kept within reach: %s"), p->path,
				strerror(why));
}

static int restrict_paths(int rules, const struct confine_path *paths, size_t n, uint64_t all,
			  struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = allow(rules, &paths[i], all, err);
	if (r == 0 && syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		r = no_sandbox(errno, err);
	return r;
}

static int confine_paths(struct confined *out, const struct confine_path *paths, size_t n,
			 struct yihu_error *err)
{
	long version =
		syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (version < 1) /* not built in, or switched off */
		return 0;
	struct ruleset all = all_of(version);
	size_t size = all.net ? sizeof all : sizeof all.fs;
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
	if (rules < 0)
		return no_sandbox(errno, err);
	int r = restrict_paths(rules, paths, n, all.fs, err);
	close(rules);
	*out = (struct confined){.files = r == 0, .calls = r == 0 && all.net != 0};
	return r;
}

/* ---- calls ---- */

/* A library may try them, and can do without. */
static const int refused[] = {
	SCMP_SYS(socket),        SCMP_SYS(socketpair),     SCMP_SYS(connect),
	SCMP_SYS(bind),          SCMP_SYS(listen),         SCMP_SYS(execve),
	SCMP_SYS(execveat),      SCMP_SYS(io_uring_setup), SCMP_SYS(perf_event_open),
	SCMP_SYS(clock_settime), SCMP_SYS(settimeofday),   SCMP_SYS(pidfd_getfd),
	SCMP_SYS(ioprio_set),
};
static const int forks[] = {SCMP_SYS(fork), SCMP_SYS(vfork)};
static const int accepts[] = {SCMP_SYS(accept), SCMP_SYS(accept4)};
/* The other processes are of the same user. */
static const int signals[] = {
	SCMP_SYS(kill),
	SCMP_SYS(tkill),
	SCMP_SYS(rt_sigqueueinfo),
	SCMP_SYS(rt_tgsigqueueinfo),
	SCMP_SYS(pidfd_send_signal),
};
/* Nothing of ours ever does. */
static const int deadly[] = {
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(pivot_root),
	SCMP_SYS(chroot),
	SCMP_SYS(setns),
	SCMP_SYS(unshare),
	SCMP_SYS(bpf),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(delete_module),
	SCMP_SYS(kexec_load),
	SCMP_SYS(kexec_file_load),
	SCMP_SYS(reboot),
	SCMP_SYS(swapon),
	SCMP_SYS(swapoff),
	SCMP_SYS(open_by_handle_at),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
	SCMP_SYS(keyctl),
	SCMP_SYS(acct),
	SCMP_SYS(quotactl),
#ifndef __SANITIZE_ADDRESS__ /* it looks for leaks so */
	SCMP_SYS(ptrace),
#endif
};

static int rule_each(scmp_filter_ctx c, uint32_t action, const int *calls, size_t n)
{
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = seccomp_rule_add(c, action, calls[i], 0);
	return r;
}

#define REFUSE(c, calls) rule_each(c, SCMP_ACT_ERRNO(EPERM), calls, sizeof(calls) / sizeof *(calls))

/* Threads go on being made; another process is not. clone3 hides what it is asked for,
 * and where it is not there the C library takes clone. */
static int rule_processes(scmp_filter_ctx c)
{
	int r = REFUSE(c, forks);
	if (r == 0)
		r = seccomp_rule_add(c, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
#ifndef __SANITIZE_ADDRESS__
	if (r == 0)
		r = seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
				     SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
#endif
	return r;
}

/* Its own threads it may signal: abort() does. */
static int rule_signals(scmp_filter_ctx c)
{
	int r = REFUSE(c, signals);
	return r ? r
		 : seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 1,
				    SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid()));
}

/* What goes to a process that is named, and may be another: 0 is itself. */
static const struct {
	int call;
	struct scmp_arg_cmp other;
} of_processes[] = {
	{SCMP_SYS(prlimit64), {0, SCMP_CMP_NE, 0, 0}},
	{SCMP_SYS(setpriority), {0, SCMP_CMP_NE, PRIO_PROCESS, 0}},
	{SCMP_SYS(setpriority), {1, SCMP_CMP_NE, 0, 0}},
	{SCMP_SYS(sched_setaffinity), {0, SCMP_CMP_NE, 0, 0}},
	{SCMP_SYS(sched_setscheduler), {0, SCMP_CMP_NE, 0, 0}},
	{SCMP_SYS(sched_setparam), {0, SCMP_CMP_NE, 0, 0}},
	{SCMP_SYS(sched_setattr), {0, SCMP_CMP_NE, 0, 0}},
	{SCMP_SYS(migrate_pages), {0, SCMP_CMP_NE, 0, 0}},
	{SCMP_SYS(move_pages), {0, SCMP_CMP_NE, 0, 0}},
};

/* By these a file or a terminal would signal another process, or type for it. The kernel
 * looks at half of the argument, and so do they. */
static const struct {
	int call;
	uint32_t request;
} through_files[] = {
	{SCMP_SYS(fcntl), F_SETOWN},  {SCMP_SYS(fcntl), F_SETOWN_EX}, {SCMP_SYS(fcntl), F_SETSIG},
	{SCMP_SYS(ioctl), FIOSETOWN}, {SCMP_SYS(ioctl), SIOCSPGRP},   {SCMP_SYS(ioctl), TIOCSTI},
	{SCMP_SYS(ioctl), TIOCLINUX},
};

static int rule_others(scmp_filter_ctx c)
{
	int r = 0;
	for (size_t i = 0; i < sizeof of_processes / sizeof *of_processes && r == 0; i++)
		r = seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), of_processes[i].call, 1,
				     of_processes[i].other);
	for (size_t i = 0; i < sizeof through_files / sizeof *through_files && r == 0; i++)
		r = seccomp_rule_add(
			c, SCMP_ACT_ERRNO(EPERM), through_files[i].call, 1,
			SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, through_files[i].request));
	return r;
}

static int rule_all(scmp_filter_ctx c, unsigned may)
{
	int r = REFUSE(c, refused);
	if (r == 0 && !(may & CONFINE_ACCEPTS))
		r = REFUSE(c, accepts);
	if (r == 0 && !(may & CONFINE_SIGNALS))
		r = rule_signals(c);
	if (r == 0 && !(may & CONFINE_FORKS))
		r = rule_processes(c);
	if (r == 0)
		r = rule_others(c);
	return r ? r : rule_each(c, SCMP_ACT_KILL_PROCESS, deadly, sizeof deadly / sizeof *deadly);
}

static int confine_calls(unsigned may, struct yihu_error *err)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);
	int r = c ? rule_all(c, may) : -ENOMEM;
	if (r == 0)
		r = seccomp_load(c);
	if (c)
		seccomp_release(c);
	return r == 0 ? 0 : no_sandbox(-r, err);
}

int countd_confine(struct confined *out, const struct confine_path *paths, size_t n, unsigned may,
		   struct yihu_error *err)
{
	*out = (struct confined){0};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return no_sandbox(errno, err);
	int r = confine_paths(out, paths, n, err);
	return r ? r : confine_calls(may, err);
}
