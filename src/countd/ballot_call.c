/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/ballot and POST /api/entry: what is to be appended. Both are
 * answered by the writer, after the commit and never before.
 */
#include <string.h>

#include "answer.h"
#include "calls.h"
#include "daemon.h"
#include "hand_over.h"

static bool countd_reserve(struct request *r)
{
	struct countd *d = r->d;
	r->reserved = atomic_fetch_add(&d->under_way, 1) < d->options.queue;
	if (r->reserved)
		return true;
	atomic_fetch_sub(&d->under_way, 1);
	atomic_fetch_add(&d->metrics.refused[YIHU_EBUSY], 1);
	answer_error(r, MHD_HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		     _("many households are voting at this moment. Nothing was recorded. Send the "
		       "same ballot again in a few seconds"));
	return false;
}

bool ballot_admit(struct request *r)
{
	r->limit = YIHU_BALLOT_BYTES(r->d->election->definition->width);
	return true;
}

void ballot_handle(struct request *r)
{
	r->type = YIHU_ENTRY_BALLOT;
	if (countd_reserve(r))
		countd_hand_over(r, &r->d->verify);
}

bool entry_admit(struct request *r)
{
	r->limit = 1 + YIHU_WITHDRAWAL_BYTES_MAX; /* of the longest kind */
	return true;
}

/* The signature is the authority: anyone may bring an entry. */
void entry_handle(struct request *r)
{
	uint8_t type = r->body.len > 0 ? r->body.data[0] : 0;
	if (type != YIHU_ENTRY_CHANGE && type != YIHU_ENTRY_CLOSE && type != YIHU_ENTRY_CANCEL &&
	    type != YIHU_ENTRY_WITHDRAW) {
		answer_error(r, MHD_HTTP_BAD_REQUEST, YIHU_EENTRY,
			     _("an entry begins with the letter R (change), C (close), X (calls "
			       "the election off) or W (withdraws a project)"));
		return;
	}
	r->type = type;
	memmove(r->body.data, r->body.data + 1, --r->body.len);
	if (countd_reserve(r))
		countd_hand_over(r, &r->d->verify);
}
