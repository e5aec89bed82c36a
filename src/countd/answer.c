/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers and their bodies.
 */
#include "answer.h"

#include <assert.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/text.h>

#include "json_values.h"

#define BUSY_SPREAD_S 5

void answer_text(struct answer *a, unsigned status, const char *content_type, const char *text)
{
	yihu_buf_reset(&a->body);
	yihu_buf_str(&a->body, text);
	a->status = status;
	a->content_type = content_type;
	a->made = true;
}

void answer_body(struct answer *a, const char *content_type)
{
	a->status = HTTP_OK;
	a->content_type = content_type;
	a->made = true;
}

void answer_json(struct answer *a, unsigned status, json_t *j)
{
	assert(j != NULL);
	char *text = json_dumps(j, JSON_COMPACT);
	json_decref(j);
	assert(text != NULL);
	answer_text(a, status, "application/json", text);
	yihu_buf_str(&a->body, "\n");
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
		return HTTP_FORBIDDEN;
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
		return HTTP_CONFLICT;
	case YIHU_ENOENT:
		return HTTP_NOT_FOUND;
	case YIHU_ETOOBIG:
		return HTTP_CONTENT_TOO_LARGE;
	case YIHU_EIO:
	case YIHU_EBUSY:
	case YIHU_ECLOCK:
	case YIHU_EREADONLY:
	case YIHU_EUNKNOWN:
	case YIHU_EDATABASE:
	case YIHU_EWORK:
	case YIHU_ESTARTING:
		return HTTP_SERVICE_UNAVAILABLE;
	default:
		return HTTP_BAD_REQUEST;
	}
}

/* Not all who were sent away at one moment are to come again at one moment. */
static unsigned retry_after(int code)
{
	return code == YIHU_EBUSY ? 1 + randombytes_uniform(BUSY_SPREAD_S) : 30;
}

static void answer_slug(struct answer *a, unsigned status, int code, const char *text)
{
	answer_json(a, status,
		    json_pack("{s:s, s:s}", "error", yihu_code_slug(code), "message", text));
	if (status == HTTP_SERVICE_UNAVAILABLE)
		a->retry_after_s = retry_after(code);
}

void answer_error(struct answer *a, unsigned status, int code, const char *format, ...)
{
	struct yihu_error err;
	va_list args;
	va_start(args, format);
	vsnprintf(err.text, sizeof err.text, format, args);
	va_end(args);
	/* A path may hold any byte; JSON holds UTF-8 only. */
	if (!yihu_utf8_valid(err.text, strlen(err.text)))
		snprintf(err.text, sizeof err.text, "%s", yihu_code_slug(code));
	answer_slug(a, status, code, err.text);
}

void answer_earlier(struct answer *a, const struct yihu_error *err, uint64_t time, uint64_t index)
{
	json_t *j =
		json_pack("{s:s, s:s}", "error", yihu_code_slug(err->code), "message", err->text);
	if (time > 0) {
		json_object_set_new(j, "time", answer_time(time));
		json_object_set_new(j, "index", json_integer((json_int_t)index));
	}
	answer_json(a, answer_status_of(err->code), j);
}

void answer_refusal(struct answer *a, const struct yihu_error *err)
{
	answer_slug(a, answer_status_of(err->code), err->code, err->text);
}

void answer_starting(struct answer *a, uint64_t done, uint64_t total)
{
	answer_json(a, HTTP_SERVICE_UNAVAILABLE,
		    json_pack("{s:s, s:s, s:I, s:I}", "error", yihu_code_slug(YIHU_ESTARTING),
			      "message",
			      _("the ballot box is being verified before it is opened to anyone. "
				"Nothing was recorded. Try again in a minute"),
			      "verified", (json_int_t)done, "entries", (json_int_t)total));
	a->retry_after_s = 3;
}

static int code_of(const char *slug)
{
	int code = 1;
	while (code < YIHU_N_CODES && (!slug || strcmp(yihu_code_slug(code), slug) != 0))
		code++;
	return code < YIHU_N_CODES ? code : YIHU_EIO;
}

int answer_end(struct answer *a, struct yihu_error *err)
{
	json_t *j = a->status == HTTP_OK ? NULL
					 : json_loadb((const char *)yihu_buf_bytes(&a->body),
						      a->body.len, 0, NULL);
	const char *text = json_string_value(json_object_get(j, "message"));
	int r = a->status == HTTP_OK
			? 0
			: yihu_fail(err, code_of(json_string_value(json_object_get(j, "error"))),
				    "%s", text ? text : "");
	json_decref(j);
	yihu_buf_free(&a->body);
	return r;
}

void answer_error_with(struct answer *a, int code, json_t *more, const char *text)
{
	const char *slug = yihu_code_slug(code);
	answer_json(a, answer_status_of(code),
		    json_pack("{s:s, s:s, s:o}", "error", slug, "message", text, slug, more));
	a->retry_after_s = 1;
}

void answer_entry(struct answer *a, unsigned status, uint64_t index, uint64_t time)
{
	answer_json(a, status,
		    json_pack("{s:s, s:I, s:o}", "status", "recorded", "index", (json_int_t)index,
			      "time", answer_time(time)));
}

void answer_busy(struct answer *a)
{
	answer_error(a, HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		     _("many households are voting at this moment. Nothing was recorded. Send the "
		       "same ballot again in a few seconds"));
}

void answer_busy_reading(struct answer *a)
{
	answer_error(a, HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		     _("so many are reading the log at this moment that this was not read. Ask "
		       "again in a few seconds"));
}

void answer_stopping(struct answer *a)
{
	answer_error(a, HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		     _("the daemon is being stopped. Nothing was recorded. Try again in a "
		       "minute"));
}
