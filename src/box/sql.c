/* SPDX-License-Identifier: Apache-2.0
 *
 * The database of the box: its tables, its settings, its statements.
 *
 * One connection writes and checkpoints, and it is this one (SQLite up to
 * 3.51.2 can lose a WAL when two connections do it at the same moment). No
 * mmap: an I/O error must be a return code, not a signal.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/file.h>

#include "internal.h"

static const char *const tables[] = {
	"CREATE TABLE meta (id INTEGER PRIMARY KEY CHECK (id = 1), schema INTEGER NOT NULL, "
	"eid BLOB NOT NULL, log_key TEXT NOT NULL) STRICT",
	"CREATE TABLE entry (idx INTEGER PRIMARY KEY CHECK (idx >= 0), bytes BLOB NOT NULL) STRICT",
	"CREATE TABLE credential (serial INTEGER PRIMARY KEY, pk BLOB NOT NULL UNIQUE, "
	"idx INTEGER REFERENCES entry (idx), UNIQUE (serial, pk)) STRICT",
	"CREATE TABLE voided (serial INTEGER PRIMARY KEY REFERENCES credential (serial), "
	"idx INTEGER NOT NULL UNIQUE REFERENCES entry (idx)) STRICT",
	"CREATE TABLE ballot (serial INTEGER PRIMARY KEY, pk BLOB NOT NULL UNIQUE, "
	"code TEXT NOT NULL, idx INTEGER NOT NULL UNIQUE REFERENCES entry (idx), "
	"FOREIGN KEY (serial, pk) REFERENCES credential (serial, pk)) STRICT",
	"CREATE INDEX ballot_code ON ballot (code)",
	"CREATE TABLE point (a BLOB PRIMARY KEY, idx INTEGER NOT NULL REFERENCES ballot (idx)) "
	"STRICT, WITHOUT ROWID",
	"CREATE TABLE checkpoint (kind TEXT PRIMARY KEY CHECK (kind IN ('latest', 'at-close')), "
	"bytes BLOB NOT NULL) STRICT",
	/* from schema 2 on */
	"CREATE TABLE home (id INTEGER PRIMARY KEY CHECK (id = 1), machine TEXT NOT NULL, "
	"path TEXT NOT NULL, folder TEXT NOT NULL, leaving INTEGER NOT NULL "
	"CHECK (leaving IN (0, 1))) STRICT",
};
#define FOLLOW_PATIENCE_MS 5000 /* while another connection moves the WAL */
#define N_TABLES (sizeof tables / sizeof *tables)
#define N_TABLES_OF_1 (N_TABLES - 1)

static const char *const texts[N_QUERIES] = {
	[Q_BEGIN] = "BEGIN IMMEDIATE",
	[Q_COMMIT] = "COMMIT",
	[Q_ROLLBACK] = "ROLLBACK",
	[Q_PUT_META] = "INSERT INTO meta (id, schema, eid, log_key) VALUES (1, ?1, ?2, ?3)",
	[Q_PUT_ENTRY] = "INSERT INTO entry (idx, bytes) VALUES (?1, ?2)",
	[Q_PUT_CREDENTIAL] = "INSERT INTO credential (serial, pk, idx) VALUES (?1, ?2, ?3)",
	[Q_PUT_VOIDED] = "INSERT INTO voided (serial, idx) VALUES (?1, ?2)",
	[Q_PUT_BALLOT] = "INSERT INTO ballot (serial, pk, code, idx) VALUES (?1, ?2, ?3, ?4)",
	[Q_PUT_POINT] = "INSERT INTO point (a, idx) VALUES (?1, ?2)",
	[Q_PUT_CHECKPOINT] = ("INSERT INTO checkpoint (kind, bytes) VALUES (?1, ?2) "
			      "ON CONFLICT (kind) DO UPDATE SET bytes = ?2 WHERE kind = 'latest'"),
	[Q_GET_META] = "SELECT schema, eid, log_key FROM meta",
	[Q_GET_ENTRY] = "SELECT bytes FROM entry WHERE idx = ?1",
	[Q_GET_ENTRIES] = "SELECT idx, bytes FROM entry WHERE idx >= ?1 ORDER BY idx LIMIT ?2",
	[Q_GET_CREDENTIAL] = "SELECT pk, idx FROM credential WHERE serial = ?1",
	[Q_GET_VOIDED] = "SELECT idx FROM voided WHERE serial = ?1",
	[Q_GET_CHECKPOINT] = "SELECT bytes FROM checkpoint WHERE kind = ?1",
	[Q_FIND_CODE] = "SELECT min(idx) FROM ballot WHERE code = ?1",
	[Q_ALL_CREDENTIALS] = "SELECT serial, pk, idx FROM credential ORDER BY serial",
	[Q_ALL_BALLOTS] = "SELECT serial, pk, code, idx FROM ballot ORDER BY serial",
	[Q_ALL_POINTS] = "SELECT a, idx FROM point ORDER BY a",
	[Q_COUNT_ROWS] = "SELECT (SELECT count(*) FROM voided), (SELECT count(*) FROM meta)",
};

