/* SPDX-License-Identifier: Apache-2.0
 *
 * The sandbox of a daemon that is about to serve: which paths it still needs.
 */
#ifndef YIHU_COUNTD_SANDBOX_H
#define YIHU_COUNTD_SANDBOX_H

#include <yihu/error.h>

struct countd;

/* After everything was opened, before the first thread: confine.h. Says in the log
 * what this kernel does not have. */
int sandbox_enter(struct countd *d, struct yihu_error *err);

#endif
