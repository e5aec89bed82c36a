/* SPDX-License-Identifier: Apache-2.0
 *
 * What a list leaves open, settled by whoever runs init: in a sheet of answers,
 * or at the terminal.
 */
#ifndef YIHU_TOOLS_ISSUE_ANSWERS_H
#define YIHU_TOOLS_ISSUE_ANSWERS_H

#include "lists/asks.h"

/* The answers of a sheet; none when path is NULL or nothing is there yet. */
int answers_read(struct list_answers *out, const char *path, struct yihu_error *err);
/* Shows what is open, and asks it at the terminal. false: it stays open, since nobody
 * is there, an answer was left empty, or the file itself must be mended. */
bool answers_ask(const struct list_asks *asks, struct list_answers *answers);
/* For the next run: the sheet at path (NULL: says how to get one). Keeps err's words
 * unless the sheet cannot be written. */
int answers_leave(const struct list_asks *asks, const char *path, struct yihu_error *err);

#endif
