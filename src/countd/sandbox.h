/* SPDX-License-Identifier: Apache-2.0
 *
 * The sandboxes of a daemon that is about to serve, one a side.
 */
#ifndef YIHU_COUNTD_SANDBOX_H
#define YIHU_COUNTD_SANDBOX_H

#include <yihu/error.h>

struct countd;
struct countd_options;
struct front;

/* After everything was opened, before the first thread: confine.h. Says in the log
 * what this kernel does not have. */
int sandbox_box(struct countd *d, struct yihu_error *err);
/* Would the HTTP side, which reads certificate and key anew from their folders, have the
 * box or the mirror in one of these? YIHU_EARG, naming both. */
int sandbox_check_certificate(const struct countd_options *o, struct yihu_error *err);
/* The public folder alone, and connections that come in. */
int sandbox_front(struct front *f, struct yihu_error *err);

#endif
