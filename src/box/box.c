/* SPDX-License-Identifier: Apache-2.0
 *
 * What is committed: entries, checkpoints, receipts, tiles, ballots by code.
 */
#include <string.h>

#include "internal.h"

const struct yihu_election *yihu_box_election(const struct yihu_box *b)
{
	return b->election;
}

const struct yihu_ledger *yihu_box_ledger(const struct yihu_box *b)
{
	return b->ledger;
}

int yihu_box_entry(struct yihu_box *b, uint64_t index, struct yihu_buf *out, struct yihu_error *err)
{
	return yihu_box_read_entry(b, yihu_ledger_size(b->ledger), index, out, err);
}

int yihu_box_read_entry(struct yihu_box *b, uint64_t size, uint64_t index, struct yihu_buf *out,
			struct yihu_error *err)
{
	/* A row beyond the ledger is one whose commit is in doubt. */
	bool row = index < size;
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_ENTRY);
	sqlite3_bind_int64(s, 1, (sqlite3_int64)index);
	int r = row ? yihu_box_sql_row(b, s, &row, err) : 0;
	if (r != 0)
		return r;
	if (!row)
		return yihu_fail(err, YIHU_ENOENT, _("the log has no entry %llu"),
				 (unsigned long long)index);
	yihu_buf_put(out, sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0));
	sqlite3_reset(s);
	return 0;
}

void yihu_box_checkpoint(const struct yihu_box *b, struct yihu_buf *out)
{
	yihu_buf_put(out, b->checkpoint.data, b->checkpoint.len);
}

bool yihu_box_at_close(const struct yihu_box *b, struct yihu_buf *out)
{
	yihu_buf_put(out, b->at_close.data, b->at_close.len);
	return b->at_close.len > 0;
}

int yihu_box_read_bundle(struct yihu_box *b, const struct yihu_tile *t, struct yihu_buf *out,
			 struct yihu_error *err)
{
	uint64_t first = t->index * YIHU_TILE_WIDTH;
	struct yihu_buf bundle = {0};
	bool row = true;
	unsigned n = 0;
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_ENTRIES);
	sqlite3_bind_int64(s, 1, (sqlite3_int64)first);
	sqlite3_bind_int64(s, 2, t->width);
	int r = 0;
	while (r == 0 && row) {
		r = yihu_box_sql_row(b, s, &row, err);
		if (r != 0 || !row)
			break;
		yihu_bundle_put(&bundle, sqlite3_column_blob(s, 1),
				(size_t)sqlite3_column_bytes(s, 1));
		n++;
	}
	if (r == 0 && n != t->width)
		r = yihu_fail(err, YIHU_EDATABASE, _("%s/box.db: entries after %llu are missing"),
			      b->dir, (unsigned long long)first + n);
	if (r == 0)
		yihu_buf_put(out, bundle.data, bundle.len);
	yihu_buf_free(&bundle);
	return r;
}

int yihu_box_check_tile(const struct yihu_tile *t, uint64_t size, struct yihu_error *err)
{
	char path[YIHU_TILE_PATH_BYTES];
	if (yihu_tile_exists(t, size))
		return 0;
	yihu_tile_path(path, t);
	return yihu_fail(err, YIHU_ENOENT, _("the log has no %s yet"), path);
}

int yihu_box_tile(struct yihu_box *b, const struct yihu_tile *t, struct yihu_buf *out,
		  struct yihu_error *err)
{
	int r = yihu_box_check_tile(t, yihu_ledger_size(b->ledger), err);
	if (r == 0 && t->level < 0)
		return yihu_box_read_bundle(b, t, out, err);
	if (r == 0)
		yihu_tile_hashes(out, yihu_ledger_tree(b->ledger), t);
	return r;
}

int yihu_box_read_code(struct yihu_box *b, uint64_t size, const char *code, uint64_t *index,
		       struct yihu_error *err)
{
	bool row = false;
	sqlite3_stmt *s = yihu_box_sql(b, Q_FIND_CODE);
	sqlite3_bind_text(s, 1, code, -1, SQLITE_STATIC);
	int r = yihu_box_sql_row(b, s, &row, err);
	if (r != 0)
		return r;
	bool found = row && sqlite3_column_type(s, 0) == SQLITE_INTEGER;
	uint64_t at = (uint64_t)sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	/* The caller's memory must not stay bound. */
	sqlite3_clear_bindings(s);
	if (!found || at >= size)
		return yihu_fail(err, YIHU_ENOENT, _("no ballot with this code is in the log"));
	*index = at;
	return 0;
}
