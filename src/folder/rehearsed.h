/* SPDX-License-Identifier: Apache-2.0
 *
 * Rehearsals: the files of one, and what the real election's folder remembers of it, in
 * paper/rehearsals, a line each time.
 */
#ifndef YIHU_FOLDER_REHEARSED_H
#define YIHU_FOLDER_REHEARSED_H

#include "folder/folder.h"

enum rehearsed_how {
	REHEARSED_NOT,
	REHEARSED_HELD,
	REHEARSED_SKIPPED, /* somebody said why there is none */
};
/* What the last line says. */
struct rehearsed {
	enum rehearsed_how how;
	uint64_t when;
	uint32_t ballots; /* of one that was held */
	char *why;        /* there is none; else NULL */
};
const char *rehearsed_name(enum rehearsed_how how); /* "held"; static */
/* YIHU_EFORMAT names a line that is none. rehearsed_finish frees. */
int rehearsed_read(struct rehearsed *out, const struct yihu_folder *f, struct yihu_error *err);
/* Is anything said? */
bool folder_is_rehearsed(const struct yihu_folder *f);
/* Leaves r empty. */
void rehearsed_finish(struct rehearsed *r);
/* Add a line, with the time before it. The reason has passed yihu_reason_check. */
int rehearsed_put_held(const struct yihu_folder *f, uint32_t ballots,
		       const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err);
int rehearsed_put_skipped(const struct yihu_folder *f, const char *why, struct yihu_error *err);

/* Is the election in this folder itself a rehearsal (PROTOCOL §2.6)? One whose definition
 * cannot be read is none. */
bool folder_rehearses(const struct yihu_folder *f);
/* Of a rehearsal: the folder that it rehearses, where that lay when it was made; NULL: it
 * does not say. The caller frees. */
char *folder_rehearsal_of(const struct yihu_folder *f);

#endif
