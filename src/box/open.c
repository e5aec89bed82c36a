/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening and closing a box, and making a new one.
 */
#include <stdlib.h>
#include <string.h>
#include <yihu/clock.h>
#include <yihu/file.h>

#include "internal.h"

static int load_election(struct yihu_box *b, struct yihu_error *err)
{
	char *dir = yihu_path(b->dir, "public");
	int rc = yihu_election_load(&b->election, dir, err);
	free(dir);
	if (!rc && !b->election->reg)
		rc = yihu_fail(
			err, YIHU_EMISSING,
			_("%s/public has no register yet. The issuer makes it with the letters."),
			b->dir);
	return rc;
}

/* The log key must be the charter's by name and by key, and the secret part
 * must belong to the public one: the key file proves that on opening. */
static int load_key(struct yihu_box *b, struct yihu_error *err)
{
	char *path = yihu_path(b->dir, "log.key");
	enum yihu_key_role role = YIHU_ROLE_LOG;
	struct yihu_vkey vkey;
	/* To look, the public half does, and nothing is locked. */
	int rc = b->read_only ? yihu_keyfile_public(path, &role, &vkey, err)
			      : yihu_keyfile_open(&b->key, path, NULL, err);
	if (!rc && b->key) {
		role = b->key->role;
		vkey = b->key->vkey;
	}
	if (!rc && role != YIHU_ROLE_LOG)
		rc = yihu_fail(err, YIHU_EDATABASE, _("%s is not a log key."), path);
	if (!rc && !yihu_vkey_same(&vkey, &b->election->charter->log))
		rc = yihu_fail(
			err, YIHU_EDATABASE,
			_("%s and %s/public/charter: the log key is another than the charter's."),
			path, b->dir);
	free(path);
	return rc;
}

int yihu_box_put_meta(struct yihu_box *b, struct yihu_error *err)
{
	const struct yihu_charter *c = b->election->charter;
	struct yihu_buf vkey = {0};
	yihu_vkey_text(&vkey, &c->log);
	sqlite3_stmt *s = yihu_box_sql(b, Q_PUT_META);
	sqlite3_bind_int(s, 1, YIHU_BOX_SCHEMA);
	sqlite3_bind_blob(s, 2, c->eid, YIHU_EID_BYTES, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, (const char *)vkey.data, -1, SQLITE_STATIC);
	int rc = yihu_box_sql_run(b, s, err);
	sqlite3_clear_bindings(s);
	yihu_buf_free(&vkey);
	return rc;
}

static int put_open_entry(struct yihu_box *b, uint64_t now, struct yihu_error *err)
{
	struct yihu_buf entry = {0};
	yihu_entry_open(&entry, now, b->election);
	int rc = yihu_ledger_append(b->ledger, entry.data, entry.len, YIHU_VERIFY_NOW, NULL, err);
	if (!rc)
		rc = yihu_box_put_rows(b, 0, entry.data, entry.len, err);
	if (!rc)
		rc = yihu_box_put_checkpoint(b, "latest", &b->checkpoint, err);
	yihu_buf_free(&entry);
	return rc;
}

/* A database that is new beside a log that was shown to others, that has a
 * mirror, or whose mark says that something was signed, is a lost one: a second
 * O entry would be a second history. */
static int refuse_lost(const struct yihu_box *b, struct yihu_error *err)
{
	char *path = yihu_path(b->dir, "public/log/checkpoint");
	bool shown = yihu_file_exists(path);
	free(path);
	if (b->half && !shown)
		return yihu_fail(err, YIHU_EDATABASE,
				 _("%s has a mirror, but its own box.db is empty or gone. Go on "
				   "from the mirror."),
				 b->dir);
	if (!shown && b->mark.latest.len == 0)
		return YIHU_OK;
	char *rebuild = yihu_box_rebuild_command(b->dir);
	int rc = yihu_fail(
		err, YIHU_EDATABASE,
		_("%s: this log was begun, but box.db is empty or gone. Put the newest box.db and "
		  "box.db-wal back, or go on from the mirror. Where both are lost, make the box "
		  "anew: %s"),
		b->dir, rebuild);
	free(rebuild);
	return rc;
}

static int open_mark(struct yihu_box *b, struct yihu_error *err)
{
	int rc = yihu_mark_open(&b->mark, b->dir, true, err);
	return rc == YIHU_ENOENT ? YIHU_OK : rc;
}

