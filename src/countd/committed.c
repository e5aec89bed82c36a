/* SPDX-License-Identifier: Apache-2.0
 *
 * What the writer has committed.
 */
#include "committed.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "json_values.h"

#define HOUR_S 3600

struct hour {
	uint64_t start; /* unix seconds */
	uint64_t ballots;
};

struct committed {
	pthread_rwlock_t lock;
	struct figures figures;
	struct yihu_buf checkpoint, at_close;
	struct hour *hours; /* ascending: the log's times never decrease */
	size_t n_hours;
	uint64_t last_ballot; /* its time */
	struct withdrawn {
		struct yihu_withdrawn what; /* with a reason of its own */
		struct yihu_buf entry;
	} withdrawn[YIHU_WITHDRAWALS_MAX];
	size_t n_withdrawn;
};

struct committed *committed_new(void)
{
	struct committed *p = yihu_calloc(1, sizeof *p);
	pthread_rwlock_init(&p->lock, NULL);
	return p;
}

void committed_free(struct committed *p)
{
	if (!p)
		return;
	yihu_buf_free(&p->checkpoint);
	yihu_buf_free(&p->at_close);
	for (size_t i = 0; i < p->n_withdrawn; i++) {
		free(p->withdrawn[i].what.reason);
		yihu_buf_free(&p->withdrawn[i].entry);
	}
	pthread_rwlock_destroy(&p->lock);
	free(p->hours);
	free(p);
}

static void count_ballot(struct committed *p, uint64_t time)
{
	uint64_t start = time - time % HOUR_S;
	if (p->n_hours == 0 || p->hours[p->n_hours - 1].start != start) {
		p->hours = yihu_realloc(p->hours, p->n_hours + 1, sizeof *p->hours);
		p->hours[p->n_hours++] = (struct hour){.start = start};
	}
	p->hours[p->n_hours - 1].ballots++;
	p->last_ballot = time;
}

static void count_entries(struct committed *p, const struct yihu_ledger *l, uint64_t size)
{
	for (uint64_t i = p->figures.size; i < size; i++)
		if (yihu_ledger_type(l, i) == YIHU_ENTRY_BALLOT)
			count_ballot(p, yihu_ledger_time(l, i));
}

/* The owner's thread alone reads from its disk here, and no reader waits for that.
 * A box that cannot give back its own entry has told so elsewhere; then nothing is
 * shown that nobody could check, until it can. */
static void take_withdrawn(struct committed *p, struct yihu_box *b)
{
	size_t n;
	const struct yihu_withdrawn *all = yihu_ledger_withdrawn(yihu_box_ledger(b), &n);
	for (size_t i = p->n_withdrawn; i < n; i++) {
		struct withdrawn w = {.what = all[i]};
		if (yihu_box_entry(b, all[i].entry, &w.entry, NULL)) {
			yihu_buf_free(&w.entry);
			return;
		}
		w.what.reason = yihu_strdup(all[i].reason);
		pthread_rwlock_wrlock(&p->lock);
		p->withdrawn[p->n_withdrawn++] = w;
		pthread_rwlock_unlock(&p->lock);
	}
}

static void note_called_off(struct figures *now, const struct yihu_box *b)
{
	struct yihu_span reason;
	now->called_off = yihu_box_called_off(b, &reason, &now->called_off_at);
	if (now->called_off)
		memcpy(now->reason, reason.p, reason.len);
}

void committed_update(struct committed *p, struct yihu_box *b)
{
	const struct yihu_ledger *l = yihu_box_ledger(b);
	struct figures now = {
		.counts = yihu_ledger_counts(l),
		.size = yihu_ledger_size(l),
		.closed = yihu_ledger_closed(l),
	};
	note_called_off(&now, b);
	take_withdrawn(p, b);
	pthread_rwlock_wrlock(&p->lock);
	count_entries(p, l, now.size);
	yihu_buf_reset(&p->checkpoint);
	yihu_box_checkpoint(b, &p->checkpoint);
	yihu_buf_reset(&p->at_close);
	now.ended = yihu_box_at_close(b, &p->at_close);
	p->figures = now;
	pthread_rwlock_unlock(&p->lock);
}

struct figures committed_figures(struct committed *p)
{
	pthread_rwlock_rdlock(&p->lock);
	struct figures f = p->figures;
	pthread_rwlock_unlock(&p->lock);
	return f;
}

uint64_t committed_last_ballot(struct committed *p)
{
	pthread_rwlock_rdlock(&p->lock);
	uint64_t time = p->last_ballot;
	pthread_rwlock_unlock(&p->lock);
	return time;
}

void committed_checkpoint(struct committed *p, struct yihu_buf *out)
{
	pthread_rwlock_rdlock(&p->lock);
	yihu_buf_put(out, p->checkpoint.data, p->checkpoint.len);
	pthread_rwlock_unlock(&p->lock);
}

bool committed_at_close(struct committed *p, struct yihu_buf *out)
{
	pthread_rwlock_rdlock(&p->lock);
	bool there = p->figures.ended;
	yihu_buf_put(out, p->at_close.data, p->at_close.len);
	pthread_rwlock_unlock(&p->lock);
	return there;
}

json_t *committed_hours(struct committed *p)
{
	json_t *list = json_array();
	pthread_rwlock_rdlock(&p->lock);
	for (size_t i = 0; i < p->n_hours; i++)
		json_array_append_new(list, json_pack("{s:o, s:I}", "start",
						      answer_time(p->hours[i].start), "ballots",
						      (json_int_t)p->hours[i].ballots));
	pthread_rwlock_unlock(&p->lock);
	return list;
}

/* NULL: the view does not have it yet. */
static json_t *withdrawn_json(const struct withdrawn *w, struct yihu_box_view *view)
{
	struct yihu_buf receipt = {0};
	json_t *j = NULL;
	if (yihu_box_view_receipt(view, w->what.entry, &w->entry, &receipt))
		j = json_pack("{s:I, s:s, s:o, s:I, s:s%}", "project",
			      (json_int_t)w->what.project + 1, "reason", w->what.reason, "time",
			      answer_time(w->what.time), "entry", (json_int_t)w->what.entry,
			      "receipt", (const char *)receipt.data, receipt.len);
	yihu_buf_free(&receipt);
	return j;
}

json_t *committed_withdrawn(struct committed *p, struct yihu_box_view *view)
{
	json_t *list = json_array();
	pthread_rwlock_rdlock(&p->lock);
	for (size_t i = 0; i < p->n_withdrawn; i++)
		json_array_append_new(list, withdrawn_json(&p->withdrawn[i], view));
	pthread_rwlock_unlock(&p->lock);
	return list;
}
