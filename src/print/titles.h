/* SPDX-License-Identifier: Apache-2.0
 *
 * What the election file says, as paper writes it in its language.
 */
#ifndef YIHU_PRINT_TITLES_H
#define YIHU_PRINT_TITLES_H

#include "publish/translated.h"

/* The caller frees. By the election's zone; and with its name, once on each paper that
 * has times. */
char *print_date(enum language l, uint64_t unix_seconds);
char *print_zoned(enum language l, uint64_t unix_seconds);

#endif
