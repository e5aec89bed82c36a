/* SPDX-License-Identifier: Apache-2.0
 *
 * The verifiers: what a request costs to refuse is what it costs to send, so the cheap
 * question comes before the dear one, and a stranger's bytes come no further. Of a
 * ballot: size, the letter, its key and token signature, whether it has voted or is
 * void, the vote signature, which nobody but the letter's owner can make, and only then
 * points and proof. Of an issuer's entry: the signature. The writer gets what passed,
 * verified, and asks the ledger for the rest.
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "answer.h"
#include "daemon.h"
#include "hand_over.h"
#include "receipt_answer.h"
#include "threads.h"

/* What becomes of a request: refused, answered already, or to be written. */
enum verdict { REFUSED, ANSWERED, PASSED };

static enum verdict refuse(struct request *r, const struct yihu_error *err)
{
	atomic_fetch_add(&r->d->metrics.refused[err->code], 1);
	answer_refusal(r, err);
	return REFUSED;
}

/* The very ballot of a letter that has voted gets its receipt again. */
static bool is_repeated(const struct request *r, const struct known_letter *l)
{
	uint8_t hash[sizeof l->known.voted_hash];
	if (!l->known.voted)
		return false;
	crypto_hash_sha256(hash, r->body.data, r->body.len);
	return memcmp(hash, l->known.voted_hash, sizeof hash) == 0;
}

static enum verdict answer_repeated(struct request *r, const struct known_letter *l)
{
	struct yihu_buf entry = {0};
	yihu_entry_put(&entry, YIHU_ENTRY_BALLOT, l->known.voted_time, r->body.data, r->body.len);
	bool shown = receipt_answer(r, MHD_HTTP_OK, l->known.voted_index, &entry);
	yihu_buf_free(&entry);
	if (!shown) /* committed this moment: the writer knows it */
		return PASSED;
	atomic_fetch_add(&r->d->metrics.repeated, 1);
	return ANSWERED;
}

/* With index and time of what stands in the way. */
static enum verdict refuse_letter(struct request *r, const struct known_letter *l,
				  const struct yihu_error *err)
{
	if (err->code == YIHU_ECREDENTIAL)
		return refuse(r, err);
	bool voided = err->code == YIHU_EVOIDED;
	atomic_fetch_add(&r->d->metrics.refused[err->code], 1);
	answer_earlier(r, err, voided ? l->changed_time : l->known.voted_time,
		       voided ? l->known.changed_index : l->known.voted_index);
	return REFUSED;
}

/* Then the ledger refuses every ballot, before it looks at a proof. */
static bool takes_none(struct countd *d)
{
	struct figures f = committed_figures(d->committed);
	return f.ended || f.closed || f.called_off;
}

static enum verdict verify_ballot(struct request *r)
{
	const struct yihu_election *e = r->d->election;
	const struct yihu_buf *body = &r->body;
	struct yihu_error err = {0};
	struct yihu_ballot b;
	struct known_letter l;
	if (yihu_ballot_read(&b, yihu_buf_bytes(body), body->len, e->definition->width, &err) ||
	    letters_find(r->d->letters, b.serial, &l, &err))
		return refuse(r, &err);
	if (is_repeated(r, &l))
		return answer_repeated(r, &l);
	if (yihu_credential_lets(&l.known, &b, &err))
		return refuse_letter(r, &l, &err);
	if (yihu_ballot_check_signature(&b, body->data, body->len, e->charter->eid, &err))
		return refuse(r, &err);
	if (takes_none(r->d))
		return PASSED;
	if (yihu_ballot_check_words(&b, &err) || yihu_ballot_check_proof(&b, e->charter->eid, &err))
		return refuse(r, &err);
	r->verified = YIHU_VERIFIED_BEFORE;
	return PASSED;
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

static enum verdict verify(struct request *r)
{
	struct yihu_error err = {0};
	r->verified = YIHU_VERIFY_NOW;
	if (r->type == YIHU_ENTRY_BALLOT)
		return verify_ballot(r);
	return check_entry(r, &err) == 0 ? PASSED : refuse(r, &err);
}

void *verifier_run(void *countd)
{
	struct countd *d = countd;
	struct request *r;
	while (!queue_done(&d->verify)) {
		if (queue_take(&d->verify, &r, 1, -1) == 0)
			continue;
		/* Nothing was promised to whoever waits; what the writer has, it finishes. */
		if (atomic_load(&d->stopping)) {
			countd_answer_stopping(r);
			countd_finish(r);
			continue;
		}
		if (verify(r) != PASSED) {
			countd_finish(r);
			continue;
		}
		/* The writer's queue closes after the verifiers are gone. */
		bool taken = queue_push(&d->write, r);
		assert(taken);
	}
	return NULL;
}
