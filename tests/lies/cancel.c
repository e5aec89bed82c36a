/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies about an election that was called off (PROTOCOL §7.1, §7.2, §7.4): by
 * the wrong people, too late, over another log, or not meant after all.
 */
#include <string.h>

#include "tale.h"

#define WHY "项目二的金额印错了，另行投票。"

/* O and the ballots of 1 to 3, in mid-poll. */
static struct tale polling(void)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 3);
	return t;
}

static void called_off(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, WHY);
	tale_tell(&t, s);
}

/* ---- honest: by the log, before the poll and within it ---- */

static void an_election_called_off_in_mid_poll(struct scene *s)
{
	called_off(s);
}

static void an_election_called_off_before_the_poll(struct scene *s)
{
	struct tale t = tale_begin();
	tale_cancel(&t, WHY);
	tale_tell(&t, s);
}

/* ---- the entry ---- */

static void called_off_after_the_polls_end(struct scene *s)
{
	struct tale t = polling();
	tale_closes(&t);
	tale_cancel(&t, WHY);
	tale_tell(&t, s);
}

/* A result that somebody dislikes. */
static void called_off_after_the_close(struct scene *s)
{
	struct tale t = polling();
	tale_closes(&t);
	tale_close(&t);
	tale_cancel(&t, WHY);
	tale_tell(&t, s);
}

static void called_off_in_a_log_never_opened(struct scene *s)
{
	struct tale t = tale_empty();
	tale_opens(&t);
	tale_cancel(&t, WHY);
	tale_tell(&t, s);
}

static void called_off_twice(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, WHY);
	tale_cancel(&t, WHY);
	tale_tell(&t, s);
}

static void called_off_at_an_earlier_time(struct scene *s)
{
	struct tale t = polling();
	t.time -= 60;
	tale_cancel(&t, WHY);
	tale_tell(&t, s);
}

static void called_off_without_the_last_ballot(struct scene *s)
{
	struct tale t = polling();
	tale_cancel_with(&t, 3, tale_root(&t, 3), WHY, &world()->f->issuer);
	tale_tell(&t, s);
}

static void called_off_over_another_root(struct scene *s)
{
	struct tale t = polling();
	tale_cancel_with(&t, 4, tale_root(&t, 3), WHY, &world()->f->issuer);
	tale_tell(&t, s);
}

static void called_off_by_the_log_key(struct scene *s)
{
	struct tale t = polling();
	tale_cancel_with(&t, 4, tale_root(&t, 4), WHY, &world()->f->log);
	tale_tell(&t, s);
}

static void called_off_with_another_reason(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, "The price of the lamps is wrong.");
	replace(&t.entries[4], "lamps", "bench");
	tale_tell(&t, s);
}

static void called_off_in_signs_that_are_not_seen(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, "not \xe2\x80\xae"
			"called off");
	tale_tell(&t, s);
}

static void called_off_in_two_lines(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, "a price is wrong\nreason none");
	tale_tell(&t, s);
}

static void called_off_with_a_space_behind(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, "a price is wrong ");
	tale_tell(&t, s);
}

static void called_off_in_bytes_that_are_no_text(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, "a price is \xff");
	tale_tell(&t, s);
}

static void called_off_without_a_reason(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, "");
	tale_tell(&t, s);
}

static void called_off_at_length(struct scene *s)
{
	struct tale t = polling();
	char words[YIHU_REASON_BYTES_MAX + 2] = "";
	memset(words, 'a', sizeof words - 1);
	tale_cancel(&t, words);
	tale_tell(&t, s);
}

/* ---- what may not follow ---- */

static void a_ballot_after_it_was_called_off(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, WHY);
	tale_ballot(&t, 4);
	tale_tell(&t, s);
}

static void a_change_after_it_was_called_off(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, WHY);
	tale_change(&t, 6, 0);
	tale_tell(&t, s);
}

static void a_close_after_it_was_called_off(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, WHY);
	tale_closes(&t);
	tale_close(&t);
	tale_tell(&t, s);
}

