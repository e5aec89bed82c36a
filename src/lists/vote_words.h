/* SPDX-License-Identifier: Apache-2.0
 *
 * How a vote goes, by options that say what they do: what a household may mark, who
 * wins, and what must be reached. The keys of an election file are made of them.
 */
#ifndef YIHU_LISTS_VOTE_WORDS_H
#define YIHU_LISTS_VOTE_WORDS_H

#include "lists/proposals.h"
#include "lists/vote_keys.h"

struct vote_number {
	bool given;
	uint32_t value;
};
/* As somebody gave it; NULL: not said. */
struct vote_words {
	const char *title, *title_en, *community, *country, *currency;
	const char *budget; /* "30万", "300,000" */
	/* what a household marks: one of these, but that `within` goes with the first two */
	struct vote_number choose_up_to;
	bool choose_any;
	const char *choose_within; /* a sum, or "budget" */
	bool agree_or_against;
	struct vote_number points_each, points_to_share, rank_up_to;
	struct vote_number at_least; /* how many it must mark */
	/* who wins */
	const char *winners;
	struct vote_number votes_at_least;
	const char *turnout, *support, *support_of; /* shares: "over 1/2", "超过半数", "2/3" */
};
/* What is missing, each by a bit. */
enum vote_lack {
	VOTE_TITLE = 1,
	VOTE_COMMUNITY = 2,
	VOTE_BUDGET = 4,
	VOTE_MARKS = 8, /* what a household may mark */
	VOTE_WINNERS = 16,
};
/* Those bits of w. */
unsigned vote_words_lacks(const struct vote_words *w);
/* What is missing, as options with commas between; NULL: nothing. Caller frees. */
char *vote_words_missing(const struct vote_words *w);
/* Do they go together? YIHU_EARG says which do not, and what to do. */
int vote_words_check(const struct vote_words *w, struct yihu_error *err);
/* The budget in fen; 0: none. After vote_words_check. */
uint64_t vote_words_budget(const struct vote_words *w);

/* The election file's text of all that. day: "2026-06-01" of opening and closing.
 * After vote_words_check; the format's own checks are still to come. */
void vote_words_write(struct yihu_buf *out, const struct vote_words *w, const struct proposals *p,
		      const char *first_day, const char *last_day);

#endif
