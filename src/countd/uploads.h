/* SPDX-License-Identifier: Apache-2.0
 *
 * Which public files are under way: one of a kind by the same signers, so that
 * nobody's file waits for another's.
 */
#ifndef YIHU_COUNTD_UPLOADS_H
#define YIHU_COUNTD_UPLOADS_H

#include <pthread.h>
#include <yihu/names.h>

#define UPLOADS_MAX 64
#define UPLOADS_UNSIGNED_MAX 4 /* for site/, which nobody signs */

struct upload {
	enum yihu_public_kind kind;
	uint32_t who; /* 0: nobody signs it */
	bool taken;
};
struct uploads {
	pthread_mutex_t lock;
	struct upload places[UPLOADS_MAX];
};
/* None is under way. */
void uploads_init(struct uploads *u);
/* When no request is left. */
void uploads_finish(struct uploads *u);
/* The number of a place, from 1; 0: one of this kind and signers is under way, or
 * too many that nobody signs are. */
unsigned uploads_take(struct uploads *u, enum yihu_public_kind kind, uint32_t who);
/* 0 is none. */
void uploads_give_back(struct uploads *u, unsigned place);
/* How many are under way. */
unsigned uploads_count(struct uploads *u);

#endif
