/* SPDX-License-Identifier: Apache-2.0
 *
 * Doubts about a definition (doubts.h).
 */
#include "publish/doubts.h"

#include <stdlib.h>
#include <string.h>

#include "publish/day.h"
#include "publish/translated.h"

/* Takes the sentence; NULL: there is no doubt. */
static void put(struct doubts *x, char *sentence)
{
	if (!sentence)
		return;
	x->at = yihu_realloc(x->at, x->n + 1, sizeof *x->at);
	x->at[x->n++] = sentence;
}

void doubts_finish(struct doubts *x)
{
	for (size_t i = 0; i < x->n; i++)
		free(x->at[i]);
	free(x->at);
	*x = (struct doubts){0};
}

/* ---- keys that nothing reads ---- */

/* Keys that the format or this project knows, besides those that restrict. */
static const char *const known[] = {
	"description", "country",      "unit",          "subunit",      "instance",  "district",
	"subdistrict", "num_projects", "num_votes",     "budget",       "vote_type", "rule",
	"date_begin",  "date_end",     "ballot",        "quorum",       "support",   "comparison",
	"eligibility", "categories",   "neighborhoods", "language",     "edition",   "currency",
	"note",        "comment",      "experimental",  "fully_funded",
};

/* "note", or "note_en": the same in a language. */
static bool is_known(const char *key)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t len = strlen(known[i]);
		if (strncmp(key, known[i], len) != 0)
			continue;
		size_t more = strlen(key + len);
		if (more == 0 || (key[len] == '_' && more >= 3 && more <= 4))
			return true;
	}
	return yihu_meta_restricts(key);
}

static void unknown_keys(struct doubts *x, enum language l, const struct yihu_definition *d)
{
	for (size_t i = 0; i < d->n_meta; i++)
		if (!is_known(d->meta[i].key))
			put(x, words_say(l, W_PROOF_DOUBT_KEY, say_text("key", d->meta[i].key),
					 say_text("value", d->meta[i].value)));
}

/* ---- money ---- */

static const char *name_of(enum language l, const struct yihu_definition *d, size_t i)
{
	const char *name = translated_project(l, d, i, "name");
	return *name != '\0' ? name : d->projects[i].id;
}

/* The most that project i can cost: the budget, or its part's. */
static uint64_t there_is(const struct yihu_definition *d, size_t i)
{
	uint64_t most = d->budget;
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++) {
		const struct yihu_division *p = &d->divisions[by];
		if (p->n > 0 && p->budget && p->budget[p->of[i]] < most)
			most = p->budget[p->of[i]];
	}
	return most;
}

static void dear_projects(struct doubts *x, enum language l, const struct yihu_definition *d)
{
	size_t dear = 0;
	if (!d->has_budget)
		return;
	for (size_t i = 0; i < d->n_projects; i++) {
		uint64_t most = there_is(d, i), cost = d->projects[i].cost;
		if (cost <= most)
			continue;
		dear++;
		put(x, words_say(l, W_PROOF_DOUBT_DEAR, say_count("number", i + 1),
				 say_text("name", name_of(l, d, i)),
				 say_taken("sum", translated_money(l, d, cost)),
				 say_taken("budget", translated_money(l, d, most))));
	}
	if (dear == d->n_projects)
		put(x, word_copy(l, W_PROOF_DOUBT_ALL_DEAR));
}

/* ---- dates ---- */

static char *other_date(enum language l, const struct yihu_definition *d, const char *key,
			uint64_t when, enum word text)
{
	const char *given = yihu_definition_meta(d, key);
	const struct day poll = day_of(l, when);
	struct day day;
	if (!given || (day_read(&day, given) && day_same(&day, &poll)))
		return NULL;
	return words_say(l, text, say_text("key", key), say_text("given", given),
			 say_taken("when", words_date(l, when)));
}

/* ---- ballots that can only be blank ---- */

