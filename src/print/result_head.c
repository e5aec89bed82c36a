/* SPDX-License-Identifier: Apache-2.0
 *
 * The head of the results poster.
 */
#include "print/result_head.h"

#include <stdlib.h>

#include "print/result_row.h"

#define SENTENCE_MM 52.0 /* at most, for who won */

void result_head(struct sheet *s)
{
	const struct text_style kicker = {.points = 16,
					  .bold = true,
					  .width = RESULT_INNER,
					  .lines = 2,
					  .align = PAGE_CENTER};
	struct text_style title = kicker;
	title.points = 22;
	title.lines = 3;
	char *line = yihu_printf("%s  %s", s->paper->community,
				 word(s->paper->language, W_RESULT_POSTER));
	sheet_put(s, kicker, line);
	s->y += 1;
	sheet_put(s, title, s->paper->title);
	s->y += 2;
	free(line);
}

/* Names of winners as large as they fit; the table has them in any case. */
void result_sentence(struct sheet *s)
{
	static const double sizes[] = {20, 18, 16, 14, 12.5, 11};
	struct text_style style = {.bold = true, .width = RESULT_INNER - 8};
	const struct published *r = s->paper->results;
	char *text = yihu_result_sentence(r, s->paper->language);
	double height = SENTENCE_MM + 1, wanted = s->points < 11 ? SENTENCE_MM / 3 : SENTENCE_MM;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes && height > wanted; i++) {
		style.points = sizes[i];
		height = page_text_height(&s->page, style, text);
	}
	if (height > SENTENCE_MM) {
		free(text);
		text = words_say(s->paper->language, W_RESULT_POSTER_LIST,
				 say_count("n", r->funded.n));
		style.points = sizes[0];
		height = page_text_height(&s->page, style, text);
	}
	if (s->draw && s->page.failed == 0)
		page_box(&s->page, RESULT_LEFT, s->y, RESULT_INNER, height + 4, 0.6);
	result_text(&s->page, RESULT_LEFT + 4, s->y + 2, style, text, s->draw);
	s->y += height + 4 + 2.5;
	free(text);
}
