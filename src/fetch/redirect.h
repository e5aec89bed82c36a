/* SPDX-License-Identifier: Apache-2.0
 *
 * Where an answer may send a reader of a public folder.
 */
#ifndef YIHU_FETCH_REDIRECT_H
#define YIHU_FETCH_REDIRECT_H

#include <stdbool.h>

/* May an answer of `from` send us to `to`: the same scheme, host and port, or
 * from http to https on their own ports. */
bool http_redirect_allowed(const char *from, const char *to);

#endif
