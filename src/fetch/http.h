/* SPDX-License-Identifier: Apache-2.0
 *
 * A plain HTTP client (libcurl): one call, one answer, bounded in size and
 * time. Certificates are checked. The daemon's API redirects nobody; a web host
 * may, within itself.
 */
#ifndef YIHU_FETCH_HTTP_H
#define YIHU_FETCH_HTTP_H

#include <yihu/bytes.h>
#include <yihu/error.h>

struct http_client;
/* url: "https://HOST[:PORT]"; http only where the token's URL may be http. Or
 * "unix:/PATH", a socket of this computer. */
int http_client_new(struct http_client **out, const char *url, struct yihu_error *err);
/* For a public folder, wherever it is served: "http[s]://HOST[:PORT][/PATH]" with
 * host and path as in an origin (PROTOCOL §4), and perhaps a final '/'. Follows
 * redirects within the host; takes bytes as they are, in no encoding. Nothing
 * is believed that comes: http will do. YIHU_EARG for another form. */
int http_client_new_folder(struct http_client **out, const char *url, struct yihu_error *err);
bool http_is_url(const char *text); /* begins with http:// or https://, in any case */
/* NULL is fine. */
void http_client_free(struct http_client *c);
/* As it was given, to be shown. Borrowed. */
const char *http_client_url(const struct http_client *c);
/* From now on a call gives up after so many seconds, at least 1 (else 600). */
void http_client_timeout(struct http_client *c, unsigned seconds);

/* From now on a GET that the server has no time for (503 with Retry-After) is asked
 * again for so long; at first, not at all. */
void http_client_patience(struct http_client *c, unsigned seconds);

struct http_answer {
	long status; /* 200 … */
	struct yihu_buf body;
	unsigned retry_after_s; /* 0: none given */
};
/* Frees the body. */
void http_answer_finish(struct http_answer *a);

/* path begins with '/'. 0 when an answer came, whatever its status; YIHU_ENET
 * when none did (for a POST: it is not known whether it was done). Bodies over
 * max are YIHU_ETOOBIG; a folder's answer that is elsewhere or encoded,
 * YIHU_ESTATE. */
int http_get(struct http_client *c, const char *path, size_t max, struct http_answer *out,
	     struct yihu_error *err);
int http_post(struct http_client *c, const char *path, const void *body, size_t len,
	      struct http_answer *out, struct yihu_error *err);
/* The same with a header more ("Name: value", NULL: none); of a large body it asks
 * first whether it may come. */
int http_post_with(struct http_client *c, const char *path, const char *header, const void *body,
		   size_t len, struct http_answer *out, struct yihu_error *err);
/* The daemon's {"error","message"} of a refusal as our error, with its code
 * (by slug); "HTTP 500" where there is none. Returns the code. */
int http_refusal(const struct http_answer *a, struct yihu_error *err);

#endif
