/* SPDX-License-Identifier: Apache-2.0
 *
 * The form for a passphrase: whose it is, boxes to write it in, who sealed it.
 */
#include "print/envelope.h"

#include "print/page.h"

#include <stdlib.h>

#define LEFT 20.0
#define RIGHT (A4_WIDTH - 20.0)
#define INNER (RIGHT - LEFT)
#define BOX 12.0
#define BOXES_A_LINE 14
#define LABEL 42.0 /* mm that a line's label has */

struct form {
	struct page page;
	const struct envelope *envelope;
};

static const char *words_of(const struct form *f, enum word w)
{
	return word(f->envelope->language, w);
}

static double paragraph(struct form *f, double y, double points, bool bold, const char *text)
{
	const struct text_style style = {.points = points,
					 .bold = bold,
					 .width = INNER,
					 .tag = points > 20 ? "H1"
						: bold      ? "H2"
							    : "P"};
	return y + page_text(&f->page, LEFT, y, style, text) + 2;
}

/* A label, and what is known or a line to write on. */
static double field(struct form *f, double y, const char *label, const char *value)
{
	const struct text_style small = {.points = 12, .width = LABEL - 2};
	const struct text_style large = {.points = 16, .bold = true, .width = INNER - LABEL};
	double h = page_text(&f->page, LEFT, y + 1, small, label);
	if (*value == '\0')
		page_line(&f->page, LEFT + LABEL, y + 8, RIGHT, y + 8, 0.3);
	else
		page_text(&f->page, LEFT + LABEL, y, large, value);
	return y + (h > 9 ? h : 9) + 3;
}

static double whose(struct form *f, double y)
{
	const struct envelope *e = f->envelope;
	char *role = e->holder == 0 ? word_copy(e->language, W_PAPER_ENVELOPE_CLERK)
				    : words_say(e->language, W_PAPER_ENVELOPE_HOLDER,
						say_count("n", e->holder));
	y = paragraph(f, y, 26, true, words_of(f, W_PAPER_ENVELOPE));
	y = paragraph(f, y, 14, false, translated_meta(e->language, e->definition, "description")) +
	    3;
	y = field(f, y, words_of(f, W_PAPER_ENVELOPE_ROLE), role);
	y = field(f, y, words_of(f, W_PAPER_ENVELOPE_NAME), e->name);
	y = field(f, y, words_of(f, W_PAPER_SHORT_PRINT), e->short_print ? e->short_print : "");
	free(role);
	return y + 2;
}

/* Two lines of boxes: 28 characters. */
static double boxes(struct form *f, double y)
{
	y = paragraph(f, y, 13, true, words_of(f, W_PAPER_ENVELOPE_WRITE));
	for (int line = 0; line < 2; line++, y += BOX + 4)
		for (int i = 0; i < BOXES_A_LINE; i++)
			page_box(&f->page, LEFT + i * BOX, y, BOX, BOX, 0.25);
	return y + 2;
}

static void form(struct form *f)
{
	double y = boxes(f, whose(f, 20));
	y = paragraph(f, y, 12, false, words_of(f, W_PAPER_ENVELOPE_HOW));
	y = paragraph(f, y, 12, false, words_of(f, W_PAPER_ENVELOPE_APART)) + 5;
	y = field(f, y, words_of(f, W_PAPER_ENVELOPE_DATE), "");
	y = field(f, y, words_of(f, W_PAPER_ENVELOPE_SEALED), "");
	y = field(f, y, words_of(f, W_PAPER_ENVELOPE_SEALED), "") + 5;
	page_line(&f->page, LEFT, y, RIGHT, y, 0.6);
	y = field(f, y + 5, words_of(f, W_PAPER_ENVELOPE_OPENED), "");
	y = field(f, y, words_of(f, W_PAPER_ENVELOPE_DATE), "");
	field(f, y, words_of(f, W_PAPER_ENVELOPE_WHY), "");
}

int envelope_print(struct pdf *to, const struct envelope *e, struct yihu_error *err)
{
	struct typeface type;
	struct form f = {.page = {.type = &type, .to = to, .scale = 1, .err = err}, .envelope = e};
	int r = typeface_open(&type, e->language, err);
	if (r == 0) {
		form(&f);
		r = f.page.failed != 0 ? f.page.failed : pdf_end_page(to, err);
	}
	typeface_close(&type);
	return r;
}
