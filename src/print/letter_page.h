/* SPDX-License-Identifier: Apache-2.0
 *
 * The letter's page. What all letters have alike is a drawing that is laid out
 * once; the rest is laid out for each letter.
 */
#ifndef YIHU_PRINT_LETTER_PAGE_H
#define YIHU_PRINT_LETTER_PAGE_H

#include "print/page.h"
#include "print/paper.h"

/* What all letters have alike, but for room of code_mm where the code comes. */
void letter_page_same(struct page *p, const struct paper *e, double code_mm);
/* What this letter alone has, without its code: number, address, typed form.
 * SECRET. */
void letter_page_own(struct page *p, const struct paper *e, const struct letter *l);
/* Its code. SECRET. */
void letter_page_code(struct page *p, const struct page_code *c, double code_mm);

#endif
