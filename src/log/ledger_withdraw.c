/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of PROTOCOL §7 about a project that is withdrawn (W), as
 * ledger_rules.c has those of other entries: one function each, in the order of
 * their table.
 */
#include "ledger_state.h"

static int rule_note(const struct yihu_ledger *l, struct yihu_candidate *c, struct yihu_error *err)
{
	const struct yihu_entry *e = &c->entry;
	return yihu_withdrawal_parse(&c->withdrawal, &c->withdrawal_note, e->body, e->body_len,
				     l->election->charter, err);
}

bool yihu_ledger_is_withdrawn(const struct yihu_ledger *l, uint32_t project)
{
	for (size_t i = 0; i < l->n_withdrawn; i++)
		if (l->withdrawn[i].project == project)
			return true;
	return false;
}

int yihu_ledger_check_stands(const struct yihu_ledger *l, uint32_t project, struct yihu_error *err)
{
	if (project >= l->election->definition->n_projects)
		return yihu_fail(err, YIHU_EWITHDRAWAL, _("this election has no project number %u"),
				 project + 1);
	if (yihu_ledger_is_withdrawn(l, project))
		return yihu_fail(err, YIHU_EWITHDRAWAL, _("project number %u is withdrawn already"),
				 project + 1);
	return 0;
}

int yihu_ledger_check_withdrawals_left(const struct yihu_ledger *l, struct yihu_error *err)
{
	uint32_t most = l->election->charter->max_withdrawals;
	if (l->n_withdrawn < most)
		return 0;
	return yihu_fail(err, YIHU_ELIMIT,
			 most == 0 ? _("the charter allows no project to be withdrawn")
				   : _("the charter allows %u projects to be withdrawn, and so "
				       "many are"),
			 most);
}

static int rule_project_stands(const struct yihu_ledger *l, struct yihu_candidate *c,
			       struct yihu_error *err)
{
	return yihu_ledger_check_stands(l, c->withdrawal.project, err);
}

static int rule_withdrawals_left(const struct yihu_ledger *l, struct yihu_candidate *c,
				 struct yihu_error *err)
{
	(void)c;
	return yihu_ledger_check_withdrawals_left(l, err);
}

static int rule_signed(const struct yihu_ledger *l, struct yihu_candidate *c,
		       struct yihu_error *err)
{
	return yihu_withdrawal_signed(&c->withdrawal_note, l->election->charter, err);
}

int yihu_ledger_withdraw_rules(const struct yihu_ledger *l, struct yihu_candidate *c,
			       struct yihu_error *err)
{
	static int (*const rules[])(const struct yihu_ledger *, struct yihu_candidate *,
				    struct yihu_error *) = {
		rule_note,
		rule_project_stands,
		rule_withdrawals_left,
		rule_signed,
	};
	int r = 0;
	for (size_t i = 0; r == 0 && i < sizeof rules / sizeof *rules; i++)
		r = rules[i](l, c, err);
	return r;
}
