/* SPDX-License-Identifier: Apache-2.0
 *
 * Back to whoever asked.
 */
#include "hand_over.h"

#include "daemon.h"

void countd_finish(struct request *r)
{
	struct countd *d = r->d;
	if (r->proving)
		in_flight_give_proof(&d->in_flight, r->serial);
	in_flight_give_place(&d->in_flight, r->serial, r->placed);
	if (r->reserved)
		atomic_fetch_sub(&d->under_way, 1);
	if (r->early)
		atomic_fetch_sub(&d->early, 1);
	r->answered(r);
}

void countd_send_away(struct request *r)
{
	atomic_fetch_add(&r->d->metrics.refused[YIHU_EBUSY], 1);
	answer_busy(&r->answer);
	countd_finish(r);
}
