/* SPDX-License-Identifier: Apache-2.0
 *
 * A project on the slip: its number, what it is and costs, and where to mark.
 */
#include "print/slip_row.h"

#include <stdlib.h>
#include <string.h>

#include "print/rule_text.h"

#define RIGHT (A4_WIDTH - PAGE_MARGIN)
#define BOX 9.0
#define CONSENT_STEP 18.0
#define NUMBER_WIDTH 12.5
/* From here on a slip is many sheets, and saves paper by smaller rows. */
#define MANY_PROJECTS 21

static bool many(const struct paper *e)
{
	return e->definition->n_projects >= MANY_PROJECTS;
}

/* ---- how to mark ---- */

static char *pick(const struct paper *e)
{
	const struct yihu_definition *d = e->definition;
	unsigned least = d->min_length, most = d->max_length;
	if (least == most)
		return words_say(e->language, W_PAPER_PICK_EXACTLY, say_count("n", most));
	if (least > 0)
		return words_say(e->language, W_PAPER_PICK_BETWEEN, say_count("least", least),
				 say_count("most", most));
	if (most < d->n_projects)
		return words_say(e->language, W_PAPER_PICK_MOST, say_count("most", most));
	return word_copy(e->language, W_PAPER_PICK_ANY);
}

static char *main_rule(const struct paper *e)
{
	const struct yihu_definition *d = e->definition;
	switch (d->kind) {
	case YIHU_CONSENT:
		return word_copy(e->language, W_PAPER_CONSENT_HOW);
	case YIHU_SCORING:
		return words_say(e->language, W_PAPER_SCORING_HOW, say_count("most", d->radix - 1));
	case YIHU_CUMULATIVE:
		return words_say(e->language, W_PAPER_CUMULATIVE_HOW,
				 say_count("all", d->max_sum_points),
				 say_count("each", d->radix - 1));
	case YIHU_ORDINAL:
		return word_copy(e->language, W_PAPER_ORDINAL_HOW);
	default:
		return pick(e);
	}
}

static char *limits(const struct paper *e)
{
	const struct yihu_definition *d = e->definition;
	bool all = d->min_length == 0 && d->max_length == d->n_projects;
	if (d->kind == YIHU_APPROVAL)
		return rule_text_cost(e);
	if (all || d->kind == YIHU_CONSENT)
		return yihu_strdup("");
	if (d->min_length == 0)
		return words_say(e->language, W_PAPER_LENGTHS_MOST,
				 say_count("most", d->max_length));
	return words_say(e->language, W_PAPER_LENGTHS, say_count("least", d->min_length),
			 say_count("most", d->max_length));
}

char *slip_rule(const struct paper *e)
{
	return words_join(e->language, main_rule(e), limits(e));
}

/* ---- where to mark ---- */

static double marks_width(const struct yihu_definition *d)
{
	return d->kind == YIHU_CONSENT ? 3 * CONSENT_STEP : 24;
}

static void labelled_box(struct page *p, double x, double y, const char *label)
{
	const struct text_style style = {.points = 11, .align = PAGE_CENTER};
	page_box(p, x - BOX / 2, y, BOX, BOX, 0.4);
	page_text(p, x, y + BOX + 0.3, style, label);
}

/* A wide box for a number. */
static void number_box(struct page *p, double y, const char *label)
{
	const struct text_style style = {.points = 11};
	double unit = page_text_width(p, style, label);
	page_box(p, RIGHT - unit - 17, y, 15, BOX + 1, 0.4);
	page_text(p, RIGHT - unit, y + 3.2, style, label);
}

static void marks(struct page *p, const struct paper *e, double y)
{
	static const enum word answers[] = {W_TERM_AGREE, W_TERM_AGAINST, W_TERM_ABSTAIN};
	double x = RIGHT - 2.5 * CONSENT_STEP;
	switch (e->definition->kind) {
	case YIHU_APPROVAL:
		page_box(p, RIGHT - BOX - 3, y, BOX, BOX, 0.5);
		break;
	case YIHU_CONSENT:
		for (int i = 0; i < 3; i++)
			labelled_box(p, x + i * CONSENT_STEP, y, word(e->language, answers[i]));
		break;
	case YIHU_ORDINAL:
		number_box(p, y, word(e->language, W_PAPER_RANK));
		break;
	default:
		number_box(p, y, word(e->language, W_PAPER_POINTS));
	}
}

/* ---- the row ---- */

/* Cost first: what is cut off when the line is full is the description. */
static char *cost_line(const struct paper *e, size_t project)
{
	const struct yihu_definition *d = e->definition;
	const char *about = translated_project(e->language, d, project, "description");
	char *money = print_money(e->language, d, d->projects[project].cost);
	char *line = yihu_printf("%s%s%s", money, *about != '\0' ? "   " : "", about);
	free(money);
	return line;
}

/* A name that needs a second line for a character or two gets smaller type. */
static double name_points(struct page *p, const struct paper *e, const char *title, double width)
{
	double usual = many(e) ? 13 : 14.5;
	const struct text_style smaller = {.points = usual - 1.5, .bold = true};
	const struct text_style style = {.points = usual, .bold = true};
	bool helps = page_text_width(p, style, title) > width &&
		     page_text_width(p, smaller, title) <= width;
	return helps ? smaller.points : usual;
}

static double texts(struct page *p, const struct paper *e, size_t project, double y, bool draw)
{
	double x = PAGE_MARGIN + NUMBER_WIDTH, width = RIGHT - x - marks_width(e->definition) - 3;
	const struct text_style about = {
		.points = many(e) ? 10.5 : 11.5, .width = width, .lines = 1};
	const char *title = translated_project(e->language, e->definition, project, "name");
	char *cost = cost_line(e, project);
	if (*title == '\0')
		title = e->definition->projects[project].id;
	const struct text_style name = {.points = name_points(p, e, title, width),
					.bold = true,
					.width = width,
					.lines = 5};
	double h = draw ? page_text(p, x, y, name, title) : page_text_height(p, name, title);
	h += draw ? page_text(p, x, y + h, about, cost) : page_text_height(p, about, cost);
	free(cost);
	return h;
}

double slip_row(struct page *p, const struct paper *e, double padding, size_t project, double y,
		bool draw)
{
	bool labels = e->definition->kind == YIHU_CONSENT;
	double marks_height = labels ? BOX + 5.5 : BOX + 1;
	double height = texts(p, e, project, y, false);
	double row = (height > marks_height ? height : marks_height) + 2 * padding;
	if (!draw)
		return row;
	const struct text_style number = {.points = many(e) ? 15 : 17, .bold = true};
	char *digits = yihu_printf("%zu", project + 1);
	page_text(p, PAGE_MARGIN, y + padding - 0.8, number, digits);
	texts(p, e, project, y + padding, true);
	marks(p, e, y + (row - marks_height) / 2);
	page_line(p, PAGE_MARGIN, y + row, RIGHT, y + row, 0.15);
	free(digits);
	return row;
}
