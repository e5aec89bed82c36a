/* SPDX-License-Identifier: Apache-2.0
 *
 * Where an answer may send a reader of a public folder.
 */
#include "fetch/redirect.h"

#include <curl/curl.h>
#include <string.h>

struct url_origin {
	char *scheme, *host, *port, *user;
};

static bool place_of(struct url_origin *out, const char *url)
{
	CURLU *u = curl_url();
	*out = (struct url_origin){0};
	bool ok = u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
		  curl_url_get(u, CURLUPART_SCHEME, &out->scheme, 0) == CURLUE_OK &&
		  curl_url_get(u, CURLUPART_HOST, &out->host, 0) == CURLUE_OK &&
		  curl_url_get(u, CURLUPART_PORT, &out->port, CURLU_DEFAULT_PORT) == CURLUE_OK;
	if (ok && curl_url_get(u, CURLUPART_USER, &out->user, 0) != CURLUE_OK)
		out->user = NULL;
	curl_url_cleanup(u);
	return ok;
}

static void place_finish(struct url_origin *p)
{
	curl_free(p->scheme);
	curl_free(p->host);
	curl_free(p->port);
	curl_free(p->user);
}

bool http_redirect_allowed(const char *from, const char *to)
{
	struct url_origin a, b;
	bool both = place_of(&a, from);
	both = place_of(&b, to) && both;
	bool same_scheme = both && strcmp(a.scheme, b.scheme) == 0 && strcmp(a.port, b.port) == 0;
	bool to_https = both && strcmp(a.scheme, "http") == 0 && strcmp(a.port, "80") == 0 &&
			strcmp(b.scheme, "https") == 0 && strcmp(b.port, "443") == 0;
	bool allowed = both && strcmp(a.host, b.host) == 0 && !b.user &&
		       (same_scheme || to_https) &&
		       (strcmp(b.scheme, "http") == 0 || strcmp(b.scheme, "https") == 0);
	place_finish(&a);
	place_finish(&b);
	return allowed;
}
