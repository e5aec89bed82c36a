/* SPDX-License-Identifier: Apache-2.0
 *
 * election.pb: the strict form of PROTOCOL §2, and a rule that is counted.
 */
#include "work.h"

#define NAME "election.pb"

void audit_check_definition(struct audit_work *w)
{
	const struct yihu_buf *file = yihu_public_get(w->p, NAME);
	struct yihu_error err = {0};
	if (!file) {
		audit_skip_absent(w, YIHU_CHECK_DEFINITION);
		return;
	}
	if (yihu_definition_parse(&w->definition, yihu_buf_bytes(file), file->len, &err) != 0) {
		audit_fault_error(w, YIHU_CHECK_DEFINITION, NAME, &err);
		audit_step(w, YIHU_CHECK_DEFINITION, 0, _("not a definition"));
		return;
	}
	const struct yihu_definition *d = w->definition;
	if (yihu_count_check(d, &err) != 0)
		audit_fault_error(w, YIHU_CHECK_DEFINITION, NAME, &err);
	if (yihu_definition_check_looks(d, &err) != 0)
		audit_doubt(w, NAME, &err);
	audit_step(w, YIHU_CHECK_DEFINITION, d->n_projects,
		   _("projects: %zu; ballots of the kind “%s”; rule “%s”"), d->n_projects,
		   yihu_ballot_kind_name(d->kind), d->rule);
}
