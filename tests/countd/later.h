/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls whose answers come later, to a daemon whose verifiers are held at the gate.
 */
#ifndef YIHU_TEST_LATER_H
#define YIHU_TEST_LATER_H

#include <pthread.h>

#include "countd/daemon.h"
#include "daemon.h"
#include "gate.h"

#define LATER_PATIENCE_MS 60000

/* A call whose answer comes later. */
struct later {
	const struct daemon *w;
	const char *path;
	struct yihu_buf body;
	pthread_t thread;
	struct reply reply;
};

/* A test's set up and tear down: a daemon DURING the poll, with GATE_SERIALS households. */
int later_start(void **state);
int later_stop(void **state);

/* Takes body over. */
struct later *send_off(const struct daemon *w, const char *path, struct yihu_buf body);
/* Waits for the answer, and wants this one; frees l. */
void ends(struct later *l, int status, const char *slug);
/* Until so many wait in the lane: an event that has no other sign. */
void wait_for(const struct daemon *w, enum lane lane, unsigned n);

/* How many there are. */
unsigned verifiers(const struct daemon *w);
/* Letters 100 and on: one in each verifier's hands, and the gate is shut. */
void occupy(const struct daemon *w, struct later *busy[COUNTD_VERIFIERS_MAX]);
/* They are recorded, from that one on. */
void busy_end(const struct daemon *w, struct later *busy[COUNTD_VERIFIERS_MAX], unsigned from);

/* A ballot whose vote signature does not hold. */
struct yihu_buf bogus(const struct daemon *w, uint32_t serial, uint64_t seed);

#endif
