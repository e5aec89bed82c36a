/* SPDX-License-Identifier: Apache-2.0
 *
 * /proc/net/tcp (Linux: Documentation/networking/proc_net_tcp.rst): a line a socket,
 * "sl local:port remote:port st tx:rx tr:when retrnsmt uid …", numbers in hex but uid.
 */
#include "peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#define LOOPBACK_LE 0x0100007Fu /* 127.0.0.1 as this table writes it on this machine … */

static unsigned loopback(void)
{
	return htonl(INADDR_LOOPBACK) == LOOPBACK_LE ? LOOPBACK_LE : INADDR_LOOPBACK;
}

static bool is_row(const char *line, unsigned from_port, unsigned to_port, uid_t *uid)
{
	unsigned from, from_at, to, to_at, who;
	if (sscanf(line, " %*u: %x:%x %x:%x %*x %*x:%*x %*x:%*x %*x %u", &from, &from_at, &to,
		   &to_at, &who) != 5)
		return false;
	*uid = who;
	return from == loopback() && to == loopback() && from_at == from_port && to_at == to_port;
}

static bool find_row(const char *table, unsigned from_port, unsigned to_port, uid_t *uid)
{
	char line[256];
	bool found = false;
	FILE *f = fopen(table, "re");
	while (f && !found && fgets(line, sizeof line, f))
		found = is_row(line, from_port, to_port, uid);
	if (f)
		fclose(f);
	return found;
}

static bool port_of(int fd, int (*ask)(int, struct sockaddr *, socklen_t *), unsigned *port)
{
	struct sockaddr_in at;
	socklen_t len = sizeof at;
	if (ask(fd, (struct sockaddr *)&at, &len) != 0 || at.sin_family != AF_INET)
		return false;
	*port = ntohs(at.sin_port);
	return true;
}

bool peer_uid(int fd, const char *table, uid_t *uid)
{
	unsigned from, to;
	return port_of(fd, getpeername, &from) && port_of(fd, getsockname, &to) &&
	       find_row(table, from, to, uid);
}
