/* SPDX-License-Identifier: Apache-2.0
 *
 * The small parts of what page, table and poster say: money, shares, names.
 */
#ifndef YIHU_PUBLISH_PHRASES_H
#define YIHU_PUBLISH_PHRASES_H

#include "publish/published.h"
#include "words/words.h"

/* A sum of these results, in their currency, as a value of a sentence. */
struct said yihu_say_money(const char *name, const struct published *r, enum language l,
			   uint64_t fen);
/* Pieces of sentences; the caller frees. */
char *yihu_share_text(enum language l, const char *rule); /* "more than 1/2" */
/* Where the share of a rule like ">=2/3" is on a bar; 0 when there is none. */
unsigned yihu_share_thousandths(const struct share *s);
/* Its name in this language, else its name, else its id; borrowed. */
const char *yihu_project_name(const struct result_project *p, enum language l);
/* What it was about, and where; borrowed. */
const char *yihu_title_text(const struct published *r, enum language l);
const char *yihu_community_text(const struct published *r, enum language l);
/* How many more would have met a share of `of`. */
uint64_t yihu_share_missing(const char *rule, uint64_t have, uint64_t of);
/* By its verdict; of a box that stayed closed, none is. */
bool yihu_is_funded(const struct result_project *p);
/* Are a project's votes ballots, rather than points? */
bool yihu_by_ballots(const struct published *r);

#endif
