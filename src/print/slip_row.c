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
		return words_join(e->language, rule_text_cost(e),
				  word_copy(e->language, W_PAPER_PICK_EMPTY));
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

/* In the list \n is written for a new paragraph; a row has one. */
static char *one_paragraph(const char *text)
{
	struct yihu_buf out = {0};
	for (const char *end; (end = strstr(text, "\\n")) != NULL; text = end + 2)
		yihu_buf_fmt(&out, "%.*s ", (int)(end - text), text);
	yihu_buf_str(&out, text);
	return (char *)out.data;
}

/* Cost first: what is cut off when the lines are full is the description. */
static char *about_text(const struct paper *e, size_t project)
{
	const struct yihu_definition *d = e->definition;
	const char *where = translated_project(e->language, d, project, "place");
	char *about = one_paragraph(translated_project(e->language, d, project, "description"));
	char *money = translated_money(e->language, d, d->projects[project].cost);
	char *place = *where == '\0'
			      ? yihu_strdup("")
			      : words_say(e->language, W_FORM_FACT,
					  say_text("key", word(e->language, W_TERM_PROJECT_PLACE)),
					  say_text("text", where));
	char *text = yihu_printf("%s%s%s%s%s", money, *place != '\0' ? "   " : "", place,
				 *about != '\0' ? "   " : "", about);
	free(about);
	free(money);
	free(place);
	return text;
}

/* A name that needs a second line for a character or two gets smaller type. */
static double name_points(struct page *p, const struct slip_type *t, const char *title,
			  double width)
{
	const struct text_style smaller = {.points = t->name - 1.5, .bold = true};
	const struct text_style style = {.points = t->name, .bold = true};
	bool helps = page_text_width(p, style, title) > width &&
		     page_text_width(p, smaller, title) <= width;
	return helps ? smaller.points : t->name;
}

static double texts(struct page *p, const struct paper *e, const struct slip_type *t,
		    size_t project, double y, bool draw)
{
	double x = PAGE_MARGIN + NUMBER_WIDTH, width = RIGHT - x - marks_width(e->definition) - 3;
	const struct text_style about = {.points = t->about, .width = width, .lines = t->lines};
	const char *title = translated_project(e->language, e->definition, project, "name");
	char *what = about_text(e, project);
	if (*title == '\0')
		title = e->definition->projects[project].id;
	const struct text_style name = {.points = name_points(p, t, title, width),
					.bold = true,
					.width = width,
					.lines = 5};
	double h = draw ? page_text(p, x, y, name, title) : page_text_height(p, name, title);
	h += draw ? page_text(p, x, y + h, about, what) : page_text_height(p, about, what);
	free(what);
	return h;
}

static double marks_height(const struct yihu_definition *d)
{
	return d->kind == YIHU_CONSENT ? BOX + 5.5 : BOX + 1;
}

double slip_row_height(struct page *p, const struct paper *e, const struct slip_type *t,
		       size_t project)
{
	double height = texts(p, e, t, project, 0, false), least = marks_height(e->definition);
	return height > least ? height : least;
}

void slip_row(struct page *p, const struct paper *e, const struct slip_type *t, size_t project,
	      double y, double row)
{
	double padding = (row - slip_row_height(p, e, t, project)) / 2;
	const struct text_style number = {.points = t->name + 2.5, .bold = true, .tag = "Lbl"};
	char *digits = yihu_printf("%zu", project + 1);
	page_begin(p, "LI");
	page_text(p, PAGE_MARGIN, y + padding - 0.8, number, digits);
	page_begin(p, "LBody");
	texts(p, e, t, project, y + padding, true);
	marks(p, e, y + (row - marks_height(e->definition)) / 2);
	page_end(p, "LBody");
	page_end(p, "LI");
	page_line(p, PAGE_MARGIN, y + row, RIGHT, y + row, 0.15);
	free(digits);
}
