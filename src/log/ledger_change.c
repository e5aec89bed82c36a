/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of PROTOCOL §7 about a change of letters (R), as ledger_rules.c has
 * those of other entries: one function each, in the order of their table.
 */
#include "ledger_state.h"

static int rule_change_not_empty(const struct yihu_ledger *l, struct yihu_candidate *c,
				 struct yihu_error *err)
{
	(void)l;
	const struct yihu_change *x = &c->entry.u.change;
	if (x->old_serial == 0 && x->new_serial == 0)
		return yihu_fail(err, YIHU_ECHANGE,
				 _("the change names neither an old nor a new number"));
	return 0;
}

static int rule_change_signed(const struct yihu_ledger *l, struct yihu_candidate *c,
			      struct yihu_error *err)
{
	const struct yihu_charter *charter = l->election->charter;
	if (!yihu_change_signed(&c->entry.u.change, charter->eid, charter->issuer.pk))
		return yihu_fail(err, YIHU_ESIGNATURE,
				 _("the issuer of this election has not signed this change"));
	return 0;
}

static int rule_old_known(const struct yihu_ledger *l, struct yihu_candidate *c,
			  struct yihu_error *err)
{
	uint32_t old = c->entry.u.change.old_serial;
	if (old != 0 && !yihu_ledger_find(l, old))
		return yihu_fail(err, YIHU_ECREDENTIAL, _("this election has no letter %04u"), old);
	return 0;
}

static int rule_old_not_voided(const struct yihu_ledger *l, struct yihu_candidate *c,
			       struct yihu_error *err)
{
	uint32_t old = c->entry.u.change.old_serial;
	return old ? yihu_serial_not_voided(yihu_ledger_find(l, old), old, err) : 0;
}

static int rule_old_not_voted(const struct yihu_ledger *l, struct yihu_candidate *c,
			      struct yihu_error *err)
{
	uint32_t old = c->entry.u.change.old_serial;
	return old ? yihu_serial_not_voted(yihu_ledger_find(l, old), old, &c->at, err) : 0;
}

static int rule_new_is_next(const struct yihu_ledger *l, struct yihu_candidate *c,
			    struct yihu_error *err)
{
	uint32_t new = c->entry.u.change.new_serial;
	if (new != 0 && new != l->last_serial + 1)
		return yihu_fail(err, YIHU_ECHANGE,
				 _("the change gives out letter %04u, but the next one is %04u"),
				 new, l->last_serial + 1);
	return 0;
}

static int rule_no_credential_without_new(const struct yihu_ledger *l, struct yihu_candidate *c,
					  struct yihu_error *err)
{
	(void)l;
	const struct yihu_change *x = &c->entry.u.change;
	if (x->new_serial == 0 &&
	    !(sodium_is_zero(x->credential.pk, sizeof x->credential.pk) &&
	      sodium_is_zero(x->credential.signature, sizeof x->credential.signature)))
		return yihu_fail(err, YIHU_ECHANGE,
				 _("the change gives out no letter, yet it holds a key"));
	return 0;
}

static int rule_new_signed(const struct yihu_ledger *l, struct yihu_candidate *c,
			   struct yihu_error *err)
{
	const struct yihu_charter *charter = l->election->charter;
	const struct yihu_change *x = &c->entry.u.change;
	if (x->new_serial == 0)
		return 0;
	int r = yihu_credential_verify(charter->eid, x->new_serial, x->credential.pk,
				       x->credential.signature, charter->issuer.pk, err);
	/* A code of its own: the change's signature has YIHU_ESIGNATURE. */
	if (r == YIHU_ESIGNATURE)
		return yihu_fail(err, YIHU_ETOKEN,
				 _("the issuer has not signed the key of the new letter %04u"),
				 x->new_serial);
	return r;
}

static int rule_new_key_fresh(const struct yihu_ledger *l, struct yihu_candidate *c,
			      struct yihu_error *err)
{
	const struct yihu_change *x = &c->entry.u.change;
	if (x->new_serial != 0 && yihu_keyset_has(&l->pks, x->credential.pk))
		return yihu_fail(err, YIHU_EKEYS,
				 _("the key of the new letter %04u has been used before"),
				 x->new_serial);
	return 0;
}

static int rule_changes_left(const struct yihu_ledger *l, struct yihu_candidate *c,
			     struct yihu_error *err)
{
	const struct yihu_charter *charter = l->election->charter;
	const struct yihu_ledger_counts *n = &l->counts;
	if (c->entry.u.change.old_serial == 0) {
		if (n->additions >= charter->max_additions)
			return yihu_fail(err, YIHU_ELIMIT,
					 _("the charter allows %u additions, and all are used"),
					 charter->max_additions);
	} else if ((uint64_t)n->replacements + n->voids >= charter->max_replacements) {
		return yihu_fail(err, YIHU_ELIMIT,
				 _("the charter allows %u replacements and voids together, and all "
				   "are used"),
				 charter->max_replacements);
	}
	return 0;
}

int yihu_ledger_change_rules(const struct yihu_ledger *l, struct yihu_candidate *c,
			     struct yihu_error *err)
{
	static int (*const rules[])(const struct yihu_ledger *, struct yihu_candidate *,
				    struct yihu_error *) = {
		rule_change_not_empty, rule_old_known,     rule_old_not_voided,
		rule_old_not_voted,    rule_new_is_next,   rule_no_credential_without_new,
		rule_changes_left,     rule_new_key_fresh, rule_new_signed,
		rule_change_signed,
	};
	int r = 0;
	for (size_t i = 0; r == 0 && i < sizeof rules / sizeof *rules; i++)
		r = rules[i](l, c, err);
	return r;
}
