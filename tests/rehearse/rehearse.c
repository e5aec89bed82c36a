/* SPDX-License-Identifier: Apache-2.0
 *
 * A rehearsal beside the election that it rehearses: made whole, held to its end,
 * remembered; and neither takes the other's letters.
 */
#include <stdlib.h>
#include <string.h>

#include "committee.h"
#include "folder/facts.h"
#include "rehearse/rehearse.h"

#include <yihu/box.h>
#include <yihu/definition.h>
#include <yihu/file.h>

#define NOW (COMMITTEE_OPENS - 3600)
#define MINUTES 10

/* Both, the real one chartered; the rehearsal's key holders have its keys. */
struct both {
	struct committee *real, rehearsal;
	char *to;
};

static struct rehearse_options options(const struct both *b)
{
	return (struct rehearse_options){.to = b->to,
					 .minutes = MINUTES,
					 .specimens = REHEARSE_SPECIMENS,
					 .paper = LANGUAGE_DEFAULT};
}

static void begin(struct both *b)
{
	*b = (struct both){.real = committee_new(&(struct committee_options){.english = true})};
	committee_to(b->real, YIHU_STAGE_CHARTERED);
	committee_clock(NOW);
	b->to = yihu_path(b->real->temp, "rehearsal");
}

static void make(struct both *b)
{
	const struct rehearse_options o = options(b);
	struct committee *r = &b->rehearsal;
	assert_int_equal(rehearse_prepare(&b->real->folder, &o, &b->real->err), 0);
	committee_shell(b->real, "mkdir -p its/keys && for i in 1 2 3; do "
				 "mv rehearsal/secret/rehearsal-key-$i its/keys/$i.key; done");
	*r = (struct committee){.options = b->real->options,
				.temp = yihu_path(b->real->temp, "its")};
	r->options.households = REHEARSE_SPECIMENS;
	yihu_folder_init(&r->folder, b->to);
}

static void end(struct both *b)
{
	yihu_folder_finish(&b->rehearsal.folder);
	free(b->rehearsal.temp);
	free(b->to);
	committee_free(b->real);
}

/* ---- made ---- */

TEST(it_is_whole_and_says_what_it_is)
{
	struct both b;
	begin(&b);
	make(&b);
	struct folder_facts x;
	assert_int_equal(folder_facts_read(&x, &b.rehearsal.folder, NOW, &b.real->err), 0);
	assert_true(folder_rehearses(&b.rehearsal.folder));
	assert_int_equal(x.stage, YIHU_STAGE_OPEN);
	assert_int_equal(x.plan.closes, NOW + 60 * MINUTES);
	assert_int_equal(x.plan.households, REHEARSE_SPECIMENS);
	assert_int_equal(x.plan.n, b.real->options.n);
	assert_string_equal(x.names[0], "样本保管人1号");
	folder_facts_finish(&x);
	struct yihu_buf file = committee_read(&b.rehearsal, "box/public/election.pb");
	assert_non_null(strstr((char *)file.data, "\ndescription;【演练】"));
	yihu_buf_free(&file);
	char *of = folder_rehearsal_of(&b.rehearsal.folder);
	char *real = realpath(b.real->folder.root, NULL);
	assert_string_equal(of, real);
	free(real);
	free(of);
	assert_false(folder_rehearses(&b.real->folder));
	end(&b);
}

TEST(what_a_killed_run_left_is_in_nobodys_way)
{
	struct both b;
	begin(&b);
	committee_shell(b.real, "mkdir -p .rehearsal.new/rehearsal/secret && "
				"echo x >.rehearsal.new/rehearsal/secret/issuer.key");
	make(&b);
	committee_shell(b.real, "test ! -e .rehearsal.new");
	end(&b);
}

TEST(one_without_letters_is_ended)
{
	struct both b;
	begin(&b);
	make(&b);
	committee_shell(b.real, "cp -r rehearsal cut && rm -r cut/letters cut/box/public/register "
				"cut/box/public/log cut/box/box.db* cut/box/mark cut/box/verified");
	struct rehearse_options o = options(&b);
	char *cut = yihu_path(b.real->temp, "cut");
	o.to = cut;
	assert_int_equal(rehearse_prepare(&b.real->folder, &o, &b.real->err), 0);
	committee_shell(b.real, "test -e cut/box/public/log/checkpoint -a -e cut/letters/list.csv");
	assert_int_equal(rehearse_prepare(&b.real->folder, &o, &b.real->err), YIHU_EEXIST);
	free(cut);
	end(&b);
}

