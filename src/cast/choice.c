/* SPDX-License-Identifier: Apache-2.0
 *
 * The choice: in words, and as a ballot.
 */
#include "cast/cast.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

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
