/* SPDX-License-Identifier: Apache-2.0
 *
 * Connections that never wait.
 */
#include "caller.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in at(uint32_t address, int port)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons((uint16_t)port),
				    .sin_addr.s_addr = htonl(address)};
}

bool caller_open(struct caller *c, int epoll, void *owner, uint32_t address, int port)
{
	const struct sockaddr_in from = at(address, 0), to = at(INADDR_LOOPBACK, port);
	struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = owner};
	int one = 1;
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (c->fd < 0)
		return false;
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (bind(c->fd, (const struct sockaddr *)&from, sizeof from) == 0 &&
	    (connect(c->fd, (const struct sockaddr *)&to, sizeof to) == 0 ||
	     errno == EINPROGRESS) &&
	    epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e) == 0)
		return true;
	caller_close(c);
	return false;
}

void caller_ask(struct caller *c, const void *bytes, size_t len)
{
	c->out = bytes;
	c->len = len;
	c->sent = 0;
	yihu_buf_reset(&c->in);
}

/* The answer's status and length, once its head is here. */
static int status_of(struct caller *c)
{
	yihu_buf_put(&c->in, "", 1); /* for strstr; taken back below */
	const char *text = (const char *)c->in.data, *end = strstr(text, "\r\n\r\n");
	const char *length = strcasestr(text, "\r\nContent-Length: ");
	c->in.len--;
	if (!end || strncmp(text, "HTTP/1.1 ", 9) != 0)
		return 0;
	size_t whole = (size_t)(end + 4 - text);
	if (length && length < end)
		whole += strtoul(length + strlen("\r\nContent-Length: "), NULL, 10);
	return c->in.len >= whole ? atoi(text + 9) : 0;
}

static void send_rest(struct caller *c)
{
	while (c->sent < c->len) {
		ssize_t n = send(c->fd, c->out + c->sent, c->len - c->sent, MSG_NOSIGNAL);
		if (n <= 0)
			return;
		c->sent += (size_t)n;
	}
}

int caller_step(struct caller *c)
{
	uint8_t some[16384];
	ssize_t n;
	send_rest(c);
	while ((n = recv(c->fd, some, sizeof some, 0)) > 0)
		yihu_buf_put(&c->in, some, (size_t)n);
	bool ended = n == 0 || (errno != EAGAIN && errno != ENOTCONN && errno != EINTR);
	int status = c->in.len > 0 ? status_of(c) : 0;
	return status > 0 ? status : ended ? -1 : 0;
}

bool caller_is_ended(const struct caller *c)
{
	static const char header[] = "\r\nConnection: close\r\n";
	return memmem(c->in.data, c->in.len, header, strlen(header)) != NULL;
}

unsigned caller_retry_after(const struct caller *c)
{
	static const char header[] = "\r\nRetry-After: ";
	const char *text = memmem(c->in.data, c->in.len, header, strlen(header));
	return text ? (unsigned)strtoul(text + strlen(header), NULL, 10) : 0;
}

void caller_close(struct caller *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}
