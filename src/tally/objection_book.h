/* SPDX-License-Identifier: Apache-2.0
 *
 * paper/objections: each objection as it came in, with its day, and the answer that is
 * given in public. What it says may name people, so it is kept with personal data and shown
 * to nobody; of it the number and the answers become public (yihu-tally complaints).
 *
 *     objection 2026-06-03
 *     text <line>            one or more
 *     answer <line>          none, or one or more
 */
#ifndef YIHU_TALLY_OBJECTION_BOOK_H
#define YIHU_TALLY_OBJECTION_BOOK_H

#include <yihu/complaints.h>

#include "folder/files.h"

#define OBJECTION_DAY_BYTES 11

struct objection {
	char day[OBJECTION_DAY_BYTES]; /* "2026-06-03" */
	char *text, *answer;           /* lines parted by LF; answer NULL: none yet */
};
struct objection_book {
	struct objection *at; /* number 1 first */
	size_t n;
};
/* Empty when there is no such file. YIHU_EFORMAT names the line. */
int objection_book_read(struct objection_book *out, const struct yihu_folder *f,
			struct yihu_error *err);
/* Frees, and leaves it empty. */
void objection_book_finish(struct objection_book *b);
/* Replaces the file. YIHU_ETOOBIG: there is no room for so much. */
int objection_book_write(const struct objection_book *b, const struct yihu_folder *f,
			 struct yihu_error *err);

/* One more, of a text that somebody wrote (as yihu_complaints_take_answers takes it, and
 * empty lines in it go). YIHU_EARG: the day is none; YIHU_EFORMAT: there is no text in it. */
int objection_book_add(struct objection_book *b, const char *day, const struct yihu_buf *text,
		       struct yihu_error *err);
/* In place of an answer that was given before. YIHU_EARG: there is no such number. */
int objection_book_answer(struct objection_book *b, uint32_t number, const struct yihu_buf *text,
			  struct yihu_error *err);
/* How many, and all answers, in place of what is in c. */
void objection_book_shown(struct yihu_complaints *c, const struct objection_book *b);

#endif
