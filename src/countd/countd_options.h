/* SPDX-License-Identifier: Apache-2.0
 *
 * How a daemon is started.
 */
#ifndef YIHU_COUNTD_COUNTD_OPTIONS_H
#define YIHU_COUNTD_COUNTD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct countd_options {
	const char *box_dir;
	const char *mirror; /* a second box folder, written before this one; NULL: none */
	bool alone;         /* the other half of a mirrored box is lost for good */
	bool moved;         /* a person says that every other copy is stopped */
	/* receipts and checkpoints that the log must contain */
	const char *const *not_before;
	size_t n_not_before;
	/* "ADDR:PORT", "[ADDR]:PORT"; port 0: any that is free. NULL: the socket that the
	 * service manager handed over (service.h), else 127.0.0.1:8080. */
	const char *listen;
	/* The same form, for GET /metrics; NULL: nowhere. */
	const char *metrics;
	const char *tls_cert; /* PEM files, both or none */
	const char *tls_key;
	const char *user; /* whose rights it has while it serves (privileges.h), or NULL */
	/* web servers whose X-Forwarded-For is believed: addresses.h */
	const char *const *trust_proxy;
	size_t n_trust_proxy;
	bool accept_site; /* take site/NAME over HTTP once results are published */
	bool confined;    /* this process, for good: confine.h (not in tests' own) */
	bool quiet;       /* no log lines (tests) */
	int front_fd;     /* 0; or a channel's end whose other end plays the HTTP side (tests) */
	bool always_ask_work; /* of each ballot, not in overload alone (trials) */
	/* 0: the default that stands behind it */
	unsigned connections;        /* in all, 2000 */
	unsigned connections_per_ip; /* of one address when they are scarce, a tenth */
	unsigned queue;              /* ballots and entries under way, 4096 */
	size_t held_bytes;           /* of large answers in memory at once, 64 MB */
	unsigned request_ms;         /* to receive headers, and each part of a body, 10000 */
};

#endif
