/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP side: every request from its first byte to its end.
 */
#ifndef YIHU_COUNTD_SERVER_H
#define YIHU_COUNTD_SERVER_H

#include <yihu/error.h>

struct front;
/* On f->listen_fd, with TLS when f has a key. YIHU_EFORMAT: certificate and key
 * do not go together; YIHU_ENET. */
int front_server_start(struct front *f, struct yihu_error *err);
/* Ends every request and closes the socket. Not started is fine. */
void front_server_stop(struct front *f);

#endif
