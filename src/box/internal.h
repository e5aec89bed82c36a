/* SPDX-License-Identifier: Apache-2.0
 *
 * The box from inside: what open, commit, recover, read and export share.
 *
 * The ledger (in memory) is asked first and knows every rule; SQL holds the
 * uniqueness rules of PROTOCOL §6 and §7 once more, as constraints, in the
 * transaction that appends. Where the two disagree the box stops: one of them
 * is broken, and guessing which would be a vote.
 */
#ifndef YIHU_BOX_INTERNAL_H
#define YIHU_BOX_INTERNAL_H

#include <sqlite3.h>
#include <sys/types.h>
#include <yihu/box.h>
#include <yihu/keyfile.h>

#include "has.h"
#include "mark.h"
#include "rebuilt.h"
#include "verified.h"

/* 2: a mark and a home (mark.h, home.c). A box of schema 1 gets both. */
#define YIHU_BOX_SCHEMA 2

/* Prepared once, when the box opens (sql.c holds the texts). */
enum box_query {
	Q_BEGIN,
	Q_COMMIT,
	Q_ROLLBACK,
	Q_PUT_META,
	Q_PUT_ENTRY,
	Q_PUT_CREDENTIAL,
	Q_PUT_VOIDED,
	Q_PUT_BALLOT,
	Q_PUT_POINT,
	Q_PUT_CHECKPOINT,
	Q_GET_META,
	Q_GET_ENTRY,
	Q_GET_ENTRIES,
	Q_GET_CREDENTIAL,
	Q_GET_VOIDED,
	Q_GET_CHECKPOINT,
	Q_FIND_CODE,
	Q_ALL_CREDENTIALS,
	Q_ALL_BALLOTS,
	Q_ALL_POINTS,
	Q_COUNT_ROWS,
	N_QUERIES
};

/* A file that is written, as it was when the box was opened (names.c). */
#define YIHU_BOX_FILES 5
struct box_file {
	dev_t dev;
	ino_t ino;
};

struct yihu_box {
	char *dir;
	int lock; /* of DIR/.lock, −1 before it is taken */
	struct yihu_keyfile *key;
	struct yihu_election *election;
	struct yihu_ledger *ledger; /* exactly the committed entries, but inside a commit */
	sqlite3 *db;
	int schema; /* of box.db; this program's own once the box is open */
	struct yihu_mark mark;
	struct yihu_verified_mark verified;
	uint64_t believed; /* entries whose proofs were believed when it was opened */
	bool believes;     /* opened to be written: the recovery mark counts */
	bool opened;       /* all the rest was verified: the recovery mark may say so */
	const struct yihu_progress *progress; /* while it is opened; NULL: nobody asks */
	struct box_file files[YIHU_BOX_FILES];
	sqlite3_stmt *queries[N_QUERIES];
	uint64_t shown;             /* entries that public/log has; 0: not known */
	bool swept;                 /* and nothing else that would be a tile */
	struct yihu_buf checkpoint; /* the signed note over the ledger's size */
	struct yihu_buf at_close;   /* empty until the poll was ended */
	bool broken;                /* a COMMIT failed: what is on disk is in doubt */
	/* The other half of a mirrored box; its ledger is gone, this one's
	 * speaks for both. Every write goes to both (mirror.c). */
	struct yihu_box *mirror;
	bool noted; /* DIR/public/cancelled: the issuer has called it off */
	char reason[YIHU_REASON_BYTES_MAX + 1]; /* of the note, or of X */
	bool read_only; /* opened to look, or rebuilt and not whole (rebuild.c) */
	bool half;      /* DIR bears the mark of a half: no writing without the other */
};

/* sql.c: opens box.db to write, and makes it where there is none. *is_new: it
 * has no tables yet. */
int yihu_box_sql_open(struct yihu_box *b, bool *is_new, struct yihu_error *err);
/* To read alone: what is on the disk, its WAL too, stays byte for byte. */
int yihu_box_sql_read(struct yihu_box *b, struct yihu_error *err);
/* The same of a database elsewhere, as --backup makes them. */
int yihu_box_sql_read_file(struct yihu_box *b, const char *path, bool wal, struct yihu_error *err);
/* To read beside the connection that writes, from what it has committed. */
int yihu_box_sql_follow(struct yihu_box *b, struct yihu_error *err);
/* Statements and connection. One that is closed is fine. */
void yihu_box_sql_close(struct yihu_box *b);
/* Makes the tables; inside the transaction that also appends the O entry. */
int yihu_box_sql_create(struct yihu_box *b, struct yihu_error *err);
/* Finds out b->schema, and are the tables its? */
int yihu_box_sql_check_schema(struct yihu_box *b, struct yihu_error *err);
/* Is the file sound by SQLite's own account: every page, and the indexes if asked.
 * YIHU_EDATABASE when not; another code when that could not be found out. */
