/* SPDX-License-Identifier: Apache-2.0
 *
 * What a service manager hands to the daemon and is told by it, as systemd's
 * sd_listen_fds(3) and sd_notify(3) describe it. Where none started the daemon,
 * nothing is handed over and nobody is told.
 */
#ifndef YIHU_COUNTD_SERVICE_H
#define YIHU_COUNTD_SERVICE_H

#include <stdint.h>
#include <yihu/error.h>

struct service {
	int tells;            /* a connected datagram socket; -1: nobody listens */
	uint64_t watchdog_ms; /* how often a sign of life is asked for; 0: never */
	uint64_t alive_ms;    /* when the last was given, monotonic */
	uint64_t entries;     /* that were told last */
};

/* Sockets that were handed over, the caller's from now on; -1: none was. The second
 * one, where there are two, is for metrics. */
struct service_sockets {
	int listener, metrics;
};
/* What nobody took over. */
void service_sockets_close(struct service_sockets *sockets);
/* Takes what is in the environment, and leaves nothing of it to a child: before
 * any thread runs. YIHU_EARG: more than two, or none to listen on. */
int service_begin(struct service *s, struct service_sockets *sockets, struct yihu_error *err);
void service_end(struct service *s);

/* One assignment a line: "READY=1\nSTATUS=…". Best effort: a service manager that
 * does not hear it does what it does without. */
void service_tell(const struct service *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The writer's alone: it still turns, and the log has this many entries. Told at
 * half of what the watchdog asks, and at most once a second. */
void service_alive(struct service *s, uint64_t entries);

#endif
