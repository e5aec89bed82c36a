/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening and closing the box of one folder, and making a new one.
 */
#include <stdlib.h>
#include <string.h>
#include <yihu/clock.h>
#include <yihu/file.h>

#include "election/known_register.h"
#include "internal.h"

/* The recovery mark speaks of a register too. */
static bool register_known(void *context, const struct yihu_charter *c,
			   const uint8_t hash[static 32])
{
	struct yihu_box *b = context;
	const struct yihu_verified_log log = {c, hash};
	yihu_verified_open(&b->verified, b->dir, &log);
	return b->verified.size > 0;
}

static int load_election(struct yihu_box *b, struct yihu_error *err)
{
	char *dir = yihu_path(b->dir, "public");
	int r = yihu_election_load_known(&b->election, dir, b->believes ? register_known : NULL, b,
					 err);
	free(dir);
	if (r == 0 && !b->election->reg)
		r = yihu_fail(
			err, YIHU_EMISSING,
			_("%s/public has no register yet. The issuer makes it with the letters"),
			b->dir);
	return r;
}

/* The log key must be the charter's by name and by key, and the secret part
 * must belong to the public one: the key file proves that on opening. */
static int load_key(struct yihu_box *b, struct yihu_error *err)
{
	char *path = yihu_path(b->dir, "log.key");
	enum yihu_key_role role = YIHU_ROLE_LOG;
	struct yihu_vkey vkey;
	/* To look, the public half does, and nothing is locked. */
	int r = b->read_only ? yihu_keyfile_public(path, &role, &vkey, err)
			     : yihu_keyfile_open(&b->key, path, NULL, err);
	if (r == 0 && b->key) {
		role = b->key->role;
		vkey = b->key->vkey;
	}
	if (r == 0 && role != YIHU_ROLE_LOG)
		r = yihu_fail(err, YIHU_EDATABASE, _("%s is not a log key"), path);
	if (r == 0 && !yihu_vkey_same(&vkey, &b->election->charter->log))
		r = yihu_fail(
			err, YIHU_EDATABASE,
			_("%s and %s/public/charter: the log key is another than the charter's"),
			path, b->dir);
	free(path);
	return r;
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
	int r = yihu_box_sql_run(b, s, err);
	sqlite3_clear_bindings(s);
	yihu_buf_free(&vkey);
	return r;
}

static int put_open_entry(struct yihu_box *b, uint64_t now, struct yihu_error *err)
{
	struct yihu_buf entry = {0};
	yihu_entry_open(&entry, now, b->election);
	int r = yihu_ledger_append(b->ledger, entry.data, entry.len, YIHU_VERIFY_NOW, NULL, err);
	if (r == 0)
		r = yihu_box_put_rows(b, 0, entry.data, entry.len, err);
	if (r == 0)
		r = yihu_box_put_checkpoint(b, "latest", &b->checkpoint, err);
	yihu_buf_free(&entry);
	return r;
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
				   "from the mirror"),
				 b->dir);
	if (!shown && b->mark.latest.len == 0)
		return 0;
	char *rebuild = yihu_box_rebuild_command(b->dir);
	int r = yihu_fail(err, YIHU_EDATABASE,
			  _("%s: this log was begun, but box.db is empty or gone. Put the newest "
			    "box.db and box.db-wal back, or go on from the mirror. If both are "
			    "lost, make the box again: %s"),
			  b->dir, rebuild);
	free(rebuild);
	return r;
}

static int open_mark(struct yihu_box *b, struct yihu_error *err)
{
	int r = yihu_mark_open(&b->mark, b->dir, true, err);
	return r == YIHU_ENOENT ? 0 : r;
}

static int need_mark(struct yihu_box *b, struct yihu_error *err)
{
	if (b->mark.path)
		return 0;
	int r = yihu_mark_make(b->dir, err);
	if (r == 0)
		r = open_mark(b, err);
	return r;
}

int yihu_box_bring_up_mark(struct yihu_box *b, struct yihu_error *err)
{
	return yihu_mark_put(&b->mark, &b->checkpoint, &b->at_close, err);
}

