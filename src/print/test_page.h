/* SPDX-License-Identifier: Apache-2.0
 *
 * What is printed before the letters are: does the printer print codes that can be read,
 * whole pages, and one side only? There is nothing secret on it.
 */
#ifndef YIHU_PRINT_TEST_PAGE_H
#define YIHU_PRINT_TEST_PAGE_H

#include "print/paper.h"

/* Appends what the code of this election's test page says: as long as its code is as
 * large as the letters'. */
int test_page_text(struct yihu_buf *out, const struct letter_style *s, struct yihu_error *err);
/* Two pages; to is opened as A4. YIHU_ENOENT: a font is not installed. */
int test_page_print(struct pdf *to, const struct paper *p, struct yihu_error *err);

#endif
