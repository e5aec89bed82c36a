/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may ask at all, before the token is looked at: a page of ours in a browser of this
 * user. What else can reach a port of 127.0.0.1 are other pages (by a form, by fetch, by
 * a name of theirs that was made to lead here), and other users' programs.
 */
#ifndef YIHU_CONSOLE_GUARD_H
#define YIHU_CONSOLE_GUARD_H

#include <stdbool.h>

/* What of a request decides; NULL where it has none. */
struct guard_asked {
	const char *host, *origin, *site, *type; /* Host, Origin, Sec-Fetch-Site, Content-Type */
	bool changes;                            /* POST */
	bool call;                               /* /api/…; else a page */
};
/* The HTTP status to refuse it with, or 0. host: what Host must be, "127.0.0.1:34567". */
unsigned guard_refuses(const struct guard_asked *a, const char *host);

#endif
