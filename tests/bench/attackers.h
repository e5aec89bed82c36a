/* SPDX-License-Identifier: Apache-2.0
 *
 * Who wants to keep others from voting: a process of its own, held to one core, that
 * comes from 127.0.0.2.
 */
#ifndef YIHU_BENCH_ATTACKERS_H
#define YIHU_BENCH_ATTACKERS_H

#include <stdint.h>
#include <sys/types.h>
#include <yihu/bytes.h>

struct attack {
	const char *name;
	unsigned connections; /* kept open; opened anew when the server ends one */
	/* Whole requests, one after another as answers come. */
	const struct yihu_buf *requests;
	unsigned n;
	/* Or, where every_s is not 0: `first` once, then `again` each time, whatever is
	 * answered. Both may be empty. */
	double every_s;
	const char *first, *again;
};
struct attackers;
/* Begins, and returns when all its connections were tried. */
struct attackers *attackers_start(const struct attack *a, int port);
/* What it got: answers by hundreds of status; connections that ended without one. */
struct attackers_got {
	double seconds;
	uint64_t opened, answers[6], ended;
};
struct attackers_got attackers_stop(struct attackers *a);

#endif
