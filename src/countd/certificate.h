/* SPDX-License-Identifier: Apache-2.0
 *
 * The certificate that connections are served with, and its key. It can be read again
 * while the daemon serves: connections that are there keep the one they began with,
 * those that come get the new one.
 */
#ifndef YIHU_COUNTD_CERTIFICATE_H
#define YIHU_COUNTD_CERTIFICATE_H

#include <gnutls/gnutls.h>
#include <stdbool.h>
#include <stdint.h>
#include <yihu/error.h>

struct certificate;
/* Reads a chain and its key, PEM; both paths are kept, and may lead over links.
 * YIHU_EIO: every user of the computer may read the key; YIHU_EFORMAT: no certificate,
 * or they do not go together. */
int certificate_open(struct certificate **out, const char *chain, const char *key,
		     struct yihu_error *err);
/* After the last connection. NULL is fine. */
void certificate_close(struct certificate *c);
/* Reads both again. When that fails, what is there stays. *news: they are others than
 * before. */
int certificate_renew(struct certificate *c, bool *news, struct yihu_error *err);

/* Until when the newest is good: unix seconds. */
uint64_t certificate_expires(struct certificate *c);
/* The same of a file, as it is there now; 0: that cannot be read. */
uint64_t certificate_file_expires(const char *chain);

struct certificate_pair;
/* Before its handshake: the session is served with the newest. To be released when its
 * connection has ended. NULL: not to be had. */
struct certificate_pair *certificate_use(struct certificate *c, gnutls_session_t session);
void certificate_release(struct certificate *c, struct certificate_pair *pair);

#endif
