/* SPDX-License-Identifier: Apache-2.0
 *
 * How many ballots of each letter are under way, from when they come to their answer. A
 * letter has IN_FLIGHT_MAX places, and as many for ballots whose vote signature holds:
 * those are its owner's doing, the others may be anybody's. Of a letter that has signed a
 * false proof one ballot is under way, and no more.
 */
#ifndef YIHU_COUNTD_IN_FLIGHT_H
#define YIHU_COUNTD_IN_FLIGHT_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#define IN_FLIGHT_MAX 2

enum in_flight_place {
	PLACE_NONE,   /* of a letter that has as many: behind the others */
	PLACE_OWN,    /* one of the two */
	PLACE_TRIAL,  /* the one of a letter that is doubted: behind the others, too */
	PLACE_REFUSED /* that one has somebody already */
};

struct in_flight {
	pthread_mutex_t lock;
	struct letter_places {
		uint8_t places, proofs; /* in use */
		bool doubted;           /* signed a ballot whose proof was false */
		bool on_trial;          /* its one ballot is under way */
	} * of;                         /* [serial−1] */
	uint32_t n;
};
/* Nothing is under way. */
void in_flight_init(struct in_flight *f);
/* When all are answered. */
void in_flight_finish(struct in_flight *f);

/* Serials of letters that there are. What was taken is given back by its namesake below. */
enum in_flight_place in_flight_take_place(struct in_flight *f, uint32_t serial);
/* false: none is left. */
bool in_flight_take_proof(struct in_flight *f, uint32_t serial);
/* Of NONE and REFUSED, nothing. */
void in_flight_give_place(struct in_flight *f, uint32_t serial, enum in_flight_place place);
void in_flight_give_proof(struct in_flight *f, uint32_t serial);
/* From now on: no honest program makes such a ballot. */
void in_flight_doubt(struct in_flight *f, uint32_t serial);
bool in_flight_doubted(struct in_flight *f, uint32_t serial);

#endif
