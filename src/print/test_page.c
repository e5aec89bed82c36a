/* SPDX-License-Identifier: Apache-2.0
 *
 * The test page, and the sheet behind it that tells one-sided from two-sided printing.
 */
#include "print/test_page.h"

#include <stdlib.h>

#include "print/page.h"

#define CODE_TOP 118.0
#define FRAME 12.0 /* from the edge: what letters need is inside it */

/* ---- what the code says ---- */

int test_page_text(struct yihu_buf *out, const struct letter_style *s, struct yihu_error *err)
{
	const struct yihu_token none = {.serial = 1};
	char print[YIHU_SHORT_PRINT_BYTES];
	struct yihu_buf text = {0};
	int wanted = 0, side = 0;
	int r = letter_qr_runs(s, &none, NULL, NULL, &wanted, err);
	yihu_short_print(print, s->eid);
	yihu_buf_fmt(&text, "yihu-test:%s:", print);
	for (; r == 0 && side < wanted; yihu_buf_str(&text, side < wanted ? "TEST" : ""))
		r = text_qr_runs((const char *)text.data, NULL, NULL, &side, err);
	if (r == 0)
		yihu_buf_put(out, text.data, text.len);
	yihu_buf_free(&text);
	return r;
}

/* ---- what stands around it ---- */

static double paragraph(struct page *p, double y, double points, bool bold, const char *text)
{
	const struct text_style style = {.points = points,
					 .bold = bold,
					 .width = PAGE_INNER,
					 .tag = points > 20 ? "H1" : "P"};
	return y + page_text(p, PAGE_MARGIN, y, style, text) + 3;
}

static void put_code(struct page *p, const struct paper *e, double side_mm,
		     const struct page_code *code)
{
	page_figure(p, word(e->language, W_PAPER_TEST_CODE));
	page_code(p, PAGE_MARGIN, CODE_TOP, side_mm, code);
	page_end(p, "Figure");
}

static void first(struct page *p, const struct paper *e, double side_mm,
		  const struct page_code *code)
{
	enum language l = e->language;
	page_box(p, FRAME, FRAME, A4_WIDTH - 2 * FRAME, A4_HEIGHT - 2 * FRAME, 0.5);
	double y = paragraph(p, 22, 40, true, word(l, W_PAPER_TEST));
	y = paragraph(p, y, 14, false, translated_meta(l, e->definition, "description"));
	y = paragraph(p, y, 18, true, word(l, W_PAPER_TEST_NOT));
	paragraph(p, y, 16, false, word(l, W_PAPER_TEST_FRAME));
	put_code(p, e, side_mm, code);
	y = CODE_TOP + side_mm + 6;
	y = paragraph(p, y, 16, false, word(l, W_PAPER_TEST_CAMERA));
	paragraph(p, y, 16, false, word(l, W_PAPER_TEST_EYE));
}

static void second(struct page *p, const struct paper *e)
{
	enum language l = e->language;
	double y = paragraph(p, 30, 40, true, word(l, W_PAPER_TEST_SECOND));
	y = paragraph(p, y, 18, false,
		      word(l, e->blank_backs ? W_PAPER_TEST_SECOND_BOTH : W_PAPER_TEST_SECOND_ONE));
	paragraph(p, y, 18, false, word(l, W_PAPER_TEST_AWAY));
}

/* Its back is a page, too, where backs are. */
static int end_sheet(struct page *p, const struct paper *e, struct yihu_error *err)
{
	int r = p->failed != 0 ? p->failed : pdf_end_page(p->to, err);
	return r == 0 && e->blank_backs ? pdf_end_page(p->to, err) : r;
}

static int draw(struct page *p, const struct paper *e, double side_mm, const struct page_code *code,
		struct yihu_error *err)
{
	first(p, e, side_mm, code);
	int r = end_sheet(p, e, err);
	if (r == 0)
		second(p, e);
	return r == 0 ? end_sheet(p, e, err) : r;
}

int test_page_print(struct pdf *to, const struct paper *e, struct yihu_error *err)
{
	struct typeface type = {0};
	struct page_code code = {0};
	struct yihu_buf text = {0};
	struct page p = {.type = &type, .to = to, .scale = 1, .err = err};
	int r = typeface_open(&type, e->language, err);
	if (r == 0)
		r = test_page_text(&text, e->style, err);
	if (r == 0)
		r = page_code_text(&code, (const char *)text.data, err);
	if (r == 0)
		r = draw(&p, e, code.side * PAGE_MODULE_MM, &code, err);
	page_code_finish(&code);
	typeface_close(&type);
	yihu_buf_free(&text);
	return r;
}
