/* SPDX-License-Identifier: Apache-2.0
 *
 * The verifiers: a ballot's form, its vote signature and its proof, checked
 * side by side before the one writer asks for the rest.
 */
#include <assert.h>
#include <errno.h>
#include <string.h>

#include "answer.h"
#include "daemon.h"
#include "hand_over.h"
#include "threads.h"

/* A ballot of nobody costs one look-up, not a proof of up to 255 words. Only
 * when the box is free at this moment: a verifier never waits for a commit.
 * And a household that voted needs no proof checked again: the ledger asks
 * that question first. */
enum advice { ADVICE_VERIFY, ADVICE_ASK_LEDGER, ADVICE_REFUSE };

static enum advice look_up(struct countd *d, const struct yihu_ballot *b, struct yihu_error *err)
{
	struct yihu_credential_state s;
	if (pthread_mutex_trylock(&d->box_lock) == EBUSY)
		return ADVICE_VERIFY;
	const struct yihu_ledger *l = yihu_box_ledger(d->box);
	int r = yihu_ledger_serial(l, b->serial, &s, err);
	bool sealed = yihu_ledger_sealed(l);
	pthread_mutex_unlock(&d->box_lock);
	if (sealed || (r == 0 && (s.voted || s.voided)))
		return ADVICE_ASK_LEDGER;
	if (r != 0)
		return ADVICE_REFUSE;
	if (memcmp(s.credential.pk, b->pk, sizeof b->pk) == 0 &&
	    memcmp(s.credential.signature, b->token_signature, sizeof b->token_signature) == 0)
		return ADVICE_VERIFY;
	yihu_fail(err, YIHU_ECREDENTIAL,
		  _("the ballot does not have the key that was issued with letter %04u"),
		  b->serial);
	return ADVICE_REFUSE;
}

/* On 0, r->verified says what the ledger may rely on. */
static int verify(struct request *r, struct yihu_error *err)
{
	const struct yihu_election *e = r->d->election;
	struct yihu_ballot b;
	r->verified = YIHU_VERIFY_NOW;
	int rc = yihu_ballot_parse(&b, r->body.data, r->body.len, e->definition->width, err);
	if (rc != 0)
		return rc;
	enum advice advice = look_up(r->d, &b, err);
	if (advice == ADVICE_REFUSE)
		return err->code;
	if (advice == ADVICE_VERIFY) {
		rc = yihu_ballot_verify(&b, r->body.data, r->body.len, e->charter->eid, err);
		r->verified = YIHU_VERIFIED_BEFORE;
	}
	return rc;
}

void *verifier_run(void *countd)
{
	struct countd *d = countd;
	struct request *r;
	while (!queue_done(&d->verify)) {
		if (queue_take(&d->verify, &r, 1, -1) == 0)
			continue;
		struct yihu_error err = {0};
		/* The writer's queue closes after the verifiers are gone. */
		if (verify(r, &err) == 0) {
			bool taken = queue_push(&d->write, r);
			assert(taken);
			continue;
		}
		atomic_fetch_add(&d->metrics.refused[err.code], 1);
		answer_refusal(r, &err);
		countd_finish(r);
	}
	return NULL;
}
