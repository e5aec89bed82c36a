/* SPDX-License-Identifier: Apache-2.0
 *
 * What the ledger keeps of projects that are withdrawn. Who may not is told by
 * tests/lies/withdraw.c.
 */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(withdrawals_are_forbidden_unless_the_charter_allows_them),
		cmocka_unit_test(a_withdrawal_that_is_taken_back_can_come_again),
	};
	return cmocka_run_group_tests_name("withdraw", tests, NULL, NULL);
}
