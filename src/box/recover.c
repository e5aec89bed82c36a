/* SPDX-License-Identifier: Apache-2.0
 *
 * Recovery: what a database says is believed only after the ledger has
 * replayed every entry, and tree, checkpoints, log key and rows agree with it.
 * Proofs are verified, but for those of entries that the recovery mark
 * (verified.h) vouches for.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>
#include <yihu/parallel.h>

#include "election/known_register.h"
#include "internal.h"

/* Entries read and verified at a time; the memory it costs is bounded. */
#define CHUNK 1024
#define PIECE 16 /* of them, by a thread */

struct item {
	struct yihu_buf entry;
	int code; /* of parse and verify, ballots only */
	char ballot_code[YIHU_CODE_BYTES];
	struct yihu_error err;
};
struct chunk {
	const struct yihu_box *b;
	struct item items[CHUNK];
	size_t n;
	uint64_t first; /* index of items[0] */
};

/* Below what the recovery mark vouches for, form and signatures of a ballot are
 * known to be right, once the entries are shown to be those. */
static int verify_ballot(const struct yihu_box *b, struct item *item, const struct yihu_entry *e,
			 bool believed)
{
	struct yihu_ballot ballot;
	const uint8_t *eid = b->election->charter->eid;
	uint32_t w = b->election->definition->width;
	if (believed)
		return 0;
	int r = yihu_ballot_parse(&ballot, e->body, e->body_len, w, &item->err);
	return r ? r : yihu_ballot_verify(&ballot, e->body, e->body_len, eid, &item->err);
}

static void verify_item(const struct yihu_box *b, struct item *item, bool believed)
{
	struct yihu_entry e;
	item->ballot_code[0] = '\0';
	item->code = yihu_entry_parse(&e, item->entry.data, item->entry.len, &item->err);
	if (item->code || e.type != YIHU_ENTRY_BALLOT)
		return;
	item->code = verify_ballot(b, item, &e, believed);
	if (item->code == 0)
		yihu_ballot_code(item->ballot_code, b->election->charter->eid, e.body, e.body_len);
}

static void verify_items(void *context, size_t from, size_t to)
{
	struct chunk *c = context;
	for (size_t i = from; i < to; i++)
		verify_item(c->b, &c->items[i], c->first + i < c->b->believed);
}

/* Proofs need no state, so they are checked side by side. */
static void verify_chunk(struct chunk *c)
{
	yihu_parallel(c->n, PIECE, verify_items, NULL, c);
}

static int read_chunk(struct yihu_box *b, struct chunk *c, struct yihu_error *err)
{
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_ENTRIES);
	c->first = yihu_ledger_size(b->ledger);
	sqlite3_bind_int64(s, 1, (sqlite3_int64)c->first);
	sqlite3_bind_int64(s, 2, CHUNK);
	bool row = true;
	int r = 0;
	for (c->n = 0; r == 0 && row;) {
		r = yihu_box_sql_row(b, s, &row, err);
		if (r != 0 || !row)
			break;
		if ((uint64_t)sqlite3_column_int64(s, 0) != c->first + c->n)
			r = yihu_fail(err, YIHU_EDATABASE,
				      _("%s/box.db: entry %llu of the log is missing"), b->dir,
				      (unsigned long long)c->first + c->n);
		struct item *item = &c->items[c->n++];
		yihu_buf_reset(&item->entry);
		yihu_buf_put(&item->entry, sqlite3_column_blob(s, 1),
			     (size_t)sqlite3_column_bytes(s, 1));
	}
	sqlite3_reset(s);
	return r;
}

static int replay_item(struct yihu_box *b, struct item *item, struct yihu_box_rows *rows,
		       struct yihu_error *err)
{
	struct yihu_entry_head h;
	yihu_entry_head(&h, item->entry.data, item->entry.len);
	uint64_t index = yihu_ledger_size(b->ledger);
	int r = item->code;
	if (r != 0)
		yihu_fail(err, r, "%s", item->err.text);
	else
		r = yihu_ledger_append(b->ledger, item->entry.data, item->entry.len,
				       h.type == YIHU_ENTRY_BALLOT ? YIHU_VERIFIED_BEFORE
								   : YIHU_VERIFY_NOW,
				       NULL, err);
	if (r != 0)
		return yihu_fail_at(err, r, _("%s/box.db: entry %llu of the log"), b->dir,
				    (unsigned long long)index);
	yihu_box_rows_expect(rows, item->ballot_code);
	return yihu_box_check_change(b, index, item->entry.data, item->entry.len, err);
}

