/* SPDX-License-Identifier: Apache-2.0
 *
 * Text, markup and bars of the results page.
 */
#include "publish/html_put.h"

#include <stdlib.h>
#include <string.h>

void yihu_html_text(struct yihu_buf *out, const char *text)
{
	static const char *const escapes[256] = {['&'] = "&amp;",
						 ['<'] = "&lt;",
						 ['>'] = "&gt;",
						 ['"'] = "&quot;",
						 ['\''] = "&#39;"};
	for (; *text; text++) {
		const char *escape = escapes[(unsigned char)*text];
		if (escape)
			yihu_buf_str(out, escape);
		else
			yihu_buf_u8(out, (uint8_t)*text);
	}
}

void html_text(struct html *g, const char *text)
{
	yihu_html_text(g->out, text);
}

void html_markup(struct html *g, const char *markup)
{
	yihu_buf_str(g->out, markup);
}

void html_owned(struct html *g, const char *open, char *text)
{
	yihu_buf_fmt(g->out, "<%s>", open);
	html_text(g, text);
	yihu_buf_fmt(g->out, "</%.*s>\n", (int)strcspn(open, " "), open);
	free(text);
}

void html_word(struct html *g, const char *open, enum word w)
{
	html_owned(g, open, word_copy(g->l, w));
}

void html_number(struct html *g, size_t project)
{
	yihu_buf_fmt(g->out, "<b class=\"number\">%zu</b> ", project + 1);
}

void html_bar(struct html *g, unsigned dark, unsigned outlined, unsigned mark)
{
	yihu_buf_fmt(
		g->out,
		"<svg viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
		"<rect width=\"1000\" height=\"20\" fill=\"#e4e4e4\"/>"
		"<rect width=\"%u\" height=\"20\" fill=\"#1f5f5b\"/>",
		dark);
	if (outlined)
		yihu_buf_fmt(g->out,
			     "<rect x=\"%u\" y=\"1\" width=\"%u\" height=\"18\" fill=\"#fff\" "
			     "stroke=\"#8a2b0e\" stroke-width=\"2\" "
			     "vector-effect=\"non-scaling-stroke\"/>",
			     dark, outlined);
	if (mark)
		yihu_buf_fmt(
			g->out,
			"<rect x=\"%u\" width=\"7\" height=\"20\" fill=\"#000\" stroke=\"#fff\" "
			"stroke-width=\"4\"/>",
			mark);
	html_markup(g, "</svg>\n");
}
