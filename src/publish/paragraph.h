/* SPDX-License-Identifier: Apache-2.0
 *
 * The rule in paragraphs, for letters, posters, proof sheets and terminals. The caller
 * frees them.
 */
#ifndef YIHU_PUBLISH_PARAGRAPH_H
#define YIHU_PUBLISH_PARAGRAPH_H

#include <yihu/definition.h>

#include "words/words.h"

/* How many projects, points or places, and the most that they may cost. */
char *paragraph_choice(enum language l, const struct yihu_definition *d);
/* The most alone; "" where there is no such limit. */
char *paragraph_cost(enum language l, const struct yihu_definition *d);
/* How a project passes (publish/rule.h), and from how many ballots on the box is opened. */
char *paragraph_passing(enum language l, const struct yihu_definition *d, uint32_t min_box);

#endif
