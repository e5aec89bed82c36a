/* SPDX-License-Identifier: Apache-2.0
 *
 * The listening socket.
 */
#include "listen.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>
#include <yihu/text.h>

#include "thread.h"

#define BACKLOG 1024
#define IN_USE_MS 500
#define STEP_MS 20

/* Takes "ADDR:PORT" apart, without a name server. */
static int resolve(struct addrinfo **out, const char *address, struct yihu_error *err)
{
	const struct addrinfo hints = {
		.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM,
	};
	const char *colon = strrchr(address, ':');
	uint64_t port;
	int r = EAI_NONAME;
	if (colon && yihu_decimal(&port, yihu_span(colon + 1), 65535)) {
		size_t len = (size_t)(colon - address);
		bool bracketed = len >= 2 && address[0] == '[' && colon[-1] == ']';
		char *host =
			bracketed ? yihu_strndup(address + 1, len - 2) : yihu_strndup(address, len);
		/* Without brackets a colon would leave the port in doubt. */
		if (len > 0 && bracketed == (strchr(host, ':') != NULL))
			r = getaddrinfo(host, colon + 1, &hints, out);
		free(host);
	}
	if (r == 0)
		return 0;
	return yihu_fail(
		err, YIHU_EARG,
		_("“%s” is not an address to listen on; write it as 127.0.0.1:8080 or [::1]:8080"),
		address);
}

static int open_socket(const struct addrinfo *a)
{
	int yes = 1;
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	int why = errno;
	close(fd);
	errno = why;
	return -1;
}

/* "unix:/PATH", for the programs on this computer. */
static char *local_url(const struct sockaddr_storage *at, socklen_t len)
{
	const char *path = ((const struct sockaddr_un *)(const void *)at)->sun_path;
	size_t head = offsetof(struct sockaddr_un, sun_path);
	if (len <= head || *path != '/')
		return NULL;
	size_t n = strnlen(path, len - head);
	return yihu_printf("unix:%.*s", (int)n, path);
}

/* An address for everyone (0.0.0.0, ::) is found here by loopback. */
static char *url_of(int fd, bool tls)
{
	struct sockaddr_storage at = {0};
	socklen_t len = sizeof at;
	char text[INET6_ADDRSTRLEN] = "";
	const char *scheme = tls ? "https" : "http";
	if (getsockname(fd, (struct sockaddr *)&at, &len) != 0)
		return NULL;
	if (at.ss_family == AF_UNIX)
		return local_url(&at, len);
	if (at.ss_family == AF_INET6) {
		const struct sockaddr_in6 *v6 = (const void *)&at;
		bool any = IN6_IS_ADDR_UNSPECIFIED(&v6->sin6_addr);
		inet_ntop(AF_INET6, any ? &in6addr_loopback : &v6->sin6_addr, text, sizeof text);
		return yihu_printf("%s://[%s]:%u", scheme, text, ntohs(v6->sin6_port));
	}
	struct sockaddr_in v4;
	memcpy(&v4, &at, sizeof v4);
	struct in_addr loopback = {.s_addr = htonl(INADDR_LOOPBACK)};
	bool any = v4.sin_addr.s_addr == htonl(INADDR_ANY);
	inet_ntop(AF_INET, any ? &loopback : &v4.sin_addr, text, sizeof text);
	return yihu_printf("%s://%s:%u", scheme, text, ntohs(v4.sin_port));
}

int countd_listen(int *fd, char **url, const char *address, bool tls, struct yihu_error *err)
{
	struct addrinfo *a = NULL;
	int r = resolve(&a, address, err);
	if (r != 0)
		return r;
	assert(a != NULL);
	int sock = open_socket(a);
	/* A daemon that was killed has it until its other process is gone, too. */
	for (unsigned ms = 0; sock < 0 && errno == EADDRINUSE && ms < IN_USE_MS; ms += STEP_MS) {
		sleep_ms(STEP_MS);
		sock = open_socket(a);
	}
	freeaddrinfo(a);
	if (sock < 0)
		return yihu_fail(err, YIHU_ENET, _("%s: this address cannot be listened on: %s"),
				 address, strerror(errno));
	r = countd_listen_url(url, sock, tls, err);
	if (r == 0)
		*fd = sock;
	else
		close(sock);
	return r;
}

int countd_listen_url(char **url, int fd, bool tls, struct yihu_error *err)
{
	*url = url_of(fd, tls);
	if (*url)
		return 0;
	return yihu_fail(err, YIHU_ENET, _("the socket has no address"));
}

bool countd_listens_locally(int fd)
{
	struct sockaddr_storage at = {0};
	socklen_t len = sizeof at;
	struct sockaddr_in v4;
	if (getsockname(fd, (struct sockaddr *)&at, &len) != 0)
		return false;
	memcpy(&v4, &at, sizeof v4);
	if (at.ss_family == AF_INET)
		return ntohl(v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	if (at.ss_family != AF_INET6)
		return at.ss_family == AF_UNIX;
	return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)&at)->sin6_addr);
}
