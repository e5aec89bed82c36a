/* SPDX-License-Identifier: Apache-2.0
 *
 * What the election file says, in a language: a text under KEY_XX when the file
 * has it for the language XX, else the one under KEY.
 */
#ifndef YIHU_PUBLISH_TRANSLATED_H
#define YIHU_PUBLISH_TRANSLATED_H

#include <yihu/definition.h>

#include "words/words.h"

/* Borrowed from the definition; "" when it has none. */
const char *translated_meta(enum language l, const struct yihu_definition *d, const char *key);
const char *translated_project(enum language l, const struct yihu_definition *d, size_t p,
			       const char *column);

/* The caller frees. "成都市龙泉驿区积善社区" */
char *translated_community(enum language l, const struct yihu_definition *d);
/* The caller frees. "90,000 元", in the election's currency. */
char *translated_money(enum language l, const struct yihu_definition *d, uint64_t fen);

#endif
