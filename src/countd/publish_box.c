/* SPDX-License-Identifier: Apache-2.0
 *
 * What the box holds now, to those who read it without box_lock.
 */
#include "publish_box.h"

#include "asked.h"
#include "daemon.h"

void countd_publish(struct countd *d)
{
	const struct yihu_ledger *l = yihu_box_ledger(d->box);
	const struct yihu_clock_log log = {.last = yihu_ledger_last_time(l),
					   .sealed = yihu_ledger_sealed(l)};
	clock_guard_log(&d->clock, d->election->charter->closes, &log);
	yihu_box_view_update(d->view, d->box);
	committed_update(d->committed, d->box);
	const struct figures now = committed_figures(d->committed);
	asked_figures(d->asked, &now);
}
