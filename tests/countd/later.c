/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls whose answers come later.
 */
#include "later.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "test.h"

unsigned verifiers(const struct daemon *w)
{
	unsigned n = 0;
	while (n < COUNTD_VERIFIERS_MAX && w->d->verifiers[n].runs)
		n++;
	return n;
}

static void *call_now(void *later)
{
	struct later *l = later;
	l->reply = http_post(l->w, l->path, &l->body);
	return NULL;
}

struct later *send_off(const struct daemon *w, const char *path, struct yihu_buf body)
{
	struct later *l = yihu_calloc(1, sizeof *l);
	*l = (struct later){.w = w, .path = path, .body = body};
	assert_int_equal(pthread_create(&l->thread, NULL, call_now, l), 0);
	return l;
}

void ends(struct later *l, int status, const char *slug)
{
	char got[64];
	pthread_join(l->thread, NULL);
	bool tells_when = status != 503 || strstr(l->reply.head, "\r\nRetry-After: ") != NULL;
	int s = reply_outcome(l->reply, got);
	if (s != status || strcmp(got, slug) != 0 || !tells_when)
		fail_msg("%d %s instead of %d %s", s, got, status, slug);
	yihu_buf_free(&l->body);
	free(l);
}

void wait_for(const struct daemon *w, enum lane lane, unsigned n)
{
	for (unsigned ms = 0; lanes_figures(&w->d->verify, lane, 0).n != n; ms++) {
		if (ms == LATER_PATIENCE_MS)
			fail_msg("never %u in the lane %s", n, lane_name(lane));
		usleep(1000);
	}
}

struct yihu_buf bogus(const struct daemon *w, uint32_t serial, uint64_t seed)
{
	struct yihu_buf b = boxdir_ballot(w->f, serial, seed);
	b.data[b.len - 1] ^= 1;
	return b;
}

void occupy(const struct daemon *w, struct later *busy[COUNTD_VERIFIERS_MAX])
{
	unsigned n = verifiers(w);
	gate_set(true);
	for (unsigned i = 0; i < n; i++)
		busy[i] = send_off(w, "/api/ballot", boxdir_ballot(w->f, 100 + i, 1));
	gate_wait_held(n);
}

void busy_end(const struct daemon *w, struct later *busy[COUNTD_VERIFIERS_MAX], unsigned from)
{
	for (unsigned i = from; i < verifiers(w); i++)
		ends(busy[i], 201, "");
}

int later_start(void **state)
{
	struct daemon *w = yihu_calloc(1, sizeof *w);
	gate_open_anew();
	daemon_set_up(w, &(struct fixture_options){.households = GATE_SERIALS}, DURING);
	daemon_start(w, NULL);
	*state = w;
	return 0;
}

int later_stop(void **state)
{
	gate_set(false);
	return calls_stop(state);
}
