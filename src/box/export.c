/* SPDX-License-Identifier: Apache-2.0
 *
 * Out of the box: the log as static files, and copies of the database.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

#include "internal.h"
#include "log_folder.h"

struct export
{
	struct yihu_box *b;
	struct log_folder log;
	bool unsynced; /* a tile was written */
	struct yihu_error *err;
};

/* How far the folder shows this log. Its tiles were on the disk before its checkpoint
 * was. */
static uint64_t find_shown(const struct yihu_box *b, const struct log_folder *log)
{
	struct yihu_buf note = {0};
	struct yihu_checkpoint c = {0};
	const struct yihu_vkey *key = &b->election->charter->log;
	if (!log_folder_read(log, "checkpoint", YIHU_CHECKPOINT_BYTES_MAX, &note) ||
	    yihu_checkpoint_parse(&c, note.data, note.len, key, NULL) || !yihu_box_covers(b, &c))
		c.size = 0;
	yihu_buf_free(&note);
	return c.size;
}

/* Is it a full tile that was written before, and is still there? Then it never
 * changes, and an export writes only what is new, and the right edge. */
static bool was_shown(const struct export *x, const struct yihu_tile *t, const char *name)
{
	uint64_t end = (t->index + 1) * YIHU_TILE_WIDTH;
	for (int level = 0; level < t->level; level++)
		end *= YIHU_TILE_WIDTH;
	return t->width == YIHU_TILE_WIDTH && end <= x->b->shown && log_folder_has(&x->log, name);
}

static bool file_holds(const struct export *x, const char *name, const struct yihu_buf *bytes)
{
	struct yihu_buf there = {0};
	bool same = log_folder_read(&x->log, name, bytes->len, &there) && there.len == bytes->len &&
		    memcmp(there.data, bytes->data, bytes->len) == 0;
	yihu_buf_free(&there);
	return same;
}

static int put_note(const struct export *x, const char *name, const struct yihu_buf *bytes)
{
	return file_holds(x, name, bytes) ? 0 : log_folder_put(&x->log, name, bytes, true, x->err);
}

/* Whole under its name; all of them are synced at once (sync_tiles). */
static int put_new_tile(struct export *x, const struct yihu_tile *t, const char *name)
{
	struct yihu_buf bytes = {0};
	int r = yihu_box_tile(x->b, t, &bytes, x->err);
	if (r == 0 && !file_holds(x, name, &bytes)) {
		r = log_folder_put(&x->log, name, &bytes, false, x->err);
		x->unsynced = true;
	}
	yihu_buf_free(&bytes);
	return r;
}

static int put_tile(void *context, const struct yihu_tile *t)
{
	struct export *x = context;
	char name[YIHU_TILE_PATH_BYTES];
	yihu_tile_path(name, t);
	return was_shown(x, t, name) ? 0 : put_new_tile(x, t, name);
}

/* Before the checkpoint that covers them has its name. */
static int sync_tiles(struct export *x)
{
	return x->unsynced ? log_folder_sync(&x->log, x->err) : 0;
}

/* Is it a tile of exactly the committed size? Every full one is; a partial
 * one only as the right edge of its level. */
static bool tile_is_wanted(const void *box, const char *name)
{
	const struct yihu_box *b = box;
	struct yihu_tile t;
	uint64_t nodes = yihu_ledger_size(b->ledger);
	if (!yihu_tile_parse_path(&t, name) || !yihu_tile_exists(&t, nodes))
		return false;
	for (int level = 0; level < t.level; level++)
		nodes /= YIHU_TILE_WIDTH;
	return t.width == YIHU_TILE_WIDTH ||
	       (nodes / YIHU_TILE_WIDTH == t.index && nodes % YIHU_TILE_WIDTH == t.width);
}

/* Of the right edge that was shown before: what is no more part of it. */
static int drop_edge(void *context, const struct yihu_tile *t)
{
	const struct export *x = context;
	char name[YIHU_TILE_PATH_BYTES];
	yihu_tile_path(name, t);
	return tile_is_wanted(x->b, name) ? 0 : log_folder_remove(&x->log, name, x->err);
}

/* The first time everything that is there is looked at; then it is our own. */
static int drop_old(struct export *x)
{
	if (x->b->swept)
		return yihu_tiles_each(x->b->shown, drop_edge, x);
	int r = log_folder_sweep(&x->log, "tile", tile_is_wanted, x->b, x->err);
	x->b->swept = r == 0;
	return r;
}

