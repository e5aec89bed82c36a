/* SPDX-License-Identifier: Apache-2.0
 *
 * What every run of equal shares works on: ballots grouped, supporters listed.
 */
#include <stdlib.h>
#include <string.h>

#include "shares.h"

uint32_t yihu_utility(const struct yihu_definition *d, uint32_t digit)
{
	if (digit == 0)
		return 0;
	if (d->kind == YIHU_CONSENT)
		return digit == 1;
	return d->kind == YIHU_ORDINAL ? d->max_length + 1 - digit : digit;
}

static int compare_rows(const void *left, const void *right, void *projects)
{
	const uint32_t *a = *(const uint32_t *const *)left, *b = *(const uint32_t *const *)right;
	return memcmp(a, b, *(const size_t *)projects * sizeof *a);
}

static void group_ballots(struct shares *s)
{
	size_t n = s->p->n;
	for (size_t i = 0; i < n; i++)
		s->row[i] = s->p->digits + i * s->n_projects;
	qsort_r(s->row, n, sizeof *s->row, compare_rows, &s->n_projects);
	for (size_t i = 0; i < n; i++) {
		bool same = s->n_groups &&
			    compare_rows(&s->row[s->n_groups - 1], &s->row[i], &s->n_projects) == 0;
		if (!same)
			s->row[s->n_groups++] = s->row[i];
		s->weight[s->n_groups - 1]++;
	}
}

static void list_supporters(struct shares *s, size_t k)
{
	s->list[k] = yihu_calloc(s->n_groups, sizeof *s->list[k]);
	for (size_t i = 0; i < s->n_groups; i++) {
		uint32_t u = yihu_utility(s->d, s->row[i][k]);
		if (u == 0)
			continue;
		s->list[k][s->n_list[k]++] = (struct supporter){.group = (uint32_t)i, .u = u};
		s->reach[k] += s->weight[i];
	}
}

void yihu_shares_init(struct shares *s, const struct yihu_outcome *o, const struct yihu_profile *p)
{
	*s = (struct shares){.d = p->definition, .p = p, .o = o, .n_projects = o->n_projects};
	s->row = yihu_calloc(p->n, sizeof *s->row);
	s->weight = yihu_calloc(p->n, sizeof *s->weight);
	s->list = yihu_calloc(o->n_projects, sizeof *s->list);
	s->n_list = yihu_calloc(o->n_projects, sizeof *s->n_list);
	s->reach = yihu_calloc(o->n_projects, sizeof *s->reach);
	s->lots = yihu_calloc(o->n_projects, 64);
	group_ballots(s);
	for (size_t k = 0; k < o->n_projects; k++) {
		list_supporters(s, k);
		if (p->has_lot)
			yihu_lot(s->lots + 64 * k, p, s->d->projects[k].id);
	}
}

void yihu_shares_finish(struct shares *s)
{
	for (size_t k = 0; k < s->n_projects; k++)
		free(s->list[k]);
	free(s->list);
	free(s->n_list);
	free(s->reach);
	free(s->lots);
	free(s->row);
	free(s->weight);
}

void yihu_shares_result_init(struct shares_result *r, const struct shares *s)
{
	*r = (struct shares_result){.funded = yihu_calloc(s->n_projects, sizeof *r->funded)};
}

void yihu_shares_result_finish(struct shares_result *r)
{
	free(r->funded);
}

bool yihu_tie_first(const struct shares *s, uint32_t a, uint32_t b, enum yihu_tiebreak *by)
{
	uint64_t cost_a = s->d->projects[a].cost, cost_b = s->d->projects[b].cost;
	uint64_t votes_a = s->o->projects[a].votes, votes_b = s->o->projects[b].votes;
	*by = YIHU_BY_COST;
	if (cost_a != cost_b)
		return cost_a < cost_b;
	*by = YIHU_BY_MORE_VOTES;
	if (votes_a != votes_b)
		return votes_a > votes_b;
	int r = memcmp(s->lots + 64 * (size_t)a, s->lots + 64 * (size_t)b, 64);
	*by = r ? YIHU_BY_LOT : YIHU_BY_FILE;
	return r ? r < 0 : a < b;
}

bool yihu_tie_weaker(enum yihu_tiebreak a, enum yihu_tiebreak b)
{
	static const int rank[YIHU_N_TIEBREAKS] = {[YIHU_BY_COST] = 1,
						   [YIHU_BY_MORE_VOTES] = 2,
						   [YIHU_BY_LOT] = 3,
						   [YIHU_BY_FILE] = 4};
	return rank[a] > rank[b];
}

int yihu_fail_tie(const struct shares *s, size_t a, size_t b, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_ETIE,
			 _("projects %s and %s are equal in everything that the rule goes by: a "
			   "lot has to decide"),
			 s->d->projects[a].id, s->d->projects[b].id);
}

char *yihu_rational_text(const mpz_t num, const mpz_t den)
{
	mpq_t q;
	struct yihu_buf out = {0};
	void (*release)(void *, size_t);
	mpq_init(q);
	mpz_set(mpq_numref(q), num);
	mpz_set(mpq_denref(q), den);
	mpq_canonicalize(q);
	char *top = mpz_get_str(NULL, 10, mpq_numref(q));
	char *bottom = mpz_get_str(NULL, 10, mpq_denref(q));
	yihu_buf_fmt(&out, "%s/%s", top, bottom);
	mp_get_memory_functions(NULL, NULL, &release);
	release(top, strlen(top) + 1);
	release(bottom, strlen(bottom) + 1);
	mpq_clear(q);
	return (char *)out.data;
}
