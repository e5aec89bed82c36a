/* SPDX-License-Identifier: Apache-2.0
 *
 * Publishing: with the signatures that it needs, and whole when killed.
 */
#include <stdlib.h>
#include <string.h>

#include "committee.h"

static struct committee *opened; /* n 4, t 2, q 3; holder 4 has not signed the box */

AROUND(set_up)
{
	opened = committee_new(&(struct committee_options){.n = 4});
	committee_to(opened, YIHU_STAGE_CLOSED);
	for (uint32_t j = 1; j <= 3; j++)
		assert_int_equal(committee_box(opened, j), 0);
	committee_to(opened, YIHU_STAGE_OPENED);
	return 0;
}

AROUND(tear_down)
{
	committee_free(opened);
	return 0;
}

TEST(it_waits_for_clerk_and_t_holders)
{
	struct committee *c = committee_copy(opened);
	struct tally_missing missing;
	assert_int_equal(committee_publish(c, &missing), 0);
	assert_true(missing.issuer);
	assert_int_equal(missing.holders, 2);
	assert_int_equal(committee_sign(c), 0);
	assert_int_equal(committee_count(c, 3, holder_sign), 0);
	assert_int_equal(committee_publish(c, &missing), 0);
	assert_false(missing.issuer);
	assert_int_equal(missing.holders, 1);
	assert_false(committee_has(c, "box/public/results"));
	assert_false(committee_has(c, "box/public/results.json"));
	assert_int_equal(committee_count(c, 4, holder_sign), 0); /* who signed no box */
	assert_int_equal(committee_publish(c, &missing), 0);
	assert_int_equal(missing.holders, 0);
	assert_int_equal(committee_state(c), YIHU_STAGE_PUBLISHED);
	assert_true(committee_has(c, "box/public/site/results.html"));
	assert_true(committee_has(c, "box/public/site/results.csv"));
	committee_free(c);
}

TEST(a_stale_signature_is_named)
{
	struct committee *c = committee_copy(opened);
	assert_int_equal(committee_sign(c), 0);
	assert_int_equal(committee_count(c, 1, holder_sign), 0);
	assert_int_equal(committee_count(c, 2, holder_sign), 0);
	assert_int_equal(committee_box(c, 4), 0); /* the box gains a line */
	assert_int_equal(committee_publish(c, NULL), YIHU_ESIGNATURE);
	assert_non_null(strstr(c->err.text, "signs again"));
	assert_non_null(strstr(c->err.text, "results-issuer"));
	assert_int_equal(committee_sign(c), 0);
	assert_int_equal(committee_count(c, 1, holder_sign), 0);
	assert_int_equal(committee_count(c, 2, holder_sign), 0);
	assert_int_equal(committee_publish(c, NULL), 0);
	assert_int_equal(committee_state(c), YIHU_STAGE_PUBLISHED);
	committee_free(c);
}

TEST(there_is_nothing_to_publish_before_the_opening)
{
	struct committee *c = committee_copy(opened);
	committee_shell(c, "rm -r election/box/public/open");
	assert_int_equal(committee_publish(c, NULL), YIHU_ESTATE);
	assert_int_equal(committee_sign(c), YIHU_ESTATE);
	assert_false(committee_has(c, "ceremony/results-issuer"));
	committee_free(c);
}

TEST(a_foreign_results_file_is_not_written_over)
{
	struct committee *c = committee_copy(opened);
	committee_write(c, "box/public/results.json", "{}\n", 3);
	assert_int_equal(committee_sign(c), 0);
	assert_int_equal(committee_count(c, 1, holder_sign), 0);
	assert_int_equal(committee_count(c, 2, holder_sign), 0);
	assert_int_equal(committee_publish(c, NULL), YIHU_EEXIST);
	assert_false(committee_has(c, "box/public/results"));
	struct yihu_buf there = committee_read(c, "box/public/results.json");
	assert_int_equal(there.len, 3);
	yihu_buf_free(&there);
	committee_free(c);
}

static int publish(void *context)
{
	return committee_publish(context, NULL);
}

static int nothing(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	(void)key;
	(void)v;
	(void)err;
	return 0;
}

TEST(killed_anywhere_it_publishes_in_the_end)
{
	int code = 0;
	bool cut = true;
	unsigned k = 0;
	struct committee *base = committee_copy(opened);
	assert_int_equal(committee_sign(base), 0);
	assert_int_equal(committee_count(base, 1, holder_sign), 0);
	assert_int_equal(committee_count(base, 2, holder_sign), 0);
	while (cut) {
		struct committee *c = committee_copy(base);
		k = committee_next_cut(k);
		cut = committee_cut(k, publish, c, &code);
		assert_int_equal(committee_count(c, 1, nothing), 0); /* sound at every moment */
		assert_int_equal(committee_publish(c, NULL), 0);
		assert_int_equal(committee_state(c), YIHU_STAGE_PUBLISHED);
		assert_true(committee_has(c, "box/public/site/results.html"));
		committee_free(c);
	}
	assert_int_equal(code, 0);
	print_message("# publish: killed up to call %u\n", k - 1);
	assert_true(k > 10);
	committee_free(base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_waits_for_clerk_and_t_holders),
		cmocka_unit_test(a_stale_signature_is_named),
		cmocka_unit_test(there_is_nothing_to_publish_before_the_opening),
		cmocka_unit_test(a_foreign_results_file_is_not_written_over),
		cmocka_unit_test(killed_anywhere_it_publishes_in_the_end),
	};
	return cmocka_run_group_tests_name("tally publish", tests, set_up, tear_down);
}
