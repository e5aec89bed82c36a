/* SPDX-License-Identifier: Apache-2.0
 *
 * What a resident is told after sending: "recorded" only when a receipt proves
 * it, "not recorded" only when the daemon refused, else "not known".
 */
#include "fake.h"

#include <string.h>

struct scene {
	struct fake *fake;
	struct http_client *client;
	const struct yihu_election *election;
	struct yihu_buf ballot, others; /* of serials 3 and 2 */
	unsigned works, waits;          /* that we were told of */
	int why;                        /* the last wait's */
};

static void make_ballot(const struct fake *f, uint32_t serial, uint64_t seed, struct yihu_buf *out)
{
	uint32_t digits[YIHU_WIDTH_MAX];
	fixture_digits(f->fixture, seed, digits);
	fixture_ballot(f->fixture, serial, digits, out);
}

static int setup(void **state)
{
	struct scene *s = yihu_calloc(1, sizeof *s);
	s->fake = fake_new(NULL);
	s->election = s->fake->fixture->election;
	make_ballot(s->fake, 3, 3, &s->ballot);
	make_ballot(s->fake, 2, 2, &s->others);
	fake_record(s->fake, &s->others);
	assert_int_equal(http_client_new(&s->client, s->fake->url, NULL), 0);
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct scene *s = *state;
	http_client_free(s->client);
	fake_free(s->fake);
	yihu_buf_free(&s->ballot);
	yihu_buf_free(&s->others);
	free(s);
	return 0;
}

static bool is_ours(const struct scene *s, const struct yihu_buf *body)
{
	return body->len == s->ballot.len && memcmp(body->data, s->ballot.data, body->len) == 0;
}

static void note_meanwhile(void *context, enum cast_meanwhile what, const struct yihu_error *why)
{
	struct scene *s = context;
	s->works += what == CAST_WORKS;
	s->waits += what == CAST_WAITS;
	s->why = why->code;
}

static struct cast_outcome after(struct scene *s, const enum deed *deeds, size_t n,
				 unsigned patience_s)
{
	struct cast_outcome o;
	struct cast_patience patience = {
		.seconds = patience_s, .meanwhile = note_meanwhile, .context = s};
	fake_script(s->fake, deeds, n);
	cast_send(&o, s->client, s->election, &s->ballot, &patience);
	/* The server may still be busy with a call that was given up. */
	pthread_mutex_lock(&s->fake->lock);
	bool only_ours =
		s->fake->posts > 0 && is_ours(s, &s->fake->first) && is_ours(s, &s->fake->last);
	pthread_mutex_unlock(&s->fake->lock);
	assert_true(only_ours);
	return o;
}

static void assert_recorded(const struct scene *s, struct cast_outcome *o)
{
	char code[YIHU_CODE_BYTES];
	struct cast_proof p;
	yihu_ballot_code(code, s->election->charter->eid, s->ballot.data, s->ballot.len);
	assert_int_equal(o->verdict, CAST_RECORDED);
	assert_int_equal(o->index, 2);
	assert_int_equal(o->time, FIXTURE_OPENS + 1);
	assert_string_equal(o->code, code);
	assert_int_equal(cast_proof_read(&p, s->election, span_of(&o->receipt), NULL), 0);
	assert_int_equal(p.serial, 3);
	assert_int_equal(p.ballot.len, s->ballot.len);
	assert_memory_equal(p.ballot.data, s->ballot.data, s->ballot.len);
	cast_proof_finish(&p);
	cast_outcome_finish(o);
}

/* Whatever goes wrong before, the same bytes in the end are recorded once. */
static void trouble_is_waited_out(void **state)
{
	static const enum deed troubles[] = {BUSY,       RECORD_BUSY, CUT,
					     CUT_BEFORE, BAD_GATEWAY, PORTAL_REFUSES};
	for (size_t i = 0; i < COUNT(troubles); i++) {
		struct scene *s;
		print_message("# deed %d\n", troubles[i]);
		setup(state);
		s = *state;
		struct cast_outcome o = after(s, &troubles[i], 1, 20);
		assert_recorded(s, &o);
		assert_true(s->fake->posts >= 2);
		assert_int_equal(s->fake->n_entries, 2);
		teardown(state);
	}
}

