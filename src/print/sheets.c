/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters by the thousand: the drawings once, then a letter at a time.
 */
#include "print/sheets.h"

#include <stdlib.h>

#include "print/letter_page.h"
#include "print/slip.h"

struct sheets {
	struct paper paper;
	struct typeface type;
	double code_mm;
	struct slip slip;
	cairo_surface_t *letter, **slips; /* drawings */
	bool no_codes, no_texts;
};

static int measure_code(struct sheets *s, struct yihu_error *err)
{
	const struct yihu_token none = {.serial = 1};
	int side = 0;
	int r = letter_qr_runs(s->paper.style, &none, NULL, NULL, &side, err);
	s->code_mm = side * PAGE_MODULE_MM;
	return r;
}

static void draw_slips(struct sheets *s, struct page *p)
{
	s->slips = yihu_calloc(s->slip.n, sizeof(cairo_surface_t *));
	for (size_t i = 0; i < s->slip.n && p->failed == 0; i++) {
		s->slips[i] = page_record(p, A4_WIDTH, A4_HEIGHT);
		slip_same(p, &s->slip, i);
		cairo_destroy(p->cr);
	}
}

static int draw(struct sheets *s, struct yihu_error *err)
{
	struct page p = {.type = &s->type, .scale = 1, .err = err};
	s->letter = page_record(&p, A4_WIDTH, A4_HEIGHT);
	letter_page_same(&p, &s->paper, s->code_mm);
	cairo_destroy(p.cr);
	slip_plan(&s->slip, &p, &s->paper, s->code_mm);
	if (p.failed == 0)
		draw_slips(s, &p);
	return p.failed;
}

int sheets_open(struct sheets **out, const struct paper *paper, struct yihu_error *err)
{
	struct sheets *s = yihu_calloc(1, sizeof *s);
	s->paper = *paper;
	int r = typeface_open(&s->type, paper->language, err);
	if (r == 0)
		r = measure_code(s, err);
	if (r == 0)
		r = draw(s, err);
	if (r == 0)
		*out = s;
	else
		sheets_close(s);
	return r;
}

void sheets_close(struct sheets *s)
{
	if (!s)
		return;
	for (size_t i = 0; s->slips && i < s->slip.n; i++)
		cairo_surface_destroy(s->slips[i]);
	cairo_surface_destroy(s->letter);
	typeface_close(&s->type);
	slip_finish(&s->slip);
	free(s->slips);
	free(s);
}

size_t sheets_each(const struct sheets *s)
{
	return 1 + s->slip.n;
}

double sheets_code_mm(const struct sheets *s)
{
	return s->code_mm;
}

void sheets_leave_out(struct sheets *s, bool codes, bool texts)
{
	s->no_codes = codes;
	s->no_texts = texts;
}

static int end_page(struct page *p, struct pdf *to, struct yihu_error *err)
{
	return p->failed != 0 ? p->failed : pdf_end_page(to, err);
}

static int print_slip(struct sheets *s, struct page *p, struct pdf *to, const struct letter *l,
		      const struct page_code *code, struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < s->slip.n && r == 0; i++) {
		page_replay(p->cr, s->slips[i]);
		if (!s->no_texts)
			slip_own(p, l, s->code_mm, i);
		if (i == 0)
			slip_code(p, code, s->code_mm);
		r = end_page(p, to, err);
	}
	return r;
}

static int print_pages(struct sheets *s, struct page *p, struct pdf *to, const struct letter *l,
		       const struct page_code *code, struct yihu_error *err)
{
	page_replay(p->cr, s->letter);
	if (!s->no_texts)
		letter_page_own(p, &s->paper, l);
	letter_page_code(p, code, s->code_mm);
	int r = end_page(p, to, err);
	return r == 0 ? print_slip(s, p, to, l, code, err) : r;
}

int sheets_print(struct sheets *s, struct pdf *to, const struct letter *l, struct yihu_error *err)
{
	struct page p = {.type = &s->type, .scale = 1, .cr = to->cr, .err = err};
	struct page_code code = {.side = 1};
	int r = s->no_codes ? 0 : page_code_letter(&code, s->paper.style, l->token, err);
	if (r == 0)
		r = print_pages(s, &p, to, l, &code, err);
	page_code_finish(&code);
	if (r != 0 && p.failed != 0)
		r = yihu_fail_at(err, r, _("letter %04u, household “%s”"), l->token->serial,
				 l->household);
	return r;
}
