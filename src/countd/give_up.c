/* SPDX-License-Identifier: Apache-2.0
 *
 * The last word on a box.
 */
#include "give_up.h"

#include "daemon.h"

void countd_give_up(struct countd *d, const struct yihu_error *err)
{
	if (atomic_exchange(&d->failed, true))
		return;
	d->why = *err;
	countd_warn(&d->log, "the box cannot be written any more: %s", err->text);
}
