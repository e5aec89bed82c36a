/* SPDX-License-Identifier: Apache-2.0
 *
 * Group commit: entries, their rows and the checkpoint that covers them go in
 * with one transaction.
 */
#include <assert.h>
#include <string.h>
#include <sys/statvfs.h>

#include "internal.h"

/* So many entries at most are verified anew after a crash, and a group more. */
#define VOUCHED_EVERY 64

/* Free space below which nothing is appended. A full disk would show at
 * COMMIT, when the outcome is already in doubt; asked before, it is a plain
 * refusal. The WAL (4 MB before it is moved) and its move fit in. */
#define RESERVE_BYTES (UINT64_C(32) << 20)

static int check_space(const struct yihu_box *b, struct yihu_error *err)
{
	struct statvfs fs;
	if (statvfs(b->dir, &fs) != 0)
		return 0; /* then the disk itself will say */
	if ((uint64_t)fs.f_bavail * fs.f_frsize >= RESERVE_BYTES)
		return b->mirror ? check_space(b->mirror, err) : 0;
	return yihu_fail(err, YIHU_EIO,
			 _("%s: less than %d MB are free on this disk. Nothing was written"),
			 b->dir, (int)(RESERVE_BYTES >> 20));
}

int yihu_box_put_note(struct yihu_box *b, const char *kind, const struct yihu_buf *note,
		      struct yihu_error *err)
{
	sqlite3_stmt *s = yihu_box_sql(b, Q_PUT_CHECKPOINT);
	sqlite3_bind_text(s, 1, kind, -1, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 2, note->data, note->len, SQLITE_STATIC);
	int r = yihu_box_sql_run(b, s, err);
	return r || !b->mirror ? r : yihu_box_put_note(b->mirror, kind, note, err);
}

int yihu_box_put_checkpoint(struct yihu_box *b, const char *kind, struct yihu_buf *note,
			    struct yihu_error *err)
{
	const struct yihu_tree *tree = yihu_ledger_tree(b->ledger);
	struct yihu_checkpoint c = {.size = yihu_tree_size(tree)};
	c.root = yihu_tree_root(tree, c.size);
	yihu_checkpoint_sign(note, &b->election->charter->log, &c, &b->key->keypair);
	return yihu_box_put_note(b, kind, note, err);
}

static int put_entry(struct yihu_box *b, uint64_t index, const void *entry, size_t len,
		     struct yihu_error *err)
{
	sqlite3_stmt *s = yihu_box_sql(b, Q_PUT_ENTRY);
	sqlite3_bind_int64(s, 1, (sqlite3_int64)index);
	sqlite3_bind_blob64(s, 2, entry, len, SQLITE_STATIC);
	return yihu_box_sql_run(b, s, err);
}

static int put_credential(struct yihu_box *b, uint32_t serial, const uint8_t *pk,
			  const uint64_t *index, struct yihu_error *err)
{
	sqlite3_stmt *s = yihu_box_sql(b, Q_PUT_CREDENTIAL);
	sqlite3_bind_int64(s, 1, serial);
	sqlite3_bind_blob(s, 2, pk, YIHU_PUBKEY_BYTES, SQLITE_STATIC);
	if (index)
		sqlite3_bind_int64(s, 3, (sqlite3_int64)*index);
	return yihu_box_sql_run(b, s, err);
}

static int put_register(struct yihu_box *b, struct yihu_error *err)
{
	const struct yihu_register *reg = b->election->reg;
	int r = 0;
	for (uint32_t i = 0; r == 0 && i < reg->n; i++)
		r = put_credential(b, i + 1, reg->credentials[i].pk, NULL, err);
	return r;
}

