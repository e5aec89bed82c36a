/* SPDX-License-Identifier: Apache-2.0
 *
 * Small elections for the tests of counting.
 */
#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "plain.h"
#include "test.h"

static const uint8_t eid[32] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
				1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static char ids[PLAIN_MAX][2] = {"a", "b", "c", "d", "e", "f", "g", "h"};
static char no_name[1] = "";

void plain_make(struct plain *e, const char *rule, enum yihu_ballot_kind kind, int64_t budget,
		const uint64_t *costs, const char *const *ballots)
{
	memset(e, 0, sizeof *e);
	e->d.rule = yihu_strdup(rule);
	e->d.kind = kind;
	e->d.has_budget = budget >= 0;
	e->d.budget = budget >= 0 ? (uint64_t)budget : 0;
	e->d.projects = e->projects;
	for (; costs[e->d.n_projects]; e->d.n_projects++)
		e->projects[e->d.n_projects] =
			(struct yihu_project){.id = ids[e->d.n_projects],
					      .name = no_name,
					      .cost = costs[e->d.n_projects]};
	e->d.max_length = (uint32_t)e->d.n_projects;
	size_t n = 0;
	while (ballots[n])
		n++;
	e->digits = yihu_calloc(n * e->d.n_projects, sizeof *e->digits);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(strlen(ballots[i]), e->d.n_projects);
		for (size_t k = 0; k < e->d.n_projects; k++)
			e->digits[i * e->d.n_projects + k] = (uint32_t)(ballots[i][k] - '0');
	}
	e->p = (struct yihu_profile){.definition = &e->d,
				     .n = n,
				     .digits = e->digits,
				     .cast = n,
				     .entitled = n,
				     .has_lot = true,
				     .eid = eid,
				     .eid_len = sizeof eid};
	memset(e->p.lot_seed, 2, sizeof e->p.lot_seed);
}

void plain_count(struct plain *e)
{
	struct yihu_error err = {0};
	if (yihu_count(&e->o, &e->p, &err))
		fail_msg("%s", err.text);
}

void plain_free(struct plain *e)
{
	yihu_outcome_free(e->o);
	free(e->d.rule);
	free(e->digits);
}

static void withdraw(struct plain *e, uint32_t project)
{
	e->withdrawn[e->p.n_withdrawn++] = (struct yihu_withdrawn){.project = project};
	e->p.withdrawn = e->withdrawn;
}

void plain_withdraw(struct plain *e, const char *ids_given)
{
	for (const char *id = ids_given; *id; id++)
		withdraw(e, (uint32_t)(*id - 'a'));
}

void plain_draw_withdrawn(struct plain *e, uint64_t *seed)
{
	bool some = chance(seed, 2);
	for (uint32_t k = 0; k < e->d.n_projects; k++)
		if (chance(seed, 5) == 0 && some)
			withdraw(e, k);
}

void plain_draw_ranks(uint64_t *seed, uint32_t *digits, uint32_t n, uint32_t longest)
{
	uint32_t used = chance(seed, longest + 1);
	memset(digits, 0, n * sizeof *digits);
	for (uint32_t rank = 1; rank <= used;) {
		uint32_t at = chance(seed, n);
		if (digits[at] == 0)
			digits[at] = rank++;
	}
}

void plain_assert_verdicts(const struct plain *e, const char *letters)
{
	static const char of[YIHU_N_VERDICTS + 1] = {
		[YIHU_FUNDED] = 'F',        [YIHU_NO_SUPPORT] = 'N',      [YIHU_TOO_DEAR] = 'D',
		[YIHU_AFTER_STOP] = 'S',    [YIHU_BELOW_THRESHOLD] = 'T', [YIHU_NOT_MORE_FOR] = 'M',
		[YIHU_BELOW_SUPPORT] = 'P', [YIHU_NO_QUORUM] = 'Q',       [YIHU_NOT_ELIGIBLE] = 'E',
		[YIHU_TOO_POOR] = 'O',      [YIHU_EXCLUDED] = 'X',        [YIHU_WITHDRAWN] = 'W'};
	char got[PLAIN_MAX + 1] = "";
	for (size_t i = 0; i < e->o->n_projects; i++)
		got[i] = of[e->o->projects[i].verdict];
	assert_string_equal(got, letters);
}

static void assert_ids(const struct plain *e, const uint32_t *list, size_t n, const char *want)
{
	char got[PLAIN_MAX + 1] = "";
	for (size_t i = 0; i < n; i++)
		got[i] = e->projects[list[i]].id[0];
	assert_string_equal(got, want);
}

void plain_assert_funded(const struct plain *e, const char *want)
{
	assert_ids(e, e->o->funded, e->o->n_funded, want);
}

void plain_assert_order(const struct plain *e, const char *want)
{
	assert_ids(e, e->o->order, e->o->n_order, want);
}

bool plain_assert_withdrawn_is_unmarked(struct plain *e)
{
	plain_count(e);
	struct yihu_outcome *withdrawn = e->o;
	size_t n = e->p.n_withdrawn;
	for (size_t at = 0; at < e->p.n; at++)
		for (size_t k = 0; k < n; k++)
			e->digits[at * e->d.n_projects + e->withdrawn[k].project] = 0;
	for (size_t k = 0; withdrawn->quorum_met && k < n; k++)
		assert_int_equal(withdrawn->projects[e->withdrawn[k].project].verdict,
				 YIHU_WITHDRAWN);
	e->p.n_withdrawn = 0;
	plain_count(e);
	assert_int_equal(withdrawn->n_funded, e->o->n_funded);
	assert_memory_equal(withdrawn->funded, e->o->funded, e->o->n_funded * sizeof *e->o->funded);
	assert_int_equal(withdrawn->spent, e->o->spent);
	yihu_outcome_free(withdrawn);
	return n > 0;
}
