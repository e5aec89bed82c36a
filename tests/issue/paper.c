/* SPDX-License-Identifier: Apache-2.0
 *
 * Paper through the clerk's acts: what cannot be printed stops the run and
 * leaves nothing; counting; destroying.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <yihu/file.h>

#include "committee.h"

static void assert_nothing_was_made(const struct committee *c)
{
	assert_false(committee_has(c, "letters"));
	assert_false(committee_has(c, ".letters-new"));
	assert_false(committee_has(c, "box/public/register"));
}

/* A committee whose household 1 is written so: label and name as CSV. */
static struct committee *with_household(const char *cells)
{
	struct committee *c = committee_new(&(struct committee_options){.first_household = cells});
	committee_to(c, YIHU_STAGE_CHARTERED);
	return c;
}

TEST(what_cannot_be_printed_is_named)
{
	static const struct {
		const char *cells;
		int code;
		const char *says[3];
	} rows[] = {
		/* a private-use character, in a name */
		{"1,101,王\xee\x80\x80", YIHU_EFORMAT, {"Noto Sans CJK SC", "U+E000", "1-101"}},
		{"A very long name of building 9 that nobody would put on an envelope but "
		 "somebody had in a list,of another very long name for staircase 8 and the "
		 "floor and the door,"
		 "Somebody whose own name is longer than all of the above together and who would "
		 "rather not have a single word of it left out in any letter that comes to the "
		 "house where this person has lived with the whole family since the house was "
		 "built",
		 YIHU_ETOOBIG,
		 {"82 × 34", "letter 0", "A very long name"}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct committee *c = with_household(rows[i].cells);
		assert_int_equal(committee_letters(c), rows[i].code);
		for (size_t k = 0; k < 3; k++)
			if (strstr(c->err.text, rows[i].says[k]) == NULL)
				fail_msg("“%s” does not say “%s”", c->err.text, rows[i].says[k]);
		assert_nothing_was_made(c);
		committee_free(c);
	}
}

TEST(rare_characters_of_the_font_are_printed)
{
	struct committee *c = with_household("1,101,欧阳㐂𠮷");
	assert_int_equal(committee_letters(c), 0);
	committee_free(c);
}

/* As a full disk: writes fail from some size on. */
TEST(a_full_disk_leaves_nothing)
{
	struct committee *c = committee_new(&(struct committee_options){.households = 40});
	struct rlimit had, small = {.rlim_cur = 30000};
	committee_to(c, YIHU_STAGE_CHARTERED);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &had), 0);
	small.rlim_max = had.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	int r = committee_letters(c);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &had), 0);
	assert_int_equal(r, YIHU_EIO);
	assert_non_null(strstr(c->err.text, ".pdf"));
	assert_non_null(strstr(c->err.text, strerror(EFBIG)));
	assert_nothing_was_made(c);
	assert_int_equal(committee_letters(c), 0);
	committee_free(c);
}

TEST(other_languages_are_refused)
{
	struct committee *c =
		committee_new(&(struct committee_options){.paper = {.language = "fr"}});
	committee_to(c, YIHU_STAGE_CHARTERED);
	assert_int_equal(committee_letters(c), YIHU_EARG);
	assert_nothing_was_made(c);
	committee_free(c);
}

TEST(files_have_as_many_letters_as_asked_for)
{
	struct committee *c = committee_new(
		&(struct committee_options){.households = 11, .paper = {.per_file = 4}});
	committee_to(c, YIHU_STAGE_ISSUED);
	committee_shell(c, "test \"$(ls election/letters/pdf | tr '\\n' ' ')\" = '001.pdf 002.pdf "
			   "003.pdf '");
	committee_shell(c, "grep -q '^003.pdf: 3 letters, 6 sheets (and a cover' "
			   "election/letters/summary.txt");
	committee_free(c);
}

/* ---- later letters ---- */

TEST(later_letters_look_like_the_first)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_ISSUED);
	uint32_t serial;
	const struct issue_change replace = {.old_serial = 2, .fresh = true};
	assert_int_equal(committee_change(c, &replace, &serial), 0);
	assert_int_equal(serial, 7);
	assert_true(committee_has(c, "letters/pdf/0007.pdf"));
	struct yihu_buf options = committee_read(c, "paper/options");
	assert_string_equal((char *)options.data, "yihu-paper-v1\nlanguage en\n");
	yihu_buf_free(&options);
	committee_free(c);
}

TEST(the_sender_is_kept_for_later_papers)
{
	struct committee *c = committee_new(&(struct committee_options){
		.paper = {.sender = "居委会", .phone = "028-1", .place = "一楼"}});
	committee_to(c, YIHU_STAGE_ISSUED);
	struct yihu_buf options = committee_read(c, "paper/options");
	assert_string_equal((char *)options.data, "yihu-paper-v1\nlanguage en\nsender 居委会\n"
						  "phone 028-1\nplace 一楼\n");
	yihu_buf_free(&options);
	committee_shell(c, "printf 'yihu-paper-v1\\nlanguage zh\\n' >election/paper/options");
	assert_int_equal(issue_walklist(&c->folder, NULL, &c->err), 0); /* as older ones are */
	const struct issue_paper_options two_lines = {.phone = "1\n2"};
	assert_int_equal(issue_walklist(&c->folder, &two_lines, &c->err), YIHU_EARG);
	assert_non_null(strstr(c->err.text, "--phone"));
	committee_free(c);
}

