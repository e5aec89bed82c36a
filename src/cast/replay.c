/* SPDX-License-Identifier: Apache-2.0
 *
 * Many ballots by several clients: each worker takes the next vote and letter
 * until none is left. The charter is verified once; each client verifies every
 * letter and receipt.
 */
#include "cast/cast.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PROGRESS_MS 100

struct replay {
	const struct cast_replay *plan;
	struct cast_replay_report *report;
	uint32_t *took_us; /* of each vote; 0: not sent */
	atomic_size_t next, done;
	atomic_bool stop;
	pthread_mutex_t lock; /* of report */
};

struct worker {
	struct replay *replay;
	struct http_client *client;
	pthread_t thread;
};

static uint64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void note_refused(struct cast_replay_report *report, const struct yihu_error *why)
{
	if (report->refused[why->code]++ == 0)
		report->first[why->code] = *why;
}

static void note(struct replay *r, const struct cast_outcome *o)
{
	pthread_mutex_lock(&r->lock);
	if (o->verdict == CAST_RECORDED) {
		r->report->recorded++;
	} else if (o->verdict == CAST_NOT_RECORDED) {
		note_refused(r->report, &o->why);
	} else {
		if (r->report->not_known++ == 0)
			r->report->first_not_known = o->why;
		r->stop = true;
	}
	pthread_mutex_unlock(&r->lock);
}

/* The ballot of vote i, by letter i. */
static int prepare(const struct cast_replay *plan, size_t i, struct yihu_buf *ballot,
		   struct yihu_error *err)
{
	const struct yihu_election *e = plan->election;
	const uint32_t *digits = plan->votes->digits + i * e->definition->n_projects;
	struct yihu_token t;
	char scan[YIHU_TOKEN_DIGITS + 1];
	yihu_token_digits(scan, &plan->letters->tokens[i]);
	int r = cast_token_from_scan(&t, e, yihu_span(scan), err);
	if (r == 0)
		r = cast_make_ballot(ballot, e, &t, digits, err);
	sodium_memzero(&t, sizeof t);
	sodium_memzero(scan, sizeof scan);
	return r == 0 ? 0 : yihu_fail_at(err, r, _("letter %04u"), plan->letters->tokens[i].serial);
}

static void cast_one(struct worker *w, size_t i)
{
	struct replay *r = w->replay;
	struct cast_patience patience = {.seconds = r->plan->patience_s};
	struct cast_outcome o = {.verdict = CAST_NOT_RECORDED};
	struct yihu_buf ballot = {0};
	if (prepare(r->plan, i, &ballot, &o.why) == 0) {
		uint64_t start = now_us();
		cast_send(&o, w->client, r->plan->election, &ballot, &patience);
		uint64_t took = now_us() - start;
		r->took_us[i] = took == 0 ? 1 : took < UINT32_MAX ? (uint32_t)took : UINT32_MAX;
	}
	note(r, &o);
	cast_outcome_finish(&o);
	yihu_buf_free(&ballot);
}

static void *work(void *context)
{
	struct worker *w = context;
	struct replay *r = w->replay;
	size_t i;
	while (!r->stop && (i = atomic_fetch_add(&r->next, 1)) < r->plan->votes->n) {
		cast_one(w, i);
		atomic_fetch_add(&r->done, 1);
	}
	return NULL;
}

static int compare(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static void measure(struct cast_replay_report *report, uint32_t *took_us, size_t n)
{
	size_t sent = 0;
	for (size_t i = 0; i < n; i++)
		if (took_us[i] != 0)
			took_us[sent++] = took_us[i];
	if (sent == 0)
		return;
	qsort(took_us, sent, sizeof *took_us, compare);
	report->p50_us = took_us[(sent - 1) / 2];
	report->p99_us = took_us[(sent - 1) * 99 / 100];
	report->max_us = took_us[sent - 1];
}

static void show_progress(struct replay *r)
{
	const struct timespec pause = {.tv_nsec = PROGRESS_MS * 1000000L};
	size_t n = r->plan->votes->n, done = 0;
	while (done < n && !r->stop) {
		done = r->done;
		yihu_progress_step(r->plan->progress, _("Casting the votes"), done, n);
		if (done < n)
			nanosleep(&pause, NULL);
	}
}

static int make_workers(struct worker *workers, struct replay *r, struct yihu_error *err)
{
	int rc = 0;
	for (unsigned i = 0; i < r->plan->clients && rc == 0; i++) {
		workers[i].replay = r;
		rc = http_client_new(&workers[i].client, r->plan->url, err);
	}
	return rc;
}

static int start(struct worker *workers, struct replay *r, unsigned *n, struct yihu_error *err)
{
	for (*n = 0; *n < r->plan->clients; ++*n)
		if (pthread_create(&workers[*n].thread, NULL, work, &workers[*n]) != 0) {
			r->stop = true;
			return yihu_fail(err, YIHU_EIO, _("%u clients are too many here"),
					 r->plan->clients);
		}
	return 0;
}

static int run(struct replay *r, struct yihu_error *err)
{
	struct worker *workers = yihu_calloc(r->plan->clients, sizeof *workers);
	unsigned running = 0;
	int rc = make_workers(workers, r, err);
	uint64_t begun = now_us();
	if (rc == 0)
		rc = start(workers, r, &running, err);
	if (rc == 0)
		show_progress(r);
	for (unsigned i = 0; i < running; i++)
		pthread_join(workers[i].thread, NULL);
	r->report->took_ms = (now_us() - begun) / 1000;
	for (unsigned i = 0; i < r->plan->clients; i++)
		http_client_free(workers[i].client);
	free(workers);
	return rc;
}

static int check_plan(const struct cast_replay *plan, struct yihu_error *err)
{
	if (plan->clients < 1 || plan->clients > CAST_CLIENTS_MAX)
		return yihu_fail(err, YIHU_EARG, _("the clients must be 1 to %d"),
				 CAST_CLIENTS_MAX);
	if (plan->letters->n < plan->votes->n)
		return yihu_fail(err, YIHU_EVOTE, _("there are %zu votes and only %zu letters"),
				 plan->votes->n, plan->letters->n);
	return 0;
}

int cast_replay_run(struct cast_replay_report *out, const struct cast_replay *plan,
		    struct yihu_error *err)
{
	int rc = check_plan(plan, err);
	if (rc != 0)
		return rc;
	struct replay r = {.plan = plan, .lock = PTHREAD_MUTEX_INITIALIZER};
	r.report = yihu_calloc(1, sizeof *r.report);
	r.took_us = yihu_calloc(plan->votes->n + 1, sizeof *r.took_us);
	rc = run(&r, err);
	r.report->not_sent = plan->votes->n - r.done;
	measure(r.report, r.took_us, plan->votes->n);
	if (rc == 0)
		*out = *r.report;
	pthread_mutex_destroy(&r.lock);
	free(r.took_us);
	free(r.report);
	return rc;
}
