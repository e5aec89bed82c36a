/* SPDX-License-Identifier: Apache-2.0
 *
 * The answer of an exchange goes out over HTTP.
 */
#ifndef YIHU_COUNTD_REPLY_H
#define YIHU_COUNTD_REPLY_H

#include "exchange.h"

/* Gives the complete answer to libmicrohttpd. MHD_NO ends the connection. */
enum MHD_Result reply_queue(struct exchange *x);
/* Does the request's header hold the word? Without the header it does not. */
bool exchange_names(const struct exchange *x, const char *header, const char *what);

#endif
