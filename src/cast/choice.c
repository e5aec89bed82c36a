/* SPDX-License-Identifier: Apache-2.0
 *
 * The choice: in words, at random, and as a ballot.
 */
#include "cast/cast.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* A random order may spend its money on too few projects: try others. */
#define RANDOM_TRIES 200

static void shuffle(size_t *order, size_t n)
{
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (size_t i = n; i > 1; i--) {
		size_t j = randombytes_uniform((uint32_t)i), was = order[i - 1];
		order[i - 1] = order[j];
		order[j] = was;
	}
}

/* The digit of the project that comes at `rank`, from 1; `left` of the money
 * or points that there are. */
static uint32_t random_digit(const struct yihu_definition *d, size_t project, uint32_t rank,
			     uint64_t *left)
{
	uint64_t most = d->radix - 1;
	switch (d->kind) {
	case YIHU_ORDINAL:
		return rank;
	case YIHU_APPROVAL:
		if (d->has_max_sum_cost && d->projects[project].cost > *left)
			return 0;
		*left -= d->has_max_sum_cost ? d->projects[project].cost : 0;
		return 1;
	case YIHU_CUMULATIVE:
		most = most < *left ? most : *left;
		if (most == 0)
			return 0;
		most = 1 + randombytes_uniform((uint32_t)most);
		*left -= most;
		return (uint32_t)most;
	default:
		return 1 + randombytes_uniform((uint32_t)most);
	}
}

static void draw(const struct yihu_definition *d, size_t *order, uint32_t *digits)
{
	uint64_t left = d->kind == YIHU_CUMULATIVE ? d->max_sum_points : d->max_sum_cost;
	uint32_t span = d->max_length - d->min_length + 1;
	uint32_t picks = d->min_length + randombytes_uniform(span);
	memset(digits, 0, d->n_projects * sizeof *digits);
	shuffle(order, d->n_projects);
	for (uint32_t i = 0; i < picks; i++)
		digits[order[i]] = random_digit(d, order[i], i + 1, &left);
}

int cast_random_digits(const struct yihu_definition *d, uint32_t *digits, struct yihu_error *err)
{
	size_t *order = yihu_calloc(d->n_projects, sizeof *order);
	bool valid = false;
	for (int i = 0; i < RANDOM_TRIES && !valid; i++) {
		draw(d, order, digits);
		valid = yihu_digits_check(d, digits, NULL) == 0;
	}
	free(order);
	return valid ? 0
		     : yihu_fail(err, YIHU_EVOTE,
				 _("no random ballot was found that the rules "
				   "allow; choose one yourself"));
}

static void spell_one(struct yihu_buf *out, const struct yihu_definition *d, size_t project,
		      uint32_t digit)
{
	const struct yihu_project *p = &d->projects[project];
	switch (d->kind) {
	case YIHU_CONSENT:
		yihu_buf_fmt(out,
			     digit == 1   ? _("  %s %s: agree\n")
			     : digit == 2 ? _("  %s %s: against\n")
					  : _("  %s %s: abstain\n"),
			     p->id, p->name);
		return;
	case YIHU_APPROVAL:
		yihu_buf_fmt(out, "  %s %s\n", p->id, p->name);
		return;
	case YIHU_ORDINAL:
		yihu_buf_fmt(out, "  %u. %s %s\n", digit, p->id, p->name);
		return;
	default:
		yihu_buf_fmt(out, _("  %s %s: %u points\n"), p->id, p->name, digit);
	}
}

static void spell_ranks(struct yihu_buf *out, const struct yihu_definition *d,
			const uint32_t *digits)
{
	for (uint32_t rank = 1; rank <= d->max_length; rank++)
		for (size_t i = 0; i < d->n_projects; i++)
			if (digits[i] == rank)
				spell_one(out, d, i, rank);
}

void cast_spell_choice(struct yihu_buf *out, const struct yihu_definition *d,
		       const uint32_t *digits)
{
	bool blank = true;
	for (size_t i = 0; i < d->n_projects; i++)
		blank = blank && digits[i] == 0;
	if (blank)
		yihu_buf_str(out, _("  a blank ballot: for no project\n"));
	else if (d->kind == YIHU_ORDINAL)
		spell_ranks(out, d, digits);
	else
		for (size_t i = 0; i < d->n_projects; i++)
			if (digits[i] != 0 || d->kind == YIHU_CONSENT)
				spell_one(out, d, i, digits[i]);
}

int cast_make_ballot(struct yihu_buf *out, const struct yihu_election *e,
		     const struct yihu_token *t, const uint32_t *digits, struct yihu_error *err)
{
	uint32_t words[YIHU_WIDTH_MAX];
	yihu_words_from_digits(e->definition, digits, words);
	int r = yihu_ballot_make(out, e, t, words, NULL, NULL, err);
	sodium_memzero(words, sizeof words);
	return r;
}

/* A file of another household's ballot would be acknowledged, and this one
 * would believe it has voted: so the letter's key is compared. */
static int check_letter(const struct yihu_ballot *b, const struct yihu_election *e,
			const struct yihu_token *t, struct yihu_error *err)
{
	struct yihu_keypair kp;
	yihu_token_keypair(&kp, e->charter->eid, t);
	bool same = memcmp(b->pk, kp.pk, sizeof kp.pk) == 0; /* the serial is in it */
	yihu_keypair_wipe(&kp);
	return same ? 0
		    : yihu_fail(err, YIHU_ECREDENTIAL,
				_("this ballot is of letter %04u, and the letter given is %04u"),
				b->serial, t->serial);
}

int cast_check_ballot(const struct yihu_election *e, const struct yihu_token *t,
		      const struct yihu_buf *ballot, uint32_t *serial, struct yihu_error *err)
{
	struct yihu_ballot *b = yihu_calloc(1, sizeof *b);
	const uint8_t *eid = e->charter->eid;
	int r = yihu_ballot_parse(b, ballot->data, ballot->len, e->definition->width, err);
	if (r == 0)
		r = yihu_ballot_verify(b, ballot->data, ballot->len, eid, err);
	if (r == 0 && yihu_credential_verify(eid, b->serial, b->pk, b->token_signature,
					     e->charter->issuer.pk, NULL) != 0)
		r = yihu_fail(err, YIHU_EELECTION,
			      _("this ballot is not one of the election that the server holds"));
	if (r == 0 && t)
		r = check_letter(b, e, t, err);
	if (r == 0)
		*serial = b->serial;
	free(b);
	return r;
}
