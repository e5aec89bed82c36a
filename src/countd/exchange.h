/* SPDX-License-Identifier: Apache-2.0
 *
 * A request and its answer, as HTTP has them, and which thread has it.
 */
#ifndef YIHU_COUNTD_EXCHANGE_H
#define YIHU_COUNTD_EXCHANGE_H

#include <microhttpd.h>

#include "answer.h"
#include "public/authority.h"
#include "public_name.h"

struct front;
struct route;

struct exchange {
	struct front *f;
	struct MHD_Connection *connection;
	struct connection *conn;   /* its deadline */
	const struct route *route; /* NULL: answered already (404, 405) */
	char *path;                /* the whole path */
	const char *tail;          /* of a prefix route: what follows */
	struct yihu_buf body;
	uint64_t limit; /* bytes that body may have */
	bool gets;      /* its method is GET */
	bool too_large;
	bool suspended; /* another thread has it, or had */
	struct answer answer;
	size_t held;             /* so many of its bytes count in front.held */
	struct public_name name; /* of a public file */
	struct public_authority authority;
	unsigned upload;       /* its place in front.uploads; 0 none */
	size_t window;         /* bytes that came since its deadline was put off */
	struct exchange *next; /* among the slow answers … */
	uint64_t due_ms;       /* … and until when */
};

/* Another thread, or the box side, is to answer: its connection sleeps meanwhile. */
void exchange_sleep(struct exchange *x);
/* The answer is complete. x is no longer the caller's. */
void exchange_wake(struct exchange *x);

#endif
