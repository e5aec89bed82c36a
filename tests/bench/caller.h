/* SPDX-License-Identifier: Apache-2.0
 *
 * A connection to a daemon on this machine that never waits: many of them go by one
 * epoll, from whichever address of 127.0.0.0/8.
 */
#ifndef YIHU_BENCH_CALLER_H
#define YIHU_BENCH_CALLER_H

#include <stdint.h>
#include <yihu/bytes.h>

/* All zero but fd −1: none is open. */
struct caller {
	int fd;
	const uint8_t *out; /* borrowed: what is to be sent */
	size_t len, sent;
	struct yihu_buf in; /* the answer so far; freed by its owner */
};
/* Begins to connect; its events come with `owner`. False: it cannot. */
bool caller_open(struct caller *c, int epoll, void *owner, uint32_t address, int port);
/* What is sent next, and the answer begins anew. */
void caller_ask(struct caller *c, const void *bytes, size_t len);
/* Goes on as far as it can now. The status of an answer that is whole; 0 not yet; −1
 * the connection has ended without one. */
int caller_step(struct caller *c);
/* Seconds of its Retry-After; 0 none. */
unsigned caller_retry_after(const struct caller *c);
/* Does the server end the connection after this answer? */
bool caller_is_ended(const struct caller *c);
void caller_close(struct caller *c);

#endif
