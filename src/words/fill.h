/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside src/words: a text with its values.
 */
#ifndef YIHU_WORDS_FILL_H
#define YIHU_WORDS_FILL_H

#include "words/words.h"

/* Sets in *used bit i for each values[i] that the text names; it may name fewer
 * than there are. The caller frees. */
char *words_fill(enum language l, enum word w, const struct said *values, size_t n, unsigned *used);

#endif
