/* SPDX-License-Identifier: Apache-2.0
 *
 * The catalogues as words.py makes them of the JSON files, for words.c.
 */
#ifndef YIHU_WORDS_CATALOGUE_H
#define YIHU_WORDS_CATALOGUE_H

#include <stddef.h>

#include "words/table.h"

struct words_catalogue {
	const char *tag;   /* "zh-CN": the file's name */
	const char *brief; /* "zh" */
	const char *texts[N_WORDS];
};
/* By enum language. */
extern const struct words_catalogue words_catalogues[];
extern const size_t words_n_catalogues;

#endif
