/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows against entries: the tables beside `entry` must say what the entries
 * say, no less and no more. Each table is read once, from its beginning to its
 * end, and held against the ledger; a question a row would be a million.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

void yihu_box_rows_expect(struct yihu_box_rows *rows, const char code[static YIHU_CODE_BYTES])
{
	if (rows->n == rows->cap) {
		rows->cap = rows->cap ? 2 * rows->cap : 1024;
		rows->codes = yihu_realloc(rows->codes, rows->cap, sizeof *rows->codes);
	}
	memcpy(rows->codes[rows->n++], code, YIHU_CODE_BYTES);
}

void yihu_box_rows_reset(struct yihu_box_rows *rows)
{
	rows->n = 0;
}

void yihu_box_rows_finish(struct yihu_box_rows *rows)
{
	free(rows->codes);
	*rows = (struct yihu_box_rows){0};
}

static int fail_row(const struct yihu_box *b, const char *table, uint64_t index,
		    struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EDATABASE,
			 _("%s/box.db: table %s and entry %llu of the log disagree"), b->dir, table,
			 (unsigned long long)index);
}

static int fail_count(const struct yihu_box *b, const char *table, uint64_t has, uint64_t wanted,
		      struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EDATABASE,
			 _("%s/box.db: table %s has %lld rows, the log says %llu"), b->dir, table,
			 (long long)has, (unsigned long long)wanted);
}

static bool blob_is(sqlite3_stmt *s, int column, const void *bytes, size_t len)
{
	return sqlite3_column_type(s, column) == SQLITE_BLOB &&
	       (size_t)sqlite3_column_bytes(s, column) == len &&
	       memcmp(sqlite3_column_blob(s, column), bytes, len) == 0;
}

static bool int_is(sqlite3_stmt *s, int column, uint64_t value)
{
	return sqlite3_column_type(s, column) == SQLITE_INTEGER &&
	       (uint64_t)sqlite3_column_int64(s, column) == value;
}

/* ---- of changes, which are few: a question each ---- */

static int check_added(struct yihu_box *b, const struct yihu_change *c, uint64_t index,
		       struct yihu_error *err)
{
	bool row = false;
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_CREDENTIAL);
	sqlite3_bind_int64(s, 1, c->new_serial);
	int r = yihu_box_sql_row(b, s, &row, err);
	if (r != 0)
		return r;
	bool same =
		row && blob_is(s, 0, c->credential.pk, YIHU_PUBKEY_BYTES) && int_is(s, 1, index);
	sqlite3_reset(s);
	return same ? 0 : fail_row(b, "credential", index, err);
}

static int check_voided(struct yihu_box *b, uint32_t serial, uint64_t index, struct yihu_error *err)
{
	bool row = false;
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_VOIDED);
	sqlite3_bind_int64(s, 1, serial);
	int r = yihu_box_sql_row(b, s, &row, err);
	if (r != 0)
		return r;
	bool same = row && int_is(s, 0, index);
	sqlite3_reset(s);
	return same ? 0 : fail_row(b, "voided", index, err);
}

int yihu_box_check_change(struct yihu_box *b, uint64_t index, const void *entry, size_t len,
			  struct yihu_error *err)
{
	struct yihu_entry e;
	int r = yihu_entry_parse(&e, entry, len, err);
	if (r != 0 || e.type != YIHU_ENTRY_CHANGE)
		return r;
	const struct yihu_change *c = &e.u.change;
	if (c->new_serial)
		r = check_added(b, c, index, err);
	return r || !c->old_serial ? r : check_voided(b, c->old_serial, index, err);
}

/* ---- whole tables ---- */

/* Of what is expected, what was seen. */
struct row_check {
	struct yihu_box *b;
	struct yihu_box_rows *rows;
	uint64_t n;      /* rows so far */
	uint64_t *entry; /* of the nth ballot */
	uint8_t *seen;   /* words of the nth ballot */
};
/* The row at hand; its entry, where it does not fit. */
typedef bool fits(struct row_check *t, sqlite3_stmt *s, uint64_t *index);

static int read_table(struct row_check *t, enum box_query q, const char *name, fits *row_fits,
		      struct yihu_error *err)
{
	sqlite3_stmt *s = yihu_box_sql(t->b, q);
	bool row = true;
	int r = 0;
	for (t->n = 0; r == 0 && row; t->n += row) {
		uint64_t index = 0;
		r = yihu_box_sql_row(t->b, s, &row, err);
		if (r == 0 && row && !row_fits(t, s, &index))
			r = fail_row(t->b, name, index, err);
	}
	sqlite3_reset(s);
	return r;
}

/* In the order of serials, without a gap. Those that a change added are looked at
 * with that. */
