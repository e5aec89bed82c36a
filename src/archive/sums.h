/* SPDX-License-Identifier: Apache-2.0
 *
 * SHA256SUMS, as sha256sum writes and checks it: hash, two blanks, name; sorted by name.
 */
#ifndef YIHU_ARCHIVE_SUMS_H
#define YIHU_ARCHIVE_SUMS_H

#include <yihu/bytes.h>
#include <yihu/text.h>

/* Appends the line of a file. */
void sums_put(struct yihu_buf *out, const char *name, const struct yihu_buf *bytes);
/* Takes the next line; false when there is none, or it is none (lines->bad). The name is
 * borrowed of the text. */
bool sums_next(struct yihu_lines *lines, uint8_t hash[static 32], struct yihu_span *name);

#endif