int yihu_box_sql_fail(struct yihu_box *b, int r, struct yihu_error *err)
{
	int rc = YIHU_EIO;
	if ((r & 0xff) == SQLITE_BUSY || (r & 0xff) == SQLITE_LOCKED)
		rc = YIHU_EBUSY;
	else if ((r & 0xff) == SQLITE_CORRUPT || (r & 0xff) == SQLITE_NOTADB ||
		 (r & 0xff) == SQLITE_CONSTRAINT || (r & 0xff) == SQLITE_SCHEMA ||
		 (r & 0xff) == SQLITE_ERROR || (r & 0xff) == SQLITE_MISMATCH)
		rc = YIHU_EDATABASE;
	return yihu_fail(err, rc, _("%s/box.db: the database says “%s” (%d)"), b->dir,
			 b->db ? sqlite3_errmsg(b->db) : sqlite3_errstr(r), r);
}

int yihu_box_sql_exec(struct yihu_box *b, const char *sql, struct yihu_error *err)
{
	int r = sqlite3_exec(b->db, sql, NULL, NULL, NULL);
	return r == SQLITE_OK ? 0 : yihu_box_sql_fail(b, r, err);
}

sqlite3_stmt *yihu_box_sql(struct yihu_box *b, enum box_query q)
{
	sqlite3_reset(b->queries[q]);
	sqlite3_clear_bindings(b->queries[q]);
	return b->queries[q];
}

int yihu_box_sql_run(struct yihu_box *b, sqlite3_stmt *s, struct yihu_error *err)
{
	int r = sqlite3_step(s);
	int result = r == SQLITE_DONE || r == SQLITE_ROW ? 0 : yihu_box_sql_fail(b, r, err);
	sqlite3_reset(s);
	return result;
}

int yihu_box_sql_row(struct yihu_box *b, sqlite3_stmt *s, bool *row, struct yihu_error *err)
{
	int r = sqlite3_step(s);
	*row = r == SQLITE_ROW;
	if (r == SQLITE_ROW)
		return 0;
	int result = r == SQLITE_DONE ? 0 : yihu_box_sql_fail(b, r, err);
	sqlite3_reset(s);
	return result;
}

/* What one line of one answer says; false when there is none. */
static bool answer_is(struct yihu_box *b, const char *sql, const char *wanted)
{
	sqlite3_stmt *s = NULL;
	bool is = sqlite3_prepare_v2(b->db, sql, -1, &s, NULL) == SQLITE_OK &&
		  sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0) &&
		  strcmp((const char *)sqlite3_column_text(s, 0), wanted) == 0;
	sqlite3_finalize(s);
	return is;
}

