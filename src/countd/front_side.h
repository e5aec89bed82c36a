/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting and stopping the HTTP side.
 */
#ifndef YIHU_COUNTD_FRONT_SIDE_H
#define YIHU_COUNTD_FRONT_SIDE_H

#include <stdbool.h>
#include <yihu/error.h>

#include "countd_options.h"

struct front;
struct service_sockets;

/* Reads certificate and key, and listens: all that may need more than it needs later.
 * *listen_fd is its own from now on (−1: none was handed over). */
int front_new(struct front **out, const struct countd_options *o,
	      const struct service_sockets *sockets, struct yihu_error *err);
/* Serves, and asks the box side at the other end of fd, its own from now on: to which
 * it says whether it serves. Before this process has the log key. */
int front_start(struct front *f, int fd, struct yihu_error *err);
/* Until the box side has gone. Did it say that it would? */
bool front_wait(struct front *f);
/* When the box side has gone: the last answers are taken or their time is up. */
void front_stop(struct front *f);
/* NULL is fine. */
void front_free(struct front *f);

#endif
