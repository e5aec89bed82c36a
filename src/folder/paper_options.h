/* SPDX-License-Identifier: Apache-2.0
 *
 * paper/options: how the letters were printed, for the papers after them.
 */
#ifndef YIHU_FOLDER_PAPER_OPTIONS_H
#define YIHU_FOLDER_PAPER_OPTIONS_H

#include "folder/folder.h"
#include "words/words.h"

/* What it says of a key ("language", "desk", "sender", "phone", "place", "duplex"); NULL: nothing.
 * The caller frees. */
char *paper_option(const struct yihu_folder *f, const char *key);
/* The language asked for by name; NULL: that of the letters, or the default before
 * there are any. YIHU_EARG when there is no such language. */
int paper_language(enum language *out, const struct yihu_folder *f, const char *wanted,
		   struct yihu_error *err);
/* What is NULL nobody has said, and has no line. */
struct paper_kept {
	const char *language, *desk, *sender, *phone, *place, *duplex;
};
/* A value has to be one line, and short enough to be read again. YIHU_EARG names the option that
 * does not. */
int paper_options_check(const struct paper_kept *kept, struct yihu_error *err);
/* All of it anew; language is there. */
int paper_options_write(const struct yihu_folder *f, const struct paper_kept *kept,
			struct yihu_error *err);

#endif
