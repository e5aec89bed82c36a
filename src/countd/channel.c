/* SPDX-License-Identifier: Apache-2.0
 *
 * Sending without waiting, and receiving.
 */
#include "channel.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <yihu/clock.h>

#include "thread.h"

#define PARTS_MAX 3
#define RECEIVE_BYTES (64u << 10)
#define ROOM_BYTES (8u << 20)  /* kept; beyond it large answers wait */
#define KEPT_BYTES (96u << 20) /* beyond it the other end is taken for broken */
#define STEP_MS 5

struct channel {
	int fd, wake;
	struct channel_user user;
	struct thread thread;
	atomic_bool leave;

	pthread_mutex_t lock; /* of the rest */
	pthread_cond_t room;
	struct yihu_buf out; /* from `sent` on it is still to be sent */
	size_t sent;
	unsigned held;
	bool broken;   /* nothing goes out any more */
	bool no_waits; /* for room */

	struct yihu_buf in; /* the thread's; from `taken` on it is still to be read */
	size_t taken;
};

int channel_pair(int ends[2], struct yihu_error *err)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0)
		return 0;
	return yihu_fail(err, YIHU_EIO, _("the daemon's two sides cannot be joined: %s"),
			 strerror(errno));
}

struct channel *channel_new(int fd, const struct channel_user *user)
{
	struct channel *c = yihu_calloc(1, sizeof *c);
	c->fd = fd;
	c->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	c->user = *user;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->room, NULL);
	return c;
}

static void wake(struct channel *c)
{
	uint64_t one = 1;
	(void)!write(c->wake, &one, sizeof one);
}

/* ---- sending: the lock is held ---- */

static size_t kept(const struct channel *c)
{
	return c->out.len - c->sent;
}

static void break_off(struct channel *c)
{
	c->broken = true;
	yihu_buf_reset(&c->out);
	c->sent = 0;
	shutdown(c->fd, SHUT_RDWR);
	pthread_cond_broadcast(&c->room);
}

static ssize_t send_parts(struct channel *c, struct iovec *parts, size_t n)
{
	struct msghdr m = {.msg_iov = parts, .msg_iovlen = n};
	ssize_t sent;
	do
		sent = sendmsg(c->fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
		break_off(c);
	return sent < 0 ? 0 : sent;
}

static void flush(struct channel *c)
{
	while (!c->broken && kept(c) > 0) {
		struct iovec rest = {c->out.data + c->sent, kept(c)};
		ssize_t n = send_parts(c, &rest, 1);
		if (n == 0)
			return;
		c->sent += (size_t)n;
	}
	yihu_buf_reset(&c->out);
	c->sent = 0;
	pthread_cond_broadcast(&c->room);
}

static void keep(struct channel *c, const struct iovec *parts, size_t n, size_t from)
{
	for (size_t i = 0; i < n; i++) {
		size_t skip = from < parts[i].iov_len ? from : parts[i].iov_len;
		from -= skip;
		yihu_buf_put(&c->out, (const uint8_t *)parts[i].iov_base + skip,
			     parts[i].iov_len - skip);
	}
	/* Calls are one a connection; their answers are as many as are asked for. */
	if (c->user.way == MESSAGE_TO_BOX && kept(c) > KEPT_BYTES)
		break_off(c);
}

/* Without a detour where nothing is kept. */
static void send_or_keep(struct channel *c, struct iovec *parts, size_t n)
{
	bool direct = c->held == 0 && kept(c) == 0;
	size_t sent = direct ? (size_t)send_parts(c, parts, n) : 0;
	if (c->broken)
		return;
	bool before = kept(c) > 0;
	keep(c, parts, n, sent);
	if (!before && kept(c) > 0 && c->held == 0)
		wake(c);
}

void channel_send(struct channel *c, const struct message *m, const struct yihu_buf *parts,
		  size_t n)
{
	struct message head = *m;
	struct yihu_buf bytes = {0};
	struct iovec all[1 + PARTS_MAX];
	head.len = 0;
	for (size_t i = 0; i < n && i < PARTS_MAX; i++) {
		all[1 + i] = (struct iovec){parts[i].data, parts[i].len};
		head.len += parts[i].len;
	}
	message_head(&bytes, &head);
	all[0] = (struct iovec){bytes.data, bytes.len};
	pthread_mutex_lock(&c->lock);
	if (!c->broken)
		send_or_keep(c, all, 1 + n);
	pthread_mutex_unlock(&c->lock);
	yihu_buf_free(&bytes);
}

void channel_hold(struct channel *c)
{
	pthread_mutex_lock(&c->lock);
	c->held++;
	pthread_mutex_unlock(&c->lock);
}

void channel_release(struct channel *c)
{
	pthread_mutex_lock(&c->lock);
	if (--c->held == 0) {
		flush(c);
		if (kept(c) > 0)
			wake(c);
	}
	pthread_mutex_unlock(&c->lock);
}

void channel_wait_room(struct channel *c)
{
	pthread_mutex_lock(&c->lock);
	while (kept(c) > ROOM_BYTES && !c->broken && !c->no_waits)
		pthread_cond_wait(&c->room, &c->lock);
	pthread_mutex_unlock(&c->lock);
}

void channel_wait_no_more(struct channel *c)
{
	pthread_mutex_lock(&c->lock);
	c->no_waits = true;
	pthread_cond_broadcast(&c->room);
	pthread_mutex_unlock(&c->lock);
}

/* ---- receiving: the thread alone ---- */

static int fail_message(struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EFORMAT,
			 _("what the daemon's other side says is no message of this program"));
}