static void an_honest_answer_needs_one_try(void **state)
{
	struct scene *s = *state;
	struct cast_outcome o = after(s, NULL, 0, 20);
	assert_recorded(s, &o);
	assert_int_equal(s->fake->posts, 1);
}

static void the_same_bytes_get_the_same_receipt(void **state)
{
	struct scene *s = *state;
	struct cast_outcome o = after(s, NULL, 0, 20);
	assert_recorded(s, &o);
	o = after(s, NULL, 0, 20);
	assert_recorded(s, &o);
	assert_int_equal(s->fake->n_entries, 2);
}

/* The server says "recorded"; nothing it brings shows that. */
static void a_false_receipt_is_no_record(void **state)
{
	static const struct {
		enum deed deed;
		const char *words;
	} cases[] = {
		{PORTAL_TAKES, "no receipt"},
		{NO_RECEIPT, "no receipt"},
		{OTHER_ENTRY, "for another ballot"},
		{WRONG_INDEX, "does not prove that its entry"},
		{OTHER_LOG_KEY, "signature"},
		{BROKEN_SIGNATURE, "signature"},
		{OTHER_ORIGIN, "the log's name"},
		{OTHER_TREE, "does not prove that its entry"},
		{OTHER_TYPE, "entry"},
		{BEFORE_POLL, "outside the poll"},
		{AFTER_POLL, "outside the poll"},
		{OTHER_BYTES, "for another ballot"},
		{LONGER_BYTES, "cannot hold 295 bytes"},
		{CUT_RECEIPT, "receipt"},
	};
	struct scene *s = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t posts = s->fake->posts;
		struct cast_outcome o = after(s, &cases[i].deed, 1, 20);
		print_message("# %s\n", o.why.text);
		assert_int_equal(o.verdict, CAST_NOT_KNOWN);
		assert_non_null(strstr(o.why.text, "does not prove it"));
		assert_non_null(strstr(o.why.text, cases[i].words));
		assert_int_equal(o.receipt.len, 0);
		assert_int_equal(s->fake->posts, posts + 1);
		cast_outcome_finish(&o);
	}
}

static void a_refusal_is_told_and_not_repeated(void **state)
{
	static const struct {
		enum deed deed;
		int code;
	} cases[] = {
		{REFUSE_OVER, YIHU_EOVER},
		{REFUSE_FORM, YIHU_EFORMAT},
		{REFUSE_VOTED, YIHU_EVOTED},
	};
	struct scene *s = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t posts = s->fake->posts;
		struct cast_outcome o = after(s, &cases[i].deed, 1, 20);
		assert_int_equal(o.verdict, CAST_NOT_RECORDED);
		assert_int_equal(o.why.code, cases[i].code);
		assert_non_null(strstr(o.why.text, "refused: "));
		assert_false(o.voted_proven);
		assert_int_equal(s->fake->posts, posts + 1);
		cast_outcome_finish(&o);
	}
}

static void another_ballot_of_the_letter_is_proven(void **state)
{
	struct scene *s = *state;
	struct yihu_buf earlier = {0};
	make_ballot(s->fake, 3, 77, &earlier);
	fake_record(s->fake, &earlier);
	struct cast_outcome o = after(s, NULL, 0, 20);
	assert_int_equal(o.verdict, CAST_NOT_RECORDED);
	assert_int_equal(o.why.code, YIHU_EVOTED);
	assert_true(o.voted_proven);
	assert_int_equal(o.voted_time, FIXTURE_OPENS + 1);
	cast_outcome_finish(&o);
	yihu_buf_free(&earlier);
}

static void a_refusal_that_the_log_refutes_is_a_record(void **state)
{
	struct scene *s = *state;
	static const enum deed voted = REFUSE_VOTED;
	fake_record(s->fake, &s->ballot);
	struct cast_outcome o = after(s, &voted, 1, 20);
	assert_recorded(s, &o);
}

