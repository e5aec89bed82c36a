/* SPDX-License-Identifier: Apache-2.0
 *
 * What the ledger keeps of projects that are withdrawn. Who may not is told by
 * tests/lies/withdraw.c.
 */
#include <string.h>

#include <fixture.h>

#include "test.h"

static int put_withdrawal(struct fixture_log *log, uint32_t project)
{
	const struct fixture *f = log->fixture;
	struct yihu_buf note = {0}, entry = {0};
	fixture_withdrawal(f, project, "its price is wrong", (UINT32_C(1) << f->options.q) - 1,
			   &note);
	yihu_entry_put(&entry, YIHU_ENTRY_WITHDRAW, log->time, note.data, note.len);
	int code = fixture_log_put(log, entry.data, entry.len, NULL);
	yihu_buf_free(&note);
	yihu_buf_free(&entry);
	return code;
}

TEST(withdrawals_are_forbidden_unless_the_charter_allows_them)
{
	struct fixture *f = fixture_new(NULL);
	struct fixture_log *log = fixture_log_new(f);
	size_t n = 99;
	assert_int_equal(put_withdrawal(log, 0), YIHU_ELIMIT);
	yihu_ledger_withdrawn(log->ledger, &n);
	assert_int_equal(n, 0);
	fixture_log_free(log);
	fixture_free(f);
}

TEST(a_withdrawal_that_is_taken_back_can_come_again)
{
	struct fixture *f = fixture_new(&(struct fixture_options){.max_withdrawals = 2});
	struct fixture_log *log = fixture_log_new(f);
	size_t n;
	assert_int_equal(put_withdrawal(log, 7), YIHU_OK);
	assert_int_equal(put_withdrawal(log, 7), YIHU_EWITHDRAWAL);
	assert_int_equal(put_withdrawal(log, 8), YIHU_EWITHDRAWAL);
	assert_int_equal(put_withdrawal(log, 2), YIHU_OK);
	assert_int_equal(put_withdrawal(log, 3), YIHU_ELIMIT);
	const struct yihu_withdrawn *w = yihu_ledger_withdrawn(log->ledger, &n);
	assert_int_equal(n, 2);
	assert_int_equal(w[0].project, 7);
	assert_int_equal(w[1].project, 2);
	assert_int_equal(w[1].entry, 2);
	assert_string_equal(w[1].reason, "its price is wrong");
	yihu_ledger_truncate(log->ledger, 1);
	yihu_ledger_withdrawn(log->ledger, &n);
	assert_int_equal(n, 0);
	assert_int_equal(put_withdrawal(log, 7), YIHU_OK);
	fixture_log_free(log);
	fixture_free(f);
}

/* ---- the note alone ---- */

static int parse(const struct fixture *f, const struct yihu_buf *note, struct yihu_error *err)
{
	struct yihu_withdrawal w;
	struct yihu_note split;
	return yihu_withdrawal_parse(&w, &split, note->data, note->len, f->election->charter, err);
}

TEST(what_holders_are_asked_for_is_signed_by_the_issuer)
{
	struct fixture *f = fixture_new(NULL);
	struct yihu_buf note = {0};
	struct yihu_withdrawal w = {.project = 99};
	fixture_withdrawal(f, 3, "its price is wrong", 0, &note);
	const struct yihu_charter *c = f->election->charter;
	assert_int_equal(yihu_withdrawal_request_parse(&w, note.data, note.len, c, NULL), 0);
	assert_int_equal(w.project, 3);
	assert_true(yihu_span_is(w.reason, "its price is wrong"));
	w.project = 99;
	note.data[note.len - 10] ^= 1; /* of the signature */
	assert_int_not_equal(yihu_withdrawal_request_parse(&w, note.data, note.len, c, NULL), 0);
	assert_int_equal(w.project, 99);
	struct yihu_charter other = *c;
	other.issuer = c->holders[0].key;
	yihu_buf_reset(&note);
	fixture_withdrawal(f, 3, "its price is wrong", 0, &note);
	assert_int_equal(yihu_withdrawal_request_parse(&w, note.data, note.len, &other, NULL),
			 YIHU_ESIGNERS);
	yihu_buf_free(&note);
	fixture_free(f);
}

TEST(a_note_is_so_large_at_most)
{
	struct fixture *f = fixture_new(NULL);
	struct yihu_buf note = {0};
	while (note.len < YIHU_WITHDRAWAL_BYTES_MAX)
		yihu_buf_u8(&note, 'a');
	assert_int_equal(parse(f, &note, NULL), YIHU_EFORMAT);
	yihu_buf_u8(&note, 'a');
	assert_int_equal(parse(f, &note, NULL), YIHU_ETOOBIG);
	yihu_buf_free(&note);
	fixture_free(f);
}

TEST(a_line_that_is_no_election_id_is_named)
{
	struct fixture *f = fixture_new(NULL);
	struct yihu_buf note = {0};
	struct yihu_error err = {0};
	fixture_withdrawal(f, 3, "its price is wrong", 0, &note);
	char *eid = strstr((char *)note.data, "\neid ") + 5;
	*eid = 'x';
	assert_int_equal(parse(f, &note, &err), YIHU_EWITHDRAWAL);
	assert_non_null(strstr(err.text, "line 2"));
	*eid = (char)(f->election->charter->eid[0] >> 4 == 0 ? '1' : '0');
	assert_int_equal(parse(f, &note, &err), YIHU_EELECTION);
	yihu_buf_free(&note);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(withdrawals_are_forbidden_unless_the_charter_allows_them),
		cmocka_unit_test(a_withdrawal_that_is_taken_back_can_come_again),
		cmocka_unit_test(what_holders_are_asked_for_is_signed_by_the_issuer),
		cmocka_unit_test(a_note_is_so_large_at_most),
		cmocka_unit_test(a_line_that_is_no_election_id_is_named),
	};
	return cmocka_run_group_tests_name("withdraw", tests, NULL, NULL);
}
