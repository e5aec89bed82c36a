/* SPDX-License-Identifier: Apache-2.0
 *
 * The log of a public folder that is being fetched.
 */
#ifndef YIHU_FETCH_FETCH_LOG_H
#define YIHU_FETCH_FETCH_LOG_H

#include "fetch/run.h"

/* log/at-close, log/checkpoint and its tiles. */
int fetch_log(struct fetch_run *run);

#endif