static int need_mark(struct yihu_box *b, struct yihu_error *err)
{
	if (b->mark.path)
		return YIHU_OK;
	int rc = yihu_mark_make(b->dir, err);
	return rc ? rc : open_mark(b, err);
}

int yihu_box_bring_up_mark(struct yihu_box *b, struct yihu_error *err)
{
	return yihu_mark_put(&b->mark, &b->checkpoint, &b->at_close, err);
}

static int insert_all(struct yihu_box *b, uint64_t now, struct yihu_error *err)
{
	int rc = yihu_box_sql_create(b, err);
	if (!rc)
		rc = yihu_box_sql_prepare(b, err);
	if (!rc)
		rc = yihu_box_put_meta(b, err);
	if (!rc)
		rc = yihu_box_put_home(b, false, err);
	return rc ? rc : put_open_entry(b, now, err);
}

/* The mark comes first and says nothing yet: a box that has had one always has
 * one. */
static int create(struct yihu_box *b, uint64_t now, struct yihu_error *err)
{
	/* Who begins the log has just set its times by this clock. */
	int rc = yihu_clock_vouch(b->dir, err);
	if (!rc)
		rc = need_mark(b, err);
	if (!rc)
		rc = yihu_box_sql_exec(b, "BEGIN IMMEDIATE", err);
	if (rc)
		return rc;
	rc = insert_all(b, now, err);
	if (!rc)
		rc = yihu_box_seal_group(b, &b->checkpoint, &b->at_close, err);
	if (rc && !sqlite3_get_autocommit(b->db))
		yihu_box_sql_exec(b, "ROLLBACK", NULL);
	if (!rc)
		rc = yihu_box_sql_settle(b, err);
	/* From here on the loss of box.db is seen (refuse_lost). */
	return rc ? rc : yihu_box_export(b, err);
}

static int check_time(const struct yihu_box *b, uint64_t now, struct yihu_error *err)
{
	if (now < b->election->charter->closes)
		return YIHU_OK;
	return yihu_fail(err, YIHU_EOVER,
			 _("%s has no box.db, and the poll is over: its log was never opened."),
			 b->dir);
}

static int fail_no_mark(const struct yihu_box *b, struct yihu_error *err)
{
	char *rebuild = yihu_box_rebuild_command(b->dir);
	int rc = yihu_fail(
		err, YIHU_EHISTORY,
		_("%s/%s is missing, and this box has had one. box.db has %llu entries; how many "
		  "were signed is not known. Put the newest %s back, from where it went or from "
		  "the mirror, or make the box anew: %s"),
		b->dir, YIHU_MARK_NAME, (unsigned long long)yihu_ledger_size(b->ledger),
		YIHU_MARK_NAME, rebuild);
	free(rebuild);
	return rc;
}

static int check_marked(const struct yihu_box *b, struct yihu_error *err)
{
	return b->mark.path || b->schema < 2 ? YIHU_OK : fail_no_mark(b, err);
}

int yihu_box_check_signed(struct yihu_box *b, const char *const *not_before, size_t n,
			  struct yihu_error *err)
{
	int rc = yihu_box_check_exported(b->dir, b, err);
	if (!rc)
		rc = check_marked(b, err);
	if (!rc && b->mark.path)
		rc = yihu_mark_compare(&b->mark, b, err);
	for (size_t i = 0; !rc && i < n; i++)
		rc = yihu_box_check_known(b, not_before[i], err);
	return rc;
}

/* One transaction: the older schema becomes this one, a box that moved is at
 * home here. */
static int settle_in(struct yihu_box *b, enum yihu_box_move move, struct yihu_error *err)
{
	int rc = yihu_box_sql_exec(b, "BEGIN IMMEDIATE", err);
	if (rc)
		return rc;
	if (b->schema == 1)
		rc = yihu_box_sql_migrate(b, err);
	if (!rc)
		rc = yihu_box_put_home(b, move == YIHU_BOX_LEAVES, err);
	if (!rc)
		rc = yihu_box_sql_exec(b, "COMMIT", err);
	if (rc && !sqlite3_get_autocommit(b->db))
		yihu_box_sql_exec(b, "ROLLBACK", NULL);
	if (!rc)
		b->schema = YIHU_BOX_SCHEMA;
	return rc;
}

