/* SPDX-License-Identifier: Apache-2.0
 *
 * The register (PROTOCOL §5): every credential and its signature.
 */
#include "work.h"

#define NAME "register"

void audit_check_register(struct audit_work *w)
{
	const struct yihu_buf *file = yihu_public_get(w->p, NAME);
	struct yihu_error err = {0};
	if (!file) {
		audit_skip_absent(w, YIHU_CHECK_REGISTER);
		return;
	}
	if (!w->charter) {
		audit_skip_barred(w, YIHU_CHECK_REGISTER, YIHU_CHECK_CHARTER);
		return;
	}
	if (yihu_register_parse(&w->reg, w->charter, yihu_buf_bytes(file), file->len, &err) != 0) {
		audit_fault_error(w, YIHU_CHECK_REGISTER, NAME, &err);
		audit_step(w, YIHU_CHECK_REGISTER, 0, _("not a valid register"));
		return;
	}
	w->election.reg = w->reg;
	audit_step(w, YIHU_CHECK_REGISTER, w->reg->n, _("credentials, each signed: %u"), w->reg->n);
}
