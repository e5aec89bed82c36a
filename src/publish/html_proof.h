/* SPDX-License-Identifier: Apache-2.0
 *
 * The results page: what lets others trust it. Ballots that are void, lots,
 * who opened the box, complaints' answers, how to check all of it.
 */
#ifndef YIHU_PUBLISH_HTML_PROOF_H
#define YIHU_PUBLISH_HTML_PROOF_H

#include "publish/html_put.h"

/* Appends it; of a box that stayed closed, answers and checking alone. */
void html_proof(struct html *g);

#endif
