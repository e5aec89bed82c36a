/* SPDX-License-Identifier: Apache-2.0
 *
 * The writer: the one thread that appends. It commits all that waits as one
 * group, then answers each with its receipt; it ends the poll when its time
 * has come; it stops for good when a commit is in doubt.
 */
#include <assert.h>
#include <stdlib.h>
#include <yihu/stage.h>

#include "asked.h"
#include "daemon.h"
#include "give_up.h"
#include "hand_over.h"
#include "json_values.h"
#include "publish_box.h"
#include "quiet.h"
#include "receipt_answer.h"
#include "threads.h"

#define TICK_MS 200
#define GATHER_MS 2 /* for what is under way; a commit for one costs half of one for twenty */
#define RETRY_MS 10000

static void answer_ballot(struct request *r, const struct yihu_submission *s)
{
	struct metrics *m = &r->d->metrics;
	struct yihu_buf entry = {0};
	bool same = s->code == YIHU_ESAME;
	atomic_fetch_add(same ? &m->repeated : &m->accepted, 1);
	yihu_submission_entry(&entry, s);
	bool shown = receipt_answer(r, same ? HTTP_OK : HTTP_CREATED, s->index, &entry);
	assert(shown);
	yihu_buf_free(&entry);
}

static void answer_change(struct request *r, const struct yihu_submission *s)
{
	atomic_fetch_add(&r->d->metrics.changes, 1);
	answer_entry(&r->answer, HTTP_CREATED, s->index, s->time);
	countd_log(&r->d->log, "entry %c recorded as %llu", (char)r->type,
		   (unsigned long long)s->index);
}

static void answer_refused(struct request *r, const struct yihu_submission *s)
{
	atomic_fetch_add(&r->d->metrics.refused[s->code], 1);
	answer_earlier(&r->answer, &s->err, s->time, s->index);
}

/* Nothing of the group is acknowledged. Was it written? Only when the commit
 * itself failed is that not known. */
static void answer_failed(struct request *r, const struct yihu_error *err)
{
	atomic_fetch_add(&r->d->metrics.refused[err->code], 1);
	if (err->code == YIHU_EUNKNOWN)
		answer_error(&r->answer, HTTP_SERVICE_UNAVAILABLE, YIHU_EUNKNOWN,
			     _("it is not known whether this was recorded. Send the same again in "
			       "a minute: it is never counted twice"));
	else if (err->code == YIHU_ECLOCK || err->code == YIHU_EREADONLY)
		answer_refusal(&r->answer, err);
	else
		answer_error(&r->answer, HTTP_SERVICE_UNAVAILABLE, err->code,
			     _("the ballot box cannot be written at this moment. Nothing was "
			       "recorded. Send the same again in a minute"));
}

static bool has_ended(const struct yihu_ledger *l)
{
	return yihu_ledger_closed(l) || yihu_ledger_called_off(l);
}

static void answer_group(struct request **group, const struct yihu_submission *subs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (subs[i].code != 0 && subs[i].code != YIHU_ESAME)
			answer_refused(group[i], &subs[i]);
		else if (subs[i].type == YIHU_ENTRY_BALLOT)
			answer_ballot(group[i], &subs[i]);
		else
			answer_change(group[i], &subs[i]);
	}
}

static void fail_group(struct request **group, size_t n, const struct yihu_error *err)
{
	for (size_t i = 0; i < n; i++)
		answer_failed(group[i], err);
}

/* Asks the box, and shows what it has now; then the answers, which are of what is
 * shown. */
static void commit(struct countd *d, struct request **group, struct yihu_submission *subs, size_t n,
		   uint64_t now)
{
	struct yihu_error err = {0};
	pthread_mutex_lock(&d->box_lock);
	const struct yihu_ledger *l = yihu_box_ledger(d->box);
	uint64_t size = yihu_ledger_size(l), start = metrics_us();
	int r = yihu_box_commit(d->box, subs, n, now, &err);
	uint64_t took = metrics_us() - start, grown = yihu_ledger_size(l) - size;
	bool committed = r == 0;
	if (committed) {
		countd_publish(d); /* what the letters then say is shown already */
		letters_follow(d->letters, l, subs, n);
		known_entries_follow(d->entries, subs, n);
	}
	/* What has ended a log is final: the folder shows it from now on. */
	if (committed && grown > 0 && has_ended(l))
		r = yihu_box_export(d->box, &err);
	pthread_mutex_unlock(&d->box_lock);
	if (committed)
		answer_group(group, subs, n);
	else
		fail_group(group, n, &err);
	if (r == YIHU_EUNKNOWN || r == YIHU_EDATABASE)
		countd_give_up(d, &err);
	else if (r != 0)
		countd_warn(&d->log, "commit refused: %s", err.text);
	if (grown > 0)
		metrics_group(&d->metrics, grown, took);
}

static void refuse_group(struct request **group, size_t n, int code, const char *text)
{
	struct yihu_error err = {0};
	yihu_fail(&err, code, "%s", text);
	fail_group(group, n, &err);
}

static void write_group(struct countd *d, struct request **group, struct yihu_submission *subs,
			size_t n, const struct clock_reading *clock)
{
	if (atomic_load(&d->failed)) {
		refuse_group(group, n, YIHU_EUNKNOWN, "");
	} else if (d->read_only) {
		refuse_group(group, n, YIHU_EREADONLY,
			     _("this ballot box was damaged and takes no more ballots. Nothing was "
			       "recorded. Ask the committee how the election goes on"));
	} else if (!clock->writes) {
		refuse_group(group, n, YIHU_ECLOCK,
			     clock->waits ? _("by the computer's clock the poll is over, but it is "
					      "not certain that this clock is right. Nothing was "
					      "recorded. Send the same again when a person has "
					      "looked at it")
					  : _("it is not certain that the computer's clock is "
					      "right. Nothing was recorded. Send the same again "
					      "when it has been set"));
	} else {
		for (size_t i = 0; i < n; i++)
			subs[i] = (struct yihu_submission){.type = group[i]->type,
							   .body = group[i]->body.data,
							   .body_len = group[i]->body.len,
							   .verified = group[i]->verified,
							   .received = group[i]->received};
		commit(d, group, subs, n, clock->now);
	}
	asked_hold(d->asked);
	for (size_t i = 0; i < n; i++)
		countd_finish(group[i]);
	asked_release(d->asked);
}