static void free_chunk(struct chunk *c)
{
	for (size_t i = 0; i < CHUNK; i++)
		yihu_buf_free(&c->items[i].entry);
	free(c);
}

static void tell(const struct yihu_box *b, uint64_t all)
{
	uint64_t done = yihu_ledger_size(b->ledger);
	yihu_progress_step(b->progress, _("reading the ballot box"), done, done > all ? done : all);
}

static int replay(struct yihu_box *b, struct yihu_box_rows *rows, uint64_t all,
		  struct yihu_error *err)
{
	struct chunk *c = yihu_calloc(1, sizeof *c);
	int r;
	c->b = b;
	do {
		tell(b, all);
		r = read_chunk(b, c, err);
		if (r == 0)
			verify_chunk(c);
		for (size_t i = 0; r == 0 && i < c->n; i++)
			r = replay_item(b, &c->items[i], rows, err);
	} while (r == 0 && c->n == CHUNK);
	tell(b, all);
	free_chunk(c);
	return r;
}

/* The entries that were believed are those that the recovery mark vouches for. */
static bool believed_rightly(const struct yihu_box *b)
{
	const struct yihu_checkpoint c = {.size = b->verified.size, .root = b->verified.root};
	return yihu_box_covers(b, &c);
}

/* As if there had been no recovery mark. */
static int believe_nothing(struct yihu_box *b, struct yihu_box_rows *rows, struct yihu_error *err)
{
	b->believed = b->verified.size = 0;
	yihu_ledger_free(b->ledger);
	b->ledger = yihu_ledger_new(b->election);
	yihu_box_rows_reset(rows);
	int r = yihu_register_check_letters(b->election->reg, 0, UINT32_MAX, b->election->charter,
					    err);
	return r ? r : yihu_box_sql_check_file(b, true, err);
}

/* A mark that does not fit these entries, or entries that don't fit the log:
 * then all is verified, which says what is wrong. */
static int replay_believing(struct yihu_box *b, struct yihu_box_rows *rows, uint64_t all,
			    struct yihu_error *err)
{
	b->believed = b->verified.size;
	int r = replay(b, rows, all, err);
	if (b->believed == 0 || (r == 0 && believed_rightly(b)))
		return r;
	r = believe_nothing(b, rows, err);
	return r ? r : replay(b, rows, all, err);
}

static int check_meta(struct yihu_box *b, struct yihu_error *err)
{
	const struct yihu_charter *c = b->election->charter;
	struct yihu_buf vkey = {0};
	bool row = false;
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_META);
	int r = yihu_box_sql_row(b, s, &row, err);
	yihu_vkey_text(&vkey, &c->log);
	if (r == 0 && !row)
		r = yihu_fail(err, YIHU_EDATABASE, _("%s/box.db: table meta is empty"), b->dir);
	if (r == 0 && sqlite3_column_int64(s, 0) != b->schema)
		r = yihu_fail(err, YIHU_EVERSION,
			      _("%s/box.db has schema %lld; this program knows schema %d"), b->dir,
			      (long long)sqlite3_column_int64(s, 0), YIHU_BOX_SCHEMA);
	if (r == 0 && (sqlite3_column_bytes(s, 1) != YIHU_EID_BYTES ||
		       memcmp(sqlite3_column_blob(s, 1), c->eid, YIHU_EID_BYTES) != 0))
		r = yihu_fail(err, YIHU_EDATABASE,
			      _("%s/box.db and public/charter are of two different elections"),
			      b->dir);
	if (r == 0 && strcmp((const char *)sqlite3_column_text(s, 2), (const char *)vkey.data) != 0)
		r = yihu_fail(err, YIHU_EDATABASE,
			      _("%s/box.db and public/charter name two different log keys"),
			      b->dir);
	sqlite3_reset(s);
	yihu_buf_free(&vkey);
	return r;
}

int yihu_box_get_note(struct yihu_box *b, const char *kind, struct yihu_buf *out,
		      struct yihu_error *err)
{
	bool row = false;
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_CHECKPOINT);
	sqlite3_bind_text(s, 1, kind, -1, SQLITE_STATIC);
	int r = yihu_box_sql_row(b, s, &row, err);
	if (r == 0 && row)
		yihu_buf_put(out, sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0));
	sqlite3_reset(s);
	return r;
}

static int parse_note(struct yihu_box *b, const char *kind, const struct yihu_buf *note,
		      struct yihu_checkpoint *c, struct yihu_error *err)
{
	int r = yihu_checkpoint_parse(c, note->data, note->len, &b->election->charter->log, err);
	return r ? yihu_fail_at(err, r, _("%s/box.db: checkpoint “%s”"), b->dir, kind) : 0;
}

