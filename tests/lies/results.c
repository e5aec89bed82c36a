/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies about the result (PROTOCOL §10): counted from other votes, by another
 * lot, or signed by too few; all of it consistent and signed.
 */
#include <stdlib.h>
#include <string.h>

#include "tale.h"

/* results.pb and results.json as given (and freed), under a note signed by `who`. */
static void publish_as(struct scene *s, struct yihu_buf *pb, struct yihu_buf *json, const char *who)
{
	struct yihu_buf text = {0};
	s->p = s->p != NULL ? s->p : public_copy(world()->opened);
	yihu_results_note_text(&text, world()->c->eid, yihu_public_get(s->p, "box"), pb, json);
	put(s->p, "results.pb", pb);
	put(s->p, "results.json", json);
	put_note(s->p, "results", &text, who);
}

/* Of this tally, counted right. */
static void publish_tally(struct scene *s, const struct yihu_tally *t)
{
	struct yihu_outcome *outcome = NULL;
	struct yihu_buf pb = {0}, json = {0};
	struct yihu_error err;
	fixture_must(yihu_tally_count(&outcome, t, &err), &err);
	yihu_results_pb(&pb, t);
	yihu_results_json(&json, t, outcome);
	yihu_outcome_free(outcome);
	publish_as(s, &pb, &json, "i12");
}

static void an_honest_result(struct scene *s)
{
	publish_tally(s, &world()->audit->tally);
}

/* The true tally with rows to be changed; *digits is freed by the caller. */
static struct yihu_tally copy_tally(uint32_t **digits)
{
	struct yihu_tally t = world()->audit->tally;
	size_t size = t.n_valid * t.definition->n_projects * sizeof **digits;
	*digits = yihu_alloc(size);
	memcpy(*digits, t.digits, size);
	t.digits = *digits;
	return t;
}

static void a_vote_moved_to_another_project(struct scene *s)
{
	uint32_t *digits;
	struct yihu_tally t = copy_tally(&digits);
	digits[0] ^= 1;
	digits[1] ^= 1;
	publish_tally(s, &t);
	free(digits);
}

static void ballots_listed_in_another_order(struct scene *s)
{
	uint32_t *digits;
	struct yihu_tally t = copy_tally(&digits);
	const size_t m = t.definition->n_projects;
	size_t other = 1;
	while (memcmp(digits, digits + other * m, m * sizeof *digits) == 0)
		other++;
	for (size_t p = 0; p < m; p++) {
		uint32_t kept = digits[p];
		digits[p] = digits[other * m + p];
		digits[other * m + p] = kept;
	}
	publish_tally(s, &t);
	free(digits);
}

static void a_ballot_left_out_of_the_count(struct scene *s)
{
	struct yihu_tally t = world()->audit->tally;
	t.n_valid--;
	publish_tally(s, &t);
}

static void a_ballot_called_void(struct scene *s)
{
	static const uint64_t last[] = {5};
	struct yihu_tally t = world()->audit->tally;
	t.n_valid--;
	t.n_void = 1;
	t.void_at = last;
	publish_tally(s, &t);
}

static void another_turnout(struct scene *s)
{
	struct yihu_tally t = world()->audit->tally;
	t.cast++;
	publish_tally(s, &t);
}

static void fewer_households_entitled(struct scene *s)
{
	struct yihu_tally t = world()->audit->tally;
	t.entitled--;
	publish_tally(s, &t);
}

/* Ties fall otherwise under another seed, or would. */
static void another_lot(struct scene *s)
{
	struct yihu_tally t = world()->audit->tally;
	t.lot_seed[0] ^= 1;
	publish_tally(s, &t);
}

static void other_openers_named(struct scene *s)
{
	struct yihu_tally t = world()->audit->tally;
	t.openers = 5;
	publish_tally(s, &t);
}

/* The true results.json, reworded. */
static void reword(struct scene *s, const char *old, const char *with)
{
	struct yihu_buf pb = copy_of(world()->published, "results.pb");
	struct yihu_buf json = copy_of(world()->published, "results.json");
	replace(&json, old, with);
	publish_as(s, &pb, &json, "i12");
}

