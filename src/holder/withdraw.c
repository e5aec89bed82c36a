/* SPDX-License-Identifier: Apache-2.0
 *
 * Cosigning a project's withdrawal (PROTOCOL §7.5). A key may sign as many as are
 * asked: what it signs names the project and the reason, and is of this election.
 */
#include "holder/internal.h"

#include <stdlib.h>
#include <string.h>

static int check_time(const struct yihu_view *v, uint64_t now, struct yihu_error *err)
{
	if (yihu_view_takes_entries(v, now))
		return 0;
	char *when = yihu_time_local(v->audit->election->charter->closes);
	int r = yihu_fail(err, YIHU_EOVER,
			  _("a project is withdrawn while the log takes entries: once letters are "
			    "made, and before the poll closes (%s)"),
			  when);
	free(when);
	return r;
}

int holder_withdrawal(struct folder_withdrawal *out, const struct yihu_view *v, uint64_t now,
		      struct yihu_error *err)
{
	int r = yihu_view_check_on(v, err);
	if (r == 0)
		r = check_time(v, now, err);
	if (r == 0)
		r = folder_withdrawal_read(out, v->folder, v->audit->election->charter, err);
	if (r == YIHU_ENOENT)
		return yihu_fail(err, YIHU_ESTATE,
				 _("no withdrawal of a project was asked for here: the clerk does "
				   "that, with yihu-issue withdraw"));
	if (r == 0 && (r = yihu_ledger_check_stands(v->audit->ledger, out->what.project, err)) != 0)
		folder_withdrawal_finish(out);
	return r;
}

int holder_withdraw(struct yihu_keyfile *key, const struct yihu_view *v,
		    const struct folder_withdrawal *w, struct yihu_error *err)
{
	int r = holder_is_in(key, v, err);
	if (r == 0 && key->retired)
		r = yihu_fail(err, YIHU_EMARK, _("this key is retired"));
	return r == 0 ? holder_write_line(key, v->folder, F_WITHDRAWAL_LINE, w->text, err) : r;
}
