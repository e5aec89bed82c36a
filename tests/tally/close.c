/* SPDX-License-Identifier: Apache-2.0
 *
 * Closing the box: in time, by the clerk, once, and whole when killed.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"

TEST(an_open_poll_is_not_closed)
{
	struct committee *c = committee_copy(committee_base);
	committee_clock(COMMITTEE_CLOSES - 1);
	assert_int_equal(committee_close(c), YIHU_ENOTOVER);
	assert_false(committee_has(c, "box/public/log/at-close"));
	committee_clock(COMMITTEE_CLOSES);
	assert_int_equal(committee_close(c), 0);
	assert_true(committee_has(c, "box/public/log/at-close"));
	assert_int_equal(committee_state(c), YIHU_STAGE_CLOSED);
	committee_free(c);
}

TEST(closing_again_changes_nothing)
{
	struct committee *c = committee_copy(committee_base);
	committee_clock(COMMITTEE_CLOSES + 5);
	assert_int_equal(committee_close(c), 0);
	struct yihu_buf before = committee_read(c, "box/public/log/checkpoint");
	committee_clock(COMMITTEE_CLOSES + 500);
	assert_int_equal(committee_close(c), 0);
	struct yihu_buf after = committee_read(c, "box/public/log/checkpoint");
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
	yihu_buf_free(&before);
	yihu_buf_free(&after);
	committee_free(c);
}

TEST(no_ballot_or_change_after_the_close)
{
	struct committee *c = committee_copy(committee_base);
	uint32_t serial;
	committee_clock(COMMITTEE_CLOSES + 5);
	assert_int_equal(committee_close(c), 0);
	committee_clock(COMMITTEE_OPENS + 500); /* whatever the clock says */
	assert_int_not_equal(committee_ballot(c, 5), 0);
	assert_int_not_equal(committee_change(c, &(struct issue_change){.old_serial = 5}, &serial),
			     0);
	committee_free(c);
}

TEST(another_key_closes_nothing)
{
	struct committee *other = committee_new(NULL), *c = committee_copy(committee_base);
	char *copy = yihu_printf("cp '%s/secret/issuer.key' election/secret/", other->folder.root);
	committee_shell(c, copy);
	committee_clock(COMMITTEE_CLOSES + 5);
	assert_int_equal(committee_close(c), YIHU_EKEYS);
	assert_int_equal(committee_state(c), YIHU_STAGE_ENDED);
	free(copy);
	committee_free(other);
	committee_free(c);
}

TEST(a_box_that_another_has_is_left_alone)
{
	struct committee *c = committee_copy(committee_base);
	char *path = yihu_path(c->folder.box, ".lock");
	int lock;
	committee_clock(COMMITTEE_CLOSES + 5);
	assert_int_equal(yihu_lock(path, &lock, &c->err), 0);
	assert_int_equal(committee_close(c), YIHU_ELOCKED);
	yihu_unlock(lock);
	assert_int_equal(committee_close(c), 0);
	free(path);
	committee_free(c);
}

static int close_box(void *context)
{
	return committee_close(context);
}

TEST(killed_anywhere_it_closes_in_the_end)
{
	int code = 0;
	bool cut = true;
	unsigned k = 0;
	committee_clock(COMMITTEE_CLOSES + 5);
	while (cut) {
		struct committee *c = committee_copy(committee_base);
		k = committee_next_cut(k);
		cut = committee_cut(k, close_box, c, &code);
		assert_int_equal(committee_close(c), 0);
		assert_int_equal(committee_state(c), YIHU_STAGE_CLOSED);
		assert_int_equal(committee_box(c, 1), 0); /* which audits */
		committee_free(c);
	}
	assert_int_equal(code, 0);
	print_message("# close: killed up to call %u\n", k - 1);
	assert_true(k > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_open_poll_is_not_closed),
		cmocka_unit_test(closing_again_changes_nothing),
		cmocka_unit_test(no_ballot_or_change_after_the_close),
		cmocka_unit_test(another_key_closes_nothing),
		cmocka_unit_test(a_box_that_another_has_is_left_alone),
		cmocka_unit_test(killed_anywhere_it_closes_in_the_end),
	};
	return cmocka_run_group_tests_name("tally close", tests, committee_begin_poll,
					   committee_end);
}
