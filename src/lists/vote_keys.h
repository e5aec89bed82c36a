/* SPDX-License-Identifier: Apache-2.0
 *
 * Single words of a vote, as people say them and as an election file spells them.
 */
#ifndef YIHU_LISTS_VOTE_KEYS_H
#define YIHU_LISTS_VOTE_KEYS_H

#include <stddef.h>

/* A way of choosing winners: the word, the format's name, what it does (N_() text). */
struct vote_rule {
	const char *word, *chinese, *rule, *does;
};
/* The i-th of them; NULL behind the last. */
const struct vote_rule *vote_rule(size_t i);
/* By any of its names; NULL: there is none such. */
const struct vote_rule *vote_rule_named(const char *word);
/* ">1/2" of "over 1/2", ">=2/3" of "2/3"; NULL: it is no share. Caller frees. */
char *vote_share(const char *text);

#endif
