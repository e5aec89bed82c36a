/* SPDX-License-Identifier: Apache-2.0
 *
 * Spellings that look alike to people: outer spaces, full-width forms.
 */
#ifndef YIHU_ELECTION_FOLD_H
#define YIHU_ELECTION_FOLD_H

#include <yihu/bytes.h>

/* Takes outer spaces off in place (ASCII, no-break, ideographic); returns
 * where the rest begins. */
char *yihu_trim(char *s);
/* Has s none of these spaces outside? */
bool yihu_is_trimmed(const char *s);

/* Full-width ASCII (U+FF01–FF5E) as ASCII, other spaces as ASCII ones, runs of
 * them as one, none outside, zero-width characters left out. s is UTF-8;
 * caller frees. */
char *yihu_fold(const char *s);

#endif
