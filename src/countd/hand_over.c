/* SPDX-License-Identifier: Apache-2.0
 *
 * The sleep of a connection whose answer another thread makes.
 */
#include "hand_over.h"

#include "answer.h"
#include "daemon.h"

void countd_answer_stopping(struct request *r)
{
	answer_error(r, MHD_HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		     _("the daemon is being stopped. Nothing was recorded. Try again in a "
		       "minute"));
}

void countd_hand_over(struct request *r, struct queue *q)
{
	r->suspended = true;
	MHD_suspend_connection(r->connection);
	if (queue_push(q, r))
		return;
	countd_answer_stopping(r);
	countd_finish(r);
}

void countd_finish(struct request *r)
{
	if (r->reserved)
		atomic_fetch_sub(&r->d->under_way, 1);
	r->reserved = false;
	MHD_resume_connection(r->connection);
}
