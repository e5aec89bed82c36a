/* SPDX-License-Identifier: Apache-2.0
 *
 * How an answer goes out: the headers that all of them bear.
 */
#include "reply.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "portion.h"

#define REQUESTS_MAX 100 /* of one connection */
#define CSP_NOTHING "default-src 'none'; frame-ancestors 'none'"

static void put_header(struct MHD_Response *response, const char *name, const char *value)
{
	if (value)
		MHD_add_response_header(response, name, value);
}

static void put_caching(struct MHD_Response *response, const struct answer *a)
{
	char range[80];
	put_header(response, "Cache-Control", a->cache ? a->cache : "no-store");
	put_header(response, "ETag", a->etag.text[0] ? a->etag.text : NULL);
	put_header(response, "Accept-Ranges", a->parts ? "bytes" : NULL);
	if (a->status == HTTP_PARTIAL_CONTENT)
		snprintf(range, sizeof range, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, a->first,
			 a->first + a->sent - 1, a->whole);
	else
		snprintf(range, sizeof range, "bytes */%" PRIu64, a->whole);
	if (a->status == HTTP_PARTIAL_CONTENT || a->status == HTTP_RANGE_NOT_SATISFIABLE)
		put_header(response, "Content-Range", range);
}

static void put_headers(struct MHD_Response *response, const struct answer *a, bool tls)
{
	char retry[16];
	put_header(response, "Content-Type", a->content_type);
	put_header(response, "X-Content-Type-Options", "nosniff");
	put_header(response, "Referrer-Policy", "no-referrer");
	put_header(response, "Content-Security-Policy", a->csp ? a->csp : CSP_NOTHING);
	put_header(response, "Allow", a->allow);
	put_header(response, "Location", a->location);
	put_header(response, "Content-Encoding", a->content_encoding);
	put_header(response, "Access-Control-Allow-Origin", a->for_all ? "*" : NULL);
	put_header(response, "Vary", a->by_accept ? "Accept" : NULL);
	put_caching(response, a);
	if (a->permissions) {
		put_header(response, "Permissions-Policy", a->permissions);
		put_header(response, "Cross-Origin-Opener-Policy", "same-origin");
		put_header(response, "Cross-Origin-Resource-Policy", "same-origin");
		put_header(response, "Vary", "Accept-Encoding");
	}
	put_header(response, "Connection", a->closes ? "close" : NULL);
	put_header(response, "Strict-Transport-Security", tls ? "max-age=31536000" : NULL);
	if (a->retry_after_s) {
		snprintf(retry, sizeof retry, "%u", a->retry_after_s);
		put_header(response, "Retry-After", retry);
	}
}

/* Hands the body's memory, or the file, to libmicrohttpd. */
static struct MHD_Response *make_response(struct answer *a)
{
	struct MHD_Response *response;
	if (a->fd >= 0) {
		response = MHD_create_response_from_fd_at_offset64(a->fd_bytes, a->fd, a->first);
		a->fd = -1;
		return response;
	}
	if (a->fixed)
		return MHD_create_response_from_iovec(
			&(struct MHD_IoVec){.iov_base = a->fixed, .iov_len = a->fixed_len}, 1, NULL,
			NULL);
	if (a->body.len == 0)
		return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	response =
		MHD_create_response_from_buffer_with_free_callback(a->body.len, a->body.data, free);
	a->body = (struct yihu_buf){0};
	return response;
}

enum MHD_Result reply_queue(struct exchange *x)
{
	struct answer *a = &x->answer;
	assert(a->made && a->status >= 200 && a->status < 600);
	/* No connection lives for ever. */
	if (atomic_fetch_add(&x->conn->served, 1) + 1 >= REQUESTS_MAX)
		a->closes = true;
	a->sent = answer_bytes(a);
	struct MHD_Response *response = make_response(a);
	if (!response)
		return MHD_NO;
	put_headers(response, a, x->f->certificate != NULL);
	atomic_fetch_add(&x->f->metrics.answers[a->status / 100], 1);
	enum MHD_Result result = MHD_queue_response(x->connection, a->status, response);
	MHD_destroy_response(response);
	return result;
}

bool exchange_names(const struct exchange *x, const char *header, const char *what)
{
	const char *value = MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, header);
	return value && strstr(value, what);
}
