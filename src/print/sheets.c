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
	struct drawing letter, *slips;
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
	s->slips = yihu_calloc(s->slip.n, sizeof *s->slips);
	for (size_t i = 0; i < s->slip.n && p->failed == 0; i++) {
		p->keep = &s->slips[i];
		slip_same(p, &s->slip, i);
	}
}

static int draw(struct sheets *s, struct yihu_error *err)
{
	struct page p = {.type = &s->type, .scale = 1, .keep = &s->letter, .err = err};
	letter_page_same(&p, &s->paper, s->code_mm);
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
		drawing_finish(&s->slips[i]);
	drawing_finish(&s->letter);
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

/* A sheet of paper has one page, and a blank one where its back is a page too. */
static int end_sheet(const struct sheets *s, struct page *p, struct pdf *to, struct yihu_error *err)
{
	int r = p->failed != 0 ? p->failed : pdf_end_page(to, err);
	return r == 0 && s->paper.blank_backs ? pdf_end_page(to, err) : r;
}

/* A letter under way. */
struct own {
	struct sheets *sheets;
	const struct letter *letter;
	const struct page_code *code;
};

static void letter_part(struct page *p, void *context, int part)
{
	const struct own *o = context;
	struct sheets *s = o->sheets;
	if (part == PART_CODE && !s->no_codes)
		letter_page_code(p, &s->paper, o->code, s->code_mm);
	else if (part != PART_CODE && !s->no_texts)
		letter_page_own(p, &s->paper, o->letter, part);
}

static void slip_part(struct page *p, void *context, int part)
{
	const struct own *o = context;
	struct sheets *s = o->sheets;
	if (part == SLIP_CODE && !s->no_codes)
		slip_code(p, &s->paper, o->code, s->code_mm);
	else if (part != SLIP_CODE && !s->no_texts)
		slip_own(p, o->letter, s->code_mm, part);
}

static int print_slip(struct page *p, struct pdf *to, struct own *o, struct yihu_error *err)
{
	struct sheets *s = o->sheets;
	int r = 0;
	page_begin(p, "Sect");
	for (size_t i = 0; i < s->slip.n && r == 0; i++) {
		page_replay(p, &s->slips[i], slip_part, o);
		if (i + 1 == s->slip.n)
			page_end(p, "Sect");
		r = end_sheet(s, p, to, err);
	}
	return r;
}

static int print_pages(struct page *p, struct pdf *to, struct own *o, struct yihu_error *err)
{
	page_begin(p, "Sect");
	page_replay(p, &o->sheets->letter, letter_part, o);
	page_end(p, "Sect");
	int r = end_sheet(o->sheets, p, to, err);
	return r == 0 ? print_slip(p, to, o, err) : r;
}

int sheets_print(struct sheets *s, struct pdf *to, const struct letter *l, struct yihu_error *err)
{
	struct page p = {.type = &s->type, .scale = 1, .to = to, .err = err};
	struct page_code code = {.side = 1};
	int r = s->no_codes ? 0 : page_code_letter(&code, s->paper.style, l->token, err);
	if (r == 0)
		r = print_pages(&p, to, &(struct own){s, l, &code}, err);
	page_code_finish(&code);
	if (r == 0 || p.failed == 0)
		return r;
	if (l->token->serial == 0)
		return yihu_fail_at(err, r, _("household “%s”"), l->household);
	return yihu_fail_at(err, r, _("letter %04u, household “%s”"), l->token->serial,
			    l->household);
}
