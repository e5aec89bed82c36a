/* SPDX-License-Identifier: Apache-2.0
 *
 * The foot of the results poster: the election it is of, where its page is,
 * who signed the results, and room for the committee's stamp.
 */
#include "print/result_foot.h"

#include <stdlib.h>

#include <yihu/charter.h>

#include "print/result_row.h"

#define BLANK "________________" /* for a pen */
#define CODE 31.0

/* As large as the width lets it be. */
static double short_print(struct page *p, const struct result_paper *paper, double y, double width,
			  bool draw)
{
	uint8_t eid[YIHU_EID_BYTES];
	char print[YIHU_SHORT_PRINT_BYTES];
	struct text_style big = {.points = 11, .bold = true};
	if (!yihu_unhex(eid, sizeof eid, yihu_span(paper->results->eid)))
		return 0;
	yihu_short_print(print, eid);
	while (big.points < 22 && page_text_width(p, big, print) < width)
		big.points += 0.5;
	big.points -= 0.5;
	return result_text(p, RESULT_LEFT, y, big, print, draw);
}

static void code(struct page *p, const struct result_paper *paper, double y)
{
	const struct text_style style = {
		.points = 10.5, .width = CODE + 6, .lines = 1, .align = PAGE_CENTER};
	struct page_code code = {0};
	if (p->failed == 0)
		p->failed = page_code_text(&code, paper->url, p->err);
	char *alt = words_say(paper->language, W_PAPER_ALT_CODE,
			      say_text("what", word(paper->language, W_RESULT_POSTER_PAGE)));
	page_figure(p, alt);
	page_code(p, RESULT_RIGHT - CODE, y, CODE, &code);
	page_end(p, "Figure");
	page_code_finish(&code);
	free(alt);
	page_text(p, RESULT_RIGHT - CODE - 3, y + CODE, style,
		  word(paper->language, W_RESULT_POSTER_PAGE));
}

static char *signed_by(const struct result_paper *paper)
{
	if (*paper->holders == '\0')
		return word_copy(paper->language, W_RESULT_POSTER_SIGNED_ISSUER);
	return words_say(paper->language, W_RESULT_POSTER_SIGNED,
			 say_text("names", paper->holders));
}

/* Who publishes, where the seal goes; and for how long it hangs. */
static double stamp(struct page *p, const struct result_paper *paper, double y, double width,
		    bool draw)
{
	enum language l = paper->language;
	const struct sender *s = &paper->sender;
	const struct text_style style = {.points = 10.5, .width = width, .lines = 1};
	bool dated = paper->standing && paper->standing->until > 0; /* above, for how long */
	if (!s->name && !dated)
		return result_text(p, RESULT_LEFT, y, style, word(l, W_RESULT_POSTER_STAMP), draw);
	char *by = words_say(l, W_RESULT_POSTER_BY, say_text("name", s->name ? s->name : BLANK));
	double h = result_text(p, RESULT_LEFT, y, style, by, draw);
	h += sender_contact(p, l, s, RESULT_LEFT + width, y + h, style, draw);
	free(by);
	if (dated)
		return h;
	return h + result_text(p, RESULT_LEFT, y + h, style, word(l, W_RESULT_POSTER_DAYS), draw);
}

double result_foot(struct page *p, const struct result_paper *paper, double y, bool draw)
{
	enum language l = paper->language;
	double top = y, width = RESULT_INNER - (paper->url ? CODE + 6 : 0);
	const struct text_style small = {.points = 10, .width = width, .lines = 4};
	const struct text_style fine = {.points = 8.5, .width = width};
	char *hex = yihu_printf("%s %s", word(l, W_TERM_EID), paper->results->eid);
	char *names = signed_by(paper);
	const char *where = paper->url ? paper->url : word(l, W_RESULT_POSTER_GET);
	y += 1.5;
	y += result_text(p, RESULT_LEFT, y, small, word(l, W_RESULT_POSTER_PRINT), draw);
	y += short_print(p, paper, y, width, draw);
	y += result_text(p, RESULT_LEFT, y, fine, hex, draw) + 0.5;
	y += result_text(p, RESULT_LEFT, y, small, where, draw);
	y += result_text(p, RESULT_LEFT, y, small, names, draw) + 1;
	if (draw && p->failed == 0)
		page_line(p, RESULT_LEFT, top, RESULT_RIGHT, top, 0.6);
	if (draw && paper->url)
		code(p, paper, top + 0.5);
	if (paper->sender.name)
		y += 1.5 + stamp(p, paper, y + 1.5, width, draw);
	if (paper->url && y < top + CODE + 6)
		y = top + CODE + 6;
	if (!paper->sender.name)
		y += 1.5 + stamp(p, paper, y + 1.5, RESULT_INNER, draw);
	free(hex);
	free(names);
	return y - top;
}
