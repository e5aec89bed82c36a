/* SPDX-License-Identifier: Apache-2.0
 *
 * What is left of a log, gathered from wherever it is: an exported log, a
 * database, receipts. Entries are believed when a signed checkpoint covers
 * them; two that differ at one index are two signed histories.
 */
#ifndef YIHU_BOX_POOL_H
#define YIHU_BOX_POOL_H

#include <yihu/checkpoint.h>

struct yihu_pool {
	const struct yihu_vkey *log;
	struct yihu_buf *entries;              /* by index; empty: not known */
	uint64_t n;                            /* one more than the highest index that is known */
	struct yihu_checkpoint *signed_states; /* what the log key has signed */
	size_t n_signed;
	uint64_t newest;   /* the largest of their sizes */
	uint64_t at_close; /* size at which the poll was ended, UINT64_MAX: not known */
};
/* An empty one. log, whose checkpoints are believed, is borrowed. */
void yihu_pool_init(struct yihu_pool *p, const struct yihu_vkey *log);
/* Frees all of it. All zero is fine. */
void yihu_pool_finish(struct yihu_pool *p);
/* A folder: a box (database, mark, public log), a public folder, or receipts and
 * checkpoints; or one file of these. It is taken whole or not at all. */
int yihu_pool_take(struct yihu_pool *p, const char *path, struct yihu_error *err);
/* The same of the box's own folder, each part by itself: what is damaged is left
 * out, and told in lines of `told`. */
int yihu_pool_take_own(struct yihu_pool *p, const char *dir, struct yihu_buf *told,
		       struct yihu_error *err);
/* The largest signed size all of whose entries are here; YIHU_EHISTORY when a
 * signed state says otherwise than the entries. */
int yihu_pool_reach(const struct yihu_pool *p, uint64_t *size, struct yihu_error *err);

#endif
