/* SPDX-License-Identifier: Apache-2.0
 *
 * Serving the pages. Nothing of them is kept by a browser, nothing is loaded
 * from elsewhere, and no other page may frame them.
 */
#include "pages.h"

#include <assert.h>
#include <string.h>

#include "internal.h"

#define CSP_COMMON                                                                                 \
	"default-src 'none'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "   \
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
#define CSP_PAGE CSP_COMMON "script-src 'self'"
#define CSP_CAMERA CSP_COMMON "media-src 'self' blob:; script-src 'self' 'wasm-unsafe-eval'"

const struct page *page_find(const char *path)
{
	for (size_t i = 0; i < n_pages; i++)
		if (strcmp(pages[i].path, path) == 0)
			return &pages[i];
	return NULL;
}

static bool takes_gzip(struct request *r)
{
	const char *accept =
		MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, "Accept-Encoding");
	return accept != NULL && strstr(accept, "gzip") != NULL;
}

void page_handle(struct request *r)
{
	const struct page *page = page_find(r->path);
	struct answer *a = &r->answer;
	assert(page != NULL); /* the route is taken only where there is one */
	bool gzip = takes_gzip(r);
	a->fixed = gzip ? page->gzip : page->plain;
	a->fixed_len = gzip ? page->gzip_len : page->plain_len;
	a->content_encoding = gzip ? "gzip" : NULL;
	a->content_type = page->content_type;
	a->csp = page->policy == PAGE_CAMERA ? CSP_CAMERA : CSP_PAGE;
	a->permissions = page->policy == PAGE_CAMERA
				 ? "camera=(self), microphone=(), geolocation=()"
				 : "camera=(), microphone=(), geolocation=()";
	a->status = MHD_HTTP_OK;
	r->answered = true;
}
