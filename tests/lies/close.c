/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies at the log's end (PROTOCOL §7, `C`, checkpoint and at-close): closed too
 * early, over other entries, or not closed at all.
 */
#include <string.h>

#include "tale.h"

/* O and the ballots of 1 to 3; the poll's end has come. */
static struct tale polled(void)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 3);
	tale_closes(&t);
	return t;
}

static void a_close_before_the_poll_ends(struct scene *s)
{
	struct tale t = polled();
	t.time = FIXTURE_CLOSES - 1;
	tale_close(&t);
	tale_tell(&t, s);
}

static void a_close_that_leaves_out_the_last_ballot(struct scene *s)
{
	struct tale t = polled();
	tale_close_with(&t, 3, tale_root(&t, 3), &world()->f->issuer);
	tale_tell(&t, s);
}

static void a_close_that_counts_itself(struct scene *s)
{
	struct tale t = polled();
	tale_close_with(&t, 5, tale_root(&t, 4), &world()->f->issuer);
	tale_tell(&t, s);
}

/* Another log of as many entries. */
static void a_close_of_other_entries(struct scene *s)
{
	struct tale t = polled();
	struct yihu_node root = tale_root(&t, 4);
	yihu_buf_free(&t.entries[3]);
	t.n = 3;
	t.time = FIXTURE_OPENS + 60;
	tale_ballot(&t, 3);
	tale_closes(&t);
	tale_close_with(&t, 4, root, &world()->f->issuer);
	tale_tell(&t, s);
}

static void a_close_that_the_log_signed(struct scene *s)
{
	struct tale t = polled();
	tale_close_with(&t, t.n, tale_root(&t, t.n), &world()->f->log);
	tale_tell(&t, s);
}

static void a_close_of_a_log_that_was_never_opened(struct scene *s)
{
	struct tale t = tale_empty();
	tale_closes(&t);
	tale_close(&t);
	tale_tell(&t, s);
}

static void a_ballot_after_the_close(struct scene *s)
{
	struct tale t = polled();
	tale_close(&t);
	tale_ballot(&t, 4);
	tale_tell(&t, s);
}

static void a_change_after_the_close(struct scene *s)
{
	struct tale t = polled();
	tale_close(&t);
	tale_change(&t, 6, 0);
	tale_tell(&t, s);
}

static void a_log_closed_twice(struct scene *s)
{
	struct tale t = polled();
	tale_close(&t);
	tale_close(&t);
	tale_tell(&t, s);
}

/* The clock went back: the poll's end had come, and then it had not. */
static void a_ballot_after_the_polls_end(struct scene *s)
{
	struct tale t = polled();
	tale_close(&t);
	tale_tell_closed_at(&t, s, 3);
}

static void a_change_after_the_polls_end(struct scene *s)
{
	struct tale t = polled();
	t.time = FIXTURE_CLOSES - 1;
	tale_change(&t, 6, 0);
	tale_close(&t);
	tale_tell_closed_at(&t, s, 4);
}

static void an_end_of_the_poll_in_a_log_that_goes_on(struct scene *s)
{
	struct tale t = polled();
	tale_tell_closed_at(&t, s, 3);
}

static void an_end_of_the_poll_of_another_history(struct scene *s)
{
	struct tale t = polled(), other = tale_begin();
	tale_opens(&other);
	for (uint32_t serial = 4; serial <= 6; serial++)
		tale_ballot(&other, serial);
	struct yihu_node root = tale_root(&other, 4);
	tale_free(&other);
	tale_close(&t);
	tale_tell(&t, s);
	put_checkpoint(s->p, "log/at-close", world()->f, 4, root);
}

static void an_end_of_the_poll_with_more_entries(struct scene *s)
{
	struct tale t = polled();
	struct yihu_node root;
	tale_close(&t);
	root = tale_root(&t, t.n);
	tale_tell(&t, s);
	put_checkpoint(s->p, "log/at-close", world()->f, 6, root);
}

static void an_end_of_the_poll_that_the_issuer_signed(struct scene *s)
{
	struct yihu_buf text = copy_of(world()->closed, "log/at-close");
	uint8_t *end = memmem(text.data, text.len, "\n\n", 2);
	text.len = (size_t)(end - text.data) + 1;
	s->p = public_copy(world()->closed);
	put_note(s->p, "log/at-close", &text, "i");
}

/* The log's tree of as many other entries. */
static void a_checkpoint_of_another_history(struct scene *s)
{
	struct tale t = polled();
	struct yihu_node root = tale_root(&t, 3);
	tale_tell(&t, s);
	put_checkpoint(s->p, "log/checkpoint", world()->f, 4, root);
}

/* The last ballot is shown and not promised. */
static void a_checkpoint_that_leaves_out_an_entry(struct scene *s)
{
	struct tale t = polled();
	struct yihu_node root = tale_root(&t, 3);
	tale_tell(&t, s);
	put_checkpoint(s->p, "log/checkpoint", world()->f, 3, root);
}