static bool credential_fits(struct row_check *t, sqlite3_stmt *s, uint64_t *index)
{
	const struct yihu_register *reg = t->b->election->reg;
	*index = 0;
	if (!int_is(s, 0, t->n + 1))
		return false;
	return t->n >= reg->n || (blob_is(s, 1, reg->credentials[t->n].pk, YIHU_PUBKEY_BYTES) &&
				  sqlite3_column_type(s, 2) == SQLITE_NULL);
}

static bool ballot_fits(struct row_check *t, sqlite3_stmt *s, uint64_t *index)
{
	struct yihu_credential_state state;
	sqlite3_int64 serial = sqlite3_column_int64(s, 0);
	*index = (uint64_t)sqlite3_column_int64(s, 3);
	if (serial < 1 || serial > UINT32_MAX ||
	    yihu_ledger_serial(t->b->ledger, (uint32_t)serial, &state, NULL) || !state.voted)
		return false;
	*index = state.voted_index;
	char *code = t->rows->codes[state.voted_index];
	const unsigned char *text = sqlite3_column_text(s, 2);
	bool same = blob_is(s, 1, state.credential.pk, YIHU_PUBKEY_BYTES) &&
		    int_is(s, 3, state.voted_index) && text &&
		    strcmp((const char *)text, code) == 0;
	code[0] = '\0';
	return same;
}

static bool point_fits(struct row_check *t, sqlite3_stmt *s, uint64_t *index)
{
	uint64_t nth;
	*index = (uint64_t)sqlite3_column_int64(s, 1);
	if (sqlite3_column_bytes(s, 0) != YIHU_POINT_BYTES ||
	    !yihu_ledger_point(t->b->ledger, sqlite3_column_blob(s, 0), &nth))
		return false;
	t->seen[nth]++;
	return int_is(s, 1, t->entry[nth]);
}

static int check_credentials(struct row_check *t, struct yihu_error *err)
{
	uint64_t wanted = yihu_ledger_last_serial(t->b->ledger);
	int r = read_table(t, Q_ALL_CREDENTIALS, "credential", credential_fits, err);
	return r || t->n == wanted ? r : fail_count(t->b, "credential", t->n, wanted, err);
}

/* Each row was another ballot's, so one without a row is one whose code is left. */
static int check_ballots(struct row_check *t, struct yihu_error *err)
{
	int r = read_table(t, Q_ALL_BALLOTS, "ballot", ballot_fits, err);
	for (uint64_t i = 0; r == 0 && i < t->rows->n; i++)
		if (t->rows->codes[i][0] != '\0')
			r = fail_row(t->b, "ballot", i, err);
	return r;
}

static int check_points(struct row_check *t, uint64_t ballots, struct yihu_error *err)
{
	int r = read_table(t, Q_ALL_POINTS, "point", point_fits, err);
	for (uint64_t i = 0; r == 0 && i < ballots; i++)
		if (t->seen[i] != t->b->election->definition->width)
			r = fail_row(t->b, "point", t->entry[i], err);
	return r;
}

static void number_ballots(struct row_check *t, uint64_t ballots)
{
	const struct yihu_ledger *l = t->b->ledger;
	uint64_t n = 0;
	t->entry = yihu_calloc(ballots + 1, sizeof *t->entry);
	t->seen = yihu_calloc(ballots + 1, sizeof *t->seen);
	for (uint64_t i = 0; i < yihu_ledger_size(l); i++)
		if (yihu_ledger_type(l, i) == YIHU_ENTRY_BALLOT)
			t->entry[n++] = i;
}

/* What no entry speaks of one by one. */
static int check_counts(struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_ledger_counts c = yihu_ledger_counts(b->ledger);
	const struct {
		const char *table;
		uint64_t rows;
	} wanted[] = {{"voided", (uint64_t)c.replacements + c.voids}, {"meta", 1}};
	bool row = false;
	sqlite3_stmt *s = yihu_box_sql(b, Q_COUNT_ROWS);
	int r = yihu_box_sql_row(b, s, &row, err);
	for (int i = 0; r == 0 && i < (int)(sizeof wanted / sizeof *wanted); i++)
		if (!int_is(s, i, wanted[i].rows))
			r = fail_count(b, wanted[i].table, (uint64_t)sqlite3_column_int64(s, i),
				       wanted[i].rows, err);
	sqlite3_reset(s);
	return r;
}

int yihu_box_check_rows(struct yihu_box *b, struct yihu_box_rows *rows, struct yihu_error *err)
{
	struct row_check t = {.b = b, .rows = rows};
	uint64_t ballots = yihu_ledger_counts(b->ledger).ballots;
	number_ballots(&t, ballots);
	int r = check_credentials(&t, err);
	if (r == 0)
		r = check_ballots(&t, err);
	if (r == 0)
		r = check_points(&t, ballots, err);
	if (r == 0)
		r = check_counts(b, err);
	free(t.entry);
	free(t.seen);
	return r;
}