/* ---- counting ---- */

TEST(numbers_close_or_do_not)
{
	static const struct {
		struct issue_counts counts;
		int difference;
	} rows[] = {
		{{.delivered = 4, .returned = 1, .void_letters = 1}, 0},
		{{.delivered = 4, .returned = 1, .void_letters = 0}, 1},
		{{.delivered = 6, .returned = 1, .void_letters = 0}, -1},
		{{.delivered = UINT32_MAX, .returned = UINT32_MAX, .void_letters = UINT32_MAX}, -2},
	};
	struct committee *c = committee_new(NULL);
	struct issue_counts early = {.delivered = 6};
	assert_int_equal(issue_reconcile(&c->folder, &early, &c->err), YIHU_ESTATE);
	committee_to(c, YIHU_STAGE_ISSUED);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct issue_counts counts = rows[i].counts;
		assert_int_equal(issue_reconcile(&c->folder, &counts, &c->err), 0);
		assert_int_equal(counts.printed, 6);
		int64_t d = issue_difference(&counts);
		assert_true(rows[i].difference < -1 ? d < -1 : d == rows[i].difference);
	}
	struct yihu_buf record = committee_read(c, "paper/record");
	assert_non_null(
		strstr((char *)record.data,
		       " reconcile printed 6 delivered 4 returned 1 void 1 difference 0\n"));
	yihu_buf_free(&record);
	committee_free(c);
}

/* ---- destroying ---- */

static int shred(void *context)
{
	struct committee *c = context;
	return issue_shred(&c->folder, 6, NULL, &c->err);
}

struct needles {
	char digits[6][YIHU_TOKEN_DIGITS + 1], typed[6][YIHU_TYPED_TEXT_BYTES];
};

static struct needles needles_of(struct committee *c)
{
	struct needles n;
	uint8_t eid[YIHU_EID_BYTES];
	assert_int_equal(yihu_folder_eid(eid, &c->folder, &c->err), 0);
	for (uint32_t s = 1; s <= 6; s++) {
		struct yihu_token token = committee_token(c, s);
		yihu_token_digits(n.digits[s - 1], &token);
		yihu_token_typed(n.typed[s - 1], eid, &token);
	}
	return n;
}

static void assert_no_needle(const struct committee *c, const struct needles *n)
{
	for (size_t i = 0; i < 6; i++) {
		char *command =
			yihu_printf("! grep -rqF -e %s -e %s election", n->digits[i], n->typed[i]);
		committee_shell(c, command);
		free(command);
	}
}

TEST(nothing_is_destroyed_on_a_wrong_count)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_ISSUED);
	assert_int_equal(issue_shred(&c->folder, 5, NULL, &c->err), YIHU_ESTATE);
	assert_int_equal(issue_shred(&c->folder, 7, NULL, &c->err), YIHU_ESTATE);
	committee_write(c, "secret/pending", "x", 1);
	assert_int_equal(issue_shred(&c->folder, 6, NULL, &c->err), YIHU_ESTATE);
	committee_shell(c, "test $(find election/letters -type f | wc -l) -eq 17");
	committee_free(c);
}

TEST(destroying_that_was_cut_off_is_ended_by_the_next)
{
	struct committee *base = committee_new(NULL);
	committee_to(base, YIHU_STAGE_ISSUED);
	const struct needles n = needles_of(base);
	int code = 0;
	bool cut = true;
	unsigned k;
	for (k = 1; cut; k = committee_next_cut(k)) {
		struct committee *c = committee_copy(base);
		cut = committee_cut(k, shred, c, &code);
		if (committee_has(c, "letters"))
			assert_int_equal(shred(c), 0);
		assert_false(committee_has(c, "letters"));
		assert_no_needle(c, &n);
		assert_int_equal(shred(c), YIHU_ENOENT);
		committee_free(c);
	}
	assert_int_equal(code, 0);
	assert_true(k > 20);
	print_message("# shred: killed up to call %u\n", k - 2);
	committee_free(base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_printed_is_named),
		cmocka_unit_test(rare_characters_of_the_font_are_printed),
		cmocka_unit_test(a_full_disk_leaves_nothing),
		cmocka_unit_test(other_languages_are_refused),
		cmocka_unit_test(files_have_as_many_letters_as_asked_for),
		cmocka_unit_test(later_letters_look_like_the_first),
		cmocka_unit_test(the_sender_is_kept_for_later_papers),
		cmocka_unit_test(numbers_close_or_do_not),
		cmocka_unit_test(nothing_is_destroyed_on_a_wrong_count),
		cmocka_unit_test(destroying_that_was_cut_off_is_ended_by_the_next),
	};
	return cmocka_run_group_tests_name("issue paper", tests, NULL, NULL);
}
