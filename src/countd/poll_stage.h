/* SPDX-License-Identifier: Apache-2.0
 *
 * How far the election is, as the daemon sees it.
 */
#ifndef YIHU_COUNTD_POLL_STAGE_H
#define YIHU_COUNTD_POLL_STAGE_H

#include <yihu/stage.h>

#include "committed.h"
#include "daemon.h"

/* now is the wall clock, which matters to an open log alone. */
enum yihu_stage countd_stage(struct countd *d, const struct figures *f, uint64_t now);

#endif
