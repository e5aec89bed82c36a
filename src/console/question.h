/* SPDX-License-Identifier: Apache-2.0
 *
 * One call of the page, and its answers. A call is a function of a question: it puts JSON
 * into q->out and returns the status. What it refuses it says in words for people.
 */
#ifndef YIHU_CONSOLE_QUESTION_H
#define YIHU_CONSOLE_QUESTION_H

#include <jansson.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

#include "internal.h"
#include "shelf.h"

/* One whose token was known; "enter" needs none. */
struct asked_call {
	const char *name; /* "books": of /api/books */
	bool post;
	const struct yihu_buf *body;
	const char *book, *program, *number, *language; /* of the query; NULL */
};

struct question {
	struct console *c;
	const struct asked_call *call;
	const json_t *asked;           /* the object of a POST; else NULL */
	const struct shelf_book *book; /* that it is about; else NULL */
	struct yihu_buf *out;
};

/* A member of the object that was sent; NULL: there is none, or it is no text. */
const char *question_text(const struct question *q, const char *name);
/* Takes j; NULL, which jansson makes of a name that is no UTF-8, is refused. */
unsigned reply_with(const struct question *q, json_t *j);
/* With the error's slug and its words. */
unsigned reply_refuse(const struct question *q, unsigned status, const struct yihu_error *err);
unsigned reply_refuse_with(const struct question *q, unsigned status, int code, const char *text);
/* What a program of ours prints, which is JSON; why it has none, in its own words too.
 * `words` ends with NULL. */
unsigned reply_by_program(const struct question *q, const char *program, const char *const *words);
/* The elections of this console; shelf_finish frees them. */
void question_shelf(struct shelf *s, const struct console *c);
/* Likewise; and those on sticks, handed out to a key holder, where none on the shelves has
 * this id: a stick is slow, or hangs. id NULL: the shelves alone. */
void question_shelf_for(struct shelf *s, const struct console_options *o, const char *id);
/* [{id, name, path}] */
json_t *reply_books(const struct shelf *s);

#endif
