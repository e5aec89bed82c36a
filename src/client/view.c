/* SPDX-License-Identifier: Apache-2.0
 *
 * The public folder, fetched and audited.
 */
#include "client/view.h"

#include <string.h>

static void forget(struct yihu_view *v)
{
	yihu_audit_free(v->audit);
	yihu_public_free(v->pub);
	v->audit = NULL;
	v->pub = NULL;
}

int yihu_view_look(struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_audit_options o = {.eid_bits = 256, .progress = v->progress};
	memcpy(o.eid, v->eid, YIHU_EID_BYTES);
	forget(v);
	int r = yihu_reach_public(v->reach, &v->pub, err);
	if (r != 0)
		return r;
	v->audit = yihu_audit_run(v->pub, &o);
	r = yihu_audit_verdict(v->audit, err);
	return r == 0 ? 0
		      : yihu_fail_at(err, r, _("%s does not pass the audit; nothing was done"),
				     yihu_reach_place(v->reach));
}

void yihu_view_finish(struct yihu_view *v)
{
	forget(v);
	yihu_reach_close(v->reach);
	v->reach = NULL;
}
