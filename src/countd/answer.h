/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers: JSON, text, and the refusals.
 */
#ifndef YIHU_COUNTD_ANSWER_H
#define YIHU_COUNTD_ANSWER_H

#include <jansson.h>

#include "request.h"

enum MHD_Result answer_queue(struct request *r);
void answer_json(struct request *r, unsigned status, json_t *j); /* takes j over */
void answer_text(struct request *r, unsigned status, const char *content_type, const char *text);
/* {"error": slug, "message": text} */
void answer_error(struct request *r, unsigned status, int code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The status that a code stands for; 503 gets its Retry-After. */
unsigned answer_status_of(int code);
void answer_refusal(struct request *r, const struct yihu_error *err);

#endif
