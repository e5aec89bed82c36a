/* SPDX-License-Identifier: Apache-2.0
 *
 * Host and port as a URL has them, in the one spelling that this program
 * writes: lower case, no user, numeric addresses in full.
 */
#ifndef YIHU_ELECTION_HOST_H
#define YIHU_ELECTION_HOST_H

#include <yihu/text.h>

/* Takes "host" or "host:port" off the front of *rest, up to the first '/',
 * '?', '#' or the end. False when that is no host. */
bool yihu_host_next(struct yihu_span *rest, struct yihu_span *host_port);

/* May a letter's link go there without TLS? Only loopback (127/8, ::1,
 * localhost) and private or link-local addresses (10/8, 172.16/12, 192.168/16,
 * 169.254/16, fc00::/7) given as numbers. Names like laptop.local are refused:
 * a name does not prove that the network stays inside the house, and many
 * phones do not resolve these. */
bool yihu_host_is_private(struct yihu_span host_port);

#endif