static void assert_refused(struct both *b, const struct rehearse_options *o, int code)
{
	assert_int_equal(rehearse_prepare(&b->real->folder, o, &b->real->err), code);
	committee_shell(b->real, "test ! -e .rehearsal.new");
}

TEST(what_cannot_be_is_refused_and_leaves_nothing)
{
	struct both b;
	begin(&b);
	struct rehearse_options o = options(&b);
	o.minutes = 0;
	assert_refused(&b, &o, YIHU_EARG);
	o.minutes = REHEARSE_MINUTES_MAX + 1;
	assert_refused(&b, &o, YIHU_EARG);
	o.minutes = 1;
	o.specimens = REHEARSE_SPECIMENS_MIN - 1;
	assert_refused(&b, &o, YIHU_EARG);
	o.specimens = REHEARSE_SPECIMENS_MAX + 1;
	assert_refused(&b, &o, YIHU_EARG);
	o = options(&b);
	o.url = "http://vote.example.org";
	assert_refused(&b, &o, YIHU_EARG);
	make(&b);
	o.url = NULL;
	assert_refused(&b, &o, YIHU_EEXIST);
	o.to = "again";
	assert_int_equal(rehearse_prepare(&b.rehearsal.folder, &o, &b.real->err), YIHU_ESTATE);
	committee_to(b.real, YIHU_STAGE_OPEN);
	assert_int_equal(rehearse_check(&b.real->folder, &o, &b.real->err), YIHU_ESTATE);
	end(&b);
}

/* ---- not the real one ---- */

/* A ballot of that letter, made for one election, into another's box. */
static int cast_into(struct committee *into, const struct committee *letter,
		     struct committee *made_for, uint64_t now)
{
	struct yihu_box *box, *other = NULL;
	struct yihu_buf body = {0};
	struct yihu_token token = committee_token(letter, 1);
	assert_int_equal(yihu_box_open(&box, into->folder.box, now, &into->err), 0);
	if (made_for != into)
		assert_int_equal(yihu_box_open(&other, made_for->folder.box, now, &into->err), 0);
	const struct yihu_election *e = yihu_box_election(other ? other : box);
	uint32_t words[YIHU_WIDTH_MAX], digits[3] = {1, 0, 0};
	yihu_words_from_digits(e->definition, digits, words);
	assert_int_equal(yihu_ballot_make(&body, e, &token, words, NULL, NULL, &into->err), 0);
	struct yihu_submission s = {
		.type = YIHU_ENTRY_BALLOT, .body = body.data, .body_len = body.len};
	assert_int_equal(yihu_box_commit(box, &s, 1, now, &into->err), 0);
	yihu_box_close(other);
	yihu_box_close(box);
	yihu_buf_free(&body);
	return s.code;
}

TEST(no_box_takes_a_letter_of_the_other)
{
	struct both b;
	begin(&b);
	make(&b);
	struct committee *real = b.real, *r = &b.rehearsal;
	committee_to(real, YIHU_STAGE_ISSUED);
	uint64_t now = COMMITTEE_OPENS + 10;
	committee_clock(now);
	assert_int_equal(cast_into(real, r, real, now), YIHU_ECREDENTIAL);
	assert_int_equal(cast_into(real, r, r, now), YIHU_ECREDENTIAL);
	committee_clock(NOW + 10);
	assert_int_equal(cast_into(r, real, r, NOW + 10), YIHU_ECREDENTIAL);
	assert_int_equal(cast_into(r, real, real, NOW + 10), YIHU_ECREDENTIAL);
	assert_int_equal(cast_into(r, r, r, NOW + 10), 0);
	committee_clock(now);
	assert_int_equal(cast_into(real, real, real, now), 0);
	end(&b);
}

/* ---- to its end ---- */

static void count(struct committee *r)
{
	committee_clock(NOW + 60 * MINUTES + 10);
	assert_int_equal(committee_close(r), 0);
	for (uint32_t j = 1; j <= r->options.n; j++)
		assert_int_equal(committee_box(r, j), 0);
	for (uint32_t j = 1; j <= r->options.t; j++)
		assert_int_equal(committee_count(r, j, holder_shuffle), 0);
	for (uint32_t j = 1; j <= r->options.t; j++)
		assert_int_equal(committee_count(r, j, holder_open), 0);
	for (uint32_t j = 1; j <= r->options.t; j++)
		assert_int_equal(committee_count(r, j, holder_sign), 0);
	assert_int_equal(committee_sign(r), 0);
	assert_int_equal(committee_publish(r, NULL), 0);
}

