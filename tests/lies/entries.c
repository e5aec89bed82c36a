/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies in the order and times of entries (PROTOCOL §7.2), and in how often
 * a household votes.
 */
#include <string.h>

#include "tale.h"

/* Closes what was told, so that the log is whole. */
static void end(struct tale *t, struct scene *s)
{
	tale_closes(t);
	tale_close(t);
	tale_tell(t, s);
}

static void a_log_that_was_never_opened(struct scene *s)
{
	struct tale t = tale_empty();
	tale_opens(&t);
	tale_ballots(&t, 3);
	end(&t, s);
}

static void a_log_opened_twice(struct scene *s)
{
	struct tale t = tale_begin();
	yihu_entry_open(&t.entries[t.n++], t.time, world()->f->election);
	tale_opens(&t);
	tale_ballots(&t, 3);
	end(&t, s);
}

static void open_with(struct tale *t, const uint8_t eid[static YIHU_EID_BYTES])
{
	struct yihu_buf body = {0};
	yihu_buf_put(&body, eid, YIHU_EID_BYTES);
	yihu_buf_put(&body, world()->f->election->reg->file_hash, YIHU_REGISTER_HASH_BYTES);
	tale_put(t, YIHU_ENTRY_OPEN, &body);
}

static void a_log_of_another_election(struct scene *s)
{
	struct tale t = tale_empty();
	open_with(&t, (const uint8_t[YIHU_EID_BYTES]){1});
	tale_opens(&t);
	tale_ballots(&t, 3);
	end(&t, s);
}

static void a_log_opened_as_the_poll_closes(struct scene *s)
{
	struct tale t = tale_empty();
	tale_closes(&t);
	open_with(&t, world()->c->eid);
	end(&t, s);
}

static void a_second_ballot_of_a_household(struct scene *s)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 3);
	tale_ballot(&t, 2);
	end(&t, s);
}

static void the_same_ballot_counted_twice(struct scene *s)
{
	struct tale t = tale_begin();
	struct yihu_buf body = {0}, again = {0};
	tale_opens(&t);
	tale_ballots(&t, 2);
	fixture_ballot(world()->f, 3, (const uint32_t[]){1, 1, 1, 1}, &body);
	yihu_buf_put(&again, body.data, body.len);
	tale_put(&t, YIHU_ENTRY_BALLOT, &body);
	tale_put(&t, YIHU_ENTRY_BALLOT, &again);
	end(&t, s);
}

static void a_ballot_before_the_poll_opens(struct scene *s)
{
	struct tale t = tale_begin();
	t.time = FIXTURE_OPENS - 1;
	tale_ballots(&t, 3);
	end(&t, s);
}

static void a_ballot_as_the_poll_closes(struct scene *s)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 3);
	tale_closes(&t);
	tale_ballot(&t, 4);
	tale_close(&t);
	tale_tell(&t, s);
}

static void a_ballot_from_earlier_than_the_one_before(struct scene *s)
{
	struct tale t = tale_begin();
	t.time = FIXTURE_OPENS + 60;
	tale_ballots(&t, 2);
	t.time = FIXTURE_OPENS + 60;
	tale_ballot(&t, 3);
	end(&t, s);
}

static void a_change_from_earlier_than_the_one_before(struct scene *s)
{
	struct tale t = tale_begin();
	t.time = FIXTURE_OPENS + 60;
	tale_ballots(&t, 3);
	t.time = FIXTURE_OPENS;
	tale_change(&t, 6, 0);
	end(&t, s);
}

static void a_time_beyond_any(struct scene *s)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 3);
	t.time = YIHU_TIME_MAX + 1;
	tale_close(&t);
	tale_tell(&t, s);
}

static void a_ballot_of_no_household(struct scene *s)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 2);
	tale_ballot(&t, HOUSEHOLDS + 1);
	end(&t, s);
}

static void a_ballot_of_an_added_household_before_its_addition(struct scene *s)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 2);
	tale_ballot(&t, HOUSEHOLDS + 1);
	tale_change(&t, 0, HOUSEHOLDS + 1);
	end(&t, s);
}

static void a_ballot_of_a_voided_letter(struct scene *s)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 2);
	tale_change(&t, 6, 0);
	tale_ballot(&t, 6);
	end(&t, s);
}

static void a_ballot_of_a_replaced_letter(struct scene *s)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_change(&t, 6, HOUSEHOLDS + 1);
	tale_ballot(&t, HOUSEHOLDS + 1);
	tale_ballot(&t, 6);
	end(&t, s);
}

