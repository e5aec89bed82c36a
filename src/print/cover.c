/* SPDX-License-Identifier: Apache-2.0
 *
 * How to print the letters behind it. It bears no code and no household.
 */
#include "print/cover.h"

#include <stdlib.h>

#include "print/page.h"

static void put_cover(struct page *p, const struct paper *e, const char *building,
		      const char *count)
{
	const struct text_style large = {
		.points = 54, .bold = true, .width = PAGE_INNER, .tag = "H1"};
	const struct text_style name = {.points = 34, .bold = true, .width = PAGE_INNER};
	const struct text_style words = {.points = 18, .width = PAGE_INNER};
	enum language l = e->language;
	double y = 50;
	bool both = e->blank_backs;
	y += page_text(p, PAGE_MARGIN, y, large,
		       word(l, both ? W_PAPER_COVER_BOTH : W_PAPER_COVER)) +
	     12;
	y += page_text(p, PAGE_MARGIN, y, name, building) + 6;
	y += page_text(p, PAGE_MARGIN, y, name, count) + 14;
	y += page_text(p, PAGE_MARGIN, y, words,
		       word(l, both ? W_PAPER_COVER_BOTH_HOW : W_PAPER_COVER_HOW)) +
	     4;
	y += page_text(p, PAGE_MARGIN, y, words, word(l, W_PAPER_COVER_NOT)) + 14;
	page_text(p, PAGE_MARGIN, y, words, translated_meta(l, e->definition, "description"));
}

int cover_print(struct pdf *to, const struct paper *e, const char *building, size_t letters,
		size_t sheets, struct yihu_error *err)
{
	struct typeface type;
	struct page p = {.type = &type, .to = to, .scale = 1, .err = err};
	int r = typeface_open(&type, e->language, err);
	if (r == 0) {
		char *count = words_say(e->language, W_PAPER_COVER_COUNT,
					say_count("letters", letters), say_count("sheets", sheets));
		put_cover(&p, e, building, count);
		free(count);
		r = p.failed != 0 ? p.failed : pdf_end_page(to, err);
		if (r == 0 && e->blank_backs)
			r = pdf_end_page(to, err);
	}
	typeface_close(&type);
	return r;
}
