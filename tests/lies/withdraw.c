/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies about a project that is withdrawn (PROTOCOL §7.5). The charter of this world
 * allows one, and three key holders sign.
 */
#include "tale.h"

#include <string.h>

#define WHY "its price is wrong"
#define PROJECT 1
#define Q "123"

/* O and ballots 1 to 3. */
static struct tale polling(void)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 3);
	return t;
}

static void withdrawal_text(struct yihu_buf *text, uint32_t project)
{
	const struct yihu_withdrawal w = {.project = project, .reason = yihu_span(WHY)};
	yihu_withdrawal_text(text, world()->c->eid, &w);
}

/* Signed by `who` in turn; frees the text. */
static void put_text(struct tale *t, struct yihu_buf *text, const char *who)
{
	struct yihu_buf note = {0};
	struct liars l = liars();
	sign_note(&note, text, &l, who);
	tale_put(t, YIHU_ENTRY_WITHDRAW, &note);
	yihu_buf_free(text);
}

static void withdraw(struct tale *t, uint32_t project, const char *who)
{
	struct yihu_buf text = {0};
	withdrawal_text(&text, project);
	put_text(t, &text, who);
}

static void tell(struct scene *s, uint32_t project, const char *who)
{
	struct tale t = polling();
	withdraw(&t, project, who);
	tale_tell(&t, s);
}

static void a_project_withdrawn_in_mid_poll(struct scene *s)
{
	struct tale t = polling();
	withdraw(&t, PROJECT, "i" Q);
	tale_ballot(&t, 4);
	tale_tell(&t, s);
}

static void a_project_withdrawn_before_the_poll(struct scene *s)
{
	struct tale t = tale_begin();
	withdraw(&t, PROJECT, "i124");
	tale_tell(&t, s);
}

static void a_project_withdrawn_by_all_holders(struct scene *s)
{
	tell(s, PROJECT, "i1234");
}

static void withdrawn_in_a_log_never_opened(struct scene *s)
{
	struct tale t = tale_empty();
	withdraw(&t, PROJECT, "i" Q);
	tale_tell(&t, s);
}

static void withdrawn_after_the_polls_end(struct scene *s)
{
	struct tale t = polling();
	tale_closes(&t);
	withdraw(&t, PROJECT, "i" Q);
	tale_tell(&t, s);
}

static void withdrawn_after_the_close(struct scene *s)
{
	struct tale t = polling();
	tale_closes(&t);
	tale_close(&t);
	withdraw(&t, PROJECT, "i" Q);
	tale_tell(&t, s);
}

static void withdrawn_after_it_was_called_off(struct scene *s)
{
	struct tale t = polling();
	tale_cancel(&t, WHY);
	withdraw(&t, PROJECT, "i" Q);
	tale_tell(&t, s);
}

static void withdrawn_at_an_earlier_time(struct scene *s)
{
	struct tale t = polling();
	t.time -= 60;
	withdraw(&t, PROJECT, "i" Q);
	tale_tell(&t, s);
}

static void withdrawn_twice(struct scene *s)
{
	struct tale t = polling();
	withdraw(&t, PROJECT, "i" Q);
	withdraw(&t, PROJECT, "i" Q);
	tale_tell(&t, s);
}

static void withdrawn_beyond_the_charter(struct scene *s)
{
	struct tale t = polling();
	withdraw(&t, PROJECT, "i" Q);
	withdraw(&t, PROJECT + 1, "i" Q);
	tale_tell(&t, s);
}

static void a_project_that_is_not_there(struct scene *s)
{
	tell(s, 4, "i" Q);
}

static void withdrawn_without_enough_holders(struct scene *s)
{
	tell(s, PROJECT, "i12");
}

static void withdrawn_by_the_issuer_alone(struct scene *s)
{
	tell(s, PROJECT, "i");
}

static void withdrawn_without_the_issuer(struct scene *s)
{
	tell(s, PROJECT, "1234");
}

static void withdrawn_by_one_holder_three_times(struct scene *s)
{
	tell(s, PROJECT, "i111");
}

static void withdrawn_by_holders_in_another_order(struct scene *s)
{
	tell(s, PROJECT, "i321");
}

static void withdrawn_by_the_log_too(struct scene *s)
{
	tell(s, PROJECT, "i12l");
}

/* The honest text with another word in it, signed by all who must. */
static void reword(struct scene *s, const char *old, const char *with)
{
	struct tale t = polling();
	struct yihu_buf text = {0};
	withdrawal_text(&text, PROJECT);
	replace(&text, old, with);
	put_text(&t, &text, "i" Q);
	tale_tell(&t, s);
}

static void a_withdrawal_of_another_version(struct scene *s)
{
	reword(s, "-v1", "-v2");
}

static void a_withdrawal_of_another_election(struct scene *s)
{
	struct tale t = polling();
	const struct yihu_withdrawal w = {.project = PROJECT, .reason = yihu_span(WHY)};
	uint8_t other[YIHU_EID_BYTES] = {7};
	struct yihu_buf text = {0};
	yihu_withdrawal_text(&text, other, &w);
	put_text(&t, &text, "i" Q);
	tale_tell(&t, s);
}

static void a_withdrawal_of_project_nought(struct scene *s)
{
	reword(s, "project 2", "project 0");
}

static void a_withdrawal_in_another_spelling(struct scene *s)
{
	reword(s, "project 2", "project 02");
}

