/* SPDX-License-Identifier: Apache-2.0
 *
 * The verifiers: what a request costs to refuse is what it costs to send, so the cheap
 * question comes before the dear one, and a stranger's bytes come no further. What the
 * letters' states refuse has not come here (ballot_call.c). Then, of a ballot: the vote
 * signature, which nobody but the letter's owner can make, and only then points and
 * proof. Of an issuer's entry: the signature. The writer gets what passed, verified, and
 * asks the ledger for the rest. What nobody waits for any more is left.
 */
#include <assert.h>
#include <stdlib.h>

#include "daemon.h"
#include "hand_over.h"
#include "known_ballot.h"
#include "threads.h"

/* Before it is anybody else's. */
static void note_time(struct request *r)
{
	metrics_verified(&r->d->metrics, metrics_us() - r->taken_us);
}

/* The writer's queue closes after the verifiers are gone. */
static void pass(struct request *r)
{
	note_time(r);
	bool taken = queue_push(&r->d->write, r);
	assert(taken);
}

static void refuse(struct request *r, const struct yihu_error *err)
{
	note_time(r);
	known_ballot_refuse(r, err);
	countd_finish(r);
}

/* And again, whenever these bytes come. */
static void refuse_for_good(struct request *r, const struct yihu_error *err)
{
	note_time(r);
	known_ballot_refuse_for_good(r, err);
	countd_finish(r);
}

/* Then the ledger refuses the ballot, before it looks at a proof. */
static bool comes_too_late(const struct request *r)
{
	struct figures f = committed_figures(r->d->committed);
	return f.ended || f.closed || f.called_off ||
	       r->received >= r->d->election->charter->closes;
}

static int read_ballot(const struct request *r, struct yihu_ballot *b, struct yihu_error *err)
{
	return yihu_ballot_read(b, r->body.data, r->body.len, r->d->election->definition->width,
				err);
}

/* b is what r's body says, and its signature holds. No honest program signs what fails
 * here: that letter's ballots wait behind the others from now on. */
static void prove(struct request *r, const struct yihu_ballot *b)
{
	struct yihu_error err = {0};
	if (yihu_ballot_check_words(b, &err) ||
	    yihu_ballot_check_proof(b, r->d->election->charter->eid, &err)) {
		in_flight_doubt(&r->d->in_flight, r->serial);
		refuse_for_good(r, &err);
		return;
	}
	r->verified = YIHU_VERIFIED_BEFORE;
	pass(r);
}

/* Its signature holds: the proof is next, at once or in its turn. */
static void go_on(struct request *r, enum lane lane, const struct yihu_ballot *b)
{
	struct countd *d = r->d;
	r->proving = in_flight_take_proof(&d->in_flight, r->serial);
	if (!r->proving) {
		atomic_fetch_add(&d->metrics.crowded, 1);
		countd_send_away(r);
	} else if (comes_too_late(r)) {
		pass(r);
	} else if (in_flight_doubted(&d->in_flight, r->serial)) {
		lanes_pay_proof(&d->verify, lane);
		prove(r, b);
	} else if (lanes_go_on(&d->verify, r, yihu_clock_monotonic_ms())) {
		prove(r, b);
	}
}

static void verify_ballot(struct request *r, enum lane lane, struct yihu_ballot *b)
{
	struct yihu_error err = {0};
	if (read_ballot(r, b, &err)) {
		refuse(r, &err);
		return;
	}
	if (lane == LANE_SIGNED)
		prove(r, b);
	else if (yihu_ballot_check_signature(b, r->body.data, r->body.len,
					     r->d->election->charter->eid, &err))
		refuse_for_good(r, &err);
	else
		go_on(r, lane, b);
}

/* C and X are signed for a size and its root: what was signed for another log than
 * this one's beginnings is nobody's. */
