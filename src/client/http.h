/* SPDX-License-Identifier: Apache-2.0
 *
 * A plain HTTP client (libcurl) for the daemon's API: one call, one answer,
 * bounded in size and time. Certificates are checked; redirects refused.
 */
#ifndef YIHU_HTTP_H
#define YIHU_HTTP_H

#include <yihu/bytes.h>
#include <yihu/error.h>

struct http_client;
/* url: "https://HOST[:PORT]"; http only where the token's URL may be http. */
int http_client_new(struct http_client **out, const char *url, struct yihu_error *err);
void http_client_free(struct http_client *c);
const char *http_client_url(const struct http_client *c);
/* From now on a call gives up after so many seconds, at least 1 (else 600). */
void http_client_timeout(struct http_client *c, unsigned seconds);

struct http_answer {
	long status; /* 200 … */
	struct yihu_buf body;
	unsigned retry_after_s; /* 0: none given */
};
void http_answer_finish(struct http_answer *a);

/* path begins with '/'. 0 when an answer came, whatever its status; YIHU_ENET
 * when none did (for a POST: it is not known whether it was done). Bodies over
 * max are YIHU_ETOOBIG. */
int http_get(struct http_client *c, const char *path, size_t max, struct http_answer *out,
	     struct yihu_error *err);
int http_post(struct http_client *c, const char *path, const void *body, size_t len,
	      struct http_answer *out, struct yihu_error *err);
/* The daemon's {"error","message"} of a refusal as our error, with its code
 * (by slug); "HTTP 500" where there is none. Returns the code. */
int http_refusal(const struct http_answer *a, struct yihu_error *err);

#endif
