/* SPDX-License-Identifier: Apache-2.0
 *
 * A web host on loopback that serves a public folder from memory, remembers
 * what it was asked, and does as it is told.
 */
#ifndef TESTS_FETCH_HOST_H
#define TESTS_FETCH_HOST_H

#include <yihu/public.h>

#include "test.h"

struct host;
/* p is served, not copied: it may be changed between fetches, and in on_request. */
struct host *host_new(struct yihu_public *p);
void host_free(struct host *h);
const char *host_url(const struct host *h);
unsigned host_port(const struct host *h);

struct host_manners {
	const char *prefix;   /* the folder is below it: "/park" */
	const char *redirect; /* every file is elsewhere: this URL and the path */
	const char *encoding; /* Content-Encoding of every file */
	bool never_404;       /* a page for what is not there */
	unsigned failures;    /* 503 for so many requests at first */
	void (*on_request)(struct yihu_public *p, const char *path);
};
void host_behave(struct host *h, struct host_manners manners);
/* How often a path that begins like this was asked for, since the last call of host_forget. */
unsigned host_asked(struct host *h, const char *begin);
void host_forget(struct host *h);

#endif