/* A true outcome, but its order of projects is turned about. */
static void another_list_of_what_is_funded(struct scene *s)
{
	struct yihu_outcome *o = NULL;
	struct yihu_tally t = world()->audit->tally;
	struct yihu_buf pb = {0}, json = {0};
	struct yihu_error err;
	fixture_must(yihu_tally_count(&o, &t, &err), &err);
	assert_true(o->n_funded >= 2);
	uint32_t kept = o->funded[0];
	o->funded[0] = o->funded[1];
	o->funded[1] = kept;
	yihu_results_pb(&pb, &t);
	yihu_results_json(&json, &t, o);
	yihu_outcome_free(o);
	publish_as(s, &pb, &json, "i12");
}

static void a_project_dropped_from_the_funded(struct scene *s)
{
	struct yihu_outcome *o = NULL;
	struct yihu_tally t = world()->audit->tally;
	struct yihu_buf pb = {0}, json = {0};
	struct yihu_error err;
	fixture_must(yihu_tally_count(&o, &t, &err), &err);
	assert_true(o->n_funded >= 1);
	o->n_funded--;
	yihu_results_pb(&pb, &t);
	yihu_results_json(&json, &t, o);
	yihu_outcome_free(o);
	publish_as(s, &pb, &json, "i12");
}

static void the_same_result_in_other_bytes(struct scene *s)
{
	reword(s, "}\n", "} \n");
}

static void a_result_with_a_line_more(struct scene *s)
{
	struct yihu_buf pb = copy_of(world()->published, "results.pb");
	struct yihu_buf json = copy_of(world()->published, "results.json");
	yihu_buf_str(&pb, "6;1,2,3,4\n");
	publish_as(s, &pb, &json, "i12");
}

/* The true files, signed by `who`. */
static void signed_by(struct scene *s, const char *who)
{
	struct yihu_buf pb = copy_of(world()->published, "results.pb");
	struct yihu_buf json = copy_of(world()->published, "results.json");
	publish_as(s, &pb, &json, who);
}

static void results_signed_by_too_few(struct scene *s)
{
	signed_by(s, "i2");
}

static void results_signed_by_one_holder_twice(struct scene *s)
{
	signed_by(s, "i22");
}

static void results_without_the_issuer(struct scene *s)
{
	signed_by(s, "123");
}

static void results_signed_out_of_order(struct scene *s)
{
	signed_by(s, "i21");
}

static void results_that_a_holder_signs_first(struct scene *s)
{
	signed_by(s, "1i2");
}

static void results_that_the_log_signs_too(struct scene *s)
{
	signed_by(s, "i12l");
}

/* The note in other words, signed by all who must. */
static void reword_note(struct scene *s, const char *old, const char *with)
{
	struct yihu_buf text = copy_of(world()->published, "results");
	uint8_t *end = memmem(text.data, text.len, "\n\n", 2);
	text.len = (size_t)(end - text.data) + 1;
	replace(&text, old, with);
	s->p = public_copy(world()->published);
	put_note(s->p, "results", &text, "i12");
}

static void results_of_another_election(struct scene *s)
{
	char hex[2 * YIHU_EID_BYTES + 1], other[sizeof hex];
	yihu_hex_into(hex, world()->c->eid, YIHU_EID_BYTES);
	memcpy(other, hex, sizeof hex);
	other[0] = other[0] == '0' ? '1' : '0';
	reword_note(s, hex, other);
}

static void results_of_no_box(struct scene *s)
{
	struct yihu_buf pb = copy_of(world()->published, "results.pb");
	struct yihu_buf json = copy_of(world()->published, "results.json"), text = {0};
	yihu_results_note_text(&text, world()->c->eid, NULL, &pb, &json);
	yihu_buf_free(&pb);
	yihu_buf_free(&json);
	s->p = public_copy(world()->published);
	put_note(s->p, "results", &text, "i12");
}

/* The box that was there when results were signed had one line less. */
static void a_box_signed_after_the_results(struct scene *s)
{
	s->p = public_copy(world()->published);
	fixture_public_box(s->p, world()->log, 15);
}

static void a_result_note_with_a_line_more(struct scene *s)
{
	reword_note(s, "\neid ", "\nnote provisional\neid ");
}

static void results_before_enough_have_opened(struct scene *s)
{
	s->p = public_copy(world()->published);
	yihu_public_remove(s->p, "open/2");
}

