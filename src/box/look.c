/* SPDX-License-Identifier: Apache-2.0
 *
 * A box as it is on the disk: verified in full, and nothing made or changed by
 * it, no lock file and no WAL moved. It can be read and can't be written.
 */
#include <stdlib.h>
#include <yihu/file.h>

#include "internal.h"

/* A lock file that is there is taken; none is made. */
static int take_lock(struct yihu_box *b, struct yihu_error *err)
{
	return yihu_box_has(b->dir, ".lock") ? yihu_box_lock(b->dir, &b->lock, err) : YIHU_OK;
}

static int read_database(struct yihu_box *b, struct yihu_error *err)
{
	if (!yihu_box_has(b->dir, "box.db"))
		return yihu_fail(err, YIHU_ENOENT,
				 _("%s has no box.db: its log was not begun, or the database is "
				   "gone. Nothing was made."),
				 b->dir);
	int rc = yihu_box_sql_read(b, err);
	if (!rc)
		rc = yihu_box_sql_check_schema(b, err);
	if (!rc)
		rc = yihu_box_sql_prepare(b, err);
	if (!rc)
		rc = yihu_box_recover(b, err);
	return rc ? rc : yihu_box_read_reason(b, err);
}

static int read_mark(struct yihu_box *b, struct yihu_error *err)
{
	int rc = yihu_mark_open(&b->mark, b->dir, false, err);
	return rc == YIHU_ENOENT ? YIHU_OK : rc;
}

static int look(struct yihu_box *b, bool whole, struct yihu_error *err)
{
	int rc = take_lock(b, err);
	if (!rc)
		rc = yihu_box_load(b, err);
	if (!rc)
		rc = read_database(b, err);
	if (!rc && whole)
		rc = read_mark(b, err);
	return rc || !whole ? rc : yihu_box_check_signed(b, NULL, 0, err);
}

static int open_to_look(struct yihu_box **out, const char *dir, bool whole, struct yihu_error *err)
{
	struct yihu_box *b = yihu_box_new(dir);
	b->read_only = true;
	int rc = look(b, whole, err);
	if (rc)
		yihu_box_close(b);
	else
		*out = b;
	return rc;
}

int yihu_box_look(struct yihu_box **out, const char *dir, struct yihu_error *err)
{
	return open_to_look(out, dir, true, err);
}

int yihu_box_open_rebuilt(struct yihu_box **out, const char *dir, struct yihu_error *err)
{
	struct yihu_box *b;
	int rc = open_to_look(&b, dir, false, err);
	if (rc)
		return rc;
	rc = yihu_box_note_names(b, err);
	if (rc)
		yihu_box_close(b);
	else
		*out = b;
	return rc;
}
