/* SPDX-License-Identifier: Apache-2.0
 *
 * The sender: on the right, as a notice is signed. The seal goes over name and
 * date.
 */
#include "print/sender.h"

#include <stdlib.h>

static double line(struct page *p, double right, double y, struct text_style s, const char *text,
		   bool draw)
{
	return draw ? page_text(p, right - s.width, y, s, text) : page_text_height(p, s, text);
}

double sender_contact(struct page *p, enum language l, const struct sender *s, double right,
		      double y, struct text_style type, bool draw)
{
	char *place = s->place ? words_say(l, W_PAPER_SENDER_PLACE, say_text("place", s->place))
			       : yihu_strdup("");
	char *phone = s->phone ? words_say(l, W_PAPER_SENDER_PHONE, say_text("phone", s->phone))
			       : yihu_strdup("");
	char *both = yihu_printf("%s%s%s", place, s->place && s->phone ? "    " : "", phone);
	struct text_style one = type;
	double h = 0;
	one.width = 0;
	if (page_text_width(p, one, both) <= type.width && *both != '\0')
		h = line(p, right, y, type, both, draw);
	else if (*both != '\0') {
		h = s->place ? line(p, right, y, type, place, draw) : 0;
		h += s->phone ? line(p, right, y + h, type, phone, draw) : 0;
	}
	free(place);
	free(phone);
	free(both);
	return h;
}

double sender_put(struct page *p, enum language l, const struct sender *s, double right, double y,
		  struct text_style type, bool draw)
{
	struct text_style name = type;
	double h = 0;
	type.align = name.align = PAGE_RIGHT;
	type.lines = name.lines = 2;
	name.bold = true;
	if (s->name)
		h += line(p, right, y, name, s->name, draw);
	h += sender_contact(p, l, s, right, y + h, type, draw);
	type.width = 0;
	const char *seal = word(l, W_PAPER_SENDER_SEAL);
	return h +
	       (draw ? page_text(p, right, y + h, type, seal) : page_text_height(p, type, seal));
}

void sender_fit(struct page *p, enum language l, const struct sender *s, double right, double y,
		struct text_style type, double room)
{
	while (type.points > 7 && sender_put(p, l, s, right, y, type, false) > room)
		type.points -= 0.5;
	sender_put(p, l, s, right, y, type, true);
}
