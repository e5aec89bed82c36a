/* SPDX-License-Identifier: Apache-2.0
 *
 * The results poster. Everything is laid out twice: measured, to learn the
 * type size and how many sheets there are, and then drawn.
 */
#include "print/result.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "print/result_figures.h"
#include "print/result_head.h"
#include "print/result_row.h"
#include "print/result_winners.h"

#define ANSWER_LINES 12      /* of one answer; the page has all of it */
#define MOST_LISTED 12       /* winners by name above the table */
#define SMALLEST_POINTS 8.9  /* of rows on the paper; A3 has room for more of them */
#define LARGEST_OF_MANY 12.5 /* when one sheet does not hold them anyway */

static void put_projects(struct sheet *s)
{
	const struct published *r = s->paper->results;
	struct result_type type;
	result_type_fit(&type, &s->page, s->paper, s->points);
	size_t *order = yihu_shown_order(r);
	s->y += result_heads(&s->page, s->paper, s->points, s->y, s->draw);
	result_begin(&s->page, "Table", s->draw);
	for (size_t i = 0; i < r->n_projects; i++) {
		const struct result_project *p = &r->projects[order[i]];
		double height = result_row(&s->page, s->paper, p, &type, s->y, false);
		if (s->y + height > s->bottom) {
			result_end(&s->page, "Table", s->draw);
			sheet_continue_table(s);
			result_begin(&s->page, "Table", s->draw);
		}
		result_row(&s->page, s->paper, p, &type, s->y, s->draw);
		s->y += height;
	}
	result_end(&s->page, "Table", s->draw);
	free(order);
}

static void put_answers(struct sheet *s)
{
	const struct yihu_complaints *c = s->paper->complaints;
	const char *heading = word(s->paper->language, W_RESULT_ANSWERS);
	const struct text_style head = {
		.points = s->points, .bold = true, .width = RESULT_INNER, .lines = 1, .tag = "H2"};
	const struct text_style style = {
		.points = s->points * 0.95, .width = RESULT_INNER, .lines = ANSWER_LINES};
	for (size_t i = 0; c && i < c->n_answers; i++) {
		char *text = yihu_printf("%zu. %s", i + 1, c->answers[i]);
		for (char *lf = text; (lf = strchr(lf, '\n')) != NULL;)
			*lf = ' ';
		double height = page_text_height(&s->page, style, text);
		height += i == 0 ? page_text_height(&s->page, head, heading) : 0;
		if (s->y + height > s->bottom) {
			sheet_end(s);
			sheet_begin(s);
		}
		if (i == 0)
			sheet_put(s, head, heading);
		sheet_put(s, style, text);
		s->y += 1;
		free(text);
	}
}

/* Returns the sheets it takes. */
static unsigned lay_out(struct sheet *s, double points, unsigned of)
{
	s->points = points;
	s->number = 0;
	s->of = of;
	s->draw = of > 0;
	sheet_begin(s);
	result_head(s);
	result_winners(s);
	result_figures(s);
	put_projects(s);
	put_answers(s);
	sheet_end(s);
	return s->number;
}

struct choice {
	double points;
	unsigned sheets;
	bool listed;
};

/* The largest type on the fewest sheets. */
static struct choice choose(struct sheet *s, bool listed)
{
	static const double sizes[] = {18, 16, 14, 12.5, 11.5, 10.5, 9.5, 9, 8.2, 7.5, 6.8};
	struct choice best = {.sheets = UINT_MAX, .listed = listed};
	s->listed = listed;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes && best.sheets > 1; i++) {
		if (sizes[i] * s->page.scale < SMALLEST_POINTS)
			break;
		unsigned sheets = lay_out(s, sizes[i], 0);
		if (sheets > 1 && sizes[i] > LARGEST_OF_MANY)
			continue;
		best.points = sheets < best.sheets ? sizes[i] : best.points;
		best.sheets = sheets < best.sheets ? sheets : best.sheets;
	}
	return best;
}

/* The list of winners is left to the table where that saves a sheet, or where
 * it is a table by itself. */
static void draw(struct sheet *s)
{
	struct choice best = choose(s, s->paper->results->funded.n <= MOST_LISTED);
	struct choice without = best.sheets > 1 && best.listed ? choose(s, false) : best;
	if (without.sheets < best.sheets)
		best = without;
	s->listed = best.listed;
	lay_out(s, best.points, best.sheets);
}

int result_print(struct pdf *to, const struct result_paper *paper, double scale,
		 struct yihu_error *err)
{
	struct typeface type;
	struct sheet s = {.page = {.type = &type, .to = to, .scale = scale, .err = err},
			  .to = to,
			  .paper = paper};
	int r = typeface_open(&type, paper->language, err);
	if (r == 0) {
		draw(&s);
		r = s.page.failed;
	}
	typeface_close(&type);
	return r;
}
