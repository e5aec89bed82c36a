/* SPDX-License-Identifier: Apache-2.0
 *
 * The rounds of equal shares and phragmen, told in words. Fractions of any
 * length are shown to two places; results.json has them whole.
 */
#include <gmp.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

/* "p/q" times factor, rounded down; false when text is no such thing, or too
 * large for any amount that is published. */
static bool read_rational(uint64_t *out, bool *exact, const char *text, unsigned long factor)
{
	mpq_t q;
	mpz_t whole, rest;
	mpq_init(q);
	mpz_inits(whole, rest, NULL);
	bool ok = text && strspn(text, "0123456789/") == strlen(text) &&
		  mpq_set_str(q, text, 10) == 0 && mpz_sgn(mpq_denref(q)) != 0;
	if (ok) {
		mpz_mul_ui(whole, mpq_numref(q), factor);
		mpz_fdiv_qr(whole, rest, whole, mpq_denref(q));
		*exact = mpz_sgn(rest) == 0;
		ok = mpz_sizeinbase(whole, 2) <= 60;
		*out = ok ? mpz_get_ui(whole) : 0;
	}
	mpq_clear(q);
	mpz_clears(whole, rest, NULL);
	return ok;
}

static char *about(enum language l, bool exact, char *text)
{
	if (exact)
		return text;
	char *said = yihu_say(l, W_ABOUT, text);
	free(text);
	return said;
}

char *yihu_rational_money(const struct published *r, enum language l, const char *rational)
{
	uint64_t fen;
	bool exact;
	if (!read_rational(&fen, &exact, rational, 1))
		return yihu_strdup(rational ? rational : "");
	return about(l, exact, yihu_money_text(r, l, fen));
}

char *yihu_rational_number(enum language l, const char *rational)
{
	uint64_t hundredths;
	bool exact;
	if (!read_rational(&hundredths, &exact, rational, 100))
		return yihu_strdup(rational ? rational : "");
	char *whole = yihu_count_text(hundredths / 100);
	char *text = hundredths % 100 ? yihu_printf("%s.%02u", whole, (unsigned)(hundredths % 100))
				      : yihu_strdup(whole);
	free(whole);
	return about(l, exact, text);
}

char *yihu_have_text(const struct published *r, const struct result_project *p, enum language l,
		     bool missing)
{
	uint64_t fen;
	bool exact;
	if (!read_rational(&fen, &exact, p->have, 1))
		return yihu_strdup(p->have ? p->have : "");
	uint64_t less = p->cost > fen ? p->cost - fen : 0;
	/* rounded up, so that both amounts give the cost */
	return about(l, exact, yihu_money_text(r, l, missing ? less : fen));
}

/* The smallest v with v/valid ≥ cost/(3·budget). */
uint64_t yihu_eligible_votes(const struct published *r, const struct result_project *p)
{
	mpz_t v, whole;
	mpz_init_set_ui(v, p->cost);
	mpz_init_set_ui(whole, r->budget);
	mpz_mul_ui(v, v, r->valid);
	mpz_mul_ui(whole, whole, 3);
	uint64_t votes = 0;
	if (mpz_sgn(whole) > 0) {
		mpz_cdiv_q(v, v, whole);
		votes = mpz_sizeinbase(v, 2) <= 60 ? mpz_get_ui(v) : 0;
	}
	mpz_clears(v, whole, NULL);
	return votes;
}

static void put(struct yihu_buf *out, char *text)
{
	yihu_buf_str(out, text);
	free(text);
}

/* Within a line, English has a space between sentences. */
static void put_after(struct yihu_buf *out, enum language l, char *text)
{
	yihu_buf_str(out, l == EN ? " " : "");
	put(out, text);
}

static void put_begin(struct yihu_buf *out, const struct published *r, enum language l)
{
	char *share = yihu_rational_money(r, l, r->share), *times = yihu_count_text(r->raises);
	put(out, r->raises ? yihu_say(l, W_STEP_RAISED, times, share)
			   : yihu_say(l, W_STEP_BEGIN, share));
	if (r->raised)
		put_after(out, l, yihu_say(l, r->raised_over ? W_STEP_OVER : W_STEP_EXHAUSTIVE));
	yihu_buf_u8(out, '\n');
	free(share);
	free(times);
}

static void put_by(struct yihu_buf *out, enum yihu_tiebreak by, enum language l)
{
	if (by == YIHU_BY_COST)
		put_after(out, l, yihu_say(l, W_STEP_BY_COST));
	else if (by == YIHU_BY_MORE_VOTES)
		put_after(out, l, yihu_say(l, W_STEP_BY_MORE_VOTES));
	else if (by == YIHU_BY_LOT)
		put_after(out, l, yihu_say(l, W_STEP_BY_LOT));
}

static void put_round(struct yihu_buf *out, const struct published *r, size_t i, enum language l)
{
	const struct result_round *round = &r->rounds[i];
	const struct result_project *p = &r->projects[round->project];
	char *n = yihu_count_text(i + 1), *cost = yihu_money_text(r, l, p->cost);
	char *payers = yihu_count_text(round->payers), *emptied = yihu_count_text(round->emptied);
	char *cap = yihu_rational_money(r, l, round->cap);
	char *effective = yihu_rational_number(l, round->effective);
	char *name = yihu_say(l, W_NAME, yihu_project_name(p, l));
	if (round->effective)
		put(out, yihu_say(l, yihu_by_ballots(r) ? W_STEP_ROUND : W_STEP_ROUND_POINTS, n,
				  name, cost, effective, payers, cap));
	else
		put(out, yihu_say(l, W_STEP_TIME, n, name, cost, payers, cap));
	if (round->emptied)
		put_after(out, l, yihu_say(l, W_STEP_EMPTIED, emptied));
	put_by(out, round->by, l);
	yihu_buf_u8(out, '\n');
	free(n);
	free(cost);
	free(payers);
	free(emptied);
	free(cap);
	free(effective);
	free(name);
}

static void put_rest(struct yihu_buf *out, const struct published *r, enum language l)
{
	uint64_t left = r->budget;
	for (size_t i = 0; i < r->n_rounds; i++) {
		uint64_t cost = r->projects[r->rounds[i].project].cost;
		left = cost < left ? left - cost : 0;
	}
	char *money = yihu_money_text(r, l, left);
	put(out, yihu_say(l, W_STEP_REST, money));
	yihu_buf_u8(out, '\n');
	free(money);
}

static void put_comparison(struct yihu_buf *out, const struct published *r, enum language l)
{
	char *greedy = yihu_count_text(r->prefer_greedy),
	     *shares = yihu_count_text(r->prefer_shares);
	put(out, yihu_say(l, r->greedy_taken ? W_STEP_GREEDY_TAKEN : W_STEP_GREEDY_NOT_TAKEN,
			  greedy, shares));
	yihu_buf_u8(out, '\n');
	free(greedy);
	free(shares);
}

char *yihu_steps_text(const struct published *r, enum language l)
{
	struct yihu_buf out = {0};
	yihu_buf_str(&out, "");
	if (!r->has_trace)
		return (char *)out.data;
	if (r->rule != RULE_PHRAGMEN)
		put_begin(&out, r, l);
	for (size_t i = 0; i < r->n_rounds; i++)
		put_round(&out, r, i, l);
	if (r->rule == RULE_ADD1U)
		put_rest(&out, r, l);
	if (r->compared)
		put_comparison(&out, r, l);
	return (char *)out.data;
}
