/* SPDX-License-Identifier: Apache-2.0
 *
 * Who answers for a paper: at its end, where the seal goes.
 */
#ifndef YIHU_PRINT_SENDER_H
#define YIHU_PRINT_SENDER_H

#include "print/page.h"

/* All borrowed; what is NULL is not printed. */
struct sender {
	const char *name, *phone, *place;
};
/* Place and telephone alone, on one line when they fit there, from the edge that
 * type.align says. Returns its height, 0 without them; drawn only when `draw`. */
double sender_contact(struct page *p, enum language l, const struct sender *s, double right,
		      double y, struct text_style type, bool draw);
/* Name, place and telephone, and a line for seal and date, which is there also
 * without them: from y on, the lines ending at `right`, at most so wide. Returns
 * its height; drawn only when `draw`. */
double sender_put(struct page *p, enum language l, const struct sender *s, double right, double y,
		  struct text_style type, bool draw);
/* Draws it in the largest type, from type.points down, that fits into `room` mm. */
void sender_fit(struct page *p, enum language l, const struct sender *s, double right, double y,
		struct text_style type, double room);

#endif
