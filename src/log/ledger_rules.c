/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of PROTOCOL §6 and §7 about an entry and the log before it, one
 * function each. Each kind of entry has a table of them: the first that is
 * broken is the answer, so their order is what a person gets to read. For a
 * ballot that is: its form; "you cast this very ballot", at any later time;
 * whether the poll is open; who asks; and only then the slow proofs. What a change
 * and a withdrawal ask beside that have files of their own (ledger_change.c,
 * ledger_withdraw.c).
 */
#include <stdlib.h>
#include <string.h>

#include "ledger_state.h"

typedef int rule(const struct yihu_ledger *l, struct yihu_candidate *c, struct yihu_error *err);

static const struct yihu_charter *charter_of(const struct yihu_ledger *l)
{
	return l->election->charter;
}

/* Of every entry. */

static int rule_opened(const struct yihu_ledger *l, struct yihu_candidate *c,
		       struct yihu_error *err)
{
	(void)c;
	if (yihu_ledger_size(l) == 0)
		return yihu_fail(err, YIHU_EOPENENTRY,
				 _("the log must begin with the entry that opens it"));
	return 0;
}

static int rule_not_closed(const struct yihu_ledger *l, struct yihu_candidate *c,
			   struct yihu_error *err)
{
	(void)c;
	if (yihu_ledger_closed(l))
		return yihu_fail(err, YIHU_ECLOSED,
				 _("the log is closed: nothing can follow its last entry"));
	return 0;
}

static int rule_not_called_off(const struct yihu_ledger *l, struct yihu_candidate *c,
			       struct yihu_error *err)
{
	(void)c;
	if (yihu_ledger_called_off(l))
		return yihu_fail(err, YIHU_ECANCELLED,
				 _("this election was called off: nothing can follow that"));
	return 0;
}

static int rule_time_goes_on(const struct yihu_ledger *l, struct yihu_candidate *c,
			     struct yihu_error *err)
{
	if (c->entry.time < yihu_ledger_last_time(l))
		return yihu_fail(err, YIHU_ETIME, _("the entry is older than the one before it"));
	return 0;
}

/* Once at-close is signed nothing more is accepted, even with a time before
 * `closes`. */
static int rule_not_over(const struct yihu_ledger *l, struct yihu_candidate *c,
			 struct yihu_error *err)
{
	uint64_t closes = charter_of(l)->closes;
	if (!l->sealed && c->entry.time < closes)
		return 0;
	char *when = yihu_time_local(closes);
	yihu_fail(err, YIHU_EOVER, _("the poll is over: it closed on %s"), when);
	free(when);
	return YIHU_EOVER;
}

/* O */

static int rule_open_is_first(const struct yihu_ledger *l, struct yihu_candidate *c,
			      struct yihu_error *err)
{
	(void)c;
	if (yihu_ledger_size(l) != 0)
		return yihu_fail(err, YIHU_EOPENENTRY, _("the log has been opened already"));
	return 0;
}

static int rule_open_eid(const struct yihu_ledger *l, struct yihu_candidate *c,
			 struct yihu_error *err)
{
	if (memcmp(c->entry.u.open.eid, charter_of(l)->eid, YIHU_EID_BYTES) != 0)
		return yihu_fail(err, YIHU_EELECTION, _("the log was opened for another election"));
	return 0;
}

static int rule_open_register(const struct yihu_ledger *l, struct yihu_candidate *c,
			      struct yihu_error *err)
{
	if (memcmp(c->entry.u.open.register_hash, l->election->reg->file_hash,
		   YIHU_REGISTER_HASH_BYTES) != 0)
		return yihu_fail(err, YIHU_EREGISTER,
				 _("the log was opened with another register than this one"));
	return 0;
}

/* B */

static int rule_ballot_form(const struct yihu_ledger *l, struct yihu_candidate *c,
			    struct yihu_error *err)
{
	const struct yihu_entry *e = &c->entry;
	uint32_t w = l->election->definition->width;
	int r = c->verified == YIHU_VERIFIED_BEFORE
			? yihu_ballot_read(&c->ballot, e->body, e->body_len, w, err)
			: yihu_ballot_parse(&c->ballot, e->body, e->body_len, w, err);
	if (r == 0)
		crypto_hash_sha256(c->ballot_hash, e->body, e->body_len);
	return r;
}

