/* SPDX-License-Identifier: Apache-2.0
 *
 * What the box believed when it was opened, verified again while it serves.
 */
#include "daemon.h"
#include "event_log.h"
#include "give_up.h"
#include "threads.h"

static void tell(struct countd *d, uint64_t n)
{
	if (!atomic_load(&d->stopping))
		countd_log(&d->log, "%llu entries were verified again", (unsigned long long)n);
}

/* The lock: a group that is being committed is done before. */
static void give_up(struct countd *d, const struct yihu_error *err)
{
	pthread_mutex_lock(&d->box_lock);
	countd_give_up(d, err);
	pthread_mutex_unlock(&d->box_lock);
}

void *recheck_run(void *countd)
{
	struct countd *d = countd;
	struct yihu_error err = {0};
	uint64_t n = yihu_box_believed(d->box);
	if (n == 0)
		return NULL;
	countd_log(&d->log, "%llu entries are verified again meanwhile", (unsigned long long)n);
	bool found;
	int r = yihu_box_verify_again(d->box, &d->stopping, &found, &err);
	if (r == 0)
		tell(d, n);
	else if (!found)
		countd_warn(&d->log, "not all entries could be verified again: %s", err.text);
	else
		give_up(d, &err);
	return NULL;
}
