/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands on paper, in the language of the paper: the reader's, whatever
 * language the clerk's terminal speaks.
 */
#ifndef YIHU_PRINT_WORDS_H
#define YIHU_PRINT_WORDS_H

#include <yihu/definition.h>
#include <yihu/error.h>

enum print_word {
	P_LANGUAGE,
	P_DATE,
	P_SUN,
	P_MON,
	P_TUE,
	P_WED,
	P_THU,
	P_FRI,
	P_SAT,
	P_YUAN,
	P_PAGE,
	P_NUMBER,
	P_TO_HOUSEHOLD,
	P_TO_NAME,
	P_REPLACES,
	P_ADDED,
	P_PHONE,
	P_PHONE_1,
	P_PHONE_2,
	P_PHONE_3,
	P_DESK,
	P_DESK_1,
	P_DESK_2,
	P_DESK_3,
	P_UNTIL,
	P_FROM,
	P_MIN_BOX,
	P_WITHOUT_PHONE,
	P_WITHOUT_PHONE_HOW,
	P_DESK_WHERE,
	P_DESK_UNKNOWN,
	P_TYPE_AT,
	P_TYPE_AT_DESK,
	P_WARNING,
	P_LOST,
	P_SHORT_PRINT,
	P_EID,
	P_SLIP,
	P_SLIP_HOW,
	P_SHEET,
	P_NEXT_SHEET,
	P_STUB,
	P_STUB_CODE,
	P_PICK_ANY,
	P_PICK_MOST,
	P_PICK_BETWEEN,
	P_PICK_EXACTLY,
	P_COST_MOST,
	P_CONSENT_HOW,
	P_SCORING_HOW,
	P_CUMULATIVE_HOW,
	P_ORDINAL_HOW,
	P_LENGTHS,
	P_LENGTHS_MOST,
	P_AGREE,
	P_AGAINST,
	P_ABSTAIN,
	P_POINTS,
	P_RANK,
	P_BUDGET,
	P_WALK,
	P_WALK_HOW,
	P_WALK_HOUSEHOLD,
	P_WALK_NAME,
	P_WALK_SIGNED,
	P_WALK_AWAY,
	P_WALK_REFUSED,
	P_WALK_RETURNED,
	P_WALK_SUM,
	P_POSTER,
	P_POSTER_WHAT,
	P_POSTER_WHEN,
	P_POSTER_HOW,
	P_POSTER_LETTER,
	P_POSTER_PHONE,
	P_POSTER_DESK,
	P_POSTER_KEYS,
	P_POSTER_KEYS_HOW,
	P_POSTER_KEYS_ALL,
	P_POSTER_KEYS_ONE,
	P_POSTER_CHECK,
	P_POSTER_SITE,
	P_CANCELLED,
	P_CANCELLED_WHY,
	P_CANCELLED_LETTERS,
	P_CANCELLED_VOTES,
	P_CANCELLED_NEXT,
	P_CANCELLED_SEAL,
	P_ENVELOPE,
	P_ENVELOPE_ROLE,
	P_ENVELOPE_CLERK,
	P_ENVELOPE_HOLDER,
	P_ENVELOPE_NAME,
	P_ENVELOPE_DATE,
	P_ENVELOPE_WRITE,
	P_ENVELOPE_HOW,
	P_ENVELOPE_APART,
	P_ENVELOPE_SEALED,
	P_ENVELOPE_OPENED,
	P_ENVELOPE_WHY,
	P_SUMMARY_FILE,
	P_SUMMARY_TOTAL,
	P_SUMMARY_ROLL,
	N_PRINT_WORDS
};

struct print_words {
	bool chinese;
	char *text[N_PRINT_WORDS];
};
/* language: "zh" or "en" (YIHU_EARG). YIHU_ENOENT when the catalogue of zh is
 * not installed: paper in another language than asked for is not printed.
 * Switches the process's LANGUAGE for a moment: before any thread starts. */
int print_words_load(struct print_words *out, const char *language, struct yihu_error *err);
void print_words_finish(struct print_words *w);

/* All callers free. */
char *print_say(const struct print_words *w, enum print_word word, ...);
char *print_date(const struct print_words *w, uint64_t unix_seconds); /* local time */
char *print_money(const struct print_words *w, const struct yihu_definition *d, uint64_t fen);

/* Borrowed from the definition: the text in the paper's language, if there is one. */
const char *print_meta(const struct print_words *w, const struct yihu_definition *d,
		       const char *key);
const char *print_project(const struct print_words *w, const struct yihu_definition *d, size_t p,
			  const char *column);
/* "成都市龙泉驿区积善社区"; caller frees. */
char *print_community(const struct print_words *w, const struct yihu_definition *d);

#endif
