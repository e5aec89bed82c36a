/* SPDX-License-Identifier: Apache-2.0
 *
 * The helper, the child that audits, and what passes between them and the
 * daemon: a file in memory, whose beginning is the job and whose end the verdict.
 */
#include "audit_child.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yihu/audit.h>
#include <yihu/file.h>

#include "confine.h"

#define NICE 3 /* the poll is over: whoever reads goes first, and no more than that */

struct audit_child {
	int fd; /* to the helper */
	pid_t helper;
	char *public_dir;
};

/* ---- the file in memory ---- */

static bool read_from(int fd, off_t at, struct yihu_buf *out)
{
	uint8_t part[65536];
	ssize_t n;
	while ((n = pread(fd, part, sizeof part, at)) != 0) {
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			yihu_buf_put(out, part, (size_t)n);
		at += n > 0 ? n : 0;
	}
	return true;
}

static void put_bytes(struct yihu_buf *out, const void *bytes, size_t len)
{
	yihu_buf_be64(out, len);
	yihu_buf_put(out, bytes, len);
}

static struct yihu_span read_bytes(struct yihu_reader *r)
{
	uint64_t len = yihu_read_be64(r);
	const void *p = len <= r->left ? yihu_read(r, (size_t)len) : NULL;
	if (!p) {
		r->bad = true;
		len = 0;
	}
	return (struct yihu_span){p, (size_t)len};
}

static void put_job(struct yihu_buf *out, const struct audit_job *job)
{
	yihu_buf_put(out, job->eid, sizeof job->eid);
	yihu_buf_be64(out, job->cpu_s);
	yihu_buf_be32(out, (uint32_t)job->n);
	for (size_t i = 0; i < job->n; i++) {
		put_bytes(out, job->files[i].name, strlen(job->files[i].name) + 1);
		put_bytes(out, job->files[i].bytes->data, job->files[i].bytes->len);
	}
}

/* ---- the child: one audit ---- */

static void limit(__rlimit_resource_t what, uint64_t most)
{
	setrlimit(what, &(struct rlimit){most, most});
}

/* Where memory gets short, it is the one to go, and not the daemon. */
static void go_first(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		(void)!write(fd, "1000", 4);
		close(fd);
	}
}

/* The child reads what anybody may have brought: the folder is all that it can reach. The
 * helper has its own limits for as long as the daemon runs; its children are still to go
 * first, which each says in its own folder of /proc. */
static bool confine(const char *public_dir, bool helper)
{
	const char *catalogues = bindtextdomain("yihu", NULL);
	const struct confine_path paths[] = {
		{public_dir, false},
		{"/usr", false},
		{"/sys/devices/system/cpu", false},
		{catalogues ? catalogues : "/usr", false},
		{"/proc", true},
	};
	size_t n = sizeof paths / sizeof *paths;
	struct confined has;
	return countd_confine(&has, paths, helper ? n : n - 1,
			      helper ? CONFINE_SIGNALS | CONFINE_FORKS : 0, NULL) == 0;
}

static void put_verdict(struct yihu_buf *out, const struct yihu_audit *a, int code,
			const struct yihu_error *err)
{
	bool has = code == 0 && a && yihu_audit_has_result(a);
	yihu_buf_be32(out, (uint32_t)code);
	put_bytes(out, err->text, strlen(err->text));
	yihu_buf_u8(out, has);
	put_bytes(out, has ? a->results_pb.data : NULL, has ? a->results_pb.len : 0);
	put_bytes(out, has ? a->results_json.data : NULL, has ? a->results_json.len : 0);
}

static void put_files(struct yihu_public *p, struct yihu_reader *r)
{
	for (uint32_t n = yihu_read_be32(r); n > 0 && !r->bad; n--) {
		struct yihu_span name = read_bytes(r), bytes = read_bytes(r);
		if (!r->bad)
			yihu_public_put(p, name.p, bytes.p, bytes.len);
	}
}

