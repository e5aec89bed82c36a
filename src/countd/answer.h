/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers: JSON, text, and the refusals.
 */
#ifndef YIHU_COUNTD_ANSWER_H
#define YIHU_COUNTD_ANSWER_H

#include <jansson.h>

#include "request.h"

/* Gives the complete answer to libmicrohttpd. MHD_NO ends the connection. */
enum MHD_Result answer_queue(struct request *r);
/* Fills the answer in. Takes j over, which must not be NULL (asserted). */
void answer_json(struct request *r, unsigned status, json_t *j);
/* Fills the answer in. text is copied; content_type is static. */
void answer_text(struct request *r, unsigned status, const char *content_type, const char *text);
/* {"error": slug, "message": text} */
void answer_error(struct request *r, unsigned status, int code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* Does the request's header hold the word? Without the header it does not. */
bool request_names(const struct request *r, const char *header, const char *what);
/* The same with time and index of the entry that stands in the way; time 0: none. */
void answer_earlier(struct request *r, const struct yihu_error *err, uint64_t time, uint64_t index);
/* The status that a code stands for; 503 gets its Retry-After. */
unsigned answer_status_of(int code);
/* An error that came from below: its words, and the status of its code. */
void answer_refusal(struct request *r, const struct yihu_error *err);

#endif
