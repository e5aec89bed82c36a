/* SPDX-License-Identifier: Apache-2.0
 *
 * An answer: JSON, text, bytes, and the refusals. Both sides make them; nothing of
 * HTTP is here but its statuses.
 */
#ifndef YIHU_COUNTD_ANSWER_H
#define YIHU_COUNTD_ANSWER_H

#include <jansson.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

#include "conditional.h"

enum http_status {
	HTTP_OK = 200,
	HTTP_CREATED = 201,
	HTTP_PARTIAL_CONTENT = 206,
	HTTP_NOT_MODIFIED = 304,
	HTTP_BAD_REQUEST = 400,
	HTTP_FORBIDDEN = 403,
	HTTP_NOT_FOUND = 404,
	HTTP_CONFLICT = 409,
	HTTP_CONTENT_TOO_LARGE = 413,
	HTTP_RANGE_NOT_SATISFIABLE = 416,
	HTTP_SERVICE_UNAVAILABLE = 503,
};

/* What goes back. Filled by whoever has the request or the exchange. The box side
 * uses status, body, content_type and retry_after_s alone. */
struct answer {
	bool made; /* it is complete */
	unsigned status;
	struct yihu_buf body;
	int fd; /* a file instead of body; −1 none */
	uint64_t fd_bytes;
	const void *fixed; /* bytes of the program itself instead; NULL none */
	size_t fixed_len;
	const char *content_type;
	const char *content_encoding;
	const char *permissions;     /* Permissions-Policy: of pages */
	const char *cache;           /* Cache-Control */
	const char *csp;             /* Content-Security-Policy */
	const char *allow;           /* for 405 */
	const char *location;        /* for 303 */
	bool for_all;                /* pages from elsewhere may read it: a public file */
	bool by_accept;              /* another Accept header gets another answer */
	struct etag etag;            /* it can be asked for again, by this (portion.h) */
	bool parts;                  /* and by parts */
	uint64_t first, sent, whole; /* 206: from which byte on so many, of how many */
	unsigned retry_after_s;
	bool closes; /* the connection ends with it */
};

#define ANSWER_NONE ((struct answer){.fd = -1})

/* Fills the answer in. Takes j over, which must not be NULL (asserted). */
void answer_json(struct answer *a, unsigned status, json_t *j);
/* Fills the answer in. text is copied; content_type is static. */
void answer_text(struct answer *a, unsigned status, const char *content_type, const char *text);
/* 200, and the bytes that are in body already. content_type is static. */
void answer_body(struct answer *a, const char *content_type);
/* {"error": slug, "message": text} */
void answer_error(struct answer *a, unsigned status, int code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same with time and index of the entry that stands in the way; time 0: none. */
void answer_earlier(struct answer *a, const struct yihu_error *err, uint64_t time, uint64_t index);
/* The status that a code stands for; 503 gets its Retry-After. */
unsigned answer_status_of(int code);
/* An error that came from below: its words, and the status of its code. */
void answer_refusal(struct answer *a, const struct yihu_error *err);
/* 503: the box is being verified, so many entries of so many (0: not known yet). */
void answer_starting(struct answer *a, uint64_t done, uint64_t total);
/* An answer that came here instead of to a client: 0, or its error. Frees its body. */
int answer_end(struct answer *a, struct yihu_error *err);
/* The same, and what the one who sent it has to know, as a member of the code's name;
 * takes `more` over. The status is the code's. */
void answer_error_with(struct answer *a, int code, json_t *more, const char *text);
/* 201 or 200: an entry is recorded. */
void answer_entry(struct answer *a, unsigned status, uint64_t index, uint64_t time);
/* 503: too many come, nothing was recorded, and when to come again. */
void answer_busy(struct answer *a);
/* 503: too many read. */
void answer_busy_reading(struct answer *a);
/* 503: the daemon is being stopped, and nothing was recorded. */
void answer_stopping(struct answer *a);

#endif