/* A checkpoint of the honest log, told in other words and signed by `who`. */
static void reword_checkpoint(struct scene *s, const char *old, const char *with, const char *who)
{
	struct yihu_buf text = copy_of(world()->closed, "log/checkpoint");
	uint8_t *end = memmem(text.data, text.len, "\n\n", 2);
	text.len = (size_t)(end - text.data) + 1;
	replace(&text, old, with);
	s->p = public_copy(world()->closed);
	put_note(s->p, "log/checkpoint", &text, who);
}

static void a_checkpoint_of_another_log(struct scene *s)
{
	reword_checkpoint(s, "vote.example.org/lies", "vote.example.org/lie", "l");
}

static void a_checkpoint_with_an_extension(struct scene *s)
{
	reword_checkpoint(s, "=\n", "=\nunless it rains\n", "l");
}

static void a_checkpoint_that_the_issuer_signed(struct scene *s)
{
	reword_checkpoint(s, "\n", "\n", "i");
}

static void a_checkpoint_signed_twice_by_the_log(struct scene *s)
{
	reword_checkpoint(s, "\n", "\n", "ll");
}

/* Others may sign too; the log's line must be among theirs, and once. */
static void a_checkpoint_signed_by_all_but_the_log(struct scene *s)
{
	reword_checkpoint(s, "\n", "\n", "i12");
}

static void a_checkpoint_signed_again_behind_a_holder(struct scene *s)
{
	reword_checkpoint(s, "\n", "\n", "l1l");
}

#define CLOSE_LIE(called, code, says) LIE(called, ENTRIES, code, "log/tile/entries/", says)
#define AT_CLOSE_LIE(called, code, says) LIE(called, CHECKPOINT, code, "log/at-close", says)
#define CHECKPOINT_LIE(called, code, says) LIE(called, CHECKPOINT, code, "log/checkpoint", says)

const struct lie close_lies[] = {
	CLOSE_LIE(a_close_before_the_poll_ends, NOTOVER, "entry 4: the poll is not over"),
	CLOSE_LIE(a_close_that_leaves_out_the_last_ballot, ROOT,
		  "entry 4: the close was signed for a log of 3 entries, but the log has 4"),
	CLOSE_LIE(a_close_that_counts_itself, ROOT,
		  "entry 4: the close was signed for a log of 5 entries, but the log has 4"),
	CLOSE_LIE(a_close_of_other_entries, CLOSE,
		  "entry 4: the issuer has not signed the close of this log as it is"),
	CLOSE_LIE(a_close_that_the_log_signed, CLOSE,
		  "entry 4: the issuer has not signed the close of this log as it is"),
	CLOSE_LIE(a_close_of_a_log_that_was_never_opened, OPENENTRY, "entry 0: the log must begin"),
	CLOSE_LIE(a_ballot_after_the_close, CLOSED, "entry 5: the log is closed"),
	CLOSE_LIE(a_change_after_the_close, CLOSED, "entry 5: the log is closed"),
	CLOSE_LIE(a_log_closed_twice, CLOSED, "entry 5: the log is closed"),
	AT_CLOSE_LIE(a_ballot_after_the_polls_end, ATCLOSE, "entry 3 came after the poll's end"),
	AT_CLOSE_LIE(a_change_after_the_polls_end, ATCLOSE, "entry 4 came after the poll's end"),
	AT_CLOSE_LIE(an_end_of_the_poll_in_a_log_that_goes_on, ATCLOSE,
		     "entry 3 came after the poll's end"),
	AT_CLOSE_LIE(an_end_of_the_poll_of_another_history, ATCLOSE,
		     "of 4 entries that are not the first of this log"),
	AT_CLOSE_LIE(an_end_of_the_poll_with_more_entries, ATCLOSE,
		     "of 6 entries that are not the first of this log"),
	AT_CLOSE_LIE(an_end_of_the_poll_that_the_issuer_signed, SIGNERS,
		     "no signature by the log key of vote.example.org/lies"),
	CHECKPOINT_LIE(a_checkpoint_of_another_history, CHECKPOINT,
		       "not that of the 4 entries here"),
	LIE_AND(1, a_checkpoint_that_leaves_out_an_entry, TILES, STRAY, "log/tile/",
		"a log of 3 entries does not have this file"),
	CHECKPOINT_LIE(a_checkpoint_of_another_log, CHECKPOINT, "must read vote.example.org/lies"),
	CHECKPOINT_LIE(a_checkpoint_with_an_extension, CHECKPOINT, "must have three lines"),
	CHECKPOINT_LIE(a_checkpoint_that_the_issuer_signed, SIGNERS,
		       "no signature by the log key of vote.example.org/lies"),
	CHECKPOINT_LIE(a_checkpoint_signed_twice_by_the_log, SIGNERS,
		       "a second signature line of vote.example.org/lies"),
	CHECKPOINT_LIE(a_checkpoint_signed_by_all_but_the_log, SIGNERS,
		       "no signature by the log key of vote.example.org/lies"),
	CHECKPOINT_LIE(a_checkpoint_signed_again_behind_a_holder, SIGNERS,
		       "a second signature line of vote.example.org/lies"),
	NO_MORE_LIES,
};
