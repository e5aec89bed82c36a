/* SPDX-License-Identifier: Apache-2.0
 *
 * From the clerk's files to those of the folder.
 */
#include "issue/intake.h"

#include <yihu/file.h>

#include "lists/roster.h"
#include "table/table.h"

/* Keeps what was asked, for whoever runs init. */
static int keep_asks(struct list_asks *asks, const struct issue_plan_options *o,
		     struct yihu_error *err)
{
	size_t open = asks->n_open;
	if (o->asks)
		list_asks_join(o->asks, asks);
	if (open == 0)
		return 0;
	return yihu_fail(err, YIHU_EHOUSEHOLD,
			 yihu_ngettext("%zu place is open: mend it in the file, or answer it",
				       "%zu places are open: mend them in the file, or answer them",
				       open),
			 open);
}

static int take(struct yihu_households *out, struct yihu_buf *file, struct roster *r,
		const struct issue_plan_options *o, struct yihu_buf *notices,
		struct yihu_error *err)
{
	int rc = keep_asks(&r->asks, o, err);
	if (rc != 0)
		return rc;
	yihu_buf_put(notices, r->notes.data, r->notes.len);
	roster_show(notices, &r->list);
	roster_csv(file, r);
	*out = r->list;
	r->list = (struct yihu_households){0};
	return 0;
}

int intake_households(struct yihu_households *out, struct yihu_buf *file,
		      const struct issue_plan_options *o, struct yihu_buf *notices,
		      struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	struct roster roster = {0};
	int r = yihu_file_read(o->households, TABLE_FILE_BYTES_MAX, &bytes, err);
	if (r != 0)
		return r;
	r = roster_read(&roster, yihu_buf_bytes(&bytes), bytes.len, o->answers, err);
	if (r == 0)
		r = take(out, file, &roster, o, notices, err);
	roster_finish(&roster);
	yihu_buf_free(&bytes);
	return r ? yihu_fail_at(err, r, "%s", o->households) : 0;
}