static int insert_all(struct yihu_box *b, uint64_t now, struct yihu_error *err)
{
	int r = yihu_box_sql_create(b, err);
	if (r == 0)
		r = yihu_box_sql_prepare(b, err);
	if (r == 0)
		r = yihu_box_put_meta(b, err);
	if (r == 0)
		r = yihu_box_put_home(b, false, err);
	if (r == 0)
		r = put_open_entry(b, now, err);
	return r;
}

/* The mark comes first and says nothing yet: a box that has had one always has
 * one. */
static int create(struct yihu_box *b, uint64_t now, struct yihu_error *err)
{
	/* Who begins the log has just set its times by this clock. */
	int r = yihu_clock_vouch(b->dir, err);
	if (r == 0)
		r = need_mark(b, err);
	if (r == 0)
		r = yihu_box_sql_exec(b, "BEGIN IMMEDIATE", err);
	if (r != 0)
		return r;
	r = insert_all(b, now, err);
	if (r == 0)
		r = yihu_box_seal_group(b, &b->checkpoint, &b->at_close, err);
	if (r != 0 && !sqlite3_get_autocommit(b->db))
		yihu_box_sql_exec(b, "ROLLBACK", NULL);
	if (r == 0)
		r = yihu_box_sql_settle(b, err);
	/* From here on the loss of box.db is seen (refuse_lost). */
	if (r == 0)
		r = yihu_box_export(b, err);
	return r;
}

static int check_time(const struct yihu_box *b, uint64_t now, struct yihu_error *err)
{
	if (now < b->election->charter->closes)
		return 0;
	return yihu_fail(err, YIHU_EOVER,
			 _("%s has no box.db, and the poll is over: its log was never opened"),
			 b->dir);
}

static int fail_no_mark(const struct yihu_box *b, struct yihu_error *err)
{
	char *rebuild = yihu_box_rebuild_command(b->dir);
	int r = yihu_fail(err, YIHU_EHISTORY,
			  _("%s/%s is missing, and this box has had one. box.db has %llu entries; "
			    "how many were signed is not known. Put the newest %s back, from where "
			    "it went or from the mirror, or make the box again: %s"),
			  b->dir, YIHU_MARK_NAME, (unsigned long long)yihu_ledger_size(b->ledger),
			  YIHU_MARK_NAME, rebuild);
	free(rebuild);
	return r;
}

static int check_marked(const struct yihu_box *b, struct yihu_error *err)
{
	return b->mark.path || b->schema < 2 ? 0 : fail_no_mark(b, err);
}

int yihu_box_check_signed(struct yihu_box *b, const char *const *not_before, size_t n,
			  struct yihu_error *err)
{
	int r = yihu_box_check_exported(b->dir, b, err);
	if (r == 0)
		r = check_marked(b, err);
	if (r == 0 && b->mark.path)
		r = yihu_mark_compare(&b->mark, b, err);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = yihu_box_check_known(b, not_before[i], err);
	return r;
}

/* One transaction: the older schema becomes this one, a box that moved is at
 * home here. */
static int settle_in(struct yihu_box *b, enum yihu_box_move move, struct yihu_error *err)
{
	int r = yihu_box_sql_exec(b, "BEGIN IMMEDIATE", err);
	if (r != 0)
		return r;
	if (b->schema == 1)
		r = yihu_box_sql_migrate(b, err);
	if (r == 0)
		r = yihu_box_put_home(b, move == YIHU_BOX_LEAVES, err);
	if (r == 0)
		r = yihu_box_sql_exec(b, "COMMIT", err);
	if (r != 0 && !sqlite3_get_autocommit(b->db))
		yihu_box_sql_exec(b, "ROLLBACK", NULL);
	if (r == 0)
		b->schema = YIHU_BOX_SCHEMA;
	return r;
}

