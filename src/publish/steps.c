/* SPDX-License-Identifier: Apache-2.0
 *
 * The rounds of equal shares and phragmen, told in words. Fractions of any
 * length are shown to two places; results.json has them whole.
 */
#include <gmp.h>
#include <stdlib.h>
#include <string.h>

#include "publish/phrases.h"
#include "publish/steps.h"

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
	return exact ? text : words_say(l, W_FORM_ABOUT, say_taken("amount", text));
}

/* A rational amount of fen, rounded down to the fen; "about" when it is not
 * that. Text that is no rational comes back as it is. */
static char *rational_money(const struct published *r, enum language l, const char *rational)
{
	uint64_t fen;
	bool exact;
	if (!read_rational(&fen, &exact, rational, 1))
		return yihu_strdup(rational ? rational : "");
	return about(l, exact, words_money(l, fen, r->currency));
}

/* The same, to two places. */
static char *rational_number(enum language l, const char *rational)
{
	uint64_t hundredths;
	bool exact;
	if (!read_rational(&hundredths, &exact, rational, 100))
		return yihu_strdup(rational ? rational : "");
	return about(l, exact, words_hundredths(l, hundredths));
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
	return about(l, exact, words_money(l, missing ? less : fen, r->currency));
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

/* A line: one sentence, or two. Frees them. */
static void put(struct yihu_buf *out, char *text)
{
	yihu_buf_fmt(out, "%s\n", text);
	free(text);
}

/* Why shares were raised no further. */
static enum word end_word(const struct published *r)
{
	bool while_it_fits = r->rule == RULE_ADD1 || r->rule == RULE_ADD1U;
	if (r->raised_over)
		return W_RESULT_STEP_OVER;
	return while_it_fits ? W_RESULT_STEP_NONE_LEFT : W_RESULT_STEP_EXHAUSTIVE;
}

static void put_begin(struct yihu_buf *out, const struct published *r, enum language l)
{
	char *share = rational_money(r, l, r->share);
	char *text = r->raises ? words_say(l, W_RESULT_STEP_RAISED, say_count("times", r->raises),
					   say_taken("share", share))
			       : words_say(l, W_RESULT_STEP_BEGIN, say_taken("share", share));
	if (r->raised)
		text = words_join(l, text, word_copy(l, end_word(r)));
	put(out, text);
}

/* By what a round was chosen among equals; "" when it needed nothing. */
static char *by_text(enum yihu_tiebreak by, enum language l)
{
	if (by == YIHU_BY_COST)
		return word_copy(l, W_RESULT_STEP_BY_COST);
	if (by == YIHU_BY_MORE_VOTES)
		return word_copy(l, W_RESULT_STEP_BY_MORE_VOTES);
	return by == YIHU_BY_LOT ? word_copy(l, W_RESULT_STEP_BY_LOT) : yihu_strdup("");
}

static char *round_text(const struct published *r, size_t i, enum language l)
{
	const struct result_round *round = &r->rounds[i];
	const struct result_project *p = &r->projects[round->project];
	const char *name = yihu_project_name(p, l);
	const struct said number = say_count("round", i + 1);
	const struct said quoted =
		say_taken("name", words_say(l, W_FORM_QUOTED, say_text("name", name)));
	const struct said cost = yihu_say_money("cost", r, l, p->cost);
	const struct said payers = say_count("ballots", round->payers);
	char *cap = rational_money(r, l, round->cap);
	if (!round->effective)
		return words_say(l, W_RESULT_STEP_TIME, number, quoted, cost, payers,
				 say_taken("given", cap));
	return words_say(l, yihu_by_ballots(r) ? W_RESULT_STEP_ROUND : W_RESULT_STEP_ROUND_POINTS,
			 number, quoted, cost, payers,
			 say_taken("effective", rational_number(l, round->effective)),
			 say_taken("most", cap));
}

static void put_round(struct yihu_buf *out, const struct published *r, size_t i, enum language l)
{
	const struct result_round *round = &r->rounds[i];
	char *text = round_text(r, i, l);
	if (round->emptied)
		text = words_join(
			l, text,
			words_say(l, W_RESULT_STEP_EMPTIED, say_count("ballots", round->emptied)));
	put(out, words_join(l, text, by_text(round->by, l)));
}

static void put_rest(struct yihu_buf *out, const struct published *r, enum language l)
{
	uint64_t left = r->budget;
	for (size_t i = 0; i < r->n_rounds; i++) {
		uint64_t cost = r->projects[r->rounds[i].project].cost;
		left = cost < left ? left - cost : 0;
	}
	put(out, words_say(l, W_RESULT_STEP_REST, yihu_say_money("left", r, l, left)));
}

static void put_comparison(struct yihu_buf *out, const struct published *r, enum language l)
{
	put(out,
	    words_say(l,
		      r->greedy_taken ? W_RESULT_STEP_GREEDY_TAKEN : W_RESULT_STEP_GREEDY_NOT_TAKEN,
		      say_count("greedy", r->prefer_greedy),
		      say_count("shares", r->prefer_shares)));
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
	if (result_rule_completes(r->rule))
		put_rest(&out, r, l);
	if (r->compared)
		put_comparison(&out, r, l);
	return (char *)out.data;
}
