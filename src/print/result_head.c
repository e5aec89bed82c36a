/* SPDX-License-Identifier: Apache-2.0
 *
 * The head of the results poster.
 */
#include "print/result_head.h"

#include <stdlib.h>

void result_head(struct sheet *s)
{
	const struct text_style kicker = {.points = s->points < 10 ? 14 : 16,
					  .bold = true,
					  .width = RESULT_INNER,
					  .lines = 2,
					  .align = PAGE_CENTER};
	struct text_style title = kicker;
	title.points = s->points < 10 ? 19 : 22;
	title.lines = 3;
	title.tag = "H1";
	enum language l = s->paper->language;
	char *line = words_say(l, W_PAPER_HEADING, say_text("first", s->paper->community),
			       say_text("second", word(l, W_RESULT_POSTER)));
	sheet_put(s, kicker, line);
	s->y += 1;
	sheet_put(s, title, s->paper->title);
	s->y += 2;
	free(line);
}
