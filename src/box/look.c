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
	return yihu_box_has(b->dir, ".lock") ? yihu_box_lock(b->dir, &b->lock, err) : 0;
}

static int read_database(struct yihu_box *b, struct yihu_error *err)
{
	if (!yihu_box_has(b->dir, "box.db"))
		return yihu_fail(err, YIHU_ENOENT,
				 _("%s has no box.db: its log was not begun, or the database is "
				   "gone. Nothing was made"),
				 b->dir);
	int r = yihu_box_sql_read(b, err);
	if (r == 0)
		r = yihu_box_sql_check_schema(b, err);
	if (r == 0)
		r = yihu_box_sql_prepare(b, err);
	if (r == 0)
		r = yihu_box_recover(b, err);
	if (r == 0)
		r = yihu_box_read_reason(b, err);
	return r;
}

static int read_mark(struct yihu_box *b, struct yihu_error *err)
{
	int r = yihu_mark_open(&b->mark, b->dir, false, err);
	return r == YIHU_ENOENT ? 0 : r;
}

static int look(struct yihu_box *b, bool whole, struct yihu_error *err)
{
	int r = take_lock(b, err);
	if (r == 0)
		r = yihu_box_load(b, err);
	if (r == 0)
		r = read_database(b, err);
	if (r == 0 && whole)
		r = read_mark(b, err);
	return r || !whole ? r : yihu_box_check_signed(b, NULL, 0, err);
}

static int open_to_look(struct yihu_box **out, const char *dir, bool whole, struct yihu_error *err)
{
	struct yihu_box *b = yihu_box_new(dir);
	b->read_only = true;
	int r = look(b, whole, err);
	if (r != 0)
		yihu_box_close(b);
	else
		*out = b;
	return r;
}

int yihu_box_look(struct yihu_box **out, const char *dir, struct yihu_error *err)
{
	return open_to_look(out, dir, true, err);
}

int yihu_box_open_rebuilt(struct yihu_box **out, const char *dir, struct yihu_error *err)
{
	struct yihu_box *b;
	int r = open_to_look(&b, dir, false, err);
	if (r != 0)
		return r;
	r = yihu_box_note_names(b, err);
	if (r != 0)
		yihu_box_close(b);
	else
		*out = b;
	return r;
}
