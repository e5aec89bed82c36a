/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows against entries: the tables beside `entry` must say what the entries
 * say, no less and no more.
 */
#include <string.h>

#include "internal.h"

static int fail_row(const struct yihu_box *b, const char *table, uint64_t index,
		    struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EDATABASE,
			 _("%s/box.db: table %s and entry %llu of the log disagree"), b->dir, table,
			 (unsigned long long)index);
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

/* index NULL: of the register, which no entry made. */
static int check_credential(struct yihu_box *b, uint32_t serial, const uint8_t *pk,
			    const uint64_t *index, struct yihu_error *err)
{
	bool row = false;
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_CREDENTIAL);
	sqlite3_bind_int64(s, 1, serial);
	int r = yihu_box_sql_row(b, s, &row, err);
	if (r != 0)
		return r;
	bool same = row && blob_is(s, 0, pk, YIHU_PUBKEY_BYTES) &&
		    (index ? int_is(s, 1, *index) : sqlite3_column_type(s, 1) == SQLITE_NULL);
	sqlite3_reset(s);
	return same ? 0 : fail_row(b, "credential", index ? *index : 0, err);
}

static int check_register(struct yihu_box *b, struct yihu_error *err)
{
	const struct yihu_register *reg = b->election->reg;
	int r = 0;
	for (uint32_t i = 0; r == 0 && i < reg->n; i++)
		r = check_credential(b, i + 1, reg->credentials[i].pk, NULL, err);
	return r;
}

static int check_index(struct yihu_box *b, sqlite3_stmt *s, const char *table, uint64_t index,
		       struct yihu_error *err)
{
	bool row = false;
	int r = yihu_box_sql_row(b, s, &row, err);
	if (r != 0)
		return r;
	bool same = row && int_is(s, 0, index);
	sqlite3_reset(s);
	return same ? 0 : fail_row(b, table, index, err);
}

static int check_change(struct yihu_box *b, uint64_t index, const struct yihu_change *c,
			struct yihu_error *err)
{
	int r = 0;
	if (c->new_serial)
		r = check_credential(b, c->new_serial, c->credential.pk, &index, err);
	if (r != 0 || !c->old_serial)
		return r;
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_VOIDED);
	sqlite3_bind_int64(s, 1, c->old_serial);
	return check_index(b, s, "voided", index, err);
}

static int check_ballot_row(struct yihu_box *b, uint64_t index, const struct yihu_entry *e,
			    const struct yihu_ballot *ballot, struct yihu_error *err)
{
	char code[YIHU_CODE_BYTES];
	bool row = false;
	yihu_ballot_code(code, b->election->charter->eid, e->body, e->body_len);
	sqlite3_stmt *s = yihu_box_sql(b, Q_GET_BALLOT);
	sqlite3_bind_int64(s, 1, (sqlite3_int64)index);
	int r = yihu_box_sql_row(b, s, &row, err);
	if (r != 0)
		return r;
	bool same = row && int_is(s, 0, ballot->serial) &&
		    blob_is(s, 1, ballot->pk, sizeof ballot->pk) &&
		    strcmp((const char *)sqlite3_column_text(s, 2), code) == 0;
	sqlite3_reset(s);
	return same ? 0 : fail_row(b, "ballot", index, err);
}

static int check_ballot(struct yihu_box *b, uint64_t index, const struct yihu_entry *e,
			struct yihu_error *err)
{
	struct yihu_ballot ballot;
	int r = yihu_ballot_read(&ballot, e->body, e->body_len, b->election->definition->width,
				 err);
	if (r == 0)
		r = check_ballot_row(b, index, e, &ballot, err);
	for (uint32_t j = 0; r == 0 && j < ballot.w; j++) {
		sqlite3_stmt *s = yihu_box_sql(b, Q_GET_POINT);
		sqlite3_bind_blob(s, 1, ballot.words[j].a.bytes, YIHU_POINT_BYTES, SQLITE_STATIC);
		r = check_index(b, s, "point", index, err);
	}
	return r;
}

int yihu_box_check_rows(struct yihu_box *b, uint64_t index, const void *entry, size_t len,
			struct yihu_error *err)
{
	struct yihu_entry e;
	int r = yihu_entry_parse(&e, entry, len, err);
	if (r != 0)
		return r;
	if (e.type == YIHU_ENTRY_OPEN)
		return check_register(b, err);
	if (e.type == YIHU_ENTRY_BALLOT)
		return check_ballot(b, index, &e, err);
	if (e.type == YIHU_ENTRY_CHANGE)
		return check_change(b, index, &e.u.change, err);
	return 0;
}

int yihu_box_check_counts(struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_ledger_counts c = yihu_ledger_counts(b->ledger);
	const struct {
		const char *table;
		uint64_t rows;
	} wanted[] = {
		{"entry", yihu_ledger_size(b->ledger)},
		{"credential", yihu_ledger_last_serial(b->ledger)},
		{"voided", (uint64_t)c.replacements + c.voids},
		{"ballot", c.ballots},
		{"point", c.ballots * b->election->definition->width},
		{"meta", 1},
	};
	bool row = false;
	sqlite3_stmt *s = yihu_box_sql(b, Q_COUNT_ROWS);
	int r = yihu_box_sql_row(b, s, &row, err);
	for (int i = 0; r == 0 && i < (int)(sizeof wanted / sizeof *wanted); i++)
		if (!int_is(s, i, wanted[i].rows))
			r = yihu_fail(err, YIHU_EDATABASE,
				      _("%s/box.db: table %s has %lld rows, the log says %llu"),
				      b->dir, wanted[i].table,
				      (long long)sqlite3_column_int64(s, i),
				      (unsigned long long)wanted[i].rows);
	sqlite3_reset(s);
	return r;
}