static int held(struct both *b, const struct yihu_folder *rehearsal)
{
	uint32_t ballots = 77;
	int r = rehearse_held(&b->real->folder, rehearsal, NULL, &ballots, &b->real->err);
	if (r == 0)
		assert_int_equal(ballots, 3);
	return r;
}

static void assert_remembered(const struct both *b, enum rehearsed_how how)
{
	struct rehearsed is;
	assert_int_equal(rehearsed_read(&is, &b->real->folder, NULL), 0);
	assert_int_equal(is.how, how);
	assert_int_equal(is.ballots, how == REHEARSED_HELD ? 3 : 0);
	rehearsed_finish(&is);
}

TEST(one_that_was_held_to_its_end_is_remembered)
{
	struct both b;
	begin(&b);
	make(&b);
	assert_int_equal(held(&b, &b.rehearsal.folder), YIHU_ESTATE);
	committee_clock(NOW + 10);
	committee_vote(&b.rehearsal, 1, 3);
	assert_int_equal(held(&b, &b.rehearsal.folder), YIHU_ESTATE);
	assert_remembered(&b, REHEARSED_NOT);
	count(&b.rehearsal);
	assert_int_equal(held(&b, &b.rehearsal.folder), 0);
	assert_remembered(&b, REHEARSED_HELD);
	assert_int_equal(held(&b, &b.real->folder), YIHU_ESTATE); /* it is none */
	/* Nor is one of other projects. */
	committee_shell(b.real, "sed -i 's/;【演练】/&x/' rehearsal/ceremony/election.pb");
	assert_int_equal(held(&b, &b.rehearsal.folder), YIHU_ESTATE);
	end(&b);
}

static void call_off(struct committee *r)
{
	struct yihu_keyfile *issuer = committee_issuer(r);
	struct yihu_view v = {.folder = &r->folder};
	assert_int_equal(yihu_folder_eid(v.eid, &r->folder, &r->err), 0);
	assert_int_equal(yihu_reach_open(&v.reach, &r->folder, NULL, &r->err), 0);
	assert_int_equal(yihu_view_look(&v, &r->err), 0);
	assert_int_equal(
		issue_cancel(issuer, &v, ISSUE_CANCEL_BY_ENTRY, yihu_span("rain"), &r->err), 0);
	yihu_view_finish(&v);
	yihu_keyfile_close(issuer);
}

TEST(one_that_was_called_off_was_not_held)
{
	struct both b;
	begin(&b);
	make(&b);
	committee_clock(NOW + 10);
	committee_vote(&b.rehearsal, 1, 3);
	call_off(&b.rehearsal);
	assert_int_equal(held(&b, &b.rehearsal.folder), YIHU_ESTATE);
	assert_remembered(&b, REHEARSED_NOT);
	end(&b);
}

TEST(what_is_remembered_is_the_last_word)
{
	struct both b;
	begin(&b);
	assert_remembered(&b, REHEARSED_NOT);
	assert_int_equal(rehearsed_put_skipped(&b.real->folder, "没有时间", NULL), 0);
	struct rehearsed is;
	assert_int_equal(rehearsed_read(&is, &b.real->folder, NULL), 0);
	assert_int_equal(is.how, REHEARSED_SKIPPED);
	assert_int_equal(is.when, NOW);
	assert_string_equal(is.why, "没有时间");
	rehearsed_finish(&is);
	committee_shell(b.real, "echo nonsense >>election/paper/rehearsals");
	assert_int_equal(rehearsed_read(&is, &b.real->folder, &b.real->err), YIHU_EFORMAT);
	assert_non_null(strstr(b.real->err.text, "line 2"));
	end(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_whole_and_says_what_it_is),
		cmocka_unit_test(what_a_killed_run_left_is_in_nobodys_way),
		cmocka_unit_test(one_without_letters_is_ended),
		cmocka_unit_test(what_cannot_be_is_refused_and_leaves_nothing),
		cmocka_unit_test(no_box_takes_a_letter_of_the_other),
		cmocka_unit_test(one_that_was_held_to_its_end_is_remembered),
		cmocka_unit_test(one_that_was_called_off_was_not_held),
		cmocka_unit_test(what_is_remembered_is_the_last_word),
	};
	return cmocka_run_group_tests_name("rehearsals", tests, NULL, NULL);
}