static int rule_ballot_new(const struct yihu_ledger *l, struct yihu_candidate *c,
			   struct yihu_error *err)
{
	const struct yihu_serial *s = yihu_ledger_find(l, c->ballot.serial);
	if (!s || !s->known.voted ||
	    memcmp(s->known.voted_hash, c->ballot_hash, sizeof c->ballot_hash) != 0)
		return 0;
	c->at = s->known.voted_index;
	return yihu_fail(err, YIHU_ESAME,
			 _("exactly this ballot is in the log already, as entry %llu"),
			 (unsigned long long)c->at);
}

static int rule_poll_open(const struct yihu_ledger *l, struct yihu_candidate *c,
			  struct yihu_error *err)
{
	uint64_t opens = charter_of(l)->opens;
	if (c->entry.time >= opens)
		return 0;
	char *when = yihu_time_local(opens);
	yihu_fail(err, YIHU_ENOTOPEN, _("the poll is not open yet: it opens on %s"), when);
	free(when);
	return YIHU_ENOTOPEN;
}

/* Serial, key and token signature are exactly those of the register or of an
 * R entry. Keys there all differ, so with one ballot a serial no key votes
 * twice either. */
static int rule_credential_known(const struct yihu_ledger *l, struct yihu_candidate *c,
				 struct yihu_error *err)
{
	const struct yihu_ballot *b = &c->ballot;
	const struct yihu_serial *s = yihu_ledger_find(l, b->serial);
	if (!s)
		return yihu_fail(err, YIHU_ECREDENTIAL, _("this election has no letter %04u"),
				 b->serial);
	return yihu_credential_is_of(&s->known, b, err);
}

static int rule_voter_not_voided(const struct yihu_ledger *l, struct yihu_candidate *c,
				 struct yihu_error *err)
{
	uint32_t serial = c->ballot.serial;
	return yihu_serial_not_voided(yihu_ledger_find(l, serial), serial, err);
}

static int rule_voter_not_voted(const struct yihu_ledger *l, struct yihu_candidate *c,
				struct yihu_error *err)
{
	uint32_t serial = c->ballot.serial;
	return yihu_serial_not_voted(yihu_ledger_find(l, serial), serial, &c->at, err);
}

static int rule_ballot_proven(const struct yihu_ledger *l, struct yihu_candidate *c,
			      struct yihu_error *err)
{
	const struct yihu_entry *e = &c->entry;
	if (c->verified == YIHU_VERIFIED_BEFORE)
		return 0;
	return yihu_ballot_verify(&c->ballot, e->body, e->body_len, charter_of(l)->eid, err);
}

/* Its own A's differ from each other by rule_ballot_form. */
static int rule_not_copied(const struct yihu_ledger *l, struct yihu_candidate *c,
			   struct yihu_error *err)
{
	for (uint32_t j = 0; j < c->ballot.w; j++)
		if (yihu_keyset_has(&l->points, c->ballot.words[j].a.bytes))
			return yihu_fail(err, YIHU_ECOPIED,
					 _("the ballot repeats part of another household's "
					   "ballot"));
	return 0;
}

/* C */

static int rule_over(const struct yihu_ledger *l, struct yihu_candidate *c, struct yihu_error *err)
{
	uint64_t closes = charter_of(l)->closes;
	if (c->entry.time >= closes)
		return 0;
	char *when = yihu_time_local(closes);
	yihu_fail(err, YIHU_ENOTOVER, _("the poll is not over: it closes on %s"), when);
	free(when);
	return YIHU_ENOTOVER;
}

static int rule_close_size(const struct yihu_ledger *l, struct yihu_candidate *c,
			   struct yihu_error *err)
{
	uint64_t signed_size = c->entry.u.close.size, size = yihu_ledger_size(l);
	if (signed_size != size)
		return yihu_fail(err, YIHU_EROOT,
				 _("the close was signed for a log of %llu entries, but the log "
				   "has %llu"),
				 (unsigned long long)signed_size, (unsigned long long)size);
	return 0;
}

