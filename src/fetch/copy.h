/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy of somebody's public folder that stays: who fetches it again sees
 * whether the log that is shown now goes on from the one that was shown
 * before. The copy is a public folder itself; what is under way waits in
 * .fetch/, and what contradicts it is put into a .conflict-… of its own (eight at most),
 * all of which an audit passes over.
 */
#ifndef YIHU_FETCH_COPY_H
#define YIHU_FETCH_COPY_H

#include <yihu/checkpoint.h>
#include <yihu/public.h>

struct copy;
/* Makes dir when it is not there. YIHU_EEXIST: it holds something else than a
 * copy. YIHU_ELOCKED: another program is at it. */
int copy_open(struct copy **out, const char *dir, struct yihu_error *err);
/* Lets other programs at it. NULL is fine. */
void copy_close(struct copy *c);

/* A log file of the copy, or of a fetch that was cut off, by its name. */
bool copy_has(const struct copy *c, const char *name, struct yihu_buf *out);
/* A full tile that just came: a fetch that is cut off goes on from there. */
int copy_put_aside(struct copy *c, const char *name, const struct yihu_buf *bytes,
		   struct yihu_error *err);

/* Does p go on from the copy: its log has the copy's as its beginning, its
 * at-close is the same, and what was there is there and the same (box may have
 * more signatures)? Else YIHU_EHISTORY (YIHU_EELECTION: another charter), and what p
 * shows instead stands in copy_conflict(), beside the copy, which is untouched.
 * place is p's, for words. */
int copy_compare(struct copy *c, const struct yihu_public *p, const char *place,
		 struct yihu_error *err);
/* Brings the copy up to p, which was compared and passed the audit. */
int copy_write(struct copy *c, const struct yihu_public *p, struct yihu_error *err);
/* Puts the files of p, which did not pass, beside the copy and leaves that alone. */
int copy_put_conflict(struct copy *c, const struct yihu_public *p, struct yihu_error *err);
const char *copy_conflict(const struct copy *c); /* where that is; NULL: nowhere */

/* Are the bundles of p those of this checkpoint? */
bool copy_log_is(const struct yihu_public *p, const struct yihu_checkpoint *c);

#endif
