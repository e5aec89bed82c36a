/* SPDX-License-Identifier: Apache-2.0
 *
 * The box: too few ballots never make one, a holder who comes late still signs
 * it, after the results nobody does, and nobody signs another one than was shown.
 */
#include <string.h>

#include "committee.h"

TEST(too_few_ballots_are_never_boxed)
{
	struct committee *c = committee_new(&(struct committee_options){.min_box = 5});
	committee_to(c, YIHU_STAGE_CLOSED);
	assert_int_equal(committee_count(c, 1, holder_box), YIHU_EMINBOX);
	assert_int_equal(committee_count(c, 1, holder_shuffle), YIHU_EMINBOX);
	assert_int_not_equal(committee_count(c, 1, holder_open), 0);
	assert_int_equal(committee_count(c, 1, holder_sign), YIHU_ESTATE);
	assert_false(committee_has(c, "ceremony/box-1"));
	struct yihu_status s;
	assert_int_equal(yihu_status_read(&s, &c->folder, COMMITTEE_CLOSES + 10, &c->err), 0);
	assert_non_null(strstr(s.next, "yihu-issue sign"));
	yihu_status_finish(&s);
	assert_int_equal(committee_sign(c), 0);
	assert_int_equal(committee_publish(c, NULL), 0);
	assert_int_equal(committee_state(c), YIHU_STAGE_PUBLISHED);
	committee_free(c);
}

/* n 4, t 2, q 3: one holder may come late. */
static struct committee *with_a_late_holder(void)
{
	struct committee *c = committee_new(&(struct committee_options){.n = 4});
	committee_to(c, YIHU_STAGE_CLOSED);
	for (uint32_t j = 1; j <= 3; j++)
		assert_int_equal(committee_box(c, j), 0);
	assert_int_equal(committee_state(c), YIHU_STAGE_BOXED);
	return c;
}

static size_t box_signatures(struct committee *c)
{
	struct yihu_buf box = committee_read(c, "box/public/box");
	struct yihu_note note;
	assert_int_equal(yihu_note_split(&note, box.data, box.len, NULL), 0);
	yihu_buf_free(&box);
	return note.n_signatures;
}

TEST(a_late_holder_signs_before_it_shuffles)
{
	struct committee *c = with_a_late_holder();
	assert_int_equal(box_signatures(c), 3);
	committee_shell(c, "rm election/ceremony/box-*"); /* as on its own stick */
	assert_int_equal(committee_count(c, 4, holder_shuffle), 0);
	assert_int_equal(box_signatures(c), 4);
	assert_true(committee_has(c, "box/public/mix/1"));
	committee_free(c);
}

TEST(after_the_results_the_box_is_final)
{
	struct committee *c = with_a_late_holder();
	committee_to(c, YIHU_STAGE_PUBLISHED);
	assert_int_equal(committee_box(c, 4), YIHU_ESTATE);
	assert_int_equal(committee_count(c, 4, holder_open), YIHU_ESTATE);
	assert_int_equal(box_signatures(c), 3);
	committee_free(c);
}

static int another_box(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	yihu_view_show_text(v, YIHU_TEXT_BOX);
	v->audit->box.size++;
	return holder_box(key, v, err);
}

static int shuffle_another(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	yihu_view_show_text(v, YIHU_TEXT_BOX);
	v->audit->box.root.bytes[0] ^= 1;
	return holder_shuffle(key, v, err);
}

static int box_as_shown(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	yihu_view_show_text(v, YIHU_TEXT_BOX);
	return holder_box(key, v, err);
}

TEST(another_box_than_was_shown_is_not_signed)
{
	struct committee *c = with_a_late_holder();
	assert_int_equal(committee_count(c, 4, another_box), YIHU_EBOX);
	assert_int_equal(committee_count(c, 4, shuffle_another), YIHU_EBOX);
	assert_false(committee_has(c, "ceremony/box-4") || committee_has(c, "ceremony/mix-4"));
	assert_int_equal(committee_count(c, 4, box_as_shown), 0);
	assert_true(committee_has(c, "ceremony/box-4"));
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(too_few_ballots_are_never_boxed),
		cmocka_unit_test(a_late_holder_signs_before_it_shuffles),
		cmocka_unit_test(after_the_results_the_box_is_final),
		cmocka_unit_test(another_box_than_was_shown_is_not_signed),
	};
	return cmocka_run_group_tests_name("holder box", tests, NULL, NULL);
}