bool yihu_box_covers(const struct yihu_box *b, const struct yihu_checkpoint *c)
{
	const struct yihu_tree *tree = yihu_ledger_tree(b->ledger);
	if (c->size > yihu_tree_size(tree))
		return false;
	struct yihu_node root = yihu_tree_root(tree, c->size);
	return memcmp(&root, &c->root, sizeof root) == 0;
}

static int check_latest(struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_checkpoint c;
	int r = parse_note(b, "latest", &b->checkpoint, &c, err);
	if (r == 0 && c.size != yihu_ledger_size(b->ledger))
		r = yihu_fail(err, YIHU_EDATABASE,
			      _("%s/box.db: the checkpoint covers %llu entries, the log has %llu"),
			      b->dir, (unsigned long long)c.size,
			      (unsigned long long)yihu_ledger_size(b->ledger));
	if (r == 0 && !yihu_box_covers(b, &c))
		r = yihu_fail(err, YIHU_EDATABASE,
			      _("%s/box.db: the checkpoint's root is not that of the entries"),
			      b->dir);
	return r;
}

/* Only C may lie at or after the size of at-close, and nothing can be missing
 * before it. */
static int check_end(struct yihu_box *b, const struct yihu_checkpoint *end, struct yihu_error *err)
{
	uint64_t size = yihu_ledger_size(b->ledger) - (yihu_ledger_closed(b->ledger) ? 1 : 0);
	if (end && (end->size != size || !yihu_box_covers(b, end)))
		return yihu_fail(err, YIHU_EDATABASE,
				 _("%s/box.db: the checkpoint at-close is not of these entries"),
				 b->dir);
	if (!end && yihu_ledger_closed(b->ledger))
		return yihu_fail(
			err, YIHU_EDATABASE,
			_("%s/box.db: the log is closed, but its checkpoint at-close is missing"),
			b->dir);
	return 0;
}

/* How many entries are to be expected; only progress is told by it. */
static uint64_t count_expected(const struct yihu_box *b)
{
	struct yihu_checkpoint c = {0};
	const struct yihu_vkey *log = &b->election->charter->log;
	yihu_checkpoint_parse(&c, b->checkpoint.data, b->checkpoint.len, log, NULL);
	return c.size;
}

static int replay_and_check_rows(struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_box_rows rows = {0};
	int r = replay_believing(b, &rows, count_expected(b), err);
	if (r == 0)
		r = yihu_box_check_rows(b, &rows, err);
	yihu_box_rows_finish(&rows);
	return r;
}

int yihu_box_recover(struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_checkpoint end = {0};
	int r = check_meta(b, err);
	if (r == 0)
		r = yihu_box_get_note(b, "latest", &b->checkpoint, err);
	if (r == 0)
		r = yihu_box_get_note(b, "at-close", &b->at_close, err);
	if (r == 0 && b->at_close.len > 0)
		r = parse_note(b, "at-close", &b->at_close, &end, err);
	bool ended = b->at_close.len > 0;
	if (r == 0)
		r = replay_and_check_rows(b, err);
	if (r == 0)
		r = check_end(b, ended ? &end : NULL, err);
	if (r == 0 && ended)
		yihu_ledger_seal(b->ledger);
	return r ? r : check_latest(b, err);
}

/* An exported checkpoint was seen by others: a box that does not contain it
 * is an old copy or another history, and would sign a second one. */
static int check_exported_note(const char *dir, const char *name, const struct yihu_box *b,
			       struct yihu_error *err)
{
	struct yihu_buf note = {0};
	struct yihu_checkpoint c;
	char *path = yihu_path(dir, name);
	int r = yihu_file_read(path, YIHU_CHECKPOINT_BYTES_MAX, &note, err);
	if (r == YIHU_ENOENT)
		r = 0;
	else if (r == 0) {
		r = yihu_checkpoint_parse(&c, note.data, note.len, &b->election->charter->log, err);
		if (r != 0)
			yihu_fail_at(err, r, "%s", path);
		else if (!yihu_box_covers(b, &c))
			r = yihu_fail(err, YIHU_EHISTORY,
				      _("%s (%llu entries) is not in %s/box.db: the database is an "
					"old copy, or of another log. Put the newest one back"),
				      path, (unsigned long long)c.size, b->dir);
	}
	free(path);
	yihu_buf_free(&note);
	return r;
}

int yihu_box_check_exported(const char *dir, const struct yihu_box *b, struct yihu_error *err)
{
	int r = check_exported_note(dir, "public/log/checkpoint", b, err);
	if (r == 0)
		r = check_exported_note(dir, "public/log/at-close", b, err);
	return r;
}
