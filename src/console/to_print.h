/* SPDX-License-Identifier: Apache-2.0
 *
 * What of an election is to be printed. Letters stay where they are, so that they can be
 * destroyed: the window opens them in the computer's own viewer, and no browser gets
 * them.
 */
#ifndef YIHU_CONSOLE_TO_PRINT_H
#define YIHU_CONSOLE_TO_PRINT_H

#include <jansson.h>
#include <yihu/error.h>

/* The PDFs of an election's folder: [{"name": "paper/poster-a4.pdf", "bytes": 1}], by
 * name. The caller has it. */
json_t *to_print_list(const char *dir);
/* Opens one of them by xdg-open. */
int to_print_open(const char *dir, const char *name, struct yihu_error *err);

#endif
