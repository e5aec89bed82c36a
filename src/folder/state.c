/* SPDX-License-Identifier: Apache-2.0
 *
 * How far the election is, by its files. Quick and for people: whoever acts
 * runs the audit first.
 */
#include "folder/next.h"

#include <stdlib.h>

/* One step on; closed → published when there are too few ballots to open; and
 * called off, until the log is closed. */
bool yihu_state_may(enum yihu_state from, enum yihu_state to)
{
	if (to == YIHU_CANCELLED)
		return from >= YIHU_CHARTERED && from <= YIHU_ENDED;
	return to == from + 1 || (from == YIHU_CLOSED && to == YIHU_PUBLISHED);
}

static uint32_t count(uint32_t bits)
{
	return (uint32_t)__builtin_popcount(bits);
}

static enum yihu_state count_state(const struct yihu_folder *f, const struct yihu_plan *p)
{
	uint32_t all = (UINT32_C(1) << p->n) - 1;
	if (folder_shows(f, "results"))
		return folder_bits(f, F_RETIRED, p->n) == all ? YIHU_RETIRED : YIHU_PUBLISHED;
	if (!folder_shows(f, "box"))
		return YIHU_CLOSED;
	if (count(folder_shows_bits(f, "open", p->n)) >= p->t)
		return YIHU_OPENED;
	return count(folder_shows_bits(f, "mix", p->n)) >= p->t ? YIHU_MIXED : YIHU_BOXED;
}

static enum yihu_state poll_state(const struct yihu_folder *f, const struct yihu_plan *p,
				  uint64_t now)
{
	if (yihu_log_is_closed(f, p))
		return count_state(f, p);
	if (now >= p->closes)
		return YIHU_ENDED;
	return now >= p->opens ? YIHU_OPENED_POLL : YIHU_ISSUED;
}

static int ceremony_state(enum yihu_state *out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_ceremony c = {0};
	int r = yihu_ceremony_read(&c, f, err);
	if (r != 0)
		return r;
	uint32_t all = (UINT32_C(1) << c.plan.n) - 1;
	if (c.n_announced < c.plan.n)
		*out = YIHU_DRAFTED;
	else if (c.dealt != all || !c.charter)
		*out = YIHU_ANNOUNCED;
	else
		*out = c.accepted == all ? YIHU_CHARTERED : YIHU_DEALT;
	yihu_ceremony_finish(&c);
	return 0;
}

int yihu_status_read(struct yihu_status *out, const struct yihu_folder *f, uint64_t now,
		     struct yihu_error *err)
{
	struct yihu_plan plan = {0};
	enum yihu_state state = YIHU_DRAFTED;
	int r = yihu_plan_read(&plan, f, err);
	if (r != 0)
		return r;
	struct yihu_called_off off;
	if (yihu_folder_called_off(&off, f, &plan))
		state = YIHU_CANCELLED;
	else if (folder_shows(f, "register"))
		state = poll_state(f, &plan, now);
	else
		r = ceremony_state(&state, f, err);
	if (r == 0)
		*out = (struct yihu_status){.state = state, .next = folder_next(f, &plan, state)};
	yihu_plan_finish(&plan);
	return r;
}

void yihu_status_finish(struct yihu_status *s)
{
	free(s->next);
	s->next = NULL;
}
