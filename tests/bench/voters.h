/* SPDX-License-Identifier: Apache-2.0
 *
 * Honest voters, as a page sends for them: so many a second whatever happens, each
 * over a connection and from an address of its own (127.1.0.0/16), and again with the
 * page's own waits until there is a receipt.
 */
#ifndef YIHU_BENCH_VOTERS_H
#define YIHU_BENCH_VOTERS_H

#include <stdint.h>

/* What an ended row of voters says of them. */
struct voters {
	uint32_t n, served;            /* served: a receipt within VOTERS_PATIENCE_S */
	uint32_t tries;                /* ballots sent, by all of them */
	double p50_ms, p99_ms, max_ms; /* of those served: from the wish to the receipt */
};
#define VOTERS_PATIENCE_S 30

/* The ballots of load_homes[first … first + n − 1], `rate` of them a second. */
struct voters voters_run(int port, uint32_t first, uint32_t n, double rate);

#endif
