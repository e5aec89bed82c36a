/* SPDX-License-Identifier: Apache-2.0
 *
 * An entry's time is that of its reception: what was received before the poll's end
 * counts although it is written after it, and nothing that was received later.
 */

#include <boxdir.h>

#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)

static struct fixture *f;
static char *dir;
static struct yihu_box *box;

AROUND(set_up)
{
	dir = boxdir_new(f);
	box = boxdir_open(dir, BEFORE);
	return 0;
}

AROUND(tear_down)
{
	yihu_box_close(box);
	boxdir_free(dir);
	return 0;
}

static struct yihu_submission put(enum yihu_entry_type type, struct yihu_buf body,
				  uint64_t received, uint64_t now, int code)
{
	struct yihu_submission s = {
		.type = type, .body = body.data, .body_len = body.len, .received = received};
	struct yihu_error err;
	fixture_must(yihu_box_commit(box, &s, 1, now, &err), &err);
	if (s.code != code)
		fail_msg("%s, not %s: %s", yihu_code_slug(s.code), yihu_code_slug(code),
			 s.err.text);
	yihu_buf_free(&body);
	return s;
}

static struct yihu_submission vote(uint32_t serial, uint64_t received, uint64_t now, int code)
{
	return put(YIHU_ENTRY_BALLOT, boxdir_ballot(f, serial, serial), received, now, code);
}

static bool ended(void)
{
	struct yihu_buf note = {0};
	bool is = yihu_box_at_close(box, &note);
	yihu_buf_free(&note);
	return is;
}

TEST(time_is_that_of_the_reception)
{
	assert_int_equal(vote(1, DURING - 5, DURING, 0).time, DURING - 5);
	assert_int_equal(vote(2, 0, DURING, 0).time, DURING);
}

TEST(times_go_on)
{
	vote(1, DURING, DURING, 0);
	assert_int_equal(vote(2, DURING - 5, DURING + 1, 0).time, DURING);
}

/* Neither from long ago nor from what is to come. */
TEST(time_is_believed_within_half_a_minute)
{
	vote(1, FIXTURE_OPENS - 1, FIXTURE_OPENS + 9, YIHU_ENOTOPEN);
	assert_int_equal(vote(1, DURING - 300, DURING, 0).time, DURING - YIHU_RECEPTION_S);
	assert_int_equal(vote(2, DURING + 300, DURING, 0).time, DURING);
}

TEST(what_was_received_before_the_end_is_written_after_it)
{
	struct yihu_buf change = boxdir_change(f, 0, 13);
	assert_int_equal(vote(1, FIXTURE_CLOSES - 1, FIXTURE_CLOSES + 20, 0).time,
			 FIXTURE_CLOSES - 1);
	put(YIHU_ENTRY_CHANGE, change, FIXTURE_CLOSES - 1, FIXTURE_CLOSES + 20, 0);
	vote(2, FIXTURE_CLOSES, FIXTURE_CLOSES + 20, YIHU_EOVER);
	assert_false(ended());
	/* It was received before, and waited too long. */
	vote(3, FIXTURE_CLOSES - 1, FIXTURE_CLOSES + YIHU_RECEPTION_S, YIHU_EOVER);
	/* And a restart meanwhile changes nothing. */
	yihu_box_close(box);
	box = boxdir_open(dir, FIXTURE_CLOSES + 21);
	vote(4, FIXTURE_CLOSES - 1, FIXTURE_CLOSES + 22, 0);
}

TEST(nothing_is_written_once_the_end_is_signed)
{
	struct yihu_error err;
	fixture_must(yihu_box_end_poll(box, FIXTURE_CLOSES + 1, &err), &err);
	vote(1, FIXTURE_CLOSES - 1, FIXTURE_CLOSES + 2, YIHU_EOVER);
}

TEST(what_has_no_time_ends_the_poll)
{
	vote(1, 0, FIXTURE_CLOSES, YIHU_EOVER);
	assert_true(ended());
}

/* It would leave out what is being written. */
TEST(close_waits_for_the_end)
{
	struct yihu_error err;
	uint64_t now = FIXTURE_CLOSES + 5;
	put(YIHU_ENTRY_CLOSE, boxdir_close(f, box), now, now, YIHU_EROOT);
	vote(1, FIXTURE_CLOSES - 1, now, 0);
	fixture_must(yihu_box_end_poll(box, now, &err), &err);
	put(YIHU_ENTRY_CLOSE, boxdir_close(f, box), now, now, 0);
}

AROUND(group_set_up)
{
	f = fixture_new(NULL);
	return 0;
}

AROUND(group_tear_down)
{
	fixture_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		CASE(time_is_that_of_the_reception),
		CASE(times_go_on),
		CASE(time_is_believed_within_half_a_minute),
		CASE(what_was_received_before_the_end_is_written_after_it),
		CASE(nothing_is_written_once_the_end_is_signed),
		CASE(what_has_no_time_ends_the_poll),
		CASE(close_waits_for_the_end),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
