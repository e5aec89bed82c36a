/* SPDX-License-Identifier: Apache-2.0
 *
 * The listening socket and the address that it got.
 */
#ifndef YIHU_COUNTD_LISTEN_H
#define YIHU_COUNTD_LISTEN_H

#include <stdbool.h>
#include <yihu/error.h>

/* "127.0.0.1:8080", "[::1]:0", "0.0.0.0:443"; numbers only. *url (caller
 * frees) is where programs on this computer find it. */
int countd_listen(int *fd, char **url, const char *address, bool tls, struct yihu_error *err);
/* The same of a socket that listens already; "unix:/run/yihu/box.sock" of one that has
 * a path. */
int countd_listen_url(char **url, int fd, bool tls, struct yihu_error *err);
/* Can nobody but this computer reach it? */
bool countd_listens_locally(int fd);

#endif
