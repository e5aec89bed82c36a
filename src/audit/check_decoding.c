/* SPDX-License-Identifier: Apache-2.0
 *
 * From openings to plain ballots (PROTOCOL §2, §9): the t lowest openings
 * combined, each word looked up in the table of m·G, void ballots set apart,
 * and the lot's seed V. The product is the tally.
 */
#include <stdlib.h>
#include <string.h>

#include "work.h"

static uint32_t largest_bound(const struct yihu_definition *d)
{
	uint32_t most = 1;
	for (uint32_t j = 0; j < d->width; j++)
		if (yihu_word_bound(d, j) > most)
			most = yihu_word_bound(d, j);
	return most;
}

/* The caller's table, or one of our own (*own, to be freed). */
static const struct yihu_words_table *table_for(const struct audit_work *w,
						struct yihu_words_table **own)
{
	uint32_t bound = largest_bound(w->election.definition);
	const struct yihu_words_table *given = w->o->table;
	*own = NULL;
	if (given && yihu_words_table_bound(given) >= bound)
		return given;
	*own = yihu_words_table_new(bound);
	return *own;
}

static void combine(struct audit_work *w, struct yihu_point *points)
{
	const struct yihu_opening *lowest[YIHU_HOLDERS_MAX];
	struct yihu_point v;
	uint32_t n = 0;
	for (uint32_t j = 0; j < YIHU_HOLDERS_MAX && n < w->charter->t; j++)
		if (w->opened[j])
			lowest[n++] = w->opened[j];
	yihu_openings_combine(points, &v, lowest, n, w->a->list, w->o->progress);
	memcpy(w->a->tally.lot_seed, v.bytes, sizeof w->a->tally.lot_seed);
}

/* A word beyond its own bound may still be in a shared table; that too is
 * yihu_digits_from_words's to refuse. */
static bool decode(const struct yihu_definition *d, const struct yihu_words_table *table,
		   const struct yihu_point *points, uint32_t *digits)
{
	uint32_t words[YIHU_WIDTH_MAX];
	for (uint32_t j = 0; j < d->width; j++) {
		int32_t m = yihu_word_of(table, &points[j]);
		words[j] = m < 0 ? UINT32_MAX : (uint32_t)m;
	}
	return yihu_digits_from_words(d, words, digits, NULL) == 0 &&
	       yihu_digits_check(d, digits, NULL) == 0;
}

static void decode_all(struct audit_work *w, const struct yihu_point *points)
{
	const struct yihu_definition *d = w->election.definition;
	struct yihu_tally *t = &w->a->tally;
	struct yihu_words_table *own;
	const struct yihu_words_table *table = table_for(w, &own);
	w->digits = yihu_calloc(w->a->n * d->n_projects + 1, sizeof *w->digits);
	w->void_at = yihu_calloc(w->a->n + 1, sizeof *w->void_at);
	for (uint64_t i = 0; i < w->a->n; i++) {
		if (decode(d, table, &points[i * d->width], &w->digits[t->n_valid * d->n_projects]))
			t->n_valid++;
		else
			w->void_at[t->n_void++] = i + 1;
	}
	t->digits = w->digits;
	t->void_at = w->void_at;
	yihu_words_table_free(own);
}

/* Everything of the tally that the log alone tells. */
static void fill_tally(struct audit_work *w)
{
	struct yihu_ledger_counts c = yihu_ledger_counts(w->a->ledger);
	const struct yihu_buf *definition = yihu_public_get(w->p, "election.pb");
	size_t n_withdrawn;
	const struct yihu_withdrawn *withdrawn = yihu_ledger_withdrawn(w->a->ledger, &n_withdrawn);
	w->a->tally = (struct yihu_tally){
		.charter = w->charter,
		.definition = w->election.definition,
		.definition_bytes = definition->data,
		.definition_len = definition->len,
		.log_size = w->a->box.size,
		.households = c.households,
		.additions = c.additions,
		.replacements = c.replacements,
		.voids = c.voids,
		.entitled = c.entitled,
		.cast = c.ballots,
		.withdrawn = withdrawn,
		.n_withdrawn = n_withdrawn,
		.mixes = w->a->mixes,
		.openers = w->a->openers,
	};
}

/* Whether the openings bear being combined; says why not. */
static bool ready(struct audit_work *w)
{
	if (w->a->not_opened) {
		audit_skip(w, YIHU_CHECK_DECODING, _("not opened: too few ballots"));
		return false;
	}
	if (audit_faulty(w, YIHU_CHECK_OPENINGS) || audit_faulty(w, YIHU_CHECK_MIXES)) {
		audit_skip_barred(w, YIHU_CHECK_DECODING, YIHU_CHECK_OPENINGS);
		return false;
	}
	if (w->a->openings == 0) {
		audit_skip_absent(w, YIHU_CHECK_DECODING);
		return false;
	}
	if (w->a->openings < w->charter->t) {
		audit_skip(w, YIHU_CHECK_DECODING, _("%u of the %u openings are here"),
			   w->a->openings, w->charter->t);
		return false;
	}
	return true;
}

void audit_check_decoding(struct audit_work *w)
{
	if (w->a->closed)
		fill_tally(w);
	if (!ready(w))
		return;
	struct yihu_point *points =
		yihu_calloc(w->a->n * w->election.definition->width + 1, sizeof *points);
	combine(w, points);
	decode_all(w, points);
	free(points);
	w->a->tally.opened = true;
	audit_step(w, YIHU_CHECK_DECODING, w->a->n, _("valid ballots: %llu; void ballots: %llu"),
		   (unsigned long long)w->a->tally.n_valid, (unsigned long long)w->a->tally.n_void);
}