/* Tiles first, then the checkpoint that names their size: a reader who takes the
 * checkpoint finds its tiles. It covers at-close, which follows. Old tiles go at
 * the very end. */
int yihu_box_export(struct yihu_box *b, struct yihu_error *err)
{
	struct export x = {.b = b, .err = err};
	int r = log_folder_open(&x.log, b->dir, err);
	if (r == 0 && b->shown == 0)
		b->shown = find_shown(b, &x.log);
	if (r == 0)
		r = yihu_tiles_each(yihu_ledger_size(b->ledger), put_tile, &x);
	if (r == 0)
		r = sync_tiles(&x);
	if (r == 0)
		r = put_note(&x, "checkpoint", &b->checkpoint);
	if (r == 0 && b->at_close.len > 0)
		r = put_note(&x, "at-close", &b->at_close);
	if (r == 0)
		r = drop_old(&x);
	if (r == 0)
		b->shown = yihu_ledger_size(b->ledger);
	log_folder_close(&x.log);
	return r;
}

uint64_t yihu_box_to_export(const struct yihu_box *b)
{
	uint64_t full = yihu_ledger_size(b->ledger) / YIHU_TILE_WIDTH;
	return (full - b->shown / YIHU_TILE_WIDTH) * YIHU_TILE_WIDTH;
}

/* The copy is on the disk before it is reported as done; half a copy goes. */
static int finish_copy(const char *path, int r, struct yihu_error *err)
{
	if (r != 0) {
		unlink(path);
		return r;
	}
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool ok = fd >= 0 && fsync(fd) == 0 && fchmod(fd, 0600) == 0;
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (!ok)
		return yihu_fail(err, YIHU_EIO, _("%s cannot be written: %s"), path, strerror(why));
	return 0;
}

static int refuse_existing(const char *path, struct yihu_error *err)
{
	if (yihu_file_exists(path))
		return yihu_fail(err, YIHU_EEXIST, _("%s is already there and stays as it is"),
				 path);
	return 0;
}

int yihu_box_backup(struct yihu_box *b, const char *path, struct yihu_error *err)
{
	sqlite3_stmt *s = NULL;
	int r = refuse_existing(path, err);
	if (r != 0)
		return r;
	int sql = sqlite3_prepare_v2(b->db, "VACUUM INTO ?1", -1, &s, NULL);
	if (sql == SQLITE_OK)
		sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
	if (sql != SQLITE_OK)
		r = yihu_box_sql_fail(b, sql, err);
	else
		r = yihu_box_sql_run(b, s, err);
	sqlite3_finalize(s);
	return finish_copy(path, r, err);
}

static int fail_copy(const char *path, int sql, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EIO, _("the copy %s cannot be made: %s"), path,
			 sqlite3_errstr(sql));
}

static int copy_database(sqlite3 *from, const char *path, struct yihu_error *err)
{
	sqlite3 *to = NULL;
	int sql = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	sqlite3_backup *copy =
		sql == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main") : NULL;
	if (sql == SQLITE_OK && !copy)
		sql = sqlite3_errcode(to);
	/* All in one step: one read transaction, so one moment of the box. */
	if (copy && sqlite3_backup_step(copy, -1) != SQLITE_DONE)
		sql = SQLITE_IOERR;
	if (copy) {
		int end = sqlite3_backup_finish(copy);
		sql = end != SQLITE_OK ? end : sql;
	}
	sqlite3_close(to);
	return sql == SQLITE_OK ? 0 : fail_copy(path, sql, err);
}

int yihu_box_backup_live(const char *dir, const char *path, struct yihu_error *err)
{
	sqlite3 *from = NULL;
	char *name = yihu_path(dir, "box.db");
	int r = refuse_existing(path, err);
	int sql = SQLITE_OK;
	if (r == 0)
		sql = sqlite3_open_v2(name, &from, SQLITE_OPEN_READONLY, NULL);
	if (r == 0 && sql != SQLITE_OK)
		r = fail_copy(path, sql, err);
	if (r == 0) {
		sqlite3_busy_timeout(from, 5000);
		r = copy_database(from, path, err);
	}
	sqlite3_close(from);
	free(name);
	return r == YIHU_EEXIST ? r : finish_copy(path, r, err);
}