static void an_end_of_a_poll_that_was_called_off(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, WHY);
	tale_tell_closed_at(&t, s, 5);
}

static void a_call_off_after_the_end_was_signed(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, WHY);
	tale_tell_closed_at(&t, s, 4);
}

/* Files of the honest election's later stages. */
static void carry_over(struct scene *s, const char *name)
{
	struct yihu_buf file = copy_of(world()->published, name);
	put(s->p, name, &file);
}

static void a_box_of_a_called_off_election(struct scene *s)
{
	called_off(s);
	carry_over(s, "box");
}

static void mixes_of_a_called_off_election(struct scene *s)
{
	a_box_of_a_called_off_election(s);
	carry_over(s, "mix/1");
}

static void openings_of_a_called_off_election(struct scene *s)
{
	mixes_of_a_called_off_election(s);
	carry_over(s, "open/1");
}

static void results_of_a_called_off_election(struct scene *s)
{
	called_off(s);
	carry_over(s, "results");
	carry_over(s, "results.pb");
	carry_over(s, "results.json");
}

/* ---- the note ---- */

static struct yihu_cancelled_note note_without_log(void)
{
	return (struct yihu_cancelled_note){.reason = yihu_span(WHY)};
}

static void put_cancelled(struct yihu_public *p, const struct yihu_cancelled_note *n,
			  const uint8_t eid[static YIHU_EID_BYTES])
{
	struct yihu_buf note = {0};
	yihu_cancelled_note_sign(&note, eid, n, &world()->c->issuer, &world()->f->issuer);
	put(p, "cancelled", &note);
}

/* The register is there, and no log. */
static void by_note(struct scene *s)
{
	struct yihu_cancelled_note n = note_without_log();
	s->p = public_copy(world()->issued);
	put_cancelled(s->p, &n, world()->c->eid);
}

/* The log is there, and can take nothing more. */
static void by_note_over_a_log(struct scene *s)
{
	struct tale t = polling();
	struct yihu_cancelled_note n = {.has_log = true,
					.log = {.size = t.n, .root = tale_root(&t, t.n)}};
	n.reason = yihu_span(WHY);
	tale_tell(&t, s);
	put_cancelled(s->p, &n, world()->c->eid);
}

static void an_election_called_off_by_a_note(struct scene *s)
{
	by_note(s);
}

static void an_election_called_off_as_its_box_was_lost(struct scene *s)
{
	by_note_over_a_log(s);
}

static void a_note_that_denies_the_log(struct scene *s)
{
	struct yihu_cancelled_note n = note_without_log();
	struct tale t = polling();
	tale_tell(&t, s);
	put_cancelled(s->p, &n, world()->c->eid);
}

static void a_note_of_a_log_that_is_not_here(struct scene *s)
{
	struct yihu_cancelled_note n = note_without_log();
	n.has_log = true;
	n.log.size = 4;
	s->p = public_copy(world()->issued);
	put_cancelled(s->p, &n, world()->c->eid);
}

static void a_note_over_an_earlier_log(struct scene *s)
{
	struct tale t = polling();
	struct yihu_cancelled_note n = {.has_log = true,
					.log = {.size = 3, .root = tale_root(&t, 3)}};
	n.reason = yihu_span(WHY);
	tale_tell(&t, s);
	put_cancelled(s->p, &n, world()->c->eid);
}

static void a_note_over_another_log_of_that_size(struct scene *s)
{
	struct tale t = polling();
	struct yihu_cancelled_note n = {.has_log = true,
					.log = {.size = 4, .root = tale_root(&t, 3)}};
	n.reason = yihu_span(WHY);
	tale_tell(&t, s);
	put_cancelled(s->p, &n, world()->c->eid);
}

static void a_note_beside_the_entry(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, WHY);
	struct yihu_cancelled_note n = {.has_log = true,
					.log = {.size = t.n, .root = tale_root(&t, t.n)}};
	n.reason = yihu_span(WHY);
	tale_tell(&t, s);
	put_cancelled(s->p, &n, world()->c->eid);
}

