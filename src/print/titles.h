/* SPDX-License-Identifier: Apache-2.0
 *
 * What the election file says, as paper writes it in its language.
 */
#ifndef YIHU_PRINT_TITLES_H
#define YIHU_PRINT_TITLES_H

#include "publish/translated.h"

/* The caller frees. "成都市龙泉驿区积善社区" */
char *print_community(enum language l, const struct yihu_definition *d);

/* The caller frees. "90,000 元", in the election's currency. */
char *print_money(enum language l, const struct yihu_definition *d, uint64_t fen);
/* By the election's zone; and with its name, once on each paper that has times. */
char *print_date(enum language l, uint64_t unix_seconds);
char *print_zoned(enum language l, uint64_t unix_seconds);

#endif
