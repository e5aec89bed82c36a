/* SPDX-License-Identifier: Apache-2.0
 *
 * Ballots and the issuer's entries, as they come: what is to be appended. What is known
 * answers most of what nobody could have sent, and what was sent before; the rest goes
 * into a lane, and is answered by verifiers and writer, after the commit and never
 * before. While too much comes, a ballot brings some work first.
 */
#include <string.h>

#include "box_calls.h"
#include "daemon.h"
#include "hand_over.h"
#include "known_ballot.h"

static bool reserve(struct request *r)
{
	struct countd *d = r->d;
	r->reserved = true;
	r->early = r->received < d->election->charter->closes;
	atomic_fetch_add(&d->early, r->early);
	return atomic_fetch_add(&d->under_way, 1) < d->options.queue;
}

/* Into the lane, if there is room; r is a verifier's then. */
static void line_up(struct request *r, enum lane lane)
{
	struct countd *d = r->d;
	if (!reserve(r)) {
		countd_send_away(r);
		return;
	}
	switch (lanes_push(&d->verify, lane, r, yihu_clock_monotonic_ms())) {
	case LANES_TAKEN:
		return;
	case LANES_FULL:
		atomic_fetch_add(&d->metrics.shed[lane], 1);
		countd_send_away(r);
		return;
	case LANES_CLOSED:
		answer_stopping(&r->answer);
		countd_finish(r);
		return;
	}
}

static void ask_work(struct request *r, uint64_t now_ms)
{
	struct work_ask ask = asked_work_now(&r->d->work, now_ms);
	char nonce[2 * WORK_NONCE_BYTES + 1];
	atomic_fetch_add(&r->d->metrics.work_asked, 1);
	answer_error_with(&r->answer, YIHU_EWORK,
			  json_pack("{s:s, s:i}", "nonce",
				    yihu_hex_into(nonce, ask.nonce, sizeof ask.nonce), "bits",
				    (int)ask.bits),
			  _("so many ballots are coming in that each has to bring some work "
			    "(Yihu-Work). Nothing was recorded. The page and yihu-cast do it by "
			    "themselves"));
}

/* True: it has to bring work, and has not; then r is answered. */
static bool lacks_work(struct request *r, enum lane lane)
{
	struct countd *d = r->d;
	uint64_t now_ms = yihu_clock_monotonic_ms();
	if (!d->options.always_ask_work && !lanes_overloaded(&d->verify, lane, now_ms))
		return false;
	if (asked_work_done(&d->work, now_ms, r->tail, r->body.data, r->body.len)) {
		atomic_fetch_add(&d->metrics.work_done, 1);
		return false;
	}
	ask_work(r, now_ms);
	return true;
}

void ballot_handle(struct request *r)
{
	r->type = YIHU_ENTRY_BALLOT;
	if (known_ballot_answers(r)) {
		countd_finish(r);
		return;
	}
	r->placed = in_flight_take_place(&r->d->in_flight, r->serial);
	if (r->placed == PLACE_REFUSED) {
		atomic_fetch_add(&r->d->metrics.crowded, 1);
		countd_send_away(r);
		return;
	}
	enum lane lane = r->placed == PLACE_OWN ? LANE_UNSIGNED : LANE_CROWDED;
	if (lacks_work(r, lane))
		countd_finish(r);
	else
		line_up(r, lane);
}

static bool is_for_the_issuer(uint8_t type)
{
	return type == YIHU_ENTRY_CHANGE || type == YIHU_ENTRY_CLOSE || type == YIHU_ENTRY_CANCEL ||
	       type == YIHU_ENTRY_WITHDRAW;
}

static bool is_repeated(struct request *r)
{
	struct countd *d = r->d;
	struct known_entry known;
	if (!known_entries_find(d->entries, r->type, yihu_buf_bytes(&r->body), r->body.len, &known))
		return false;
	atomic_fetch_add(&d->metrics.entries_repeated, 1);
	answer_entry(&r->answer, HTTP_OK, known.index, known.time);
	return true;
}

/* The signature is the authority: anyone may bring an entry. */
void entry_handle(struct request *r)
{
	uint8_t type = r->body.len > 0 ? r->body.data[0] : 0;
	if (!is_for_the_issuer(type)) {
		answer_error(&r->answer, HTTP_BAD_REQUEST, YIHU_EENTRY,
			     _("an entry begins with the letter R (change), C (close), X (calls "
			       "the election off) or W (withdraws a project)"));
		countd_finish(r);
		return;
	}
	r->type = type;
	memmove(r->body.data, r->body.data + 1, --r->body.len);
	if (is_repeated(r))
		countd_finish(r);
	else
		line_up(r, LANE_ISSUER);
}