/* Each setting is read back: SQLite ignores a pragma that it cannot follow. */
static int set_pragmas(struct yihu_box *b, struct yihu_error *err)
{
	static const struct {
		const char *set, *get, *wanted;
	} pragmas[] = {
		{"PRAGMA mmap_size = 0", "PRAGMA mmap_size", "0"},
		{"PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal"},
		{"PRAGMA synchronous = FULL", "PRAGMA synchronous", "2"},
		/* a daemon that is kept to its box has no other folder for them */
		{"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2"},
		{"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1"},
		{"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0"},
		{"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1"},
	};
	sqlite3_busy_timeout(b->db, 5000);
	sqlite3_db_config(b->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	for (size_t i = 0; i < sizeof pragmas / sizeof *pragmas; i++) {
		int r = yihu_box_sql_exec(b, pragmas[i].set, err);
		if (r != 0)
			return r;
		if (!answer_is(b, pragmas[i].get, pragmas[i].wanted))
			return yihu_fail(err, YIHU_EDATABASE,
					 _("%s/box.db: this system's SQLite refuses the setting "
					   "“%s”, which the box needs"),
					 b->dir, pragmas[i].set);
	}
	return 0;
}

static int check_file(const struct yihu_box *b, const char *path, struct yihu_error *err)
{
	struct stat st;
	if (lstat(path, &st) == 0) {
		if (S_ISLNK(st.st_mode))
			return yihu_fail(err, YIHU_ESYMLINK,
					 _("%s is a symbolic link, where a file belongs"), path);
		return 0;
	}
	if (errno != ENOENT)
		return yihu_fail(err, YIHU_EIO, _("%s cannot be read: %s"), path, strerror(errno));
	char *wal = yihu_path(b->dir, "box.db-wal");
	bool orphan = yihu_file_exists(wal);
	free(wal);
	if (orphan)
		return yihu_fail(err, YIHU_EDATABASE,
				 _("%s/box.db-wal is there, but box.db is gone. Put box.db back"),
				 b->dir);
	return 0;
}

/* The path as a URI with psow=0: SQLite is not to count on "powersafe
 * overwrite". Without it each commit fills its last sector, so that the next
 * one, torn by a power cut, cannot take the end of this one with it. */
static char *uri_of(const char *path, const char *options)
{
	struct yihu_buf uri = {0};
	yihu_buf_str(&uri, "file:");
	for (; *path; path++) {
		bool plain = (*path >= 'a' && *path <= 'z') || (*path >= 'A' && *path <= 'Z') ||
			     (*path >= '0' && *path <= '9');
		yihu_buf_fmt(&uri, plain ? "%c" : "%%%02x", (unsigned char)*path);
	}
	yihu_buf_fmt(&uri, "?%s", options);
	return (char *)uri.data; /* malloc'd, and ends with a NUL */
}

/* A database without any table is one whose making was cut short: new too. */
int yihu_box_sql_open(struct yihu_box *b, bool *is_new, struct yihu_error *err)
{
	char *path = yihu_path(b->dir, "box.db");
	int r = check_file(b, path, err);
	if (r == 0) {
		int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
			    SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI;
		char *uri = uri_of(path, "psow=0");
		int sql = sqlite3_open_v2(uri, &b->db, flags, NULL);
		free(uri);
		if (sql != SQLITE_OK)
			r = yihu_box_sql_fail(b, sql, err);
	}
	free(path);
	if (r == 0)
		r = set_pragmas(b, err);
	if (r == 0)
		*is_new = answer_is(b, "SELECT count(*) FROM sqlite_schema", "0");
	return r;
}

/* Without a WAL the file is all there is, and is not even locked. With one,
 * SQLite would make a box.db-shm and, on closing, move the WAL: an exclusive
 * connection keeps its index in memory instead, and takes no lock where the
 * file system has none. */
int yihu_box_sql_read(struct yihu_box *b, struct yihu_error *err)
{
	char *path = yihu_path(b->dir, "box.db");
	int r = yihu_box_sql_read_file(b, path, yihu_box_has(b->dir, "box.db-wal"), err);
	free(path);
	return r;
}

int yihu_box_sql_read_file(struct yihu_box *b, const char *path, bool wal, struct yihu_error *err)
{
	static const char *const settings = "PRAGMA locking_mode = EXCLUSIVE;"
					    "PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF;"
					    "PRAGMA cell_size_check = ON;";
	char *uri = uri_of(path, wal ? "psow=0" : "immutable=1");
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		    SQLITE_OPEN_URI;
	int r = check_file(b, path, err);
	int sql = r ? SQLITE_OK : sqlite3_open_v2(uri, &b->db, flags, wal ? "unix-none" : NULL);
	if (sql != SQLITE_OK)
		r = yihu_box_sql_fail(b, sql, err);
	if (r == 0) {
		sqlite3_db_config(b->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		sqlite3_db_config(b->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		r = yihu_box_sql_exec(b, settings, err);
	}
	free(uri);
	return r;
}

int yihu_box_sql_follow(struct yihu_box *b, struct yihu_error *err)
{
	char *path = yihu_path(b->dir, "box.db");
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	int sql = sqlite3_open_v2(path, &b->db, flags, NULL);
	int r = sql == SQLITE_OK ? 0 : yihu_box_sql_fail(b, sql, err);
	free(path);
	if (r != 0)
		return r;
	sqlite3_db_config(b->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_busy_timeout(b->db, FOLLOW_PATIENCE_MS);
	return yihu_box_sql_exec(b, "PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF;", err);
}

void yihu_box_sql_close(struct yihu_box *b)
{
	for (size_t i = 0; i < N_QUERIES; i++) {
		sqlite3_finalize(b->queries[i]);
		b->queries[i] = NULL;
	}
	sqlite3_close(b->db);
	b->db = NULL;
}

int yihu_box_sql_create(struct yihu_box *b, struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; r == 0 && i < N_TABLES; i++)
		r = yihu_box_sql_exec(b, tables[i], err);
	return r;
}

static bool has_table(struct yihu_box *b, const char *text)
{
	sqlite3_stmt *s = NULL;
	bool has = sqlite3_prepare_v2(b->db, "SELECT 1 FROM sqlite_schema WHERE sql = ?1", -1, &s,
				      NULL) == SQLITE_OK &&
		   sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC) == SQLITE_OK &&
		   sqlite3_step(s) == SQLITE_ROW;
	sqlite3_finalize(s);
	return has;
}

/* A trigger or a table without its constraints would change what an INSERT
 * means, so the schema is compared text for text (in any order: VACUUM
 * changes it). */
static int check_schema(struct yihu_box *b, struct yihu_error *err)
{
	b->schema = answer_is(b, "SELECT schema FROM meta", "1") ? 1 : YIHU_BOX_SCHEMA;
	size_t n_tables = b->schema == 1 ? N_TABLES_OF_1 : N_TABLES;
	char *n = yihu_printf("%zu", n_tables);
	bool same = answer_is(b, "SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL", n);
	for (size_t i = 0; i < n_tables; i++)
		same = same && has_table(b, tables[i]);
	free(n);
	if (!same)
		return yihu_fail(err, YIHU_EDATABASE,
				 _("%s/box.db: its tables are not those that this program makes"),
				 b->dir);
	return 0;
}

/* A statement that fails says nothing about the file; its answer does. */
int yihu_box_sql_check_file(struct yihu_box *b, bool indexes, struct yihu_error *err)
{
	sqlite3_stmt *s = NULL;
	const char *pragma = indexes ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)";
	int sql = sqlite3_prepare_v2(b->db, pragma, -1, &s, NULL);
	sql = sql == SQLITE_OK ? sqlite3_step(s) : sql;
	int r = sql == SQLITE_ROW
			? yihu_box_judge_check(b, (const char *)sqlite3_column_text(s, 0), err)
			: yihu_box_sql_fail(b, sql, err);
	sqlite3_finalize(s);
	return r;
}

/* Where all is verified, so are the indexes; else later, beside the work (verify_again.c).
 * What they are asked meanwhile, the ledger was asked before. */
int yihu_box_sql_check_schema(struct yihu_box *b, struct yihu_error *err)
{
	int r = check_schema(b, err);
	return r ? r : yihu_box_sql_check_file(b, b->verified.size == 0, err);
}

int yihu_box_sql_migrate(struct yihu_box *b, struct yihu_error *err)
{
	int r = yihu_box_sql_exec(b, tables[N_TABLES_OF_1], err);
	if (r == 0)
		r = yihu_box_sql_exec(b, "UPDATE meta SET schema = 2", err);
	return r;
}

int yihu_box_sql_prepare(struct yihu_box *b, struct yihu_error *err)
{
	for (size_t i = 0; i < N_QUERIES; i++) {
		int r = sqlite3_prepare_v3(b->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT,
					   &b->queries[i], NULL);
		if (r != SQLITE_OK)
			return yihu_box_sql_fail(b, r, err);
	}
	return 0;
}

/* After an fsync that failed, pages may be in the cache and not on the disk.
 * Rewriting all of the WAL into box.db and syncing makes durable what was
 * read, before anything of it is acknowledged. */
int yihu_box_sql_settle(struct yihu_box *b, struct yihu_error *err)
{
	int r = sqlite3_wal_checkpoint_v2(b->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return r == SQLITE_OK ? 0 : yihu_box_sql_fail(b, r, err);
}

/* All of the WAL is in box.db afterwards, and stays in the WAL: nothing waits
 * for a reader. */
int yihu_box_rest(struct yihu_box *b, struct yihu_error *err)
{
	int r = sqlite3_wal_checkpoint_v2(b->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	if (r != SQLITE_OK)
		return yihu_box_sql_fail(b, r, err);
	return b->mirror ? yihu_box_rest(b->mirror, err) : 0;
}

int yihu_box_sql_begin(struct yihu_box *b, struct yihu_error *err)
{
	int r = yihu_box_sql_run(b, yihu_box_sql(b, Q_BEGIN), err);
	return r || !b->mirror ? r : yihu_box_sql_begin(b->mirror, err);
}

void yihu_box_sql_rollback(struct yihu_box *b)
{
	if (b->mirror)
		yihu_box_sql_rollback(b->mirror);
	/* Some errors roll back by themselves. */
	if (sqlite3_get_autocommit(b->db))
		return;
	if (yihu_box_sql_run(b, yihu_box_sql(b, Q_ROLLBACK), NULL))
		b->broken = true;
}

int yihu_box_sql_commit(struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_error why = {0};
	int r = b->mirror ? yihu_box_sql_commit(b->mirror, err) : 0;
	if (r != 0)
		return r; /* the mirror is broken, and with it this box */
	r = yihu_box_sql_run(b, yihu_box_sql(b, Q_COMMIT), &why);
	if (r == 0)
		return 0;
	b->broken = true;
	return yihu_fail(err, YIHU_EUNKNOWN,
			 _("%s. It is not known whether the last entries are on the disk: open the "
			   "box again"),
			 why.text);
}