static void audit(struct yihu_buf *out, const char *public_dir, struct yihu_reader *job)
{
	struct yihu_audit_options o = {.eid_bits = 8 * YIHU_EID_BYTES};
	struct yihu_error err = {0};
	struct yihu_public *p = NULL;
	struct yihu_audit *a = NULL;
	memcpy(o.eid, yihu_read(job, sizeof o.eid), sizeof o.eid);
	limit(RLIMIT_CPU, yihu_read_be64(job));
	int r = yihu_public_read(&p, public_dir, &err);
	if (r == 0) {
		/* Written just before a power cut: the three are written again. */
		yihu_public_forget_unfinished(p);
		put_files(p, job);
		a = yihu_audit_run(p, &o);
		r = yihu_audit_verdict(a, &err);
	}
	put_verdict(out, a, r, &err);
	yihu_audit_free(a);
	yihu_public_free(p);
}

static _Noreturn void be_child(int fd, const char *public_dir)
{
	struct yihu_buf job = {0}, verdict = {0};
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	limit(RLIMIT_CORE, 0);
	go_first();
	(void)!nice(NICE); /* gives the sum: below zero where the daemon goes first */
	if (!confine(public_dir, false) || !read_from(fd, 0, &job) || job.len < YIHU_EID_BYTES)
		_exit(1);
	struct yihu_reader r = yihu_reader(job.data, job.len);
	audit(&verdict, public_dir, &r);
	bool told = lseek(fd, 0, SEEK_END) >= 0 && yihu_write_all(fd, verdict.data, verdict.len);
	_exit(told ? 0 : 1);
}

/* ---- the helper ---- */

union control {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(sizeof(int))];
};

/* −1: the daemon has gone. */
static int receive_file(int from)
{
	char byte;
	union control control;
	struct iovec io = {.iov_base = &byte, .iov_len = 1};
	struct msghdr m = {.msg_iov = &io,
			   .msg_iovlen = 1,
			   .msg_control = control.bytes,
			   .msg_controllen = sizeof control.bytes};
	ssize_t n;
	do
		n = recvmsg(from, &m, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	struct cmsghdr *c = n == 1 ? CMSG_FIRSTHDR(&m) : NULL;
	int fd = -1;
	if (c && c->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(c), sizeof fd);
	return fd;
}

/* The child's end, or the daemon's word that it is to end now: then the helper
 * goes, too. */
static uint8_t wait_for_child(int daemon, pid_t child)
{
	int status = -1;
	struct pollfd p[2] = {{.fd = daemon, .events = POLLIN},
			      {.fd = (int)syscall(SYS_pidfd_open, child, 0), .events = POLLIN}};
	while (p[1].fd >= 0 && poll(p, 2, -1) < 0 && errno == EINTR)
		;
	bool stop = p[1].fd < 0 || (p[0].revents != 0 && p[1].revents == 0);
	if (stop)
		kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (stop)
		_exit(0);
	close(p[1].fd);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}

/* Nothing of the daemon's stays open but the way to it and standard error. */
static _Noreturn void be_helper(int daemon, const char *public_dir)
{
	sigset_t all;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL); /* it ends when the daemon does */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (dup2(daemon, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0 ||
	    close_range(STDERR_FILENO + 1, ~0u, 0) != 0 || !confine(public_dir, true))
		_exit(1);
	daemon = STDIN_FILENO;
	for (int fd; (fd = receive_file(daemon)) >= 0; close(fd)) {
		pid_t child = fork();
		if (child == 0)
			be_child(fd, public_dir);
		uint8_t failed = child < 0 ? 1 : wait_for_child(daemon, child);
		if (!yihu_write_all(daemon, &failed, 1))
			break;
	}
	_exit(0);
}

/* ---- the daemon ---- */

int audit_child_start(struct audit_child **out, const char *public_dir, struct yihu_error *err)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return yihu_fail(err, YIHU_EIO, _("the process for audits cannot be started: %s"),
				 strerror(errno));
	pid_t helper = fork();
	if (helper == 0)
		be_helper(pair[1], public_dir);
	int why = errno;
	close(pair[1]);
	if (helper < 0) {
		close(pair[0]);
		return yihu_fail(err, YIHU_EIO, _("the process for audits cannot be started: %s"),
				 strerror(why));
	}
	*out = yihu_calloc(1, sizeof **out);
	**out = (struct audit_child){
		.fd = pair[0], .helper = helper, .public_dir = yihu_strdup(public_dir)};
	return 0;
}

