/* SPDX-License-Identifier: Apache-2.0
 *
 * Open connections: how many an address has, and an absolute deadline for
 * each. Behind a trusted proxy a connection bears the requests of many, so there an
 * address has as many as it has requests under way. libmicrohttpd's timeout is inactivity only, so
 * a byte a second would hold a connection for ever: the reaper shuts it down from outside.
 */
#ifndef YIHU_COUNTD_CONNECTIONS_H
#define YIHU_COUNTD_CONNECTIONS_H

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "addresses.h"

struct certificate_pair;
enum phase {
	PHASE_WAITS,    /* for the headers of a request */
	PHASE_RECEIVES, /* its body */
	PHASE_MADE,     /* its answer is being made: it is not ended meanwhile */
	PHASE_HELD,     /* its answer is held back (slow_answers.h) */
	PHASE_SENDS,    /* its answer goes out */
	PHASE_ENDED     /* shut down to make room */
};
struct connection {
	struct connection *prev, *next;
	int fd;
	struct address peer;
	struct certificate_pair *pair; /* that it is served with; NULL: no TLS */
	struct address counts_for;     /* behind the table's lock */
	uint16_t tally;                /* … and so is this: which of its tallies, … */
	bool makes_room;               /* … and this: it was ended for another */
	bool of_proxy;                 /* a trusted one's: each request says for whom it is */
	atomic_bool refused;           /* its address has its fill: its request is told so */
	/* By yihu_clock_monotonic_ms; 0: none, an answer is being made. */
	atomic_ullong deadline_ms;
	atomic_uint phase;      /* enum phase, and by the same clock … */
	atomic_ullong since_ms; /* … since when; of a long body, since its last part came */
	atomic_bool spared;     /* a key holder's or the issuer's file: it makes room for nobody */
	atomic_uint served;     /* requests that were answered */
};
#define CONNECTIONS_TALLIES 4096u
struct connections {
	pthread_mutex_t lock;
	struct connection *first;
	unsigned n, making_room; /* of these, will soon be gone */
	/* How many unfinished ones an address has, counted anew each time; who shares one
	 * depends on this run's key. */
	uint16_t tallies[CONNECTIONS_TALLIES];
	uint8_t key[crypto_shorthash_KEYBYTES];
};
/* Shuts it down. plain: no TLS, so where a request comes in "408 Request Timeout" is
 * said first. */
void connection_end(struct connection *one, bool plain);
/* None is open. */
void connections_init(struct connections *c);
/* Asserts that none is open any more. */
void connections_finish(struct connections *c);
/* One that was accepted from there, counted for nobody. Borrowed, until
 * connections_remove. */
struct connection *connections_add(struct connections *c, int fd, const struct address *peer,
				   uint64_t now_ms, uint64_t deadline_ms);
/* One that was ended stays so. */
void connection_enters(struct connection *one, enum phase phase, uint64_t now_ms);
/* Frees it. Before the socket is closed, so that no other one has its number
 * yet. */
void connections_remove(struct connections *c, struct connection *one);
/* How many are open. */
unsigned connections_count(struct connections *c);
struct connection_limits {
	unsigned scarce; /* with at most so many open nobody is held to … */
	unsigned each;   /* … so many of one address */
};
/* Counts it for this address from now on (of IPv6 for its /64; ADDRESS_NONE: for nobody
 * again). false: connections are scarce, the address has as many others as one may
 * have (or its /48 four times as many), and none of these was idle: the idlest would
 * have been shut down instead. So a whole estate behind one address votes at once, as
 * long as there is room. */
bool connections_count_for(struct connections *c, struct connection *one, const struct address *a,
			   const struct connection_limits *limits);
/* When more than `most` are open and not on their way out, shuts down one other than this
 * newcomer, or a sixteenth of what one address has, 16 at most: of the address that has
 * most that are not being answered (loopback's each by itself; a trusted proxy's for whom
 * they ask). First those whose answer is held back, or that were served and wait; then,
 * longest first, those whose request is not whole after a second, whose answer is not
 * taken after ten, and the others. How many? */
unsigned connections_relieve(struct connections *c, const struct connection *newcomer,
			     unsigned most, uint64_t now_ms, bool plain);
/* Shuts down those past their deadline; returns how many. */
unsigned connections_reap(struct connections *c, uint64_t now_ms, bool plain);

#endif
