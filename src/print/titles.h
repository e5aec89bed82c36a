/* SPDX-License-Identifier: Apache-2.0
 *
 * What the election file says, in the language of the paper: a text under
 * KEY_XX when the file has it for the language XX, else the one under KEY.
 */
#ifndef YIHU_PRINT_TITLES_H
#define YIHU_PRINT_TITLES_H

#include <yihu/definition.h>

#include "words/words.h"

/* Borrowed from the definition; "" when it has none. */
const char *print_meta(enum language l, const struct yihu_definition *d, const char *key);
const char *print_project(enum language l, const struct yihu_definition *d, size_t p,
			  const char *column);
/* "成都市龙泉驿区积善社区"; caller frees. */
char *print_community(enum language l, const struct yihu_definition *d);

/* These too are the caller's to free. */
char *print_money(enum language l, const struct yihu_definition *d, uint64_t fen);
char *print_date(enum language l, uint64_t unix_seconds); /* local time */

#endif
