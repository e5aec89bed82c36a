/* SPDX-License-Identifier: Apache-2.0
 *
 * Connections that come and go, and for whom each counts.
 */
#ifndef YIHU_COUNTD_ARRIVALS_H
#define YIHU_COUNTD_ARRIVALS_H

#include "exchange.h"

/* Callbacks of libmicrohttpd; the first argument is the front. */
enum MHD_Result arrival_accept(void *front, const struct sockaddr *address, socklen_t len);
void arrival_notice(void *front, struct MHD_Connection *connection, void **context,
		    enum MHD_ConnectionNotificationCode what);
/* A request has begun: is there a place for whom it is from? Else answers 503. Behind a
 * trusted proxy it counts for whom that names, until arrival_over. */
bool arrival_admit(struct exchange *x);
void arrival_over(struct exchange *x);

#endif
