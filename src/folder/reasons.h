/* SPDX-License-Identifier: Apache-2.0
 *
 * Why the clerk did something, out of a short list or in somebody's own words; and who
 * said yes to it.
 */
#ifndef YIHU_FOLDER_REASONS_H
#define YIHU_FOLDER_REASONS_H

#include <yihu/error.h>
#include <yihu/text.h>

#include "words/words.h"

/* The rows of a list; the last one is for own words. */
struct reasons {
	unsigned n;
	struct reason_row {
		const char *name; /* "moved-in" */
		enum word word;
	} rows[8];
};
struct given_reason {
	unsigned why;           /* a row */
	struct yihu_span words; /* of the last row; borrowed */
};
/* As files and options have it; static. */
const char *reason_name(const struct reasons *list, unsigned why);
/* "moved in since", as poster and terminal say it; static. */
const char *reason_word(const struct reasons *list, enum language l, unsigned why);
/* Is it one in own words? */
bool reason_is_own(const struct reasons *list, unsigned why);
/* The row of that name; list->n: none. */
unsigned reason_named(const struct reasons *list, struct yihu_span name);
/* What somebody typed: a reason's number from 1, its name, or its words in any language;
 * else own words, which text keeps. YIHU_EREASON: they are none, or cannot be shown. */
int reason_parse(struct given_reason *out, const struct reasons *list, const char *text,
		 struct yihu_error *err);
/* Own words, or the row's; caller frees. */
char *reason_text(const struct reasons *list, enum language l, const struct given_reason *r);

#define NAMES_MAX 4
#define NAME_SIGNS_MAX 100 /* bytes of each */
/* Can these be kept as the names of people, each another? YIHU_EARG. */
int names_check(const char *const *names, size_t n, struct yihu_error *err);

#endif
