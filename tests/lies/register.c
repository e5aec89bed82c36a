/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies in the register (PROTOCOL §5): households that are there twice, not at
 * all, or of another election.
 */
#include <stdlib.h>
#include <string.h>

#include "tale.h"

struct draft_register {
	uint8_t eid[YIHU_EID_BYTES];
	uint32_t n; /* as line 3 says */
	size_t lines;
	uint32_t serials[HOUSEHOLDS + 1];
	struct yihu_credential credentials[HOUSEHOLDS + 1];
	const char *who;
};

/* Household 7's line is there, to be used or not. */
static struct draft_register honest(void)
{
	struct draft_register d = {.n = HOUSEHOLDS, .lines = HOUSEHOLDS, .who = "i"};
	memcpy(d.eid, world()->c->eid, sizeof d.eid);
	for (uint32_t i = 0; i <= HOUSEHOLDS; i++) {
		d.serials[i] = i + 1;
		d.credentials[i] = fixture_credential(world()->f, i + 1);
	}
	return d;
}

/* The issuer signs pk for the serial of line i. */
static void issue(struct draft_register *d, size_t i, const uint8_t pk[static 32])
{
	d->credentials[i] = credential_by(d->eid, d->serials[i], pk, &world()->f->issuer);
}

static void write(const struct draft_register *d, struct yihu_buf *note)
{
	struct liars l = liars();
	struct yihu_buf text = {0};
	yihu_buf_str(&text, "yihu-register-v1\n");
	yihu_hex(&text, d->eid, sizeof d->eid);
	yihu_buf_fmt(&text, "\n%u\n", d->n);
	for (size_t i = 0; i < d->lines; i++) {
		yihu_buf_fmt(&text, "%u ", d->serials[i]);
		yihu_base64(&text, d->credentials[i].pk, YIHU_PUBKEY_BYTES);
		yihu_buf_str(&text, " ");
		yihu_base64(&text, d->credentials[i].signature, YIHU_SIGNATURE_BYTES);
		yihu_buf_str(&text, "\n");
	}
	sign_note(note, &text, &l, d->who);
	yihu_buf_free(&text);
}

static void tell(struct scene *s, const struct draft_register *d)
{
	struct yihu_buf note = {0};
	write(d, &note);
	s->p = public_copy(world()->issued);
	put(s->p, "register", &note);
}

static void one_key_for_two_households(struct scene *s)
{
	struct draft_register d = honest();
	issue(&d, 4, d.credentials[1].pk);
	tell(s, &d);
}

static void a_register_of_another_election(struct scene *s)
{
	struct draft_register d = honest();
	d.eid[31] ^= 1;
	for (size_t i = 0; i < HOUSEHOLDS; i++)
		issue(&d, i, d.credentials[i].pk);
	tell(s, &d);
}

static void a_letter_issued_under_another_election(struct scene *s)
{
	struct draft_register d = honest();
	uint8_t other[YIHU_EID_BYTES] = {1};
	d.credentials[3] = credential_by(other, 4, d.credentials[3].pk, &world()->f->issuer);
	tell(s, &d);
}

static void a_letter_issued_by_a_holder(struct scene *s)
{
	struct draft_register d = honest();
	d.credentials[3] = credential_by(d.eid, 4, d.credentials[3].pk, &world()->f->holders[0]);
	tell(s, &d);
}

static void letters_exchanged_between_households(struct scene *s)
{
	struct draft_register d = honest();
	struct yihu_credential kept = d.credentials[1];
	d.credentials[1] = d.credentials[2];
	d.credentials[2] = kept;
	tell(s, &d);
}

static void a_household_unseen(struct scene *s)
{
	struct draft_register d = honest();
	d.n = d.lines = HOUSEHOLDS + 1;
	tell(s, &d);
}

static void a_household_after_the_last(struct scene *s)
{
	struct draft_register d = honest();
	d.lines = HOUSEHOLDS + 1;
	tell(s, &d);
}

static void a_household_left_out(struct scene *s)
{
	struct draft_register d = honest();
	d.lines = HOUSEHOLDS - 1;
	tell(s, &d);
}

static void a_number_skipped(struct scene *s)
{
	struct draft_register d = honest();
	d.serials[5] = 7;
	d.credentials[5] = d.credentials[6];
	tell(s, &d);
}

static void a_number_twice(struct scene *s)
{
	struct draft_register d = honest();
	d.serials[5] = 5;
	d.credentials[5] = credential_by(d.eid, 5, d.credentials[5].pk, &world()->f->issuer);
	tell(s, &d);
}

