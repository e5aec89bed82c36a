/* SPDX-License-Identifier: Apache-2.0
 *
 * The words that residents and the committee read on paper, posters and in
 * results. Not gettext: a sheet is written in the language that is asked for,
 * whatever the language of whoever makes it, and one sheet can hold two. The
 * catalogues beside this file, one LANGUAGE.json each, are shared with the
 * pages; table.h with enum language and enum word is made of them.
 *
 * A word is W_SECTION_KEY. In a text {name} stands for a value.
 */
#ifndef YIHU_WORDS_H
#define YIHU_WORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include <yihu/error.h>

#include "words/table.h"

/* ---- languages: each catalogue is one ---- */

/* How many catalogues there are: enum language counts them from 0. */
size_t words_languages(void);
/* By its tag ("zh-CN") or as users call it ("zh"). YIHU_EARG when there is
 * no such catalogue; err names those that there are. */
int words_language(enum language *out, const char *name, struct yihu_error *err);
const char *words_tag(enum language l);   /* "zh-CN"; static */
const char *words_brief(enum language l); /* "zh", as users call it; static */
/* Is it written from right to left? */
bool words_right_to_left(enum language l);
/* The language of the summary that stands below a page in this one. */
enum language words_second(enum language l);

/* ---- words and sentences ---- */

const char *word(enum language l, enum word w); /* static */
char *word_copy(enum language l, enum word w);  /* the caller frees */

/* A value of a sentence, by the name that it has there. */
struct said {
	const char *name;
	const char *text; /* NULL: it is the count */
	char *takes;      /* freed after it was said, or NULL */
	uint64_t count;
};
static inline struct said say_text(const char *name, const char *text)
{
	return (struct said){.name = name, .text = text};
}
static inline struct said say_taken(const char *name, char *text)
{
	return (struct said){.name = name, .text = text, .takes = text};
}
static inline struct said say_count(const char *name, uint64_t count)
{
	return (struct said){.name = name, .count = count};
}
/* words_say(l, W_RESULT_VALID_LINE, say_count("valid", 7)): the text with its values;
 * the caller frees. The values are those that the text names, in any order: one
 * too many or too few is a mistake of the program, asserted here, and found in
 * the sources by tests/words. */
#define words_say(l, w, ...)                                                                       \
	words_say_all((l), (w), (const struct said[]){__VA_ARGS__},                                \
		      sizeof((const struct said[]){__VA_ARGS__}) / sizeof(struct said))
char *words_say_all(enum language l, enum word w, const struct said *values, size_t n);
/* Two sentences in a row, as the language sets them apart; frees both. Either
 * may be empty. */
char *words_join(enum language l, char *first, char *second);

/* ---- forms: the caller frees ---- */

char *words_count(enum language l, uint64_t n);      /* "12,345" */
char *words_hundredths(enum language l, uint64_t n); /* "1,234.50"; "1,234" */
/* "1,234.50 元"; currency NULL: CNY. */
char *words_money(enum language l, uint64_t fen, const char *currency);
/* With the weekday; and short, the parts from the largest to the smallest. By the
 * election's zone, W_FORM_ZONE_NAME, wherever the computer is; it is one for all
 * languages. */
char *words_date(enum language l, uint64_t unix_seconds);
char *words_time(enum language l, uint64_t unix_seconds);
/* Seconds east of UTC of that zone. */
long words_zone(enum language l);

#endif
