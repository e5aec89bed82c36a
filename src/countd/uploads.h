/* SPDX-License-Identifier: Apache-2.0
 *
 * Which public files are under way: one of a kind by the same signers, so that
 * nobody's file waits for another's.
 */
#ifndef YIHU_COUNTD_UPLOADS_H
#define YIHU_COUNTD_UPLOADS_H

#include <pthread.h>
#include <yihu/names.h>

#include "connections.h"

#define UPLOADS_MAX 64
#define UPLOADS_UNSIGNED_MAX 4 /* for site/, which nobody signs */

struct upload {
	enum yihu_public_kind kind;
	uint32_t who; /* 0: nobody signs it */
	bool taken;
	/* Of one that nobody signs: */
	bool whole, ended;       /* all of it is here; it made room */
	struct connection *conn; /* borrowed */
	struct address from;     /* for whom it counts, of IPv6 the /64 */
	uint64_t turn;           /* when it came, among all */
};
struct uploads {
	pthread_mutex_t lock;
	uint64_t turns;
	struct upload places[UPLOADS_MAX];
};
/* None is under way. */
void uploads_init(struct uploads *u);
/* When no request is left. */
void uploads_finish(struct uploads *u);
/* The number of a place, from 1, for a file that somebody signs; 0: one of this kind and
 * signers is under way. */
unsigned uploads_take(struct uploads *u, enum yihu_public_kind kind, uint32_t who);
/* One that nobody signs, over this connection. When there are too many already, one that
 * still comes in is ended for it: of the address that has most the oldest. 0: none comes in,
 * all are being looked at. */
unsigned uploads_take_unsigned(struct uploads *u, enum yihu_public_kind kind,
			       struct connection *conn, const struct address *from, bool plain);
/* All of it is here: it makes room for nobody any more. 0 is none. */
void uploads_whole(struct uploads *u, unsigned place);
/* 0 is none. */
void uploads_give_back(struct uploads *u, unsigned place);
/* How many are under way. */
unsigned uploads_count(struct uploads *u);

#endif