/* A result that somebody dislikes. */
static void a_note_beside_the_close(struct scene *s)
{
	struct tale t = polling();
	tale_closes(&t);
	tale_close(&t);
	struct yihu_cancelled_note n = {.has_log = true,
					.log = {.size = t.n, .root = tale_root(&t, t.n)}};
	n.reason = yihu_span(WHY);
	tale_tell(&t, s);
	put_cancelled(s->p, &n, world()->c->eid);
}

static void a_note_beside_the_polls_end(struct scene *s)
{
	by_note_over_a_log(s);
	struct yihu_buf checkpoint = copy_of(s->p, "log/checkpoint");
	put(s->p, "log/at-close", &checkpoint);
}

static void a_note_beside_results(struct scene *s)
{
	by_note_over_a_log(s);
	carry_over(s, "results");
	carry_over(s, "results.pb");
	carry_over(s, "results.json");
}

/* The honest note told in other words and signed by `who`. */
static void reword_note(struct scene *s, const char *old, const char *with, const char *who)
{
	by_note(s);
	struct yihu_buf text = copy_of(s->p, "cancelled");
	uint8_t *end = memmem(text.data, text.len, "\n\n", 2);
	text.len = (size_t)(end - text.data) + 1;
	replace(&text, old, with);
	put_note(s->p, "cancelled", &text, who);
}

static void a_note_that_a_holder_signed(struct scene *s)
{
	reword_note(s, "\n", "\n", "1");
}

static void a_note_that_a_holder_signs_too(struct scene *s)
{
	reword_note(s, "\n", "\n", "i1");
}

static void a_note_of_another_version(struct scene *s)
{
	reword_note(s, "-v1", "-v2", "i");
}

static void a_note_without_a_reason(struct scene *s)
{
	reword_note(s, "reason ", "cause ", "i");
}

static void a_note_with_a_line_more(struct scene *s)
{
	reword_note(s, WHY "\n", WHY "\nunless it rains\n", "i");
}

static void a_note_with_a_log_in_another_spelling(struct scene *s)
{
	reword_note(s, "log none", "log 04 none", "i");
}

static void a_note_of_signs_that_are_not_seen(struct scene *s)
{
	reword_note(s, WHY, "\xe2\x80\x8b", "i");
}

static void a_note_of_another_election(struct scene *s)
{
	uint8_t other[YIHU_EID_BYTES] = {7};
	struct yihu_cancelled_note n = note_without_log();
	s->p = public_copy(world()->issued);
	put_cancelled(s->p, &n, other);
}

/* Refused without a fault: these are honest. */
#define HONEST(called)                                                                             \
	{                                                                                          \
		.name = #called, .tell = called, .code = YIHU_OK                                   \
	}
#define ENTRY_LIE(called, code, says) LIE(called, ENTRIES, code, "log/tile/entries/", says)
#define NOTE_LIE(called, code, says) LIE(called, CANCELLED, code, "cancelled", says)

