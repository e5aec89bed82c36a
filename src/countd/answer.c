/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers: their bodies, and the headers that all of them bear.
 */
#include "answer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/text.h>

#include "daemon.h"
#include "json_values.h"

#define REQUESTS_MAX 100 /* of one connection */
#define CSP_NOTHING "default-src 'none'; frame-ancestors 'none'"

static void put_header(struct MHD_Response *response, const char *name, const char *value)
{
	if (value)
		MHD_add_response_header(response, name, value);
}

static void put_headers(struct MHD_Response *response, const struct answer *a, bool tls)
{
	char retry[16];
	put_header(response, "Content-Type", a->content_type);
	put_header(response, "Cache-Control", a->cache ? a->cache : "no-store");
	put_header(response, "X-Content-Type-Options", "nosniff");
	put_header(response, "Referrer-Policy", "no-referrer");
	put_header(response, "Content-Security-Policy", a->csp ? a->csp : CSP_NOTHING);
	put_header(response, "Allow", a->allow);
	put_header(response, "Location", a->location);
	put_header(response, "Content-Encoding", a->content_encoding);
	put_header(response, "Access-Control-Allow-Origin", a->for_all ? "*" : NULL);
	put_header(response, "Vary", a->by_accept ? "Accept" : NULL);
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
		response = MHD_create_response_from_fd64(a->fd_bytes, a->fd);
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

enum MHD_Result answer_queue(struct request *r)
{
	struct answer *a = &r->answer;
	assert(r->answered && a->status >= 200 && a->status < 600);
	/* No connection lives for ever. */
	if (atomic_fetch_add(&r->conn->served, 1) + 1 >= REQUESTS_MAX)
		a->closes = true;
	struct MHD_Response *response = make_response(a);
	if (!response)
		return MHD_NO;
	put_headers(response, a, r->d->tls_key != NULL);
	atomic_fetch_add(&r->d->metrics.answers[a->status / 100], 1);
	enum MHD_Result result = MHD_queue_response(r->connection, a->status, response);
	MHD_destroy_response(response);
	return result;
}

bool request_names(const struct request *r, const char *header, const char *what)
{
	const char *value = MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, header);
	return value && strstr(value, what);
}

void answer_text(struct request *r, unsigned status, const char *content_type, const char *text)
{
	yihu_buf_reset(&r->answer.body);
	yihu_buf_str(&r->answer.body, text);
	r->answer.status = status;
	r->answer.content_type = content_type;
	r->answered = true;
}

void answer_json(struct request *r, unsigned status, json_t *j)
{
	assert(j != NULL);
	char *text = json_dumps(j, JSON_COMPACT);
	json_decref(j);
	assert(text != NULL);
	answer_text(r, status, "application/json", text);
	yihu_buf_str(&r->answer.body, "\n");
	free(text);
}

unsigned answer_status_of(int code)
{
	switch (code) {
	case YIHU_ENOTOPEN:
	case YIHU_EOVER:
	case YIHU_ENOTOVER:
	case YIHU_ECLOSED:
	case YIHU_ECANCELLED:
	case YIHU_EMINBOX:
		return MHD_HTTP_FORBIDDEN;
	case YIHU_EVOTED:
	case YIHU_EVOIDED:
	case YIHU_ECOPIED:
	case YIHU_ECHANGE:
	case YIHU_ELIMIT:
	case YIHU_EKEYS:
	case YIHU_EROOT:
	case YIHU_EEXIST:
	case YIHU_EMISSING:
	case YIHU_ESTATE:
		return MHD_HTTP_CONFLICT;
	case YIHU_ENOENT:
		return MHD_HTTP_NOT_FOUND;
	case YIHU_ETOOBIG:
		return MHD_HTTP_CONTENT_TOO_LARGE;
	case YIHU_EIO:
	case YIHU_EBUSY:
	case YIHU_ECLOCK:
	case YIHU_EREADONLY:
	case YIHU_EUNKNOWN:
	case YIHU_EDATABASE:
	case YIHU_ETIME:
		return MHD_HTTP_SERVICE_UNAVAILABLE;
	default:
		return MHD_HTTP_BAD_REQUEST;
	}
}

static void answer_slug(struct request *r, unsigned status, int code, const char *text)
{
	answer_json(r, status,
		    json_pack("{s:s, s:s}", "error", yihu_code_slug(code), "message", text));
	if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
		r->answer.retry_after_s = code == YIHU_EBUSY ? 3 : 30;
}

void answer_error(struct request *r, unsigned status, int code, const char *format, ...)
{
	struct yihu_error err;
	va_list args;
	va_start(args, format);
	vsnprintf(err.text, sizeof err.text, format, args);
	va_end(args);
	/* A path may hold any byte; JSON holds UTF-8 only. */
	if (!yihu_utf8_valid(err.text, strlen(err.text)))
		snprintf(err.text, sizeof err.text, "%s", yihu_code_slug(code));
	answer_slug(r, status, code, err.text);
}

void answer_earlier(struct request *r, const struct yihu_error *err, uint64_t time, uint64_t index)
{
	json_t *j =
		json_pack("{s:s, s:s}", "error", yihu_code_slug(err->code), "message", err->text);
	if (time > 0) {
		json_object_set_new(j, "time", answer_time(time));
		json_object_set_new(j, "index", json_integer((json_int_t)index));
	}
	answer_json(r, answer_status_of(err->code), j);
}

void answer_refusal(struct request *r, const struct yihu_error *err)
{
	answer_slug(r, answer_status_of(err->code), err->code, err->text);
}
