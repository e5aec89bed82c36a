/* SPDX-License-Identifier: Apache-2.0
 *
 * How far the election is, as the daemon sees it.
 */
#ifndef YIHU_COUNTD_POLL_STAGE_H
#define YIHU_COUNTD_POLL_STAGE_H

#include <yihu/charter.h>
#include <yihu/stage.h>

#include "figures.h"

/* By the log, the folder and the clock. now is the wall clock, which matters to an open
 * log alone. YIHU_EIO: what is in the folder cannot be told. */
int countd_stage(enum yihu_stage *out, const char *public_dir, const struct yihu_charter *c,
		 const struct figures *f, uint64_t now, struct yihu_error *err);

#endif
