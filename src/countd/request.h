/* SPDX-License-Identifier: Apache-2.0
 *
 * What the box side works on: a call of the HTTP side, and its answer. It belongs to
 * one thread at a time.
 */
#ifndef YIHU_COUNTD_REQUEST_H
#define YIHU_COUNTD_REQUEST_H

#include <stdatomic.h>
#include <yihu/entry.h>
#include <yihu/ledger.h>

#include "answer.h"
#include "call.h"
#include "in_flight.h"
#include "known_false.h"

struct countd;

struct request {
	struct countd *d;
	enum call call;
	char *tail;           /* what the call is about (call.h), a copy; "" where it has none */
	struct yihu_buf body; /* its own */
	uint64_t received_ms; /* when its last byte was here, monotonic … */
	uint64_t received;    /* … and by the wall clock: its entry's time (PROTOCOL §7.1) */
	uint32_t id;          /* by which whoever asked knows it */
	atomic_bool gone;     /* whoever asked has hung up: any thread says so */
	bool reserved;        /* counts in countd.under_way */
	bool early;           /* and in countd.early */
	enum yihu_entry_type type;          /* of a ballot or entry */
	enum yihu_verified verified;        /* did a verifier check the ballot? */
	uint32_t serial;                    /* of a ballot: its letter, which is there */
	uint8_t tag[KNOWN_FALSE_TAG_BYTES]; /* … by which a false one is known again */
	enum in_flight_place placed;        /* what it has taken of its letter's … */
	bool proving;                       /* … and besides (in_flight.h) */
	struct answer answer;
	struct request *next;    /* in a queue, or in a lane … */
	uint64_t waits_since_ms; /* … and since when */
	uint64_t taken_us;       /* by a verifier, the last time */
	/* Who asked: gets the complete answer, and frees the request. */
	void (*answered)(struct request *r);
	void *context;
};
/* Takes body over; request_free. */
struct request *request_new(struct countd *d, enum call call, const char *tail,
			    struct yihu_buf *body);
void request_free(struct request *r);

#endif
