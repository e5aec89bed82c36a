/* SPDX-License-Identifier: Apache-2.0
 *
 * The public files of a box that is elsewhere, as this folder saw them last.
 */
#ifndef YIHU_FETCH_ELSEWHERE_H
#define YIHU_FETCH_ELSEWHERE_H

#include <yihu/public.h>

/* Brings dir up to p, a folder that passed the audit: writes what differs, each
 * file whole, and removes log files that p does not have (tiles of an older
 * size). Nothing else is removed. */
int mirror_write(const char *dir, const struct yihu_public *p, struct yihu_error *err);
/* Appends dir's checkpoint; nothing when it has none. */
int mirror_checkpoint(struct yihu_buf *out, const char *dir, struct yihu_error *err);
/* YIHU_EHISTORY when p's log is shorter than the checkpoint `known` says: a
 * server that went back to an old copy of its box. */
int mirror_refuse_older(const struct yihu_buf *known, const struct yihu_public *p,
			const char *place, struct yihu_error *err);

#endif
