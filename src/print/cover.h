/* SPDX-License-Identifier: Apache-2.0
 *
 * The sheet in front of a file of letters.
 */
#ifndef YIHU_PRINT_COVER_H
#define YIHU_PRINT_COVER_H

#include "print/paper.h"

/* How to print what follows, and how much it is. building: "" when the file has
 * several. YIHU_ENOENT: a font is not installed. */
int cover_print(struct pdf *to, const struct paper *p, const char *building, size_t letters,
		size_t sheets, struct yihu_error *err);

#endif
