/* SPDX-License-Identifier: Apache-2.0
 *
 * The results posters lie in paper/, whole or not at all, and are of the
 * results that were committee_base.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "committee.h"

#define A4 "paper/results-a4.pdf"
#define A3 "paper/results-a3.pdf"

static bool same(struct yihu_buf a, struct yihu_buf b)
{
	bool equal = a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
	assert_true(a.len > 1000 && memcmp(a.data, "%PDF-", 5) == 0);
	yihu_buf_free(&a);
	yihu_buf_free(&b);
	return equal;
}

TEST(the_same_results_are_the_same_bytes)
{
	struct committee *c = committee_copy(committee_base);
	assert_int_equal(committee_poster(c, NULL), 0);
	struct yihu_buf a4 = committee_read(c, A4), a3 = committee_read(c, A3);
	committee_shell(c, "rm election/paper/results-a4.pdf");
	assert_int_equal(committee_poster(c, NULL), 0);
	assert_true(same(committee_read(c, A4), a4));
	assert_true(same(committee_read(c, A3), a3));
	committee_free(c);
}

/* The letters of these committees are in English. */
TEST(the_language_is_that_of_the_letters_or_as_asked)
{
	struct committee *c = committee_copy(committee_base);
	assert_int_equal(committee_poster(c, NULL), 0);
	struct yihu_buf before = committee_read(c, A4);
	assert_int_equal(committee_poster(c, "zh"), 0);
	assert_false(same(committee_read(c, A4), before));
	before = committee_read(c, A4);
	committee_shell(c, "echo 'yihu-paper-v1\nlanguage zh' > election/paper/options");
	assert_int_equal(committee_poster(c, NULL), 0);
	assert_true(same(committee_read(c, A4), before));
	assert_false(committee_has(c, "paper/results-a4-en.pdf"));
	assert_int_equal(committee_poster(c, "fr"), YIHU_EARG);
	committee_free(c);
}

TEST(complaints_change_it)
{
	struct committee *c = committee_copy(committee_base);
	struct yihu_complaints one = {.filed = 1};
	assert_int_equal(committee_poster(c, NULL), 0);
	struct yihu_buf before = committee_read(c, A4);
	assert_int_equal(committee_complaints(c, &one, 0), 0);
	assert_int_equal(committee_poster(c, NULL), 0);
	assert_false(same(committee_read(c, A4), before));
	committee_free(c);
}

TEST(there_is_none_before_the_results)
{
	struct committee *c = committee_new(&(struct committee_options){.n = 1});
	committee_to(c, YIHU_STAGE_CLOSED);
	assert_int_equal(committee_poster(c, NULL), YIHU_ESTATE);
	assert_non_null(strstr(c->err.text, "not published yet"));
	assert_false(committee_has(c, A4));
	committee_free(c);
}

/* As a full disk: writes fail from some size on. */
TEST(a_full_disk_leaves_nothing_half_written)
{
	struct committee *c = committee_copy(committee_base);
	struct rlimit had, small = {.rlim_cur = 4096};
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &had), 0);
	small.rlim_max = had.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	int r = committee_poster(c, NULL);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &had), 0);
	assert_int_equal(r, YIHU_EIO);
	assert_non_null(strstr(c->err.text, A4));
	assert_non_null(strstr(c->err.text, strerror(EFBIG)));
	committee_shell(c, "test -z \"$(find election/paper -name '*results*')\"");
	committee_shell(c, "test -z \"$(find election/paper -name '.*' -type f)\"");
	assert_int_equal(committee_poster(c, NULL), 0);
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_results_are_the_same_bytes),
		cmocka_unit_test(the_language_is_that_of_the_letters_or_as_asked),
		cmocka_unit_test(complaints_change_it),
		cmocka_unit_test(there_is_none_before_the_results),
		cmocka_unit_test(a_full_disk_leaves_nothing_half_written),
	};
	return cmocka_run_group_tests_name("tally poster", tests, committee_begin_published,
					   committee_end);
}
