/* SPDX-License-Identifier: Apache-2.0
 *
 * Within the lists folder: single words of a vote, as an election file spells them.
 */
#ifndef YIHU_LISTS_VOTE_KEYS_H
#define YIHU_LISTS_VOTE_KEYS_H

#include "lists/vote_words.h"

/* By any of its names; NULL: there is none such. */
const struct vote_rule *vote_rule_named(const char *word);
/* ">1/2" of "over 1/2", ">=2/3" of "2/3"; NULL: it is no share. Caller frees. */
char *vote_share(const char *text);

#endif
