/* SPDX-License-Identifier: Apache-2.0
 *
 * What waits for a verifier, in lanes with a share of the verifiers' time each: nobody
 * who fills one delays the others by more than its share, and a lane that is empty
 * leaves its share to the rest. First in, first out in each.
 *
 *   SIGNED    a ballot whose vote signature holds, so its letter's owner made it: points
 *             and proof are next. It was promised nothing, but it is not sent away any
 *             more. While this lane is full, no signature is looked at.
 *   UNSIGNED  a ballot that the letters' states do not refuse; its signature is next.
 *   ISSUER    an entry; its signature is next.
 *   CROWDED   a ballot of a letter that has two under way. It waits behind the others, and
 *             is not sent away for it: whoever wanted to shut a household out would only
 *             have to name its letter. Of a letter that has signed a false proof one, and
 *             no more: so nobody fills this lane with proofs.
 *
 * What has waited for LANES_WAIT_MS is late: it goes back unverified, to be told so.
 */
#ifndef YIHU_COUNTD_LANES_H
#define YIHU_COUNTD_LANES_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "overload.h"

#define LANES_WAIT_MS 2000

struct request;

enum lane { LANE_SIGNED, LANE_UNSIGNED, LANE_ISSUER, LANE_CROWDED, N_LANES };

struct lanes {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct lane_queue {
		struct request *head, *tail;
		unsigned n, max;
		uint64_t served; /* what was taken, each by its cost and the lane's share */
		struct overload overload;
	} of[N_LANES];
	uint64_t served; /* the lane's that was served last */
	uint32_t width;  /* what a proof costs, in signatures */
	bool closed;
};
/* Each lane but SIGNED has room for half of max, more than there are connections: nobody
 * can fill one up, so that no letter and no issuer finds it full. */
void lanes_init(struct lanes *l, unsigned max);
/* Before the first is taken: how many words a ballot has. SIGNED has room for some tenths
 * of a second. */
void lanes_set_width(struct lanes *l, uint32_t width);
void lanes_finish(struct lanes *l); /* asserts that they are empty */

enum lanes_push { LANES_TAKEN, LANES_FULL, LANES_CLOSED };
/* Into one of the lanes but SIGNED. LANES_FULL: no room, or those that are there wait too
 * long already. */
enum lanes_push lanes_push(struct lanes *l, enum lane lane, struct request *r, uint64_t now_ms);
/* Waits for the next one; NULL when they are closed and empty. *lane says out of which it
 * comes, *late that it has waited too long. */
struct request *lanes_take(struct lanes *l, enum lane *lane, bool *late);
/* r's signature holds: true when its proof is due at once, else it is in SIGNED. */
bool lanes_go_on(struct lanes *l, struct request *r, uint64_t now_ms);
/* r goes on out of its lane, where it pays for the proof too. */
void lanes_pay_proof(struct lanes *l, enum lane lane);
/* No more is pushed: whoever waits wakes up, and what is in is still given. */
void lanes_close(struct lanes *l);

/* Does it wait so long in this lane that whoever comes has to bring work? */
bool lanes_overloaded(struct lanes *l, enum lane lane, uint64_t now_ms);
struct lane_figures {
	unsigned n;
	uint64_t age_ms; /* of the one that waits longest */
};
/* As they are at this moment. */
struct lane_figures lanes_figures(struct lanes *l, enum lane lane, uint64_t now_ms);
const char *lane_name(enum lane lane); /* for metrics */

#endif
