/* SPDX-License-Identifier: Apache-2.0
 *
 * A port as the kernel gives it.
 */
#include "rehearse/free_port.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <yihu/bytes.h>

int free_port_url(char **url, struct yihu_error *err)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), r = 0;
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &len) != 0)
		r = yihu_fail(err, YIHU_ENET, _("no port of 127.0.0.1 can be had: %s"),
			      strerror(errno));
	else
		*url = yihu_printf("http://127.0.0.1:%u", ntohs(at.sin_port));
	if (fd >= 0)
		close(fd);
	return r;
}