/* Enough ballots were cast, and the issuer says that the box stays shut. */
static void a_full_box_called_too_small(struct scene *s)
{
	struct yihu_tally t = world()->audit->tally;
	struct yihu_buf pb = {0}, json = {0};
	t.opened = false;
	t.mixes = t.openers = 0;
	t.n_valid = t.n_void = 0;
	yihu_results_pb(&pb, &t);
	yihu_results_json(&json, &t, NULL);
	s->p = public_copy(world()->closed);
	publish_as(s, &pb, &json, "i");
}

/* Two ballots, fewer than min-box. */
static void shut(struct scene *s)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 2);
	tale_closes(&t);
	tale_close(&t);
	tale_tell(&t, s);
}

static void shut_results(struct scene *s, struct yihu_buf *pb, struct yihu_buf *json)
{
	shut(s);
	struct yihu_audit *a = audit_under(s->p, world()->f);
	assert_passes(a);
	yihu_buf_put(pb, a->results_pb.data, a->results_pb.len);
	yihu_buf_put(json, a->results_json.data, a->results_json.len);
	yihu_audit_free(a);
}

static void an_honest_result_of_a_shut_box(struct scene *s)
{
	struct yihu_buf pb = {0}, json = {0};
	shut_results(s, &pb, &json);
	publish_as(s, &pb, &json, "i");
}

static void a_shut_result_that_holders_sign(struct scene *s)
{
	struct yihu_buf pb = {0}, json = {0};
	shut_results(s, &pb, &json);
	publish_as(s, &pb, &json, "i12");
}

/* Votes for a box that nobody may open. */
static void a_result_of_a_box_that_stays_shut(struct scene *s)
{
	struct yihu_buf pb = copy_of(world()->published, "results.pb");
	struct yihu_buf json = copy_of(world()->published, "results.json");
	shut(s);
	publish_as(s, &pb, &json, "i");
}

#define PB_LIE(called) LIE(called, RESULTS, RESULTS, "results.pb", "not what the ballots give")
#define JSON_LIE(called) LIE(called, RESULTS, RESULTS, "results.json", "not what the ballots give")
#define NOTE_LIE(called, code, says) LIE(called, RESULTS, code, "results", says)

const struct lie result_lies[] = {
	{.name = "an_honest_result", .tell = an_honest_result},
	{.name = "an_honest_result_of_a_shut_box", .tell = an_honest_result_of_a_shut_box},
	PB_LIE(a_vote_moved_to_another_project),
	PB_LIE(ballots_listed_in_another_order),
	PB_LIE(a_ballot_left_out_of_the_count),
	PB_LIE(a_ballot_called_void),
	PB_LIE(a_result_with_a_line_more),
	JSON_LIE(another_turnout),
	JSON_LIE(fewer_households_entitled),
	JSON_LIE(another_lot),
	JSON_LIE(other_openers_named),
	JSON_LIE(another_list_of_what_is_funded),
	JSON_LIE(a_project_dropped_from_the_funded),
	JSON_LIE(the_same_result_in_other_bytes),
	NOTE_LIE(results_signed_by_too_few, SIGNERS, "1 key holders have signed, but 2 must"),
	NOTE_LIE(results_signed_by_one_holder_twice, SIGNERS,
		 "signature line 3 is by lies-holder-2"),
	NOTE_LIE(results_without_the_issuer, SIGNERS, "a signature by lies-issuer belongs here"),
	NOTE_LIE(results_signed_out_of_order, SIGNERS, "signature line 3 is by lies-holder-1"),
	NOTE_LIE(results_that_a_holder_signs_first, SIGNERS,
		 "a signature by lies-issuer belongs here"),
	NOTE_LIE(results_that_the_log_signs_too, SIGNERS, "signature line 4 is by vote.example"),
	NOTE_LIE(results_of_another_election, RESULTS, "signed over other results"),
	NOTE_LIE(results_of_no_box, RESULTS, "signed over other results"),
	NOTE_LIE(a_box_signed_after_the_results, RESULTS, "signed over other results"),
	NOTE_LIE(a_result_note_with_a_line_more, RESULTS, "signed over other results"),
	NOTE_LIE(results_before_enough_have_opened, MISSING, "only 1 of the 2 openings are"),
	NOTE_LIE(a_full_box_called_too_small, MISSING, "only 0 of the 2 openings are"),
	NOTE_LIE(a_shut_result_that_holders_sign, SIGNERS, "3 signatures where 1 belong"),
	PB_LIE(a_result_of_a_box_that_stays_shut),
	NO_MORE_LIES,
};