static int check_closing(struct countd *d, const struct yihu_entry *e, struct yihu_error *err)
{
	const struct yihu_charter *c = d->election->charter;
	bool closes = e->type == YIHU_ENTRY_CLOSE;
	uint64_t size = closes ? e->u.close.size : e->u.cancel.size;
	struct yihu_node root;
	if (!yihu_box_view_root(d->view, size, &root))
		return yihu_fail(
			err, YIHU_EROOT,
			_("it was signed for a log of %llu entries, and the log has fewer"),
			(unsigned long long)size);
	if (closes ? yihu_close_signed(&e->u.close, c->eid, root.bytes, c->issuer.pk)
		   : yihu_cancel_signed(&e->u.cancel, c->eid, root.bytes, c->issuer.pk))
		return 0;
	return closes ? yihu_fail(err, YIHU_ECLOSE,
				  _("the issuer has not signed the close of this log as it is"))
		      : yihu_fail(err, YIHU_ECANCEL,
				  _("the issuer has not signed that this election is called off, "
				    "for this reason and in this log"));
}

static int check_signed(struct countd *d, const struct yihu_entry *e, struct yihu_error *err)
{
	const struct yihu_charter *c = d->election->charter;
	struct yihu_withdrawal what;
	struct yihu_note note;
	if (e->type == YIHU_ENTRY_WITHDRAW) {
		int r = yihu_withdrawal_parse(&what, &note, e->body, e->body_len, c, err);
		return r == 0 ? yihu_withdrawal_signed(&note, c, err) : r;
	}
	if (e->type != YIHU_ENTRY_CHANGE)
		return check_closing(d, e, err);
	if (yihu_change_signed(&e->u.change, c->eid, c->issuer.pk))
		return 0;
	return yihu_fail(err, YIHU_ESIGNATURE,
			 _("the issuer of this election has not signed this change"));
}

static int check_entry(struct request *r, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	struct yihu_entry e;
	yihu_entry_put(&bytes, r->type, 0, yihu_buf_bytes(&r->body), r->body.len);
	int rc = yihu_entry_parse(&e, bytes.data, bytes.len, err);
	if (rc == 0)
		rc = check_signed(r->d, &e, err);
	yihu_buf_free(&bytes);
	return rc;
}

static void verify_entry(struct request *r)
{
	struct yihu_error err = {0};
	if (check_entry(r, &err))
		refuse(r, &err);
	else
		pass(r);
}

/* Since it came, its bytes were found false, or a false proof of its letter, of whose
 * ballots one at a time is looked at. */
static bool is_doubtful(struct request *r)
{
	struct countd *d = r->d;
	if (known_ballot_is_false(r)) {
		countd_finish(r);
		return true;
	}
	if (r->placed == PLACE_TRIAL || !in_flight_doubted(&d->in_flight, r->serial))
		return false;
	atomic_fetch_add(&d->metrics.crowded, 1);
	countd_send_away(r);
	return true;
}

/* Nothing was promised to whoever waits. */
static bool is_left(struct request *r, enum lane lane, bool late)
{
	struct countd *d = r->d;
	if (atomic_load(&d->stopping)) {
		answer_stopping(&r->answer);
		countd_finish(r);
		return true;
	}
	bool gone = atomic_load(&r->gone);
	if (!gone && !late)
		return false;
	atomic_fetch_add(gone ? &d->metrics.dropped : &d->metrics.shed[lane], 1);
	countd_send_away(r);
	return true;
}

void *verifier_run(void *countd)
{
	struct countd *d = countd;
	struct yihu_ballot *b = yihu_alloc(sizeof *b);
	struct request *r;
	enum lane lane;
	bool late;
	while ((r = lanes_take(&d->verify, &lane, &late))) {
		if (is_left(r, lane, late))
			continue;
		if ((lane == LANE_UNSIGNED || lane == LANE_CROWDED) && is_doubtful(r))
			continue;
		r->taken_us = metrics_us();
		if (lane == LANE_ISSUER)
			verify_entry(r);
		else
			verify_ballot(r, lane, b);
	}
	free(b);
	return NULL;
}
