/* SPDX-License-Identifier: Apache-2.0
 *
 * The proof sheet. It is laid out twice: once to count its pages.
 */
#include "print/proof_sheet.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "print/page.h"
#include "publish/doubts.h"
#include "publish/readback.h"

#define LEFT 18.0
#define RIGHT (A4_WIDTH - 18.0)
#define INNER (RIGHT - LEFT)
#define TOP 16.0
#define BOTTOM (A4_HEIGHT - 20.0)
#define LABEL 36.0 /* mm of a line's label */
#define SIGNED_ROW 9.5

struct proof_page {
	struct page page;
	const struct paper *paper;
	bool draw;
	double y;
	unsigned at, pages;
};

static const char *words_of(const struct proof_page *o, enum word w)
{
	return word(o->paper->language, w);
}

/* ---- pages ---- */

static void foot(struct proof_page *o)
{
	const struct text_style small = {.points = 9.5, .width = INNER - 40, .lines = 1};
	enum language l = o->paper->language;
	char *count =
		words_say(l, W_PAPER_PAGE, say_count("page", o->at), say_count("of", o->pages));
	page_text(&o->page, LEFT, BOTTOM + 6, small,
		  translated_meta(l, o->paper->definition, "description"));
	page_text(&o->page, RIGHT, BOTTOM + 6,
		  (struct text_style){.points = 9.5, .align = PAGE_RIGHT}, count);
	free(count);
}

static void end_page(struct proof_page *o)
{
	if (!o->draw || o->page.failed != 0)
		return;
	foot(o);
	if (o->page.failed == 0)
		o->page.failed = pdf_end_page(o->page.to, o->page.err);
}

/* Room for so many mm, on the next page where this one has none. */
static void need(struct proof_page *o, double height)
{
	if (o->y + height <= BOTTOM)
		return;
	end_page(o);
	o->at++;
	o->y = TOP;
}

/* ---- texts ---- */

static double height(struct proof_page *o, struct text_style s, const char *text)
{
	return page_text_height(&o->page, s, text);
}

static double put(struct proof_page *o, double x, double y, struct text_style s, const char *text)
{
	return o->draw ? page_text(&o->page, x, y, s, text) : height(o, s, text);
}

static void paragraph(struct proof_page *o, struct text_style s, const char *text, double gap)
{
	s.width = INNER;
	need(o, height(o, s, text));
	o->y += put(o, LEFT, o->y, s, text) + gap;
}

static void begin(struct proof_page *o, const char *tag)
{
	if (o->draw)
		page_begin(&o->page, tag);
}

static void end(struct proof_page *o, const char *tag)
{
	if (o->draw)
		page_end(&o->page, tag);
}

/* ---- what is fixed ---- */

static void head(struct proof_page *o)
{
	enum language l = o->paper->language;
	const struct yihu_definition *d = o->paper->definition;
	char *community = translated_community(l, d);
	char *kicker = words_say(l, W_PAPER_HEADING, say_text("first", community),
				 say_text("second", words_of(o, W_PROOF_SHEET)));
	paragraph(o, (struct text_style){.points = 14, .bold = true, .align = PAGE_CENTER}, kicker,
		  1);
	paragraph(
		o,
		(struct text_style){.points = 19, .bold = true, .align = PAGE_CENTER, .tag = "H1"},
		translated_meta(l, d, "description"), 3);
	paragraph(o, (struct text_style){.points = 11.5}, words_of(o, W_PROOF_HOW), 3);
	free(community);
	free(kicker);
}

static void project(struct proof_page *o, size_t i)
{
	const struct yihu_definition *d = o->paper->definition;
	enum language l = o->paper->language;
	const struct text_style cost = {.points = 12, .align = PAGE_RIGHT};
	struct text_style style = {.points = 12, .width = INNER - 52};
	const char *name = translated_project(l, d, i, "name");
	char *money = translated_money(l, d, d->projects[i].cost);
	char *number = yihu_printf("%zu", i + 1);
	if (*name == '\0')
		name = d->projects[i].id;
	need(o, height(o, style, name) + 1);
	begin(o, "LI");
	put(o, LEFT, o->y, (struct text_style){.points = 12, .tag = "Lbl"}, number);
	begin(o, "LBody");
	double high = put(o, LEFT + 11, o->y, style, name);
	put(o, RIGHT, o->y, cost, money);
	end(o, "LBody");
	end(o, "LI");
	o->y += high + 0.6;
	free(money);
	free(number);
}

