/* SPDX-License-Identifier: Apache-2.0
 *
 * What an archive says of itself.
 */
#ifndef YIHU_ISSUE_ARCHIVE_WORDS_H
#define YIHU_ISSUE_ARCHIVE_WORDS_H

#include "archive/archive.h"
#include "client/view.h"
#include "words/words.h"

/* index.csv of the files that are in it: what each of them is. */
void archive_add_index(struct archive *a, enum language l);
/* README.txt. The part with personal data names the public one, and its hash; that one
 * (NULL) names none. */
void archive_add_readme(struct archive *a, const struct yihu_view *v, const char *public_name,
			const uint8_t public_hash[static 32], enum language l);

#endif
