/* SPDX-License-Identifier: Apache-2.0
 *
 * Open connections: how many an address has, and an absolute deadline for
 * each. libmicrohttpd's timeout is inactivity only, so a byte a second would
 * hold a connection for ever: the reaper shuts it down from outside.
 */
#ifndef YIHU_COUNTD_CONNECTIONS_H
#define YIHU_COUNTD_CONNECTIONS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct connection {
	struct connection *prev, *next;
	int fd;
	struct sockaddr_storage address;
	/* By yihu_clock_monotonic_ms; 0: none, an answer is being made. */
	atomic_ullong deadline_ms;
	atomic_bool receiving; /* a request is coming in: its end may be a 408 */
	/* By the same clock; 0: a request is under way. Else since when it waits for
	 * the headers of one. */
	atomic_ullong idle_ms;
	atomic_uint served; /* requests that were answered */
};
struct connections {
	pthread_mutex_t lock;
	struct connection *first;
	unsigned n;
};
/* None is open. */
void connections_init(struct connections *c);
/* Asserts that none is open any more. */
void connections_finish(struct connections *c);
/* One that was accepted; its address may be NULL. Borrowed, until
 * connections_remove. */
struct connection *connections_add(struct connections *c, int fd, const struct sockaddr *address,
				   uint64_t now_ms, uint64_t deadline_ms);
/* Frees it. Before the socket is closed, so that no other one has its number
 * yet. */
void connections_remove(struct connections *c, struct connection *one);
/* How many are open. */
unsigned connections_count(struct connections *c);
/* Those of one address (IPv6: of one /64); 0 for loopback, which stands for
 * whatever proxy runs there. */
unsigned connections_of(struct connections *c, const struct sockaddr *address);
/* When more than `most` are open, shuts down one that waits for a request: one that
 * was served before, rather than one that never asked, and of these the one that has
 * waited longest. So whoever comes with a question finds room. Did it? */
bool connections_relieve(struct connections *c, unsigned most);
/* Shuts down those past their deadline; returns how many. plain: no TLS, so a
 * "408 Request Timeout" can be said first. */
unsigned connections_reap(struct connections *c, uint64_t now_ms, bool plain);

#endif
