/* SPDX-License-Identifier: Apache-2.0
 *
 * The ledger's memory: appending what the rules allow, and taking it back.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger_state.h"

static void add_serial(struct yihu_ledger *l, const struct yihu_credential *credential)
{
	if (l->last_serial == l->serials_cap) {
		l->serials_cap = l->serials_cap ? 2 * l->serials_cap : 64;
		l->serials = yihu_realloc(l->serials, l->serials_cap, sizeof *l->serials);
	}
	l->serials[l->last_serial++] = (struct yihu_serial){.known = {.credential = *credential}};
	yihu_keyset_add(&l->pks, credential->pk);
}

struct yihu_ledger *yihu_ledger_new(const struct yihu_election *e)
{
	assert(e->reg && e->reg->n == e->charter->households);
	struct yihu_ledger *l = yihu_calloc(1, sizeof *l);
	l->election = e;
	l->tree = yihu_tree_new();
	yihu_keyset_init(&l->pks);
	yihu_keyset_init(&l->points);
	l->serials_cap = e->reg->n;
	l->serials = yihu_calloc(l->serials_cap, sizeof *l->serials);
	for (uint32_t i = 0; i < e->reg->n; i++)
		add_serial(l, &e->reg->credentials[i]);
	l->counts = (struct yihu_ledger_counts){
		.households = e->reg->n,
		.entitled = e->reg->n,
	};
	return l;
}

void yihu_ledger_free(struct yihu_ledger *l)
{
	if (!l)
		return;
	yihu_tree_free(l->tree);
	yihu_keyset_free(&l->pks);
	yihu_keyset_free(&l->points);
	for (size_t i = 0; i < l->n_withdrawn; i++)
		free(l->withdrawn[i].reason);
	free(l->serials);
	free(l->undo);
	free(l);
}

static struct yihu_serial *serial_at(struct yihu_ledger *l, uint32_t serial)
{
	assert(serial >= 1 && serial <= l->last_serial);
	return &l->serials[serial - 1];
}

/* Which count does a change move? */
static uint32_t *change_count(struct yihu_ledger_counts *c, uint32_t old_serial,
			      uint32_t new_serial)
{
	if (old_serial == 0)
		return &c->additions;
	return new_serial == 0 ? &c->voids : &c->replacements;
}

static void update_entitled(struct yihu_ledger_counts *c)
{
	c->entitled = c->households + c->additions;
}

static void apply_ballot(struct yihu_ledger *l, const struct yihu_candidate *c, struct yihu_undo *u)
{
	const struct yihu_ballot *b = &c->ballot;
	struct yihu_serial *s = serial_at(l, b->serial);
	u->old_serial = b->serial;
	s->known.voted = true;
	s->known.voted_index = yihu_ledger_size(l);
	s->known.voted_time = c->entry.time;
	memcpy(s->known.voted_hash, c->ballot_hash, sizeof s->known.voted_hash);
	for (uint32_t j = 0; j < b->w; j++)
		yihu_keyset_add(&l->points, b->words[j].a.bytes);
	l->counts.ballots++;
}

static void undo_ballot(struct yihu_ledger *l, const struct yihu_undo *u)
{
	struct yihu_serial *s = serial_at(l, u->old_serial);
	s->known.voted = false;
	s->known.voted_index = s->known.voted_time = 0;
	l->counts.ballots--;
	yihu_keyset_truncate(&l->points, l->counts.ballots * l->election->definition->width);
}

static void apply_change(struct yihu_ledger *l, const struct yihu_change *c, struct yihu_undo *u)
{
	uint64_t index = yihu_ledger_size(l);
	u->old_serial = c->old_serial;
	u->new_serial = c->new_serial;
	if (c->old_serial) {
		struct yihu_credential_state *old = &serial_at(l, c->old_serial)->known;
		u->changed_before = old->changed_index;
		old->voided = true;
		old->replaced_by = c->new_serial;
		old->changed_index = index;
	}
	if (c->new_serial) {
		add_serial(l, &c->credential);
		assert(c->new_serial == l->last_serial);
		struct yihu_credential_state *new = &serial_at(l, c->new_serial)->known;
		new->replaces = c->old_serial;
		new->changed_index = index;
	}
	++*change_count(&l->counts, c->old_serial, c->new_serial);
	update_entitled(&l->counts);
}

