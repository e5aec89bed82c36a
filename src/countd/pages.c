/* SPDX-License-Identifier: Apache-2.0
 *
 * Serving the pages. Nothing is loaded from elsewhere, no other page may frame them,
 * and those that take in what a household types are not kept by a browser.
 */
#include "pages.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <yihu/publish.h>

#include "calls.h"
#include "file_calls.h"
#include "front.h"
#include "public_files.h"
#include "reply.h"

#define CSP_COMMON                                                                                 \
	"default-src 'none'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "   \
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
#define CSP_PAGE CSP_COMMON "script-src 'self'"
#define CSP_CAMERA CSP_COMMON "media-src 'self' blob:; script-src 'self' 'wasm-unsafe-eval'"

/* Board and verifying page also as NAME.html, by which those in a copy of the public
 * folder know each other. */
const struct built_page *page_find(const char *path)
{
	const char *name = strcmp(path, "/board.html") == 0    ? "/board"
			   : strcmp(path, "/verify.html") == 0 ? "/verify"
							       : path;
	for (size_t i = 0; i < n_pages; i++)
		if (strcmp(pages[i].path, name) == 0)
			return &pages[i];
	return NULL;
}

/* Where the page's script draws, once it has come. On a slow line that takes seconds,
 * so the election's name stands there from the page's first bytes. */
#define PLACE "<p>……</p>"

static void put_name(struct yihu_buf *out, const struct yihu_definition *d)
{
	static const char *const keys[] = {"unit", "subunit", "description"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *text = yihu_definition_meta(d, keys[i]);
		if (!text)
			continue;
		yihu_buf_str(out, "<p>");
		yihu_html_text(out, text);
		yihu_buf_str(out, "</p>");
	}
	yihu_buf_str(out, PLACE);
}

/* Whether the page has such a place. One that is saved and compared as it is, with
 * all its scripts within, has none. */
static bool put_named(struct exchange *x, const struct built_page *page)
{
	const unsigned char *place =
		page->csp ? NULL : memmem(page->plain, page->plain_len, PLACE, strlen(PLACE));
	struct yihu_buf *body = &x->answer.body;
	if (!place)
		return false;
	size_t before = (size_t)(place - page->plain), after = before + strlen(PLACE);
	yihu_buf_put(body, page->plain, before);
	put_name(body, x->f->election->definition);
	yihu_buf_put(body, page->plain + after, page->plain_len - after);
	x->answer.etag = etag_of_bytes(body->data, body->len);
	return true;
}

static void put_built(struct exchange *x, const struct built_page *page)
{
	struct answer *a = &x->answer;
	bool gzip = page->gzip && exchange_names(x, "Accept-Encoding", "gzip");
	a->fixed = gzip ? page->gzip : page->plain;
	a->fixed_len = gzip ? page->gzip_len : page->plain_len;
	a->content_encoding = gzip ? "gzip" : NULL;
	snprintf(a->etag.text, sizeof a->etag.text, "%s", page->etag);
	if (gzip)
		a->etag = etag_compressed(&a->etag);
}

static void answer_page(struct exchange *x, const struct built_page *page)
{
	struct answer *a = &x->answer;
	bool named = put_named(x, page);
	if (!named)
		put_built(x, page);
	/* What a household types into them is not to come back with a browser's "back". */
	a->cache = named ? NULL : "no-cache";
	a->content_type = page->content_type;
	a->csp = page->policy == PAGE_CAMERA ? CSP_CAMERA : CSP_PAGE;
	if (page->csp)
		a->csp = page->csp;
	a->permissions = page->policy == PAGE_CAMERA
				 ? "camera=(self), microphone=(), geolocation=()"
				 : "camera=(), microphone=(), geolocation=()";
	a->status = MHD_HTTP_OK;
	x->answer.made = true;
}

void page_handle(struct exchange *x)
{
	const struct built_page *page = page_find(x->path);
	assert(page != NULL); /* the route is taken only where there is one */
	answer_page(x, page);
}

/* Both are public: the header decides what is useful, and nothing more. */
void results_handle(struct exchange *x)
{
	const struct built_page *page = page_find(x->path);
	struct yihu_error err = {0};
	x->answer.by_accept = true;
	if (!exchange_names(x, "Accept", "text/html")) {
		file_handle(x);
		return;
	}
	bool published = false;
	int r = public_has(&published, x->f->public_dir, "results", &err);
	if (r == 0 && published)
		r = file_answer(x, "site/results.html", &err);
	if (r != 0 && r != YIHU_ENOENT)
		file_refuse(x, &err);
	else if (r == 0 && published)
		return;
	else if (page)
		answer_page(x, page);
	else
		file_handle(x);
}