static int put_change(struct yihu_box *b, uint64_t index, const struct yihu_change *c,
		      struct yihu_error *err)
{
	int r = 0;
	if (c->new_serial)
		r = put_credential(b, c->new_serial, c->credential.pk, &index, err);
	if (r != 0 || !c->old_serial)
		return r;
	sqlite3_stmt *s = yihu_box_sql(b, Q_PUT_VOIDED);
	sqlite3_bind_int64(s, 1, c->old_serial);
	sqlite3_bind_int64(s, 2, (sqlite3_int64)index);
	return yihu_box_sql_run(b, s, err);
}

static int put_ballot(struct yihu_box *b, uint64_t index, const struct yihu_entry *e,
		      struct yihu_error *err)
{
	struct yihu_ballot ballot;
	char code[YIHU_CODE_BYTES];
	int r = yihu_ballot_read(&ballot, e->body, e->body_len, b->election->definition->width,
				 err);
	if (r != 0)
		return r;
	yihu_ballot_code(code, b->election->charter->eid, e->body, e->body_len);
	sqlite3_stmt *s = yihu_box_sql(b, Q_PUT_BALLOT);
	sqlite3_bind_int64(s, 1, ballot.serial);
	sqlite3_bind_blob(s, 2, ballot.pk, sizeof ballot.pk, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, code, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 4, (sqlite3_int64)index);
	r = yihu_box_sql_run(b, s, err);
	for (uint32_t j = 0; r == 0 && j < ballot.w; j++) {
		s = yihu_box_sql(b, Q_PUT_POINT);
		sqlite3_bind_blob(s, 1, ballot.words[j].a.bytes, YIHU_POINT_BYTES, SQLITE_STATIC);
		sqlite3_bind_int64(s, 2, (sqlite3_int64)index);
		r = yihu_box_sql_run(b, s, err);
	}
	return r;
}

static int put_own_rows(struct yihu_box *b, uint64_t index, const struct yihu_entry *e,
			struct yihu_error *err)
{
	if (e->type == YIHU_ENTRY_OPEN)
		return put_register(b, err);
	if (e->type == YIHU_ENTRY_BALLOT)
		return put_ballot(b, index, e, err);
	if (e->type == YIHU_ENTRY_CHANGE)
		return put_change(b, index, &e->u.change, err);
	return 0;
}

int yihu_box_put_rows(struct yihu_box *b, uint64_t index, const void *entry, size_t len,
		      struct yihu_error *err)
{
	struct yihu_entry e;
	int r = yihu_entry_parse(&e, entry, len, err);
	if (r == 0)
		r = put_entry(b, index, entry, len, err);
	if (r == 0)
		r = put_own_rows(b, index, &e, err);
	return r || !b->mirror ? r : yihu_box_put_rows(b->mirror, index, entry, len, err);
}

/* Index and time of what stands in the way: the earlier ballot, the change
 * that voided the credential. */
static void note_earlier(struct yihu_box *b, struct yihu_submission *sub, uint64_t at)
{
	struct yihu_credential_state state;
	if (sub->code == YIHU_EVOIDED && sub->type == YIHU_ENTRY_BALLOT) {
		uint32_t serial = yihu_ballot_serial(sub->body, sub->body_len);
		if (!yihu_ledger_serial(b->ledger, serial, &state, NULL))
			at = state.changed_index;
	} else if (sub->code != YIHU_EVOTED && sub->code != YIHU_ESAME)
		return;
	sub->index = at;
	sub->time = yihu_ledger_time(b->ledger, at);
}

void yihu_submission_entry(struct yihu_buf *out, const struct yihu_submission *s)
{
	assert(s->code == 0 || s->code == YIHU_ESAME);
	yihu_entry_put(out, s->type, s->time, s->body, s->body_len);
}

/* When it was received, as far as that can be believed; the log's times never go
 * back. */
static uint64_t time_of(const struct yihu_submission *s, uint64_t now, uint64_t last)
{
	uint64_t earliest = now > YIHU_RECEPTION_S ? now - YIHU_RECEPTION_S : 0;
	uint64_t time = s->received == 0 || s->received > now ? now : s->received;
	time = time < earliest ? earliest : time;
	return time < last ? last : time;
}