static int rule_close_signed(const struct yihu_ledger *l, struct yihu_candidate *c,
			     struct yihu_error *err)
{
	const struct yihu_charter *charter = charter_of(l);
	struct yihu_node root = yihu_tree_root(l->tree, yihu_ledger_size(l));
	if (!yihu_close_signed(&c->entry.u.close, charter->eid, root.bytes, charter->issuer.pk))
		return yihu_fail(err, YIHU_ECLOSE,
				 _("the issuer has not signed the close of this log as it is"));
	return 0;
}

/* X */

static int rule_cancel_size(const struct yihu_ledger *l, struct yihu_candidate *c,
			    struct yihu_error *err)
{
	uint64_t signed_size = c->entry.u.cancel.size, size = yihu_ledger_size(l);
	if (signed_size != size)
		return yihu_fail(err, YIHU_EROOT,
				 _("the cancellation was signed for a log of %llu entries, but "
				   "the log has %llu"),
				 (unsigned long long)signed_size, (unsigned long long)size);
	return 0;
}

static int rule_cancel_reason(const struct yihu_ledger *l, struct yihu_candidate *c,
			      struct yihu_error *err)
{
	(void)l;
	return yihu_reason_check(c->entry.u.cancel.reason, err);
}

static int rule_cancel_signed(const struct yihu_ledger *l, struct yihu_candidate *c,
			      struct yihu_error *err)
{
	const struct yihu_charter *charter = charter_of(l);
	struct yihu_node root = yihu_tree_root(l->tree, yihu_ledger_size(l));
	if (!yihu_cancel_signed(&c->entry.u.cancel, charter->eid, root.bytes, charter->issuer.pk))
		return yihu_fail(err, YIHU_ECANCEL,
				 _("the issuer has not signed that this election is called off, "
				   "for this reason and in this log"));
	return 0;
}

static rule *const open_rules[] = {
	rule_open_is_first, rule_not_over, rule_open_eid, rule_open_register, NULL,
};
static rule *const ballot_rules[] = {
	rule_ballot_form,      rule_ballot_new,
	rule_opened,           rule_not_closed,
	rule_not_called_off,   rule_not_over,
	rule_poll_open,        rule_time_goes_on,
	rule_credential_known, rule_voter_not_voided,
	rule_voter_not_voted,  rule_ballot_proven,
	rule_not_copied,       NULL,
};
static rule *const change_rules[] = {
	rule_opened,   rule_not_closed,   rule_not_called_off,
	rule_not_over, rule_time_goes_on, yihu_ledger_change_rules,
	NULL,
};
/* No entry before C has a time of `closes` or later: times go on by themselves. */
static rule *const close_rules[] = {
	rule_opened, rule_not_closed, rule_not_called_off,
	rule_over,   rule_close_size, rule_close_signed,
	NULL,
};
static rule *const cancel_rules[] = {
	rule_opened,      rule_not_closed,    rule_not_called_off, rule_not_over, rule_time_goes_on,
	rule_cancel_size, rule_cancel_reason, rule_cancel_signed,  NULL,
};

static rule *const withdraw_rules[] = {
	rule_opened,   rule_not_closed,   rule_not_called_off,
	rule_not_over, rule_time_goes_on, yihu_ledger_withdraw_rules,
	NULL,
};

static rule *const *rules_for(enum yihu_entry_type type)
{
	switch (type) {
	case YIHU_ENTRY_OPEN:
		return open_rules;
	case YIHU_ENTRY_BALLOT:
		return ballot_rules;
	case YIHU_ENTRY_CHANGE:
		return change_rules;
	case YIHU_ENTRY_CLOSE:
		return close_rules;
	case YIHU_ENTRY_CANCEL:
		return cancel_rules;
	case YIHU_ENTRY_WITHDRAW:
		return withdraw_rules;
	}
	abort(); /* yihu_entry_parse knows no other */
}

int yihu_ledger_rules(const struct yihu_ledger *l, struct yihu_candidate *c, struct yihu_error *err)
{
	int r = 0;
	for (rule *const *next = rules_for(c->entry.type); *next && r == 0; next++)
		r = (*next)(l, c, err);
	return r;
}
