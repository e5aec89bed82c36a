/* SPDX-License-Identifier: Apache-2.0
 *
 * Two small protocols of systemd, without its library: the daemon needs a socket
 * number and one datagram, and nothing more of another project in its process.
 */
#include "service.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <yihu/clock.h>
#include <yihu/text.h>

#define FIRST_HANDED 3   /* SD_LISTEN_FDS_START */
#define STATUS_MS 1000   /* between two counts of entries */
#define WATCHDOG_SIGNS 2 /* in the time after which we are taken for dead */

/* A variable's number, and whether it is meant for this process and no other. */
static uint64_t number_for_us(const char *name, const char *pid_name)
{
	const char *text = getenv(name), *pid_text = getenv(pid_name);
	uint64_t number, pid;
	if (!text || !yihu_decimal(&number, yihu_span(text), UINT64_MAX))
		return 0;
	if (pid_text &&
	    (!yihu_decimal(&pid, yihu_span(pid_text), UINT64_MAX) || pid != (uint64_t)getpid()))
		return 0;
	return number;
}

/* ---- the socket ---- */

static bool listens(int fd)
{
	int yes = 0, type = 0;
	socklen_t len = sizeof yes;
	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &yes, &len) != 0 || !yes)
		return false;
	len = sizeof type;
	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0 && type == SOCK_STREAM;
}

static int take_socket(int *fd, int handed, struct yihu_error *err)
{
	if (!listens(handed))
		return yihu_fail(err, YIHU_EARG,
				 _("what was handed over is no socket that listens for streams: "
				   "the socket unit needs ListenStream= and Accept=no"));
	fcntl(handed, F_SETFD, FD_CLOEXEC);
	fcntl(handed, F_SETFL, fcntl(handed, F_GETFL) | O_NONBLOCK);
	*fd = handed;
	return 0;
}

/* Systemd always says whose they are, and hands them over in the unit's order. */
static int take_sockets(struct service_sockets *out, struct yihu_error *err)
{
	uint64_t n = getenv("LISTEN_PID") ? number_for_us("LISTEN_FDS", "LISTEN_PID") : 0;
	*out = (struct service_sockets){-1, -1};
	if (n > 2)
		return yihu_fail(err, YIHU_EARG,
				 _("%llu sockets were handed over; the daemon serves one, and "
				   "metrics on a second: leave no more ListenStream= in the socket "
				   "unit"),
				 (unsigned long long)n);
	int r = n > 0 ? take_socket(&out->listener, FIRST_HANDED, err) : 0;
	return r == 0 && n > 1 ? take_socket(&out->metrics, FIRST_HANDED + 1, err) : r;
}

void service_sockets_close(struct service_sockets *sockets)
{
	if (sockets->listener >= 0)
		close(sockets->listener);
	if (sockets->metrics >= 0)
		close(sockets->metrics);
	*sockets = (struct service_sockets){-1, -1};
}

/* ---- telling ---- */

/* A path, or a name of Linux's own that begins with @. */
static int connect_to(const char *name)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	size_t len = name ? strlen(name) : 0;
	if (len < 2 || len > sizeof at.sun_path || (*name != '/' && *name != '@'))
		return -1;
	memcpy(at.sun_path, name, len);
	if (*name == '@')
		at.sun_path[0] = '\0';
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t all = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&at, all) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void forget_environment(void)
{
	static const char *const names[] = {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID",
					    "LISTEN_FDS",    "LISTEN_PID",    "LISTEN_FDNAMES"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
}

int service_begin(struct service *s, struct service_sockets *sockets, struct yihu_error *err)
{
	*s = (struct service){.tells = connect_to(getenv("NOTIFY_SOCKET"))};
	s->watchdog_ms = number_for_us("WATCHDOG_USEC", "WATCHDOG_PID") / 1000;
	int r = take_sockets(sockets, err);
	forget_environment();
	if (r != 0)
		service_end(s);
	return r;
}

void service_end(struct service *s)
{
	if (s->tells >= 0)
		close(s->tells);
	s->tells = -1;
}

void service_tell(const struct service *s, const char *format, ...)
{
	char lines[1024];
	va_list args;
	if (s->tells < 0)
		return;
	va_start(args, format);
	int len = vsnprintf(lines, sizeof lines, format, args);
	va_end(args);
	if (len > 0 && (size_t)len < sizeof lines)
		(void)!send(s->tells, lines, (size_t)len, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void service_alive(struct service *s, uint64_t entries)
{
	uint64_t now = yihu_clock_monotonic_ms();
	uint64_t between = entries == s->entries ? s->watchdog_ms / WATCHDOG_SIGNS : STATUS_MS;
	if (s->tells < 0 || between == 0 || now - s->alive_ms < between)
		return;
	service_tell(s, "WATCHDOG=1\nSTATUS=%llu entries", (unsigned long long)entries);
	s->alive_ms = now;
	s->entries = entries;
}