static void undo_change(struct yihu_ledger *l, const struct yihu_undo *u)
{
	if (u->new_serial) {
		assert(u->new_serial == l->last_serial);
		l->last_serial--;
		yihu_keyset_truncate(&l->pks, l->last_serial);
	}
	if (u->old_serial) {
		struct yihu_credential_state *old = &serial_at(l, u->old_serial)->known;
		old->voided = false;
		old->replaced_by = 0;
		old->changed_index = u->changed_before;
	}
	--*change_count(&l->counts, u->old_serial, u->new_serial);
	update_entitled(&l->counts);
}

/* The rules keep it below the charter's number, and that below the array's. */
static void apply_withdrawal(struct yihu_ledger *l, const struct yihu_candidate *c)
{
	assert(l->n_withdrawn < YIHU_WITHDRAWALS_MAX);
	l->withdrawn[l->n_withdrawn++] = (struct yihu_withdrawn){
		.project = c->withdrawal.project,
		.entry = yihu_ledger_size(l),
		.time = c->entry.time,
		.reason = yihu_span_dup(c->withdrawal.reason),
	};
}

static void undo_withdrawal(struct yihu_ledger *l)
{
	assert(l->n_withdrawn > 0);
	free(l->withdrawn[--l->n_withdrawn].reason);
}

static struct yihu_undo *push_undo(struct yihu_ledger *l, const struct yihu_entry *e)
{
	uint64_t size = yihu_ledger_size(l);
	if (size == l->undo_cap) {
		l->undo_cap = l->undo_cap ? 2 * l->undo_cap : 64;
		l->undo = yihu_realloc(l->undo, l->undo_cap, sizeof *l->undo);
	}
	l->undo[size] = (struct yihu_undo){.time = e->time, .type = e->type};
	return &l->undo[size];
}

static void apply(struct yihu_ledger *l, const struct yihu_candidate *c)
{
	struct yihu_undo *u = push_undo(l, &c->entry);
	if (c->entry.type == YIHU_ENTRY_BALLOT)
		apply_ballot(l, c, u);
	else if (c->entry.type == YIHU_ENTRY_CHANGE)
		apply_change(l, &c->entry.u.change, u);
	else if (c->entry.type == YIHU_ENTRY_WITHDRAW)
		apply_withdrawal(l, c);
}

/* Reads the entry and asks the rules. */
static int check(const struct yihu_ledger *l, struct yihu_candidate *c, const void *entry,
		 size_t len, enum yihu_verified verified, uint64_t *at, struct yihu_error *err)
{
	c->verified = verified;
	c->at = 0;
	int r = yihu_entry_parse(&c->entry, entry, len, err);
	if (r == 0)
		r = yihu_ledger_rules(l, c, err);
	if (at && (r == YIHU_EVOTED || r == YIHU_ESAME))
		*at = c->at;
	return r;
}

int yihu_ledger_check(const struct yihu_ledger *l, const void *entry, size_t len,
		      enum yihu_verified verified, uint64_t *at, struct yihu_error *err)
{
	struct yihu_candidate c;
	return check(l, &c, entry, len, verified, at, err);
}

int yihu_ledger_append(struct yihu_ledger *l, const void *entry, size_t len,
		       enum yihu_verified verified, uint64_t *at, struct yihu_error *err)
{
	struct yihu_candidate c;
	int r = check(l, &c, entry, len, verified, at, err);
	if (r != 0)
		return r;
	apply(l, &c);
	yihu_tree_append(l->tree, yihu_leaf_hash(entry, len));
	return 0;
}

void yihu_ledger_truncate(struct yihu_ledger *l, uint64_t size)
{
	assert(size <= yihu_ledger_size(l));
	for (uint64_t i = yihu_ledger_size(l); i > size; i--) {
		const struct yihu_undo *u = &l->undo[i - 1];
		if (u->type == YIHU_ENTRY_BALLOT)
			undo_ballot(l, u);
		else if (u->type == YIHU_ENTRY_CHANGE)
			undo_change(l, u);
		else if (u->type == YIHU_ENTRY_WITHDRAW)
			undo_withdrawal(l);
	}
	yihu_tree_truncate(l->tree, size);
}

void yihu_ledger_seal(struct yihu_ledger *l)
{
	l->sealed = true;
}
