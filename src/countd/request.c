/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls that came in.
 */
#include "request.h"

#include <stdlib.h>
#include <yihu/clock.h>
#include <yihu/text.h>

struct request *request_new(struct countd *d, enum call call, const char *tail,
			    struct yihu_buf *body)
{
	struct request *r = yihu_calloc(1, sizeof *r);
	*r = (struct request){
		.d = d, .call = call, .tail = yihu_strdup(tail), .answer = ANSWER_NONE};
	r->received_ms = yihu_clock_monotonic_ms();
	r->received = yihu_clock();
	r->body = *body;
	*body = (struct yihu_buf){0};
	return r;
}

void request_free(struct request *r)
{
	yihu_buf_free(&r->body);
	yihu_buf_free(&r->answer.body);
	free(r->tail);
	free(r);
}
