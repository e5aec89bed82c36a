/* SPDX-License-Identifier: Apache-2.0
 *
 * What is being fixed, for people to look at before they sign it: on a terminal,
 * and on the proof sheet.
 */
#ifndef YIHU_PUBLISH_READBACK_H
#define YIHU_PUBLISH_READBACK_H

#include <yihu/charter.h>

#include "words/words.h"

/* One thing that is fixed: "When", "From … to …". */
struct readback_line {
	const char *label; /* static */
	char *text;
};
#define READBACK_LINES_MAX 12
struct readback {
	struct readback_line at[READBACK_LINES_MAX];
	size_t n;
};
/* All but the projects: whose vote, sums, choices, rule, times, households, changes, where,
 * who must come, and the id. A charter that is none yet has key holders without names,
 * and an id that is all zero. readback_finish frees. */
void readback_make(struct readback *r, enum language l, const struct yihu_definition *d,
		   const struct yihu_charter *c);
/* Leaves r empty. */
void readback_finish(struct readback *r);

/* Appends all of it for a terminal: title, projects with their costs, the lines above, and
 * the doubts (publish/doubts.h) last, where they are seen. */
void readback_text(struct yihu_buf *out, enum language l, const struct yihu_definition *d,
		   const struct yihu_charter *c);

#endif