static int by_size(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* The sum of the n cheapest, or dearest. */
static uint64_t sum_of(const struct yihu_definition *d, size_t n, bool dearest)
{
	uint64_t sum = 0, *costs = yihu_calloc(d->n_projects, sizeof *costs);
	for (size_t i = 0; i < d->n_projects; i++)
		costs[i] = d->projects[i].cost;
	qsort(costs, d->n_projects, sizeof *costs, by_size);
	for (size_t i = 0; i < n; i++)
		sum += costs[dearest ? d->n_projects - 1 - i : i];
	free(costs);
	return sum;
}

static char *too_dear(enum language l, const struct yihu_definition *d)
{
	size_t n = d->min_length > 0 ? d->min_length : 1;
	uint64_t least = sum_of(d, n, false);
	if (!d->has_max_sum_cost || least <= d->max_sum_cost)
		return NULL;
	return words_say(l, W_PROOF_DOUBT_BLANK_COST, say_count("n", n),
			 say_taken("sum", translated_money(l, d, least)),
			 say_taken("most", translated_money(l, d, d->max_sum_cost)));
}

/* Is each project by itself more than the marked of its part may cost? */
static char *parts_too_dear(enum language l, const struct yihu_definition *d)
{
	for (size_t i = 0; i < d->n_projects; i++) {
		bool fits = true;
		for (size_t by = 0; by < YIHU_N_DIVISIONS; by++) {
			const struct yihu_division *p = &d->divisions[by];
			fits &= p->n == 0 || !p->max_cost ||
				d->projects[i].cost <= p->max_cost[p->of[i]];
		}
		if (fits)
			return NULL;
	}
	return word_copy(l, W_PROOF_DOUBT_BLANK_EACH);
}

static char *too_cheap(enum language l, const struct yihu_definition *d)
{
	uint64_t most = sum_of(d, d->max_length, true);
	if (most >= d->min_sum_cost)
		return NULL;
	return words_say(l, W_PROOF_DOUBT_BLANK_CHEAP, say_count("n", d->max_length),
			 say_taken("sum", translated_money(l, d, most)),
			 say_taken("least", translated_money(l, d, d->min_sum_cost)));
}

static char *too_few_points(enum language l, const struct yihu_definition *d)
{
	uint64_t most = (uint64_t)d->max_length * (d->radix - 1);
	if (most >= d->min_sum_points)
		return NULL;
	return words_say(l, W_PROOF_DOUBT_BLANK_POINTS, say_count("most", most),
			 say_count("least", d->min_sum_points));
}

/* Each part asks for so many: of its own projects, and of all that may be chosen. */
static void parts_ask(struct doubts *x, enum language l, const struct yihu_definition *d,
		      const struct yihu_division *p)
{
	uint64_t all = (uint64_t)p->n * p->min_length;
	if (!p->has_lengths || p->min_length == 0)
		return;
	for (size_t part = 0; part < p->n; part++) {
		uint32_t has = 0;
		for (size_t i = 0; i < d->n_projects; i++)
			has += p->of[i] == part;
		if (has < p->min_length)
			put(x,
			    words_say(l, W_PROOF_DOUBT_BLANK_PART, say_text("name", p->names[part]),
				      say_count("least", p->min_length), say_count("has", has)));
	}
	if (all > d->max_length)
		put(x, words_say(l, W_PROOF_DOUBT_BLANK_PARTS, say_count("all", all),
				 say_count("most", d->max_length)));
}

static void only_blank(struct doubts *x, enum language l, const struct yihu_definition *d)
{
	if (d->kind == YIHU_APPROVAL) {
		put(x, too_dear(l, d));
		put(x, parts_too_dear(l, d));
		put(x, too_cheap(l, d));
	}
	if (d->kind == YIHU_CUMULATIVE)
		put(x, too_few_points(l, d));
	for (size_t by = 0; by < YIHU_N_DIVISIONS; by++)
		parts_ask(x, l, d, &d->divisions[by]);
}

/* ---- votes ---- */

static char *too_many_votes(enum language l, const struct yihu_definition *d,
			    const struct yihu_charter *c)
{
	if (!d->has_threshold || d->kind != YIHU_APPROVAL ||
	    d->threshold <= (uint64_t)c->households + c->max_additions)
		return NULL;
	return words_say(l, W_PROOF_DOUBT_THRESHOLD, say_count("n", d->threshold),
			 say_count("households", c->households));
}

void doubts_find(struct doubts *out, enum language l, const struct yihu_definition *d,
		 const struct yihu_charter *c)
{
	*out = (struct doubts){0};
	unknown_keys(out, l, d);
	dear_projects(out, l, d);
	put(out, too_many_votes(l, d, c));
	only_blank(out, l, d);
	put(out, other_date(l, d, "date_begin", c->opens, W_PROOF_DOUBT_BEGIN));
	put(out, other_date(l, d, "date_end", c->closes, W_PROOF_DOUBT_END));
}
