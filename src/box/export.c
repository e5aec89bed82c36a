/* SPDX-License-Identifier: Apache-2.0
 *
 * Out of the box: the log as static files, and copies of the database.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

#include "internal.h"

#define PUBLIC_DIR_MODE 0755
#define PUBLIC_FILE_MODE 0644

struct export
{
	struct yihu_box *b;
	char *log; /* DIR/public/log */
	struct yihu_error *err;
};

/* A file that holds these bytes already is left alone: a full tile never
 * changes, so an export writes only the right edge. */
static bool file_holds(const char *path, const struct yihu_buf *bytes)
{
	struct yihu_buf there = {0};
	bool same = !yihu_file_read(path, bytes->len, &there, NULL) && there.len == bytes->len &&
		    memcmp(there.data, bytes->data, bytes->len) == 0;
	yihu_buf_free(&there);
	return same;
}

/* A web server may read it, whatever our umask. */
static int make_dir(const char *path, struct yihu_error *err)
{
	if (yihu_file_exists(path))
		return 0;
	int r = yihu_dir_make(path, PUBLIC_DIR_MODE, err);
	if (r == 0 && chmod(path, PUBLIC_DIR_MODE) != 0)
		r = yihu_fail(err, YIHU_EIO, _("the folder %s cannot be made: %s"), path,
			      strerror(errno));
	return r;
}

/* The folders on the way to log/NAME. */
static int make_parents(struct export *x, const char *name)
{
	int r = 0;
	for (const char *slash = strchr(name, '/'); slash && r == 0;
	     slash = strchr(slash + 1, '/')) {
		char *part = yihu_strndup(name, (size_t)(slash - name));
		char *path = yihu_path(x->log, part);
		r = make_dir(path, x->err);
		free(path);
		free(part);
	}
	return r;
}

static int put_file(struct export *x, const char *name, const struct yihu_buf *bytes)
{
	char *path = yihu_path(x->log, name);
	int r = 0;
	if (!file_holds(path, bytes)) {
		r = make_parents(x, name);
		if (r == 0)
			r = yihu_file_write(path, bytes->data, bytes->len, PUBLIC_FILE_MODE,
					    x->err);
	}
	free(path);
	return r;
}

static int put_tile(void *context, const struct yihu_tile *t)
{
	struct export *x = context;
	struct yihu_buf bytes = {0};
	char name[YIHU_TILE_PATH_BYTES];
	yihu_tile_path(name, t);
	int r = yihu_box_tile(x->b, t, &bytes, x->err);
	if (r == 0)
		r = put_file(x, name, &bytes);
	yihu_buf_free(&bytes);
	return r;
}

/* Is it a tile of exactly the committed size? Every full one is; a partial
 * one only as the right edge of its level. */
static bool tile_is_wanted(const struct yihu_box *b, const char *name)
{
	struct yihu_tile t;
	uint64_t nodes = yihu_ledger_size(b->ledger);
	if (!yihu_tile_parse_path(&t, name) || !yihu_tile_exists(&t, nodes))
		return false;
	for (int level = 0; level < t.level; level++)
		nodes /= YIHU_TILE_WIDTH;
	return t.width == YIHU_TILE_WIDTH ||
	       (nodes / YIHU_TILE_WIDTH == t.index && nodes % YIHU_TILE_WIDTH == t.width);
}

static int sweep(struct export *x, const char *name, unsigned depth);

static int sweep_one(struct export *x, const char *name, unsigned depth)
{
	char *path = yihu_path(x->log, name);
	struct stat st;
	int r = 0;
	if (lstat(path, &st) != 0)
		r = yihu_fail(x->err, YIHU_EIO, _("%s cannot be read: %s"), path, strerror(errno));
	else if (S_ISDIR(st.st_mode))
		r = sweep(x, name, depth + 1);
	else if (!tile_is_wanted(x->b, name) && unlink(path) != 0)
		r = yihu_fail(x->err, YIHU_EIO, _("%s cannot be removed: %s"), path,
			      strerror(errno));
	free(path);
	return r;
}

/* Removes tiles of other sizes below log/NAME, and folders left empty. */
static int sweep(struct export *x, const char *name, unsigned depth)
{
	char *path = yihu_path(x->log, name);
	DIR *dir = depth > 16 ? NULL : opendir(path);
	struct dirent *e;
	int r = 0;
	if (!dir && errno != ENOENT)
		r = yihu_fail(x->err, YIHU_EIO, _("the folder %s cannot be read"), path);
	while (dir && r == 0 && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		char *below = yihu_path(name, e->d_name);
		r = sweep_one(x, below, depth);
		free(below);
	}
	if (dir)
		closedir(dir);
	if (r == 0 && depth > 0)
		rmdir(path); /* fails, and may, when something is in it */
	free(path);
	return r;
}

/* Tiles first, then the checkpoint that names their size: a reader who takes the
 * checkpoint finds its tiles. It covers at-close, which follows. Old tiles go at
 * the very end. */
int yihu_box_export(struct yihu_box *b, struct yihu_error *err)
{
	struct export x = {.b = b, .err = err, .log = yihu_path(b->dir, "public/log")};
	int r = make_dir(x.log, err);
	if (r == 0)
		r = yihu_tiles_each(yihu_ledger_size(b->ledger), put_tile, &x);
	if (r == 0)
		r = put_file(&x, "checkpoint", &b->checkpoint);
	if (r == 0 && b->at_close.len > 0)
		r = put_file(&x, "at-close", &b->at_close);
	if (r == 0)
		r = sweep(&x, "tile", 0);
	free(x.log);
	return r;
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