static void a_withdrawal_without_a_reason(struct scene *s)
{
	reword(s, "reason " WHY, "cause " WHY);
}

static void a_withdrawal_with_a_line_more(struct scene *s)
{
	reword(s, WHY "\n", WHY "\nunless it rains\n");
}

static void a_withdrawal_of_signs_that_are_not_seen(struct scene *s)
{
	reword(s, WHY, "\xe2\x80\x8b");
}

/* What the issuer signed, told otherwise. */
static void withdrawn_with_another_reason(struct scene *s)
{
	struct tale t = polling();
	struct yihu_buf text = {0}, note = {0};
	struct liars l = liars();
	withdrawal_text(&text, PROJECT);
	sign_note(&note, &text, &l, "i" Q);
	replace(&note, WHY, "it was not liked");
	tale_put(&t, YIHU_ENTRY_WITHDRAW, &note);
	yihu_buf_free(&text);
	tale_tell(&t, s);
}

static void a_withdrawal_that_is_no_note(struct scene *s)
{
	struct tale t = polling();
	struct yihu_buf body = {0};
	yihu_buf_str(&body, "2");
	tale_put(&t, YIHU_ENTRY_WITHDRAW, &body);
	tale_tell(&t, s);
}

static void a_withdrawal_of_nothing(struct scene *s)
{
	struct tale t = polling();
	struct yihu_buf body = {0};
	tale_put(&t, YIHU_ENTRY_WITHDRAW, &body);
	tale_tell(&t, s);
}

static void a_withdrawal_at_length(struct scene *s)
{
	static const uint8_t bytes[YIHU_WITHDRAWAL_BYTES_MAX + 1];
	struct tale t = polling();
	struct yihu_buf body = {0};
	yihu_buf_put(&body, bytes, sizeof bytes);
	tale_put(&t, YIHU_ENTRY_WITHDRAW, &body);
	tale_tell(&t, s);
}

/* Refused without a fault: these are honest. */
#define HONEST(called)                                                                             \
	{                                                                                          \
		.name = #called, .tell = called, .code = YIHU_OK                                   \
	}
#define ENTRY_LIE(called, code, says) LIE(called, ENTRIES, code, "log/tile/entries/", says)

const struct lie withdraw_lies[] = {
	HONEST(a_project_withdrawn_in_mid_poll),
	HONEST(a_project_withdrawn_before_the_poll),
	HONEST(a_project_withdrawn_by_all_holders),
	ENTRY_LIE(withdrawn_in_a_log_never_opened, OPENENTRY, "entry 0: the log must begin"),
	ENTRY_LIE(withdrawn_after_the_polls_end, OVER, "entry 4: the poll is over"),
	ENTRY_LIE(withdrawn_after_the_close, CLOSED, "entry 5: the log is closed"),
	ENTRY_LIE(withdrawn_after_it_was_called_off, CANCELLED,
		  "entry 5: this election was called off"),
	ENTRY_LIE(withdrawn_at_an_earlier_time, TIME, "entry 4: the entry is older"),
	ENTRY_LIE(withdrawn_twice, WITHDRAWAL, "entry 5: *is withdrawn already"),
	ENTRY_LIE(withdrawn_beyond_the_charter, LIMIT, "entry 5: the charter allows 1"),
	ENTRY_LIE(a_project_that_is_not_there, WITHDRAWAL, "entry 4: *no project number 5"),
	ENTRY_LIE(withdrawn_without_enough_holders, SIGNERS, "entry 4: 2 key holders"),
	ENTRY_LIE(withdrawn_by_the_issuer_alone, SIGNERS, "entry 4: 0 key holders"),
	ENTRY_LIE(withdrawn_without_the_issuer, SIGNERS, "entry 4: *a signature by"),
	ENTRY_LIE(withdrawn_by_one_holder_three_times, SIGNERS, "entry 4: signature line 3"),
	ENTRY_LIE(withdrawn_by_holders_in_another_order, SIGNERS, "entry 4: signature line 3"),
	ENTRY_LIE(withdrawn_by_the_log_too, SIGNERS, "entry 4: signature line 4"),
	ENTRY_LIE(a_withdrawal_of_another_version, VERSION, "entry 4: line 1"),
	ENTRY_LIE(a_withdrawal_of_another_election, ELECTION, "entry 4: *of another election"),
	ENTRY_LIE(a_withdrawal_of_project_nought, WITHDRAWAL, "entry 4: line 3"),
	ENTRY_LIE(a_withdrawal_in_another_spelling, WITHDRAWAL, "entry 4: line 3"),
	ENTRY_LIE(a_withdrawal_without_a_reason, WITHDRAWAL, "entry 4: line 4"),
	ENTRY_LIE(a_withdrawal_with_a_line_more, WITHDRAWAL, "entry 4: line 4"),
	ENTRY_LIE(a_withdrawal_of_signs_that_are_not_seen, REASON, "entry 4: *(U+200B)"),
	ENTRY_LIE(withdrawn_with_another_reason, SIGNATURE, "entry 4: *does not verify"),
	ENTRY_LIE(a_withdrawal_that_is_no_note, FORMAT, "entry 4: "),
	ENTRY_LIE(a_withdrawal_of_nothing, ENTRY, "entry 4: *but this one holds 0"),
	ENTRY_LIE(a_withdrawal_at_length, ENTRY, "entry 4: *but this one holds 8193"),
	NO_MORE_LIES,
};
