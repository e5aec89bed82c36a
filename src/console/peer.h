/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose is the other end of a loopback connection? Loopback alone says nothing: every
 * user of the machine has it.
 */
#ifndef YIHU_CONSOLE_PEER_H
#define YIHU_CONSOLE_PEER_H

#include <stdbool.h>
#include <sys/types.h>

#define PEER_TABLE "/proc/net/tcp" /* the kernel's */
/* The user who has the socket at the other end of fd, an accepted IPv4 connection, by
 * that table. False: it is not known. */
bool peer_uid(int fd, const char *table, uid_t *uid);

#endif