/* A list ends where its page ends. */
static void projects(struct proof_page *o)
{
	size_t n = o->paper->definition->n_projects;
	paragraph(o, (struct text_style){.points = 13, .bold = true, .tag = "H2"},
		  words_of(o, W_PAPER_POSTER_WHAT), 1);
	for (size_t i = 0; i < n; i++) {
		begin(o, "L");
		project(o, i);
		end(o, "L");
	}
	o->y += 2;
}

static void line(struct proof_page *o, const char *label, const char *text)
{
	const struct text_style bold = {.points = 11.5, .bold = true, .width = LABEL - 3};
	const struct text_style plain = {.points = 11.5, .width = INNER - LABEL};
	double a = height(o, bold, label), b = height(o, plain, text), high = a > b ? a : b;
	need(o, high + 1.5);
	put(o, LEFT, o->y, bold, label);
	put(o, LEFT + LABEL, o->y, plain, text);
	o->y += high + 1.5;
}

static void lines(struct proof_page *o)
{
	struct readback r;
	readback_make(&r, o->paper->language, o->paper->definition, o->paper->charter);
	for (size_t i = 0; i < r.n; i++)
		line(o, r.at[i].label, r.at[i].text);
	if (sodium_is_zero(o->paper->charter->eid, YIHU_EID_BYTES))
		line(o, words_of(o, W_TERM_SHORT_PRINT), words_of(o, W_PROOF_NOT_YET));
	readback_finish(&r);
	o->y += 2;
}

/* In a frame, so that nobody passes over them. */
static void doubts(struct proof_page *o)
{
	struct doubts x;
	const struct text_style bold = {.points = 12, .bold = true, .width = INNER - 8};
	doubts_find(&x, o->paper->language, o->paper->definition, o->paper->charter);
	for (size_t i = 0; i < x.n; i++) {
		const char *first = i == 0 ? words_of(o, W_PROOF_DOUBTS) : NULL;
		double top = first ? height(o, bold, first) + 1 : 0;
		double high = top + height(o, bold, x.at[i]) + 4;
		need(o, high + 1.5);
		if (first)
			put(o, LEFT + 4, o->y + 2, bold, first);
		put(o, LEFT + 4, o->y + 2 + top, bold, x.at[i]);
		if (o->draw)
			page_box(&o->page, LEFT, o->y, INNER, high, 0.6);
		o->y += high + 1.5;
	}
	doubts_finish(&x);
}

/* ---- signatures ---- */

/* Who, the name where it is known, and room to sign and date. */
static void sign_line(struct proof_page *o, char *who, const char *name)
{
	const struct text_style style = {.points = 12}, small = {.points = 9.5};
	double base = o->y + SIGNED_ROW - 3;
	put(o, LEFT, base - 4.5, style, who);
	put(o, LEFT + 45, base - 4.5, style, name);
	put(o, LEFT + 84, base - 4, small, words_of(o, W_PROOF_SIGNED));
	put(o, LEFT + 138, base - 4, small, words_of(o, W_PROOF_SIGNED_DATE));
	if (o->draw) {
		page_line(&o->page, LEFT + 84, base + 1, LEFT + 134, base + 1, 0.25);
		page_line(&o->page, LEFT + 138, base + 1, RIGHT, base + 1, 0.25);
	}
	o->y += SIGNED_ROW;
	free(who);
}

static void signers(struct proof_page *o)
{
	enum language l = o->paper->language;
	const struct yihu_charter *c = o->paper->charter;
	o->y += 2;
	need(o, SIGNED_ROW);
	sign_line(o, word_copy(l, W_PROOF_SIGNED_CLERK), "");
	for (uint32_t i = 0; i < c->n; i++) {
		need(o, SIGNED_ROW);
		sign_line(o, words_say(l, W_PROOF_SIGNED_HOLDER, say_count("n", i + 1)),
			  c->holders[i].key.name);
	}
}

static void lay_out(struct proof_page *o, bool draw)
{
	o->draw = draw;
	o->y = TOP;
	o->at = 1;
	head(o);
	projects(o);
	lines(o);
	doubts(o);
	signers(o);
	end_page(o);
	o->pages = o->at;
}

int proof_print(struct pdf *to, const struct paper *paper, struct yihu_error *err)
{
	struct typeface type;
	struct proof_page o = {.page = {.type = &type, .to = to, .scale = 1, .err = err},
			       .paper = paper};
	int r = typeface_open(&type, paper->language, err);
	if (r == 0) {
		lay_out(&o, false);
		lay_out(&o, true);
		r = o.page.failed;
	}
	typeface_close(&type);
	return r;
}