int yihu_box_sql_check_file(struct yihu_box *b, bool indexes, struct yihu_error *err);
/* sound.c: what that check answered, NULL for want of memory. A page that could not be
 * read is no fault of the file: YIHU_EIO. */
int yihu_box_judge_check(const struct yihu_box *b, const char *answer, struct yihu_error *err);
/* Schema 1 to 2, inside a transaction that also says where the box lives. */
int yihu_box_sql_migrate(struct yihu_box *b, struct yihu_error *err);
/* All statements of enum box_query, once the tables are there. */
int yihu_box_sql_prepare(struct yihu_box *b, struct yihu_error *err);
/* Moves the whole WAL into box.db and syncs it. */
int yihu_box_sql_settle(struct yihu_box *b, struct yihu_error *err);
/* Runs SQL whose rows nobody wants. */
int yihu_box_sql_exec(struct yihu_box *b, const char *sql, struct yihu_error *err);
/* The database's own words for rc; the code that it means here. */
int yihu_box_sql_fail(struct yihu_box *b, int rc, struct yihu_error *err);
/* The statement, reset and without bindings. */
sqlite3_stmt *yihu_box_sql(struct yihu_box *b, enum box_query q);
/* Runs a statement that gives no row, and resets it. */
int yihu_box_sql_run(struct yihu_box *b, sqlite3_stmt *s, struct yihu_error *err);
/* Steps to the next row. After the last row (*row false) and on failure the
 * statement is reset; a caller that stops before resets it (an open SELECT
 * would hold the WAL). */
int yihu_box_sql_row(struct yihu_box *b, sqlite3_stmt *s, bool *row, struct yihu_error *err);

/* commit.c: the rows that go with an appended entry, into the mirror too, in
 * the transaction that both have begun. */
int yihu_box_put_rows(struct yihu_box *b, uint64_t index, const void *entry, size_t len,
		      struct yihu_error *err);
/* Signs the tree as it is now, appends that to note and stores it as `kind`; in
 * both, too. */
int yihu_box_put_checkpoint(struct yihu_box *b, const char *kind, struct yihu_buf *note,
			    struct yihu_error *err);
/* Stores a note that is signed, in both. */
int yihu_box_put_note(struct yihu_box *b, const char *kind, const struct yihu_buf *note,
		      struct yihu_error *err);
/* BEGIN, then the mirror's. */
int yihu_box_sql_begin(struct yihu_box *b, struct yihu_error *err);
/* COMMIT, of the mirror first; on failure the box is broken and YIHU_EUNKNOWN
 * comes back. */
int yihu_box_sql_commit(struct yihu_box *b, struct yihu_error *err);
/* ROLLBACK of both. Where that fails the box is broken. */
void yihu_box_sql_rollback(struct yihu_box *b);

/* box.c: of a log of so many entries, with any connection to its database. */
int yihu_box_read_entry(struct yihu_box *b, uint64_t size, uint64_t index, struct yihu_buf *out,
			struct yihu_error *err);
int yihu_box_read_bundle(struct yihu_box *b, const struct yihu_tile *t, struct yihu_buf *out,
			 struct yihu_error *err);
/* 0, or YIHU_ENOENT: a tree of so many entries has no such tile. */
int yihu_box_check_tile(const struct yihu_tile *t, uint64_t size, struct yihu_error *err);
int yihu_box_read_code(struct yihu_box *b, uint64_t size, const char *code, uint64_t *index,
		       struct yihu_error *err);

/* cancelled.c: keeps the words of this entry, if it is an X; nothing is read. */
int yihu_box_keep_reason(struct yihu_box *b, const struct yihu_buf *entry, struct yihu_error *err);
/* The same of the log's, if it has one. */
int yihu_box_read_reason(struct yihu_box *b, struct yihu_error *err);
/* A box that was called off takes nothing: YIHU_ECANCELLED. */
int yihu_box_refuse_called_off(const struct yihu_box *b, struct yihu_error *err);
/* A group's end: COMMIT, then the mark (note and at_close as they are from now
 * on); on failure as yihu_box_sql_commit. */
int yihu_box_seal_group(struct yihu_box *b, const struct yihu_buf *note,
			const struct yihu_buf *at_close, struct yihu_error *err);

