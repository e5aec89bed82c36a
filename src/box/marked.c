/* SPDX-License-Identifier: Apache-2.0
 *
 * Does a box hold what a mark says was signed?
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int fail_ended(const struct yihu_mark *m, const struct yihu_box *b, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EHISTORY,
			 _("%s: the end of the poll was signed, but %s/box.db (%llu entries) does "
			   "not have it: the database is an older copy. Put the newest one back, "
			   "with its box.db-wal"),
			 m->path, b->dir, (unsigned long long)yihu_ledger_size(b->ledger));
}

static int fail_behind(const struct yihu_mark *m, uint64_t signed_size, const struct yihu_box *b,
		       struct yihu_error *err)
{
	unsigned long long has = yihu_ledger_size(b->ledger), was = signed_size;
	if (was <= has)
		return yihu_fail(
			err, YIHU_EHISTORY,
			_("%s (%llu entries) is not in %s/box.db (%llu entries): they are "
			  "two histories. Never start this database; put back the one that "
			  "the mark belongs to"),
			m->path, was, b->dir, has);
	char *rebuild = yihu_box_rebuild_command(b->dir);
	int r = yihu_fail(
		err, YIHU_EHISTORY,
		_("%s: the log was signed with %llu entries, but %s/box.db has only %llu: "
		  "it is an older copy, or its box.db-wal is missing or cut. Put the "
		  "newest box.db and box.db-wal back, or go on from the mirror. If "
		  "both are lost, make the box again: %s"),
		m->path, was, b->dir, has, rebuild);
	free(rebuild);
	return r;
}

int yihu_mark_compare(const struct yihu_mark *m, const struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_checkpoint c;
	if (m->latest.len == 0)
		return 0;
	int r = yihu_checkpoint_parse(&c, m->latest.data, m->latest.len, &b->election->charter->log,
				      err);
	if (r != 0)
		return yihu_fail_at(err, r, "%s", m->path);
	if (!yihu_box_covers(b, &c))
		return fail_behind(m, c.size, b, err);
	/* Signing is deterministic: the same end has the same bytes. */
	if (m->at_close.len > 0 &&
	    (m->at_close.len != b->at_close.len ||
	     memcmp(m->at_close.data, b->at_close.data, m->at_close.len) != 0))
		return fail_ended(m, b, err);
	return 0;
}