const struct lie cancel_lies[] = {
	HONEST(an_election_called_off_in_mid_poll),
	HONEST(an_election_called_off_before_the_poll),
	HONEST(an_election_called_off_by_a_note),
	HONEST(an_election_called_off_as_its_box_was_lost),
	ENTRY_LIE(called_off_after_the_polls_end, OVER, "entry 4: the poll is over"),
	ENTRY_LIE(called_off_after_the_close, CLOSED, "entry 5: the log is closed"),
	ENTRY_LIE(called_off_in_a_log_never_opened, OPENENTRY, "entry 0: the log must begin"),
	ENTRY_LIE(called_off_twice, CANCELLED, "entry 5: this election was called off"),
	ENTRY_LIE(called_off_at_an_earlier_time, TIME, "entry 4: the entry is older"),
	ENTRY_LIE(called_off_without_the_last_ballot, ROOT,
		  "entry 4: the cancellation was signed for a log of 3 entries, but the log has 4"),
	ENTRY_LIE(called_off_over_another_root, CANCEL, "entry 4: the issuer has not signed"),
	ENTRY_LIE(called_off_by_the_log_key, CANCEL, "entry 4: the issuer has not signed"),
	ENTRY_LIE(called_off_with_another_reason, CANCEL, "entry 4: the issuer has not signed"),
	ENTRY_LIE(called_off_in_signs_that_are_not_seen, REASON, "entry 4: *(U+202E)"),
	ENTRY_LIE(called_off_in_two_lines, REASON, "entry 4: *(U+000A)"),
	ENTRY_LIE(called_off_with_a_space_behind, REASON, "entry 4: *begins or ends with a space"),
	ENTRY_LIE(called_off_in_bytes_that_are_no_text, REASON, "entry 4: *not UTF-8"),
	ENTRY_LIE(called_off_without_a_reason, ENTRY, "entry 4: *but this one holds 72"),
	ENTRY_LIE(called_off_at_length, ENTRY, "entry 4: *but this one holds 1073"),
	ENTRY_LIE(a_ballot_after_it_was_called_off, CANCELLED,
		  "entry 5: this election was called off"),
	ENTRY_LIE(a_change_after_it_was_called_off, CANCELLED,
		  "entry 5: this election was called off"),
	ENTRY_LIE(a_close_after_it_was_called_off, CANCELLED,
		  "entry 5: this election was called off"),
	LIE(an_end_of_a_poll_that_was_called_off, CANCELLED, ATCLOSE, "log/at-close",
	    "called off before the poll's end"),
	LIE_AND(1, a_call_off_after_the_end_was_signed, CHECKPOINT, ATCLOSE, "log/at-close",
		"entry 4 came after the poll's end"),
	LIE(a_box_of_a_called_off_election, BOX, CANCELLED, "box", "this election was called off"),
	LIE_AND(1, mixes_of_a_called_off_election, BOX, CANCELLED, "box",
		"this election was called off"),
	LIE_AND(2, openings_of_a_called_off_election, BOX, CANCELLED, "box",
		"this election was called off"),
	LIE(results_of_a_called_off_election, RESULTS, CANCELLED, "results",
	    "this election was called off"),
	NOTE_LIE(a_note_that_denies_the_log, CANCEL, "no log was opened, but log/ is here"),
	NOTE_LIE(a_note_of_a_log_that_is_not_here, CANCEL, "names a log, but none is here"),
	NOTE_LIE(a_note_over_an_earlier_log, CANCEL, "another log than log/checkpoint"),
	NOTE_LIE(a_note_over_another_log_of_that_size, CANCEL, "another log than log/checkpoint"),
	NOTE_LIE(a_note_beside_the_entry, CANCEL, "says already"),
	NOTE_LIE(a_note_beside_the_close, CANCEL, "the log is closed"),
	LIE(a_note_beside_the_polls_end, CANCELLED, ATCLOSE, "log/at-close",
	    "called off before the poll's end"),
	LIE(a_note_beside_results, RESULTS, CANCELLED, "results", "this election was called off"),
	NOTE_LIE(a_note_that_a_holder_signed, SIGNERS, "a signature by"),
	NOTE_LIE(a_note_that_a_holder_signs_too, SIGNERS, "2"),
	NOTE_LIE(a_note_of_another_version, VERSION, "line 1"),
	NOTE_LIE(a_note_without_a_reason, CANCEL, "line 4"),
	NOTE_LIE(a_note_with_a_line_more, CANCEL, "line 4"),
	NOTE_LIE(a_note_with_a_log_in_another_spelling, CANCEL, "line 3"),
	NOTE_LIE(a_note_of_signs_that_are_not_seen, REASON, "(U+200B)"),
	NOTE_LIE(a_note_of_another_election, ELECTION, "of another election"),
	NO_MORE_LIES,
};
