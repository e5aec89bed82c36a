/* SPDX-License-Identifier: Apache-2.0
 *
 * Asking the ledger.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger_state.h"

bool yihu_ledger_sealed(const struct yihu_ledger *l)
{
	return l->sealed;
}

const struct yihu_tree *yihu_ledger_tree(const struct yihu_ledger *l)
{
	return l->tree;
}

uint64_t yihu_ledger_size(const struct yihu_ledger *l)
{
	return yihu_tree_size(l->tree);
}

uint64_t yihu_ledger_last_time(const struct yihu_ledger *l)
{
	uint64_t size = yihu_ledger_size(l);
	return size ? l->undo[size - 1].time : 0;
}

enum yihu_entry_type yihu_ledger_type(const struct yihu_ledger *l, uint64_t index)
{
	assert(index < yihu_ledger_size(l));
	return l->undo[index].type;
}

uint64_t yihu_ledger_time(const struct yihu_ledger *l, uint64_t index)
{
	assert(index < yihu_ledger_size(l));
	return l->undo[index].time;
}

/* Nothing follows C or X, so either can only be the last entry. */
static bool ends_with(const struct yihu_ledger *l, enum yihu_entry_type type)
{
	uint64_t size = yihu_ledger_size(l);
	return size && l->undo[size - 1].type == type;
}

bool yihu_ledger_closed(const struct yihu_ledger *l)
{
	return ends_with(l, YIHU_ENTRY_CLOSE);
}

bool yihu_ledger_called_off(const struct yihu_ledger *l)
{
	return ends_with(l, YIHU_ENTRY_CANCEL);
}

struct yihu_ledger_counts yihu_ledger_counts(const struct yihu_ledger *l)
{
	return l->counts;
}

const struct yihu_withdrawn *yihu_ledger_withdrawn(const struct yihu_ledger *l, size_t *n)
{
	*n = l->n_withdrawn;
	return l->withdrawn;
}

uint32_t yihu_ledger_last_serial(const struct yihu_ledger *l)
{
	return l->last_serial;
}

const struct yihu_serial *yihu_ledger_find(const struct yihu_ledger *l, uint32_t serial)
{
	return serial >= 1 && serial <= l->last_serial ? &l->serials[serial - 1] : NULL;
}

int yihu_ledger_serial(const struct yihu_ledger *l, uint32_t serial,
		       struct yihu_credential_state *out, struct yihu_error *err)
{
	const struct yihu_serial *s = yihu_ledger_find(l, serial);
	if (!s)
		return yihu_fail(err, YIHU_ECREDENTIAL, _("this election has no letter %04u"),
				 serial);
	*out = s->known;
	return 0;
}

bool yihu_ledger_point(const struct yihu_ledger *l, const uint8_t a[static 32], uint64_t *nth)
{
	size_t at;
	bool there = yihu_keyset_find(&l->points, a, &at);
	*nth = there ? at / l->election->definition->width : 0;
	return there;
}

int yihu_credential_is_of(const struct yihu_credential_state *s, const struct yihu_ballot *b,
			  struct yihu_error *err)
{
	const struct yihu_credential *known = &s->credential;
	if (memcmp(known->pk, b->pk, sizeof known->pk) == 0 &&
	    memcmp(known->signature, b->token_signature, sizeof known->signature) == 0)
		return 0;
	return yihu_fail(err, YIHU_ECREDENTIAL,
			 _("the ballot does not have the key that was issued with letter %04u"),
			 b->serial);
}

int yihu_credential_lets(const struct yihu_credential_state *s, const struct yihu_ballot *b,
			 struct yihu_error *err)
{
	const struct yihu_serial known = {.known = *s};
	uint64_t at;
	int r = yihu_credential_is_of(s, b, err);
	if (r == 0)
		r = yihu_serial_not_voided(&known, b->serial, err);
	return r == 0 ? yihu_serial_not_voted(&known, b->serial, &at, err) : r;
}

int yihu_serial_not_voided(const struct yihu_serial *s, uint32_t serial, struct yihu_error *err)
{
	if (!s->known.voided)
		return 0;
	if (s->known.replaced_by)
		return yihu_fail(err, YIHU_EVOIDED,
				 _("letter %04u is void: letter %04u has replaced it"), serial,
				 s->known.replaced_by);
	return yihu_fail(err, YIHU_EVOIDED, _("letter %04u is void"), serial);
}

int yihu_serial_not_voted(const struct yihu_serial *s, uint32_t serial, uint64_t *at,
			  struct yihu_error *err)
{
	if (!s->known.voted)
		return 0;
	char *when = yihu_time_local(s->known.voted_time);
	yihu_fail(err, YIHU_EVOTED, _("letter %04u has already voted, on %s"), serial, when);
	free(when);
	*at = s->known.voted_index;
	return YIHU_EVOTED;
}
