/* SPDX-License-Identifier: Apache-2.0
 *
 * The results page: what was decided, in a sentence, the winners with what they
 * cost together, and the budget as a bar that they fill.
 */
#ifndef YIHU_PUBLISH_HTML_WINNERS_H
#define YIHU_PUBLISH_HTML_WINNERS_H

#include "publish/html_put.h"

/* Appends it. */
void html_winners(struct html *g);

#endif
