/* SPDX-License-Identifier: Apache-2.0
 *
 * A request that waits for another thread.
 */
#ifndef YIHU_COUNTD_HAND_OVER_H
#define YIHU_COUNTD_HAND_OVER_H

#include "request.h"

struct queue;
/* 503: the daemon is being stopped, and nothing was recorded. */
void countd_answer_stopping(struct request *r);
/* Hands a request to another thread; its connection sleeps meanwhile. */
void countd_hand_over(struct request *r, struct queue *q);
/* The other thread is done: answer is complete. r is no longer the caller's. */
void countd_finish(struct request *r);

#endif
