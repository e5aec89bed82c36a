/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP side: every request from its first byte to its end.
 */
#ifndef YIHU_COUNTD_SERVER_H
#define YIHU_COUNTD_SERVER_H

#include <yihu/error.h>

struct countd;
int countd_server_start(struct countd *d, struct yihu_error *err);
void countd_server_stop(struct countd *d);

#endif
