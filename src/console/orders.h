/* SPDX-License-Identifier: Apache-2.0
 *
 * What a page asks to be run, as words of a command line; only our own programs, and
 * every word checked before.
 */
#ifndef YIHU_CONSOLE_ORDERS_H
#define YIHU_CONSOLE_ORDERS_H

#include <jansson.h>
#include <yihu/bytes.h>

#include "program_run.h"
#include "shelf.h"

/* Read from {"program": "yihu-issue", "words": ["charter", "{dir}"], "options":
 * {"seen": true, "key": ["/media/a/key"], "name": "x"}, "passphrases": ["…"], "book":
 * "ID", "new": "name of a new folder", "language": "zh"}. A word or an
 * option's value that is {dir}, or begins with {dir}/, has the folder of the book there (of
 * "new": a new one on the first shelf), and {public} its public folder. */
struct order {
	char *path;
	char **words; /* NULL ends them */
	size_t n_words;
	struct yihu_buf secrets; /* SECRET */
	char language[3];
	bool daemon; /* it is yihu-countd … */
	bool stays;  /* … and serves until it is stopped */
};
/* YIHU_EARG, and which of it. The caller finishes *out, also after a failure. */
int order_read(struct order *out, const json_t *j, const char *programs, const struct shelf *s,
	       const char *first_shelf, struct yihu_error *err);
/* The daemon of the election in dir. mirror NULL: none. */
void order_daemon(struct order *out, const char *programs, const char *dir, const char *listen,
		  const char *mirror);
void order_finish(struct order *o);
/* The order's program becomes a word of another one, which runs it, after these n; takes
 * all of them. */
void order_run_by(struct order *o, char *path, char *const *words, size_t n);
/* "yihu-issue letters": the program, and the first word where that is a verb. */
void order_name(char *out, size_t size, const struct order *o);
/* Is it one of ours that takes a step and ends? "yihu-issue". */
bool order_program_ok(const char *program);
/* "en" when that is what is asked for, else "zh". */
const char *order_language(const char *asked);
struct run_order order_run(const struct order *o);

#endif