/* A close leaves nothing out that was received before the end. */
static int try_entry(struct yihu_box *b, struct yihu_submission *sub, const struct yihu_buf *entry,
		     uint64_t time, uint64_t *at)
{
	bool ended = b->at_close.len > 0 || yihu_ledger_called_off(b->ledger);
	if (sub->type == YIHU_ENTRY_CLOSE && !ended && time >= b->election->charter->closes)
		return yihu_fail(&sub->err, YIHU_EROOT,
				 _("the log still grows: what was received before the end of the "
				   "poll is being written. Close it again in a minute"));
	return yihu_ledger_append(b->ledger, entry->data, entry->len, sub->verified, at, &sub->err);
}

/* Tries one. A refusal is the submission's own code; what comes back is only
 * a failure of the database, or that there is no space: asked for the first of a group,
 * whose `size` entries are there, as nothing of it is written before its end. */
static int try_one(struct yihu_box *b, struct yihu_submission *sub, uint64_t size, uint64_t now,
		   struct yihu_error *err)
{
	struct yihu_buf entry = {0};
	uint64_t at = 0, index = yihu_ledger_size(b->ledger);
	uint64_t time = time_of(sub, now, yihu_ledger_last_time(b->ledger));
	int r = 0;
	sub->index = sub->time = 0;
	yihu_entry_put(&entry, sub->type, time, sub->body, sub->body_len);
	sub->code = try_entry(b, sub, &entry, time, &at);
	if (sub->code == YIHU_ECANCELLED && b->reason[0] != '\0')
		yihu_fail(&sub->err, YIHU_ECANCELLED, _("this election was called off: %s"),
			  b->reason);
	if (sub->code) {
		note_earlier(b, sub, at);
	} else {
		sub->index = index;
		sub->time = time;
		r = index == size ? check_space(b, err) : 0;
		if (r == 0)
			r = yihu_box_put_rows(b, index, entry.data, entry.len, err);
		/* The ledger took what SQL refuses: they disagree. */
		if (r == YIHU_EDATABASE)
			b->broken = true;
	}
	yihu_buf_free(&entry);
	return r;
}

/* Takes the group back; nothing of it may be acknowledged. */
static void undo(struct yihu_box *b, uint64_t size, struct yihu_submission *subs, size_t n, int r,
		 const struct yihu_error *err)
{
	yihu_box_sql_rollback(b);
	yihu_ledger_truncate(b->ledger, size);
	for (size_t i = 0; i < n; i++) {
		subs[i].code = r;
		subs[i].err = *err;
		subs[i].index = subs[i].time = 0;
	}
}

/* The mirror's first, as with the databases. */
static int put_marks(struct yihu_box *b, const struct yihu_buf *note,
		     const struct yihu_buf *at_close, struct yihu_error *err)
{
	int r = b->mirror ? put_marks(b->mirror, note, at_close, err) : 0;
	if (r != 0)
		return r;
	r = yihu_mark_put(&b->mark, note, at_close, err);
	b->broken = b->broken || r;
	return r;
}

int yihu_box_seal_group(struct yihu_box *b, const struct yihu_buf *note,
			const struct yihu_buf *at_close, struct yihu_error *err)
{
	int r = yihu_box_sql_commit(b, err);
	if (r == 0)
		r = put_marks(b, note, at_close, err);
	return r;
}

/* Of an X of a group that is recorded: whatever fails from there on, it is. */
static void keep_reason(struct yihu_box *b, const struct yihu_submission *subs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct yihu_buf entry = {0};
		if (subs[i].type != YIHU_ENTRY_CANCEL || subs[i].code != 0)
			continue;
		yihu_submission_entry(&entry, &subs[i]);
		yihu_box_keep_reason(b, &entry, NULL);
		yihu_buf_free(&entry);
	}
}