static int open_old(struct yihu_box *b, const struct yihu_box_opening *how, bool to_be_joined,
		    struct yihu_error *err)
{
	bool stays = false;
	int r = yihu_box_sql_check_schema(b, err);
	if (r == 0)
		r = yihu_box_sql_prepare(b, err);
	if (r == 0)
		r = yihu_box_check_home(b, how->move, &stays, err);
	if (r == 0)
		r = yihu_box_recover(b, err);
	if (r == 0)
		r = to_be_joined
			    ? check_marked(b, err)
			    : yihu_box_check_signed(b, how->not_before, how->n_not_before, err);
	if (r == 0)
		r = need_mark(b, err);
	if (r == 0 && !stays)
		r = settle_in(b, how->move, err);
	if (r == 0)
		r = yihu_box_sql_settle(b, err);
	return r || to_be_joined ? r : yihu_box_bring_up_mark(b, err);
}

static int open_database(struct yihu_box *b, const struct yihu_box_opening *how, bool to_be_joined,
			 uint64_t now, struct yihu_error *err)
{
	char *path = yihu_path(b->dir, "box.db");
	bool is_new = !yihu_file_exists(path);
	free(path);
	int r = open_mark(b, err);
	if (r == 0 && is_new)
		r = refuse_lost(b, err);
	if (r == 0 && is_new)
		r = yihu_box_refuse_called_off(b, err);
	if (r == 0 && is_new)
		r = check_time(b, now, err);
	if (r == 0)
		r = yihu_box_sql_open(b, &is_new, err);
	if (r == 0 && is_new)
		r = refuse_lost(b, err);
	if (r == 0)
		r = is_new ? create(b, now, err) : open_old(b, how, to_be_joined, err);
	if (r == 0)
		r = yihu_box_note_names(b, err);
	return r;
}

struct yihu_box *yihu_box_new(const char *dir)
{
	struct yihu_box *b = yihu_calloc(1, sizeof *b);
	b->dir = yihu_strdup(dir);
	b->lock = b->mark.fd = b->verified.fd = -1;
	b->half = yihu_box_is_half(dir);
	return b;
}

int yihu_box_load(struct yihu_box *b, struct yihu_error *err)
{
	int r = load_election(b, err);
	if (r == 0)
		r = load_key(b, err);
	if (r == 0)
		r = yihu_box_read_note(b, err);
	if (r == 0)
		b->ledger = yihu_ledger_new(b->election);
	return r;
}

int yihu_box_open_folder(struct yihu_box **out, const char *dir, const struct yihu_box_opening *how,
			 bool to_be_joined, uint64_t now, struct yihu_error *err)
{
	struct yihu_box *b = yihu_box_new(dir);
	b->progress = how->progress;
	b->believes = true;
	int r = yihu_box_lock(dir, &b->lock, err);
	if (r == 0)
		r = yihu_box_check_rebuilt(dir, err);
	if (r == 0)
		r = yihu_box_load(b, err);
	if (r == 0)
		r = open_database(b, how, to_be_joined, now, err);
	if (r == 0)
		r = yihu_box_read_reason(b, err);
	if (r != 0) {
		yihu_box_close(b);
		return r;
	}
	b->progress = NULL;
	b->opened = true;
	if (b->believed < yihu_ledger_size(b->ledger))
		yihu_box_vouch(b);
	*out = b;
	return 0;
}

void yihu_box_close(struct yihu_box *b)
{
	if (!b)
		return;
	bool usable = b->opened && !b->broken && !(b->mirror && b->mirror->broken);
	if (usable && b->ledger && b->verified.size < yihu_ledger_size(b->ledger))
		yihu_box_vouch(b);
	yihu_box_close(b->mirror);
	yihu_box_sql_close(b);
	yihu_mark_close(&b->mark);
	yihu_verified_close(&b->verified);
	yihu_ledger_free(b->ledger);
	yihu_keyfile_close(b->key);
	yihu_election_free(b->election);
	yihu_buf_free(&b->checkpoint);
	yihu_buf_free(&b->at_close);
	yihu_unlock(b->lock);
	free(b->dir);
	free(b);
}