/* marked.c: does the box (its ledger replayed) hold all that this mark says was signed?
 * YIHU_EHISTORY, both sizes and what to do, when it does not. */
int yihu_mark_compare(const struct yihu_mark *m, const struct yihu_box *b, struct yihu_error *err);

/* home.c: is this where the box lives, or may it live here from now on? Asked
 * before anything is written. stays: box.db says so already. */
int yihu_box_check_home(struct yihu_box *b, enum yihu_box_move move, bool *stays,
			struct yihu_error *err);
/* Inside a transaction: it lives here, or leaves from here. */
int yihu_box_put_home(struct yihu_box *b, bool leaving, struct yihu_error *err);
/* The same where nothing says so: it waits for a person's word wherever it is. */
int yihu_box_put_nowhere(struct yihu_box *b, struct yihu_error *err);

/* names.c: the files that are written, by name. A check that fails breaks the
 * box: YIHU_EUNKNOWN. */
int yihu_box_note_names(struct yihu_box *b, struct yihu_error *err);

/* known.c: must this receipt or checkpoint be in the log, and is it not?
 * YIHU_EHISTORY with both sizes. */
int yihu_box_check_known(const struct yihu_box *b, const char *path, struct yihu_error *err);

/* open.c: a handle without anything yet; election, key and empty ledger. */
struct yihu_box *yihu_box_new(const char *dir);
int yihu_box_load(struct yihu_box *b, struct yihu_error *err);
/* The row that says of which schema, election and log key this is. */
int yihu_box_put_meta(struct yihu_box *b, struct yihu_error *err);
/* Everything outside of box.db that knows how far the log was signed. */
int yihu_box_check_signed(struct yihu_box *b, const char *const *not_before, size_t n,
			  struct yihu_error *err);
/* One folder, whether a half or not. To be joined: what its mark and public/log
 * know to be signed is asked of both halves together (mirror.c), not here. */
int yihu_box_open_folder(struct yihu_box **out, const char *dir, const struct yihu_box_opening *how,
			 bool to_be_joined, uint64_t now, struct yihu_error *err);
/* What was opened, and so verified, is signed: the mark says so on the disk,
 * also where an earlier write of it reached the cache alone. */
int yihu_box_bring_up_mark(struct yihu_box *b, struct yihu_error *err);
/* mirror.c: both. */
int yihu_box_open_halves(struct yihu_box **out, const char *dir, const struct yihu_box_opening *how,
			 uint64_t now, struct yihu_error *err);

/* half.c: does DIR bear the mark of a half? Checking it and removing it:
 * yihu/box.h */
bool yihu_box_is_half(const char *dir);
/* Writes the mark; `other` is where the other half lies, for words. */
int yihu_box_mark_half(const char *dir, const char *other, struct yihu_error *err);

/* recover.c: re-verifies everything that is stored */
int yihu_box_recover(struct yihu_box *b, struct yihu_error *err);
/* The stored note “latest” or “at-close”; an empty one when there is none. */
int yihu_box_get_note(struct yihu_box *b, const char *kind, struct yihu_buf *out,
		      struct yihu_error *err);
/* Is it a checkpoint over a beginning of this very log? */
bool yihu_box_covers(const struct yihu_box *b, const struct yihu_checkpoint *c);
/* DIR/public/log, where it is there, must be an earlier state of this box. */
int yihu_box_check_exported(const char *dir, const struct yihu_box *b, struct yihu_error *err);

/* check_rows.c: what the entries say that is in the tables beside them. All zero:
 * nothing yet. */
struct yihu_box_rows {
	char (*codes)[YIHU_CODE_BYTES]; /* of each entry; "" of what is no ballot */
	uint64_t n, cap;
};
/* The next entry. */
void yihu_box_rows_expect(struct yihu_box_rows *rows, const char code[static YIHU_CODE_BYTES]);
/* Begins anew; frees. */
void yihu_box_rows_reset(struct yihu_box_rows *rows);
void yihu_box_rows_finish(struct yihu_box_rows *rows);
/* The rows of a change, if this entry is one. */
int yihu_box_check_change(struct yihu_box *b, uint64_t index, const void *entry, size_t len,
			  struct yihu_error *err);
/* All others, and none beside those. The ledger has all entries; rows are used up. */
int yihu_box_check_rows(struct yihu_box *b, struct yihu_box_rows *rows, struct yihu_error *err);

/* vouch.c: the recovery mark says that all that the box has was verified, in both. */
void yihu_box_vouch(struct yihu_box *b);

#endif
