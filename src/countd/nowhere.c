/* SPDX-License-Identifier: Apache-2.0
 *
 * Who gets here with a browser mistyped an address, or a messenger mangled the
 * letter's link. The path may then hold the letter's code ("/v%231…"): it is
 * neither repeated nor logged, and to a program alone it is named.
 */
#include "nowhere.h"

#include <string.h>

#include "pages.h"
#include "reply.h"
#include "words/words.h"

/* "/V", "/v/", "/v#1…": a browser keeps what stands behind the '#' on its way. */
static const char *letter_page(const char *path)
{
	if (strncasecmp(path, "/v", 2) != 0 || !page_find("/v"))
		return NULL;
	if (strcmp(path + 2, "/") == 0)
		return "../v";
	if (strchr(path + 1, '/')) /* "v" would be beside it, and lead here again */
		return NULL;
	return path[2] == '\0' || path[2] == '#' || path[2] == '%' ? "v" : NULL;
}

static void answer_people(struct exchange *x)
{
	struct yihu_buf page = {0};
	yihu_buf_str(&page, "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
			    "<meta name=\"viewport\" content=\"width=device-width\">\n"
			    "<title>404</title>\n</head>\n<body>\n");
	for (size_t i = 0; i < words_languages(); i++) {
		enum language l = (enum language)i;
		yihu_buf_fmt(&page, "<p lang=\"%s\" dir=\"%s\">%s <a href=\"/\">%s</a></p>\n",
			     words_tag(l), words_right_to_left(l) ? "rtl" : "ltr",
			     word(l, W_TERM_NO_PAGE), word(l, W_TERM_FRONT_PAGE));
	}
	yihu_buf_str(&page, "</body>\n</html>\n");
	answer_text(&x->answer, MHD_HTTP_NOT_FOUND, "text/html; charset=utf-8",
		    (const char *)page.data);
	yihu_buf_free(&page);
}

void nowhere_answer(struct exchange *x, const char *method)
{
	bool reads = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	const char *letter = reads ? letter_page(x->path) : NULL;
	x->answer.by_accept = true;
	if (letter) {
		answer_text(&x->answer, MHD_HTTP_SEE_OTHER, "text/plain", "");
		x->answer.location = letter;
	} else if (reads && exchange_names(x, "Accept", "text/html")) {
		answer_people(x);
	} else {
		answer_error(&x->answer, MHD_HTTP_NOT_FOUND, YIHU_ENOENT,
			     _("there is nothing at %s"), x->path);
	}
}