static void an_entry_of_an_unknown_kind(struct scene *s)
{
	struct tale t = tale_begin();
	struct yihu_buf body = {0};
	yihu_buf_str(&body, "anything");
	tale_put(&t, (enum yihu_entry_type)'Y', &body);
	end(&t, s);
}

static void an_entry_with_a_byte_more(struct scene *s)
{
	struct tale t = tale_begin();
	tale_change(&t, 6, 0);
	yihu_buf_u8(&t.entries[t.n - 1], 0);
	end(&t, s);
}

/* An entry that a receipt was given for is gone; the log key signed both. */
static void a_ballot_dropped_after_its_receipt(struct scene *s)
{
	struct fixture_log *log = fixture_log_new(world()->f);
	struct tale t = tale_begin();
	static char name[] = "receipt";
	fixture_log_ballots(log, 4);
	s->evidence.name = name;
	fixture_log_receipt(log, 4, 5, &s->evidence.bytes);
	s->o.receipts = &s->evidence;
	s->o.n_receipts = 1;
	for (size_t i = 1; i < 4; i++)
		yihu_buf_put(&t.entries[t.n++], log->entries[i].data, log->entries[i].len);
	end(&t, s);
	fixture_log_free(log);
}

/* The same, seen by whoever kept no more than a checkpoint. */
static void a_history_told_otherwise_before(struct scene *s)
{
	struct fixture_log *log = fixture_log_new(world()->f);
	struct tale t = tale_begin();
	static char name[] = "checkpoint";
	fixture_log_ballots(log, 2);
	s->evidence.name = name;
	fixture_log_checkpoint(log, 3, &s->evidence.bytes);
	s->o.checkpoints = &s->evidence;
	s->o.n_checkpoints = 1;
	tale_opens(&t);
	tale_ballots(&t, 3);
	end(&t, s);
	fixture_log_free(log);
}

#define ENTRY_LIE(called, code, says) LIE(called, ENTRIES, code, "log/tile/entries/", says)

const struct lie entry_lies[] = {
	ENTRY_LIE(a_log_that_was_never_opened, OPENENTRY, "entry 0: the log must begin"),
	ENTRY_LIE(a_log_opened_twice, OPENENTRY, "entry 1: the log has been opened already"),
	ENTRY_LIE(a_log_of_another_election, ELECTION, "entry 0: the log was opened for another"),
	ENTRY_LIE(a_log_opened_as_the_poll_closes, OVER, "entry 0: the poll is over"),
	ENTRY_LIE(a_second_ballot_of_a_household, VOTED, "entry 4: letter 0002 has already voted"),
	ENTRY_LIE(the_same_ballot_counted_twice, SAME, "entry 4: exactly this ballot"),
	ENTRY_LIE(a_ballot_before_the_poll_opens, NOTOPEN, "entry 1: the poll is not open yet"),
	ENTRY_LIE(a_ballot_as_the_poll_closes, OVER, "entry 4: the poll is over"),
	ENTRY_LIE(a_ballot_from_earlier_than_the_one_before, TIME, "entry 3: the entry is older"),
	ENTRY_LIE(a_change_from_earlier_than_the_one_before, TIME, "entry 4: the entry is older"),
	ENTRY_LIE(a_time_beyond_any, TIME, "entry 4: the log entry's time is beyond any"),
	ENTRY_LIE(a_ballot_of_no_household, CREDENTIAL,
		  "entry 3: this election has no letter 0007"),
	ENTRY_LIE(a_ballot_of_an_added_household_before_its_addition, CREDENTIAL,
		  "entry 3: this election has no letter 0007"),
	ENTRY_LIE(a_ballot_of_a_voided_letter, VOIDED, "entry 4: letter 0006 is void"),
	ENTRY_LIE(a_ballot_of_a_replaced_letter, VOIDED,
		  "entry 3: letter 0006 is void: letter 0007 has replaced it"),
	ENTRY_LIE(an_entry_of_an_unknown_kind, ENTRY, "entry 1: the log entry is of a kind"),
	ENTRY_LIE(an_entry_with_a_byte_more, ENTRY, "entry 1: a log entry of this kind holds 168"),
	LIE(a_ballot_dropped_after_its_receipt, EVIDENCE, HISTORY, "receipt",
	    "the log key has signed two histories"),
	LIE(a_history_told_otherwise_before, EVIDENCE, HISTORY, "checkpoint",
	    "the log key has signed two histories"),
	NO_MORE_LIES,
};
