/* SPDX-License-Identifier: Apache-2.0
 *
 * Sending a ballot. The same bytes may be sent any number of times and are
 * counted once (PROTOCOL §6), so every answer that settles nothing is followed
 * by another try, until patience is over.
 */
#include "cast/internal.h"
#include "cast/prove_work.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FIRST_WAIT_MS 250
#define LONGEST_WAIT_MS 8000
/* What a last try gets, however little patience is left. */
#define SHORTEST_CALL_S 5
/* So often a try does what is asked; then the next one waits before it. */
#define WORKS_MAX 3

struct sending {
	struct cast_outcome *out;
	struct http_client *client;
	const struct yihu_election *election;
	const struct yihu_buf *ballot;
	const struct cast_patience *patience;
	uint64_t deadline_ms, wait_ms;
	unsigned retry_after_s; /* as the last answer said */
};

void cast_outcome_finish(struct cast_outcome *o)
{
	yihu_buf_free(&o->receipt);
}

static void settle_recorded(struct cast_outcome *o, struct cast_proof *p)
{
	o->verdict = CAST_RECORDED;
	o->index = p->index;
	o->time = p->time;
	memcpy(o->code, p->code, sizeof o->code);
	o->receipt = p->receipt;
	p->receipt = (struct yihu_buf){0};
}

static bool is_ours(const struct sending *s, const struct cast_proof *p)
{
	return p->ballot.len > 0 && p->ballot.len == s->ballot->len &&
	       memcmp(p->ballot.data, s->ballot->data, s->ballot->len) == 0;
}

/* The server says that it is recorded. Unproven, it may be in or not: asking
 * the same server again would tell no more. */
static bool settle_accepted(struct sending *s, const struct http_answer *a)
{
	struct cast_outcome *o = s->out;
	struct cast_proof p = {0};
	json_t *j = cast_json(a);
	struct yihu_span receipt = cast_json_text(j, "receipt");
	int r = receipt.len == 0 ? yihu_fail(&o->why, YIHU_ENET, _("the answer holds no receipt"))
				 : cast_proof_read(&p, s->election, receipt, &o->why);
	if (r == 0 && !is_ours(s, &p))
		r = yihu_fail(&o->why, YIHU_EENTRY, _("the receipt is for another ballot"));
	if (r == 0)
		settle_recorded(o, &p);
	else
		yihu_fail_at(&o->why, r,
			     _("the server says “recorded”, and its receipt does not prove it"));
	cast_proof_finish(&p);
	json_decref(j);
	return true;
}

/* Another ballot of this household is in: let the server prove it. (If it is
 * this very one, the refusal was wrong.) */
static void look_at_voted(struct sending *s)
{
	struct cast_standing standing = {0};
	uint32_t serial = yihu_ballot_serial(s->ballot->data, s->ballot->len);
	if (cast_look(&standing, s->client, s->election, serial, NULL) != 0)
		return;
	if (standing.voted && is_ours(s, &standing.proof)) {
		settle_recorded(s->out, &standing.proof);
	} else if (standing.voted) {
		s->out->voted_proven = true;
		s->out->voted_time = standing.proof.time;
	}
	cast_standing_finish(&standing);
}

/* Refusals of the daemon settle it. What a portal or proxy on the way answers
 * has no slug of ours, and settles nothing. */
static bool settle_refused(struct sending *s, const struct http_answer *a)
{
	struct cast_outcome *o = s->out;
	int r = http_refusal(a, &o->why);
	if (a->status / 100 != 4 || r == YIHU_ENET)
		return false;
	o->verdict = CAST_NOT_RECORDED;
	if (r == YIHU_EVOTED)
		look_at_voted(s);
	return true;
}

static uint64_t left_ms(const struct sending *s)
{
	uint64_t now = yihu_clock_monotonic_ms();
	return now < s->deadline_ms ? s->deadline_ms - now : 0;
}

static void tell(const struct sending *s, enum cast_meanwhile what)
{
	if (s->patience->meanwhile)
		s->patience->meanwhile(s->patience->context, what, &s->out->why);
}

/* work: the header to send, or NULL. */
static bool post(struct sending *s, const char *work, struct http_answer *a)
{
	uint64_t left_s = left_ms(s) / 1000;
	http_client_timeout(s->client,
			    left_s > SHORTEST_CALL_S ? (unsigned)left_s : SHORTEST_CALL_S);
	s->retry_after_s = 0;
	return http_post_with(s->client, "/api/ballot", work, s->ballot->data, s->ballot->len, a,
			      &s->out->why) == 0;
}

static bool settle(struct sending *s, const struct http_answer *a)
{
	s->retry_after_s = a->retry_after_s;
	return a->status == 200 || a->status == 201 ? settle_accepted(s, a) : settle_refused(s, a);
}

/* One try, with the work that is asked for; false when there is to be another. */
static bool try_once(struct sending *s)
{
	struct http_answer a = {0};
	struct work_ask ask;
	bool settled = post(s, NULL, &a) && settle(s, &a);
	for (int n = 0; n < WORKS_MAX && !settled && left_ms(s) > 0 && asked_for_work(&a, &ask);
	     n++) {
		http_answer_finish(&a);
		a = (struct http_answer){0};
		tell(s, CAST_WORKS);
		char *work = prove_work_header(&ask, s->ballot);
		settled = post(s, work, &a) && settle(s, &a);
		free(work);
	}
	http_answer_finish(&a);
	return settled;
}

/* Longer each time, the server's own wish when it is longer, never the same for
 * all who wait; no longer than patience. */
static void wait_before_next(struct sending *s)
{
	uint64_t asked = (uint64_t)s->retry_after_s * 1000, left = left_ms(s);
	uint64_t ms = s->wait_ms > asked ? s->wait_ms : asked;
	ms += randombytes_uniform((uint32_t)s->wait_ms);
	ms = ms < left ? ms : left;
	struct timespec pause = {.tv_sec = (time_t)(ms / 1000),
				 .tv_nsec = (long)(ms % 1000) * 1000000};
	nanosleep(&pause, NULL);
	s->wait_ms = s->wait_ms * 2 < LONGEST_WAIT_MS ? s->wait_ms * 2 : LONGEST_WAIT_MS;
}

void cast_send(struct cast_outcome *out, struct http_client *c, const struct yihu_election *e,
	       const struct yihu_buf *ballot, const struct cast_patience *patience)
{
	struct sending s = {.out = out,
			    .client = c,
			    .election = e,
			    .ballot = ballot,
			    .patience = patience,
			    .wait_ms = FIRST_WAIT_MS,
			    .deadline_ms = yihu_clock_monotonic_ms() + patience->seconds * 1000ull};
	*out = (struct cast_outcome){.verdict = CAST_NOT_KNOWN};
	bool settled = try_once(&s);
	while (!settled && left_ms(&s) > 0) {
		tell(&s, CAST_WAITS);
		wait_before_next(&s);
		settled = try_once(&s);
	}
}
