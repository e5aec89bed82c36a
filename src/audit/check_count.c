/* SPDX-License-Identifier: Apache-2.0
 *
 * The count by the definition's rule, and the two result files as they must be.
 */
#include "work.h"

static void make_files(struct audit_work *w)
{
	yihu_results_pb(&w->a->results_pb, &w->a->tally);
	yihu_results_json(&w->a->results_json, &w->a->tally, w->a->outcome);
}

void audit_check_count(struct audit_work *w)
{
	struct yihu_error err = {0};
	if (w->a->not_opened) {
		make_files(w);
		audit_skip(w, YIHU_CHECK_COUNT, _("not opened: nothing is funded"));
		return;
	}
	if (!w->a->tally.opened) {
		audit_skip_absent(w, YIHU_CHECK_COUNT);
		return;
	}
	if (audit_faulty(w, YIHU_CHECK_DEFINITION)) {
		audit_skip_barred(w, YIHU_CHECK_COUNT, YIHU_CHECK_DEFINITION);
		return;
	}
	if (yihu_tally_count(&w->a->outcome, &w->a->tally, &err) != 0) {
		audit_fault_error(w, YIHU_CHECK_COUNT, "election.pb", &err);
		audit_step(w, YIHU_CHECK_COUNT, 0, _("cannot be counted"));
		return;
	}
	make_files(w);
	audit_step(w, YIHU_CHECK_COUNT, w->a->tally.n_valid,
		   _("ballots counted: %llu, by the rule “%s”; projects funded: %zu"),
		   (unsigned long long)w->a->tally.n_valid, w->election.definition->rule,
		   w->a->outcome->n_funded);
}