/* 0: a message; YIHU_EMISSING: the rest of it must come first. */
static int next_message(struct channel *c, struct message *m, struct yihu_error *err)
{
	size_t used, len = c->in.len - c->taken;
	const void *bytes = len > 0 ? c->in.data + c->taken : NULL;
	int r = message_read(m, &used, bytes, len, c->user.way, c->user.n_ids);
	if (r == 0)
		c->taken += used;
	return r == YIHU_EFORMAT ? fail_message(err) : r;
}

/* Forgets what was read, so that the buffer holds one message and what follows it at
 * most. */
static void forget_taken(struct channel *c)
{
	size_t left = c->in.len - c->taken;
	if (left > 0 && c->taken > 0)
		memmove(c->in.data, c->in.data + c->taken, left);
	c->in.len = left;
	c->taken = 0;
}

/* false: the other end has closed. */
static bool receive(struct channel *c)
{
	uint8_t bytes[RECEIVE_BYTES];
	ssize_t n;
	do
		n = recv(c->fd, bytes, sizeof bytes, MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		yihu_buf_put(&c->in, bytes, (size_t)n);
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
}

static int hand_over(struct channel *c, struct yihu_error *err)
{
	struct message m;
	int r;
	while ((r = next_message(c, &m, err)) == 0)
		if (!c->user.message(c->user.context, &m))
			return fail_message(err);
	forget_taken(c);
	return r == YIHU_EMISSING ? 0 : r;
}

int channel_first(struct channel *c, struct message *m, unsigned wait_ms, struct yihu_error *err)
{
	uint64_t until = yihu_clock_monotonic_ms() + wait_ms, now;
	int r;
	forget_taken(c);
	while ((r = next_message(c, m, err)) == YIHU_EMISSING &&
	       (now = yihu_clock_monotonic_ms()) < until) {
		struct pollfd p = {.fd = c->fd, .events = POLLIN};
		if (poll(&p, 1, (int)(until - now)) > 0 && !receive(c))
			break;
	}
	return r == YIHU_EMISSING ? yihu_fail(err, r, _("the daemon's other side does not answer"))
				  : r;
}

static void wait_for_work(struct channel *c, struct pollfd p[2])
{
	uint64_t n;
	pthread_mutex_lock(&c->lock);
	bool more = kept(c) > 0 && c->held == 0;
	pthread_mutex_unlock(&c->lock);
	p[0] = (struct pollfd){.fd = c->fd, .events = (short)(POLLIN | (more ? POLLOUT : 0))};
	p[1] = (struct pollfd){.fd = c->wake, .events = POLLIN};
	while (poll(p, 2, -1) < 0 && errno == EINTR)
		;
	if (p[1].revents)
		(void)!read(c->wake, &n, sizeof n);
}

static void *channel_run(void *channel)
{
	struct channel *c = channel;
	struct yihu_error err = {0};
	struct pollfd p[2];
	bool open = true;
	int r = hand_over(c, &err);
	while (r == 0 && open && !atomic_load(&c->leave)) {
		wait_for_work(c, p);
		pthread_mutex_lock(&c->lock);
		if (c->held == 0)
			flush(c);
		pthread_mutex_unlock(&c->lock);
		if (p[0].revents & ~POLLOUT)
			open = receive(c);
		if (open)
			r = hand_over(c, &err);
	}
	pthread_mutex_lock(&c->lock);
	if (!atomic_load(&c->leave))
		break_off(c);
	pthread_mutex_unlock(&c->lock);
	c->user.ended(c->user.context, r ? &err : NULL);
	return NULL;
}

int channel_start(struct channel *c, struct yihu_error *err)
{
	return thread_start(&c->thread, "channel", channel_run, c, err);
}

void channel_finish(struct channel *c, unsigned wait_ms)
{
	uint64_t until = yihu_clock_monotonic_ms() + wait_ms;
	bool more = true;
	while (more) {
		pthread_mutex_lock(&c->lock);
		flush(c);
		more = kept(c) > 0 && yihu_clock_monotonic_ms() < until;
		pthread_mutex_unlock(&c->lock);
		if (more)
			sleep_ms(STEP_MS);
	}
	shutdown(c->fd, SHUT_WR);
}

void channel_free(struct channel *c)
{
	if (!c)
		return;
	atomic_store(&c->leave, true);
	wake(c);
	thread_join(&c->thread);
	pthread_cond_destroy(&c->room);
	pthread_mutex_destroy(&c->lock);
	yihu_buf_free(&c->out);
	yihu_buf_free(&c->in);
	close(c->wake);
	close(c->fd);
	free(c);
}