/* What the writer remembers between two groups. */
struct writer {
	struct countd *d;
	enum yihu_clock_verdict verdict; /* as it was told last */
	bool waits;
	bool marked;       /* the HTTP side was asked what is on its way, by this end */
	bool ended;        /* at-close is signed, published and exported */
	uint64_t retry_ms; /* after a failure: not before */
};

static int do_end_poll(struct countd *d, uint64_t now, struct yihu_error *err)
{
	pthread_mutex_lock(&d->box_lock);
	int r = yihu_box_end_poll(d->box, now, err);
	bool unusable = r == YIHU_EUNKNOWN || r == YIHU_EDATABASE;
	if (r == 0) {
		countd_publish(d);
		r = yihu_box_export(d->box, err);
	}
	pthread_mutex_unlock(&d->box_lock);
	if (unusable)
		countd_give_up(d, err);
	return r;
}

/* By the log alone: whether its time has come, the clock says. */
static bool may_end(struct countd *d)
{
	struct figures f = committed_figures(d->committed);
	const struct yihu_stage_seen seen = {
		.open = true, .closed = f.closed, .called_off = f.called_off};
	return yihu_stage_lets(yihu_stage_of(&seen), YIHU_STAGE_ENDED);
}

/* What was received before the end is written or refused before it is signed, or half
 * a minute has gone. What the HTTP side has comes before its answer to the mark; then it
 * is among `early`. */
static bool something_waits(struct writer *w, uint64_t now)
{
	struct countd *d = w->d;
	uint64_t closes = d->election->charter->closes;
	if (now < closes)
		w->marked = false; /* the clock was set back */
	if (now < closes || now >= closes + YIHU_RECEPTION_S)
		return now < closes;
	if (!w->marked)
		asked_mark(d->asked);
	w->marked = true;
	return !asked_marked(d->asked) || atomic_load(&d->early) > 0;
}

/* Soon after the clock passes `closes`: the checkpoint at-close, served and
 * exported. */
static void end_poll(struct writer *w, const struct clock_reading *clock)
{
	struct countd *d = w->d;
	struct yihu_error err = {0};
	if (w->ended || atomic_load(&d->failed) || !clock->ends || !may_end(d) ||
	    something_waits(w, clock->now) || yihu_clock_monotonic_ms() < w->retry_ms)
		return;
	w->ended = do_end_poll(d, clock->now, &err) == 0;
	if (w->ended) {
		countd_log(&d->log, "the poll is over; the log has %llu entries",
			   (unsigned long long)committed_figures(d->committed).size);
	} else {
		w->retry_ms = yihu_clock_monotonic_ms() + RETRY_MS;
		countd_warn(&d->log, "the end of the poll: %s", err.text);
	}
}

/* Once for each change of mind: an operator reads this log. */
static void note_clock(struct writer *w, const struct clock_reading *clock)
{
	struct countd *d = w->d;
	struct yihu_error err = {0};
	if (clock->verdict == w->verdict && clock->waits == w->waits)
		return;
	if (clock->verdict == YIHU_CLOCK_BELIEVED) {
		countd_log(&d->log, "the clock is right");
	} else {
		clock_guard_fail(&d->clock, clock, &err);
		countd_warn(&d->log, "%s", err.text);
	}
	w->verdict = clock->verdict;
	w->waits = clock->waits;
}

static void keep_clock(struct writer *w)
{
	struct yihu_error err = {0};
	if (clock_guard_keep(&w->d->clock, &err))
		countd_warn(&w->d->log, "%s", err.text);
}

/* The next group, with what verifiers are at just now: it costs one commit. */
static size_t take_group(struct countd *d, struct request **group)
{
	if (queue_wait(&d->write, 1, TICK_MS) == 0)
		return 0;
	size_t near = atomic_load(&d->under_way);
	queue_wait(&d->write, near < COUNTD_GROUP_MAX ? near : COUNTD_GROUP_MAX, GATHER_MS);
	return queue_take(&d->write, group, COUNTD_GROUP_MAX, 0);
}

void *writer_run(void *countd)
{
	struct countd *d = countd;
	struct request **group = yihu_calloc(COUNTD_GROUP_MAX, sizeof *group);
	struct yihu_submission *subs = yihu_calloc(COUNTD_GROUP_MAX, sizeof *subs);
	struct writer w = {.d = d, .verdict = YIHU_CLOCK_BELIEVED};
	struct quiet quiet = {0};
	while (!queue_done(&d->write)) {
		size_t n = take_group(d, group);
		struct clock_reading clock = clock_guard_read(&d->clock);
		/* A close comes after the end. */
		if (n > 0 && !d->read_only)
			end_poll(&w, &clock);
		if (n > 0)
			write_group(d, group, subs, n, &clock);
		service_alive(&d->service, committed_figures(d->committed).size);
		if (d->read_only) {
			quiet_note(d, &quiet);
			continue;
		}
		quiet_tick(d, &quiet, n > 0);
		note_clock(&w, &clock);
		keep_clock(&w);
		end_poll(&w, &clock);
	}
	free(group);
	free(subs);
	return NULL;
}