void audit_child_stop(struct audit_child *c)
{
	if (c)
		shutdown(c->fd, SHUT_RDWR);
}

void audit_child_free(struct audit_child *c)
{
	if (!c)
		return;
	audit_child_stop(c);
	while (waitpid(c->helper, NULL, 0) < 0 && errno == EINTR)
		;
	close(c->fd);
	free(c->public_dir);
	free(c);
}

static bool send_file(int to, int fd)
{
	char byte = 0;
	union control control = {0};
	struct iovec io = {.iov_base = &byte, .iov_len = 1};
	struct msghdr m = {.msg_iov = &io,
			   .msg_iovlen = 1,
			   .msg_control = control.bytes,
			   .msg_controllen = sizeof control.bytes};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(c), &fd, sizeof fd);
	return sendmsg(to, &m, MSG_NOSIGNAL) == 1;
}

static int read_verdict(int fd, off_t at, struct audit_found *out, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int code = YIHU_EIO;
	if (read_from(fd, at, &bytes)) {
		struct yihu_reader r = yihu_reader(yihu_buf_bytes(&bytes), bytes.len);
		code = (int)yihu_read_be32(&r);
		struct yihu_span text = read_bytes(&r);
		out->has_result = yihu_read_u8(&r) == 1;
		struct yihu_span pb = read_bytes(&r), json = read_bytes(&r);
		if (!yihu_reader_end(&r) || code < 0 || code >= YIHU_N_CODES)
			code = yihu_fail(err, YIHU_EIO, _("the audit's verdict cannot be read"));
		else if (code != 0)
			yihu_fail(err, code, "%.*s", (int)text.len, text.p);
		if (out->has_result) {
			yihu_buf_put(&out->pb, pb.p, pb.len);
			yihu_buf_put(&out->json, json.p, json.len);
		}
	}
	yihu_buf_free(&bytes);
	return code;
}

static int ask(struct audit_child *c, int fd, struct yihu_error *err)
{
	uint8_t failed = 1;
	ssize_t n = -1;
	if (send_file(c->fd, fd))
		do
			n = recv(c->fd, &failed, 1, 0);
		while (n < 0 && errno == EINTR);
	if (n != 1)
		return yihu_fail(err, YIHU_EBUSY,
				 _("the daemon is being stopped, and the audit with it. Send the "
				   "same file again in a minute"));
	return failed ? yihu_fail(err, YIHU_EIO,
				  _("the audit came to no end: it lacked memory or time"))
		      : 0;
}

int audit_child_run(struct audit_child *c, const struct audit_job *job, struct audit_found *out,
		    struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	*out = (struct audit_found){0};
	int fd = memfd_create("yihu-audit", MFD_CLOEXEC);
	put_job(&bytes, job);
	size_t at = bytes.len;
	int r = 0;
	if (fd < 0 || !yihu_write_all(fd, bytes.data, bytes.len))
		r = yihu_fail(err, YIHU_EIO, _("the audit cannot be started: %s"), strerror(errno));
	yihu_buf_free(&bytes);
	if (r == 0)
		r = ask(c, fd, err);
	if (r == 0)
		r = read_verdict(fd, (off_t)at, out, err);
	if (fd >= 0)
		close(fd);
	return r;
}