/* "Already voted", with the receipt of somebody else's vote. */
static void anothers_vote_does_not_prove_that_one_voted(void **state)
{
	struct scene *s = *state;
	static const enum deed voted = REFUSE_VOTED;
	s->fake->lies_about_serial = true;
	struct cast_outcome o = after(s, &voted, 1, 20);
	assert_int_equal(o.verdict, CAST_NOT_RECORDED);
	assert_false(o.voted_proven);
	cast_outcome_finish(&o);
}

static void work_that_is_asked_for_is_done_at_once(void **state)
{
	static const enum deed asks[] = {ASK, ASK};
	struct scene *s = *state;
	struct cast_outcome o = after(s, asks, COUNT(asks), 20);
	assert_recorded(s, &o);
	assert_int_equal(s->fake->posts, 3);
	assert_int_equal(s->fake->works, 2);
	assert_int_equal(s->fake->works_right, 2);
	assert_int_equal(s->works, 2);
	assert_int_equal(s->waits, 0);
}

static void asks_without_end_are_waited_out(void **state)
{
	static const enum deed asks[] = {ASK, ASK, ASK, ASK, ASK_TOO_MUCH};
	struct scene *s = *state;
	struct cast_outcome o = after(s, asks, COUNT(asks), 60);
	assert_recorded(s, &o);
	assert_int_equal(s->fake->posts, 6);
	assert_int_equal(s->fake->works_right, 3);
	assert_int_equal(s->fake->works, 3);
	assert_int_equal(s->waits, 2);
	assert_int_equal(s->why, YIHU_EWORK);
}

static void without_patience_no_work_is_done(void **state)
{
	static const enum deed asks[] = {ASK};
	struct scene *s = *state;
	struct cast_outcome o = after(s, asks, COUNT(asks), 0);
	assert_int_equal(o.verdict, CAST_NOT_KNOWN);
	assert_int_equal(o.why.code, YIHU_EWORK);
	assert_int_equal(s->fake->posts, 1);
	assert_int_equal(s->works, 0);
	cast_outcome_finish(&o);
}

static void patience_ends(void **state)
{
	static const enum deed busy[] = {BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY};
	struct scene *s = *state;
	uint64_t begun = yihu_clock_monotonic_ms();
	struct cast_outcome o = after(s, busy, COUNT(busy), 1);
	uint64_t took = yihu_clock_monotonic_ms() - begun;
	assert_int_equal(o.verdict, CAST_NOT_KNOWN);
	assert_int_equal(o.why.code, YIHU_EBUSY);
	assert_true(took >= 900 && took < 5000);
	assert_int_equal(s->fake->n_entries, 1);
	cast_outcome_finish(&o);
}

static void without_patience_there_is_one_try(void **state)
{
	static const enum deed cut[] = {CUT_BEFORE};
	struct scene *s = *state;
	struct cast_outcome o = after(s, cut, 1, 0);
	assert_int_equal(o.verdict, CAST_NOT_KNOWN);
	assert_int_equal(o.why.code, YIHU_ENET);
	assert_int_equal(s->fake->posts, 1);
	cast_outcome_finish(&o);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trouble_is_waited_out),
		SCENE(an_honest_answer_needs_one_try),
		SCENE(the_same_bytes_get_the_same_receipt),
		SCENE(a_false_receipt_is_no_record),
		SCENE(a_refusal_is_told_and_not_repeated),
		SCENE(another_ballot_of_the_letter_is_proven),
		SCENE(a_refusal_that_the_log_refutes_is_a_record),
		SCENE(anothers_vote_does_not_prove_that_one_voted),
		SCENE(work_that_is_asked_for_is_done_at_once),
		SCENE(asks_without_end_are_waited_out),
		SCENE(without_patience_no_work_is_done),
		SCENE(patience_ends),
		SCENE(without_patience_there_is_one_try),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