static void a_household_key_outside_the_group(struct scene *s)
{
	struct draft_register d = honest();
	uint8_t pk[YIHU_PUBKEY_BYTES];
	memcpy(pk, d.credentials[2].pk, sizeof pk);
	add_torsion(pk);
	issue(&d, 2, pk);
	tell(s, &d);
}

/* Anybody can sign for the identity. */
static void a_household_key_that_all_can_use(struct scene *s)
{
	struct draft_register d = honest();
	issue(&d, 2, (const uint8_t[YIHU_PUBKEY_BYTES]){1});
	tell(s, &d);
}

/* The honest register in other words, signed by the issuer. */
static void reword(struct scene *s, const char *old, const char *with)
{
	struct yihu_buf text = copy_of(world()->issued, "register");
	uint8_t *end = memmem(text.data, text.len, "\n\n", 2);
	text.len = (size_t)(end - text.data) + 1;
	replace(&text, old, with);
	s->p = public_copy(world()->issued);
	put_note(s->p, "register", &text, "i");
}

/* 32 bytes leave two bits over in their last sign. */
static void a_household_key_in_another_spelling(struct scene *s)
{
	static const char signs[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct yihu_buf key = {0}, other = {0};
	struct yihu_credential c = fixture_credential(world()->f, 3);
	yihu_base64(&key, c.pk, sizeof c.pk);
	yihu_buf_put(&other, key.data, key.len);
	uint8_t *last = &other.data[other.len - 2];
	*last = (uint8_t)signs[(strchr(signs, *last) - signs) | 1];
	reword(s, (const char *)key.data, (const char *)other.data);
	yihu_buf_free(&key);
	yihu_buf_free(&other);
}

static void a_household_number_in_another_spelling(struct scene *s)
{
	reword(s, "\n3 ", "\n03 ");
}

static void a_register_signed_by_a_holder(struct scene *s)
{
	struct draft_register d = honest();
	d.who = "1";
	tell(s, &d);
}

static void a_register_signed_by_two(struct scene *s)
{
	struct draft_register d = honest();
	d.who = "i1";
	tell(s, &d);
}

/* Household 6 has another letter than when the log was opened; all is signed. */
static void a_register_exchanged_after_the_opening(struct scene *s)
{
	struct draft_register d = honest();
	struct tale t = tale_begin();
	struct yihu_buf note = {0};
	issue(&d, 5, d.credentials[6].pk);
	write(&d, &note);
	tale_opens(&t);
	tale_ballots(&t, 2);
	tale_tell(&t, s);
	put(s->p, "register", &note);
}

#define REGISTER_LIE(called, code, says) LIE(called, REGISTER, code, "register", says)

const struct lie register_lies[] = {
	REGISTER_LIE(one_key_for_two_households, KEYS, "letters 0002 and 0005"),
	REGISTER_LIE(a_register_of_another_election, ELECTION, "of another election"),
	REGISTER_LIE(a_letter_issued_under_another_election, REGISTER,
		     "has not signed this key for letter 0004"),
	REGISTER_LIE(a_letter_issued_by_a_holder, REGISTER,
		     "has not signed this key for letter 0004"),
	REGISTER_LIE(letters_exchanged_between_households, REGISTER,
		     "has not signed this key for letter 0002"),
	REGISTER_LIE(a_household_unseen, REGISTER, "7 households, the charter has 6"),
	REGISTER_LIE(a_household_after_the_last, TRAILING, "after its last household"),
	REGISTER_LIE(a_household_left_out, REGISTER, "must be that of letter 0006"),
	REGISTER_LIE(a_number_skipped, REGISTER, "must be that of letter 0006"),
	REGISTER_LIE(a_number_twice, REGISTER, "must be that of letter 0006"),
	REGISTER_LIE(a_household_key_outside_the_group, PUBKEY, "line 6"),
	REGISTER_LIE(a_household_key_that_all_can_use, PUBKEY, "line 6"),
	REGISTER_LIE(a_household_key_in_another_spelling, REGISTER, "line 6"),
	REGISTER_LIE(a_household_number_in_another_spelling, REGISTER, "line 6"),
	REGISTER_LIE(a_register_signed_by_a_holder, SIGNERS, "by lies-issuer belongs here"),
	REGISTER_LIE(a_register_signed_by_two, SIGNERS, "2 signatures where 1 belong"),
	LIE(a_register_exchanged_after_the_opening, ENTRIES, REGISTER, "log/tile/entries/",
	    "entry 0: the log was opened with another register"),
	NO_MORE_LIES,
};
