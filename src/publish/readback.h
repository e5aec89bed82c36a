/* SPDX-License-Identifier: Apache-2.0
 *
 * What is being fixed, for people to look at before they sign it.
 */
#ifndef YIHU_PUBLISH_READBACK_H
#define YIHU_PUBLISH_READBACK_H

#include <yihu/charter.h>

#include "words/words.h"

/* Appends all that is fixed for a terminal: title, projects with their costs, sums, choices,
 * rule, times, households, changes, where, who must come, and the doubts (publish/doubts.h)
 * last, where they are seen. A charter that is none yet has key holders without names, and
 * an id that is all zero. */
void readback_text(struct yihu_buf *out, enum language l, const struct yihu_definition *d,
		   const struct yihu_charter *c);

#endif
