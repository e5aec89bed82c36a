/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls to a daemon, and what they must answer.
 */
#ifndef YIHU_TEST_CALLS_H
#define YIHU_TEST_CALLS_H

#include "daemon.h"

/* Set up and tear down of a test: a daemon of its own, DURING the poll or
 * BEFORE it. */
int calls_start(void **state);
int calls_start_before(void **state);
int calls_stop(void **state);
void restart(struct daemon *w);

/* Frees the body; wants this status and slug, gives the answer. */
json_t *post(struct daemon *w, const char *path, struct yihu_buf body, int status,
	     const char *slug);
void post_only(struct daemon *w, const char *path, struct yihu_buf body, int status,
	       const char *slug);
json_t *get(struct daemon *w, const char *path, int status);

/* Bodies of POST /api/entry; entry takes body over. */
struct yihu_buf entry(char type, struct yihu_buf body);
struct yihu_buf close_entry(struct daemon *w);
/* Calls the election off. */
struct yihu_buf cancel_entry(struct daemon *w, const char *reason);
/* The project, from 0, that the receipt of one of /api/state's `withdrawn` proves. */
uint32_t receipt_withdraws(struct daemon *w, const json_t *shown);
/* A ballot that was changed, as the letter's owner would send it: signed anew. */
struct yihu_buf resigned(const struct daemon *w, uint32_t serial, struct yihu_buf b);
/* On memory of its own. */
struct yihu_buf copy(const struct yihu_buf *b);

#endif