static int open_old(struct yihu_box *b, const struct yihu_box_opening *how, bool to_be_joined,
		    struct yihu_error *err)
{
	bool stays = false;
	int rc = yihu_box_sql_check_schema(b, err);
	if (!rc)
		rc = yihu_box_sql_prepare(b, err);
	if (!rc)
		rc = yihu_box_check_home(b, how->move, &stays, err);
	if (!rc)
		rc = yihu_box_recover(b, err);
	if (!rc)
		rc = to_be_joined
			     ? check_marked(b, err)
			     : yihu_box_check_signed(b, how->not_before, how->n_not_before, err);
	if (!rc)
		rc = need_mark(b, err);
	if (!rc && !stays)
		rc = settle_in(b, how->move, err);
	if (!rc)
		rc = yihu_box_sql_settle(b, err);
	return rc || to_be_joined ? rc : yihu_box_bring_up_mark(b, err);
}

static int open_database(struct yihu_box *b, const struct yihu_box_opening *how, bool to_be_joined,
			 uint64_t now, struct yihu_error *err)
{
	char *path = yihu_path(b->dir, "box.db");
	bool is_new = !yihu_file_exists(path);
	free(path);
	int rc = open_mark(b, err);
	if (!rc && is_new)
		rc = refuse_lost(b, err);
	if (!rc && is_new)
		rc = yihu_box_refuse_called_off(b, err);
	if (!rc && is_new)
		rc = check_time(b, now, err);
	if (!rc)
		rc = yihu_box_sql_open(b, &is_new, err);
	if (!rc && is_new)
		rc = refuse_lost(b, err);
	if (!rc)
		rc = is_new ? create(b, now, err) : open_old(b, how, to_be_joined, err);
	return rc ? rc : yihu_box_note_names(b, err);
}

struct yihu_box *yihu_box_new(const char *dir)
{
	struct yihu_box *b = yihu_calloc(1, sizeof *b);
	b->dir = yihu_strdup(dir);
	b->lock = b->mark.fd = -1;
	b->half = yihu_box_is_half(dir);
	return b;
}

int yihu_box_load(struct yihu_box *b, struct yihu_error *err)
{
	int rc = load_election(b, err);
	if (!rc)
		rc = load_key(b, err);
	if (!rc)
		rc = yihu_box_read_note(b, err);
	if (!rc)
		b->ledger = yihu_ledger_new(b->election);
	return rc;
}

int yihu_box_open_folder(struct yihu_box **out, const char *dir, const struct yihu_box_opening *how,
			 bool to_be_joined, uint64_t now, struct yihu_error *err)
{
	struct yihu_box *b = yihu_box_new(dir);
	int rc = yihu_box_lock(dir, &b->lock, err);
	if (!rc)
		rc = yihu_box_check_rebuilt(dir, err);
	if (!rc)
		rc = yihu_box_load(b, err);
	if (!rc)
		rc = open_database(b, how, to_be_joined, now, err);
	if (!rc)
		rc = yihu_box_read_reason(b, err);
	if (rc) {
		yihu_box_close(b);
		return rc;
	}
	*out = b;
	return YIHU_OK;
}

int yihu_box_open_as(struct yihu_box **out, const char *dir, const struct yihu_box_opening *how,
		     uint64_t now, struct yihu_error *err)
{
	return how->mirror ? yihu_box_open_halves(out, dir, how, now, err)
			   : yihu_box_open_folder(out, dir, how, false, now, err);
}

int yihu_box_open(struct yihu_box **out, const char *dir, uint64_t now, struct yihu_error *err)
{
	return yihu_box_open_as(out, dir, &(struct yihu_box_opening){0}, now, err);
}

int yihu_box_open_mirrored(struct yihu_box **out, const char *dir, const char *mirror, uint64_t now,
			   struct yihu_error *err)
{
	return yihu_box_open_as(out, dir, &(struct yihu_box_opening){.mirror = mirror}, now, err);
}

void yihu_box_close(struct yihu_box *b)
{
	if (!b)
		return;
	yihu_box_close(b->mirror);
	yihu_box_sql_close(b);
	yihu_mark_close(&b->mark);
	yihu_ledger_free(b->ledger);
	yihu_keyfile_close(b->key);
	yihu_election_free(b->election);
	yihu_buf_free(&b->checkpoint);
	yihu_buf_free(&b->at_close);
	yihu_unlock(b->lock);
	free(b->dir);
	free(b);
}