static int commit_group(struct yihu_box *b, struct yihu_submission *subs, size_t n, uint64_t now,
			struct yihu_error *err)
{
	uint64_t size = yihu_ledger_size(b->ledger);
	struct yihu_buf note = {0};
	struct yihu_error why = {0};
	int r = yihu_box_sql_begin(b, &why);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = try_one(b, &subs[i], size, now, &why);
	bool grown = yihu_ledger_size(b->ledger) > size;
	if (r == 0 && grown)
		r = yihu_box_put_checkpoint(b, "latest", &note, &why);
	if (r == 0 && grown)
		r = yihu_box_seal_group(b, &note, &b->at_close, &why);
	if (r != 0) {
		undo(b, size, subs, n, r, &why);
		r = yihu_fail(err, r, "%s", why.text);
	} else if (grown) {
		struct yihu_buf old = b->checkpoint;
		b->checkpoint = note;
		note = old;
		if (yihu_ledger_size(b->ledger) - b->verified.size >= VOUCHED_EVERY)
			yihu_box_vouch(b);
		keep_reason(b, subs, n);
	} else {
		yihu_box_sql_rollback(b);
	}
	yihu_buf_free(&note);
	return r;
}

static int check_usable(struct yihu_box *b, struct yihu_error *err)
{
	if (b->read_only)
		return yihu_fail(err, YIHU_EREADONLY,
				 _("%s was opened to be read; nothing is written"), b->dir);
	if (b->half && !b->mirror)
		return yihu_box_check_whole(b->dir, err);
	if (!b->broken && !(b->mirror && b->mirror->broken))
		return yihu_box_check_names(b, err);
	return yihu_fail(err, YIHU_EUNKNOWN,
			 _("%s/box.db: an earlier write failed; open the box again"), b->dir);
}

/* Does one of them say that the poll's end has come, and nothing waits? */
static bool ends_poll(const struct yihu_box *b, const struct yihu_submission *subs, size_t n,
		      uint64_t now)
{
	if (yihu_ledger_called_off(b->ledger) || now < b->election->charter->closes)
		return false;
	for (size_t i = 0; i < n; i++)
		if (subs[i].received == 0)
			return true;
	return false;
}

int yihu_box_commit(struct yihu_box *b, struct yihu_submission *subs, size_t n, uint64_t now,
		    struct yihu_error *err)
{
	struct yihu_error why = {0};
	int r = check_usable(b, &why);
	if (r == 0)
		r = yihu_box_refuse_called_off(b, &why);
	if (r == 0 && ends_poll(b, subs, n, now))
		r = yihu_box_end_poll(b, now, &why);
	if (r == 0)
		return commit_group(b, subs, n, now, err);
	undo(b, yihu_ledger_size(b->ledger), subs, n, r, &why);
	return yihu_fail(err, r, "%s", why.text);
}

int yihu_box_end_poll(struct yihu_box *b, uint64_t now, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	if (b->at_close.len > 0)
		return 0;
	if (b->noted || yihu_ledger_called_off(b->ledger))
		return yihu_fail(err, YIHU_ECANCELLED, _("this election was called off: %s"),
				 b->reason);
	if (now < b->election->charter->closes)
		return yihu_fail(err, YIHU_ENOTOVER, _("the poll is not over yet"));
	int r = check_usable(b, err);
	if (r == 0)
		r = check_space(b, err);
	if (r == 0)
		r = yihu_box_sql_begin(b, err);
	if (r == 0)
		r = yihu_box_put_checkpoint(b, "at-close", &note, err);
	if (r == 0)
		r = yihu_box_seal_group(b, &b->checkpoint, &note, err);
	if (r != 0) {
		yihu_box_sql_rollback(b);
		yihu_buf_free(&note);
		return r;
	}
	b->at_close = note;
	yihu_ledger_seal(b->ledger);
	return 0;
}
