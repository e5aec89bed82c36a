/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /metrics, on a socket of its own: whoever fills that one with connections, or is
 * slow at it, keeps no household from voting.
 */
#ifndef YIHU_COUNTD_METRICS_SERVER_H
#define YIHU_COUNTD_METRICS_SERVER_H

#include <yihu/error.h>

struct front;
/* f->metrics_fd, f->metrics_url: what was handed over, or where --metrics says, if it
 * does. Before the sandbox. */
int metrics_listen(struct front *f, struct yihu_error *err);
/* Serves it, in a thread of its own. */
int metrics_server_start(struct front *f, struct yihu_error *err);
void metrics_server_stop(struct front *f);

#endif
