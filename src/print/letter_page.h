/* SPDX-License-Identifier: Apache-2.0
 *
 * The letter's page. What all letters have alike is a drawing that is laid out
 * once; the rest is laid out for each letter.
 */
#ifndef YIHU_PRINT_LETTER_PAGE_H
#define YIHU_PRINT_LETTER_PAGE_H

#include "print/page.h"
#include "print/paper.h"

/* Where each letter is drawn into what all have alike. */
enum letter_part { PART_CODE, PART_NUMBER, PART_ADDRESS, PART_TYPED };
/* What all letters have alike, but for room of code_mm where the code comes. */
void letter_page_same(struct page *p, const struct paper *e, double code_mm);
/* A part that is this letter's alone, but for its code. SECRET. */
void letter_page_own(struct page *p, const struct paper *e, const struct letter *l,
		     enum letter_part part);
/* What its code is, for who does not see it; borrowed. */
const char *letter_code_text(const struct paper *e);
/* Its code. SECRET. */
void letter_page_code(struct page *p, const struct paper *e, const struct page_code *c,
		      double code_mm);

#endif
