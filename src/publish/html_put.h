/* SPDX-License-Identifier: Apache-2.0
 *
 * The results page, inside: what puts text and markup onto it, and its parts.
 */
#ifndef YIHU_PUBLISH_HTML_PUT_H
#define YIHU_PUBLISH_HTML_PUT_H

#include "publish/sentences.h"

/* Borrowed. */
struct html {
	struct yihu_buf *out;
	const struct published *r;
	const struct yihu_complaints *complaints; /* or NULL */
	const struct yihu_standing *standing;     /* or NULL */
	enum language l;
};

/* Escaped: whatever comes from results.json goes this way. */
void html_text(struct html *g, const char *text);
/* As it is: never what comes from elsewhere. */
void html_markup(struct html *g, const char *markup);
/* <tag …>text</tag>; open is the tag with its attributes. Frees text. */
void html_owned(struct html *g, const char *open, char *text);
/* The same with a word of the catalogue. */
void html_word(struct html *g, const char *open, enum word w);

/* The paper's number of a project, as letters, slips and the voting page have it. */
void html_number(struct html *g, size_t project);

/* A bar: dark part, then outlined part, in a frame, and a mark (0: none). The
 * figures stand beside it as text, so it is hidden from screen readers. */
void html_bar(struct html *g, unsigned dark, unsigned outlined, unsigned mark);

#endif
