/* SPDX-License-Identifier: Apache-2.0
 *
 * The walk list: who got a letter, on paper, signed.
 */
#include "print/page.h"
#include "print/paper.h"

#include <stdlib.h>

#define LEFT 15.0
#define RIGHT (A4_WIDTH - 15.0)
#define TOP 46.0
#define BOTTOM 256.0
#define FOOT (BOTTOM + 3)
#define ROW 11.0
#define ROWS ((size_t)((BOTTOM - TOP) / ROW))

/* Right edges of the columns: household, name, signature, three to tick. */
static const double edges[] = {LEFT, 73, 103, 144, 161, 178, RIGHT};
#define N_COLUMNS 6

struct walk {
	struct page page;
	const struct paper *paper;
	const char *building;
	unsigned pages;
	size_t n, all; /* households of the building; of all, on the last one's list */
};

static void head(struct walk *w, unsigned page)
{
	const struct text_style title = {
		.points = 18, .bold = true, .width = 130, .lines = 1, .tag = "H1"};
	const struct text_style small = {.points = 10.5, .width = RIGHT - LEFT, .lines = 2};
	enum language l = w->paper->language;
	struct page *p = &w->page;
	char *heading = words_say(l, W_PAPER_HEADING, say_text("first", word(l, W_PAPER_WALK)),
				  say_text("second", w->building));
	char *count =
		words_say(l, W_PAPER_PAGE, say_count("page", page), say_count("of", w->pages));
	const char *what = translated_meta(l, w->paper->definition, "description");
	page_text(p, LEFT, 12, title, heading);
	page_text(p, RIGHT, 14.5, (struct text_style){.points = 11, .align = PAGE_RIGHT}, count);
	page_text(p, LEFT, 22, (struct text_style){.points = 10.5, .width = 180, .lines = 1}, what);
	page_text(p, LEFT, 27.5, small, word(l, W_PAPER_WALK_HOW));
	free(heading);
	free(count);
}

static void column_heads(struct walk *w)
{
	static const enum word heads[N_COLUMNS] = {W_PAPER_WALK_HOUSEHOLD, W_PAPER_WALK_NAME,
						   W_PAPER_WALK_SIGNED,    W_PAPER_WALK_AWAY,
						   W_PAPER_WALK_REFUSED,   W_PAPER_WALK_RETURNED};
	page_begin(&w->page, "TR");
	for (int i = 0; i < N_COLUMNS; i++) {
		const struct text_style style = {.points = 10,
						 .bold = true,
						 .width = edges[i + 1] - edges[i] - 1,
						 .tag = "TH"};
		const char *head = word(w->paper->language, heads[i]);
		double h = page_text_height(&w->page, style, head);
		page_text(&w->page, edges[i] + 1, TOP - h - 0.5, style, head);
	}
	page_end(&w->page, "TR");
}

static void grid(struct walk *w, size_t rows)
{
	for (size_t i = 0; i <= rows; i++)
		page_line(&w->page, LEFT, TOP + (double)i * ROW, RIGHT, TOP + (double)i * ROW, 0.2);
	for (int i = 0; i <= N_COLUMNS; i++)
		page_line(&w->page, edges[i], TOP, edges[i], TOP + (double)rows * ROW, 0.2);
}

/* What is too long for one line gets a smaller one, then two. */
static void cell(struct page *p, int column, double y, const char *text)
{
	double width = edges[column + 1] - edges[column] - 2.5;
	struct text_style style = {.points = 13};
	if (page_text_width(p, style, text) > width)
		style = (struct text_style){.points = 8.5, .width = width, .lines = 2};
	double h = page_text_height(p, style, text);
	page_text(p, edges[column] + 1.5, y + (ROW - h) / 2, style, text);
}

/* The boxes to fill in are cells without text. */
static void row(struct page *p, double y, const struct walk_line *line)
{
	page_begin(p, "TR");
	for (int i = 0; i < N_COLUMNS; i++) {
		page_begin(p, "TD");
		if (i < 2)
			cell(p, i, y, i == 0 ? line->household : line->name);
		page_end(p, "TD");
	}
	page_end(p, "TR");
}

static double foot_line(struct walk *w, double y, char *text)
{
	const struct text_style style = {.points = 11.5};
	page_text(&w->page, LEFT, y, style, text);
	free(text);
	return y + 6;
}

/* Sums, who delivered, and whose list it is. */
static void foot(struct walk *w, size_t n, bool last)
{
	const struct text_style small = {.points = 10.5, .width = 72};
	enum language l = w->paper->language;
	double y = foot_line(w, FOOT, words_say(l, W_PAPER_WALK_SUM, say_count("n", n)));
	if (last)
		y = foot_line(w, y,
			      words_say(l, W_PAPER_WALK_BUILDING, say_text("building", w->building),
					say_count("n", w->n)));
	if (last && w->all != 0)
		foot_line(w, y, words_say(l, W_PAPER_WALK_ALL, say_count("n", w->all)));
	foot_line(w, FOOT + 20, word_copy(l, W_PAPER_WALK_BY));
	if (last)
		sender_put(&w->page, l, &w->paper->sender, RIGHT, FOOT, small, true);
}

static void page_of(struct walk *w, const struct walk_line *lines, size_t n, unsigned page)
{
	head(w, page);
	page_begin(&w->page, "Table");
	column_heads(w);
	grid(w, n);
	for (size_t i = 0; i < n; i++)
		row(&w->page, TOP + (double)i * ROW, &lines[i]);
	page_end(&w->page, "Table");
	foot(w, n, page == w->pages);
}

int walk_print(struct pdf *to, const struct paper *paper, const char *building,
	       const struct walk_line *lines, size_t n, size_t all, struct yihu_error *err)
{
	struct typeface type;
	struct walk w = {.page = {.type = &type, .to = to, .scale = 1, .err = err},
			 .paper = paper,
			 .building = building,
			 .n = n,
			 .all = all,
			 .pages = (unsigned)((n + ROWS - 1) / ROWS)};
	int r = typeface_open(&type, paper->language, err);
	for (size_t i = 0; i < n && r == 0; i += ROWS) {
		page_of(&w, lines + i, n - i < ROWS ? n - i : ROWS, (unsigned)(i / ROWS) + 1);
		r = w.page.failed != 0 ? w.page.failed : pdf_end_page(to, err);
	}
	typeface_close(&type);
	return r;
}
