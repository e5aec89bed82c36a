/* SPDX-License-Identifier: Apache-2.0
 *
 * Changes that lie (PROTOCOL §7, `R`): households added, replaced or voided
 * that must not be.
 */
#include <string.h>

#include "tale.h"

#define NEXT (HOUSEHOLDS + 1)

/* A poll in which household 1 has voted. */
static struct tale begun(void)
{
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballot(&t, 1);
	return t;
}

static void end(struct tale *t, struct scene *s)
{
	tale_ballot(t, 2);
	tale_closes(t);
	tale_close(t);
	tale_tell(t, s);
}

static void change(struct scene *s, uint32_t old, uint32_t new)
{
	struct tale t = begun();
	tale_change(&t, old, new);
	end(&t, s);
}

static void a_change_of_nothing(struct scene *s)
{
	change(s, 0, 0);
}

static void a_void_of_no_household(struct scene *s)
{
	change(s, NEXT, 0);
}

static void a_letter_that_replaces_itself(struct scene *s)
{
	change(s, NEXT, NEXT);
}

static void a_void_of_a_household_that_voted(struct scene *s)
{
	change(s, 1, 0);
}

static void a_replacement_of_a_household_that_voted(struct scene *s)
{
	change(s, 1, NEXT);
}

static void an_addition_that_skips_a_number(struct scene *s)
{
	change(s, 0, NEXT + 1);
}

static void an_addition_under_a_number_in_use(struct scene *s)
{
	change(s, 0, 3);
}

static void a_letter_voided_twice(struct scene *s)
{
	struct tale t = begun();
	tale_change(&t, 5, 0);
	tale_change(&t, 5, 0);
	end(&t, s);
}

/* Household 5 would have two letters. */
static void a_letter_replaced_twice(struct scene *s)
{
	struct tale t = begun();
	tale_change(&t, 5, NEXT);
	tale_change(&t, 5, NEXT + 1);
	end(&t, s);
}

static void an_addition_beyond_the_charter(struct scene *s)
{
	struct tale t = begun();
	for (uint32_t i = 0; i < 3; i++)
		tale_change(&t, 0, NEXT + i);
	end(&t, s);
}

/* A replacement and a void are two; the third is one too many. */
static void a_void_beyond_the_charter(struct scene *s)
{
	struct tale t = begun();
	tale_change(&t, 4, NEXT);
	tale_change(&t, 5, 0);
	tale_change(&t, 6, 0);
	end(&t, s);
}

static void a_replacement_beyond_the_charter(struct scene *s)
{
	struct tale t = begun();
	tale_change(&t, 4, 0);
	tale_change(&t, 5, 0);
	tale_change(&t, 6, NEXT);
	end(&t, s);
}

/* A change with the key `pk`, signed for `serial` by `token_by` and by `by`. */
static void change_key(struct tale *t, uint32_t old, uint32_t serial, const uint8_t pk[static 32],
		       const struct yihu_keypair *token_by, const struct yihu_keypair *by)
{
	struct yihu_credential c = credential_by(world()->c->eid, serial, pk, token_by);
	tale_change_with(t, old, serial, &c, by);
}

static void an_addition_with_a_key_in_use(struct scene *s)
{
	struct tale t = begun();
	struct yihu_credential used = fixture_credential(world()->f, 4);
	change_key(&t, 0, NEXT, used.pk, &world()->f->issuer, &world()->f->issuer);
	end(&t, s);
}

static void a_replacement_with_the_old_key(struct scene *s)
{
	struct tale t = begun();
	struct yihu_credential used = fixture_credential(world()->f, 4);
	change_key(&t, 4, NEXT, used.pk, &world()->f->issuer, &world()->f->issuer);
	end(&t, s);
}

static void a_replacement_key_used_again(struct scene *s)
{
	struct tale t = begun();
	struct yihu_credential used = fixture_credential(world()->f, NEXT);
	tale_change(&t, 4, NEXT);
	change_key(&t, 5, NEXT + 1, used.pk, &world()->f->issuer, &world()->f->issuer);
	end(&t, s);
}

static void a_new_key_outside_the_group(struct scene *s)
{
	struct tale t = begun();
	struct yihu_credential c = fixture_credential(world()->f, NEXT);
	add_torsion(c.pk);
	change_key(&t, 0, NEXT, c.pk, &world()->f->issuer, &world()->f->issuer);
	end(&t, s);
}

static void a_new_letter_that_a_holder_signed(struct scene *s)
{
	struct tale t = begun();
	struct yihu_credential c = fixture_credential(world()->f, NEXT);
	change_key(&t, 0, NEXT, c.pk, &world()->f->holders[0], &world()->f->issuer);
	end(&t, s);
}

/* The token is right; the daemon signs that it counts. */
static void a_change_that_the_log_signed(struct scene *s)
{
	struct tale t = begun();
	struct yihu_credential c = fixture_credential(world()->f, NEXT);
	change_key(&t, 0, NEXT, c.pk, &world()->f->issuer, &world()->f->log);
	end(&t, s);
}

/* A body by hand, signed by the issuer under this eid. */
static void change_body(struct tale *t, const uint8_t eid[static YIHU_EID_BYTES], uint32_t old,
			uint32_t new, const struct yihu_credential *c)
{
	struct yihu_buf body = {0}, m = {0};
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	yihu_buf_be32(&body, old);
	yihu_buf_be32(&body, new);
	yihu_buf_put(&body, c->pk, sizeof c->pk);
	yihu_buf_put(&body, c->signature, sizeof c->signature);
	yihu_message_label(&m, "replace");
	yihu_message_item(&m, eid, YIHU_EID_BYTES);
	yihu_message_item(&m, body.data, body.len);
	yihu_sign(signature, &world()->f->issuer, m.data, m.len);
	yihu_buf_put(&body, signature, sizeof signature);
	yihu_buf_free(&m);
	tale_put(t, YIHU_ENTRY_CHANGE, &body);
}

/* A key that no number was given to could be claimed for one later. */
static void a_void_that_carries_a_key(struct scene *s)
{
	struct tale t = begun();
	struct yihu_credential c = fixture_credential(world()->f, NEXT);
	change_body(&t, world()->c->eid, 5, 0, &c);
	end(&t, s);
}

static void a_change_of_another_election(struct scene *s)
{
	struct tale t = begun();
	struct yihu_credential c = fixture_credential(world()->f, NEXT);
	change_body(&t, (const uint8_t[YIHU_EID_BYTES]){1}, 0, NEXT, &c);
	end(&t, s);
}

static void a_change_as_the_poll_closes(struct scene *s)
{
	struct tale t = begun();
	tale_ballot(&t, 2);
	tale_closes(&t);
	tale_change(&t, 0, NEXT);
	tale_close(&t);
	tale_tell(&t, s);
}

static void a_change_before_the_log_is_opened(struct scene *s)
{
	struct tale t = tale_empty();
	tale_change(&t, 0, NEXT);
	tale_tell(&t, s);
}

#define CHANGE_LIE(called, code, says) LIE(called, ENTRIES, code, "log/tile/entries/", says)

const struct lie change_lies[] = {
	CHANGE_LIE(a_change_of_nothing, CHANGE, "entry 2: the change names neither"),
	CHANGE_LIE(a_void_of_no_household, CREDENTIAL, "entry 2: this election has no letter 0007"),
	CHANGE_LIE(a_letter_that_replaces_itself, CREDENTIAL,
		   "entry 2: this election has no letter 0007"),
	CHANGE_LIE(a_void_of_a_household_that_voted, VOTED,
		   "entry 2: letter 0001 has already voted"),
	CHANGE_LIE(a_replacement_of_a_household_that_voted, VOTED,
		   "entry 2: letter 0001 has already voted"),
	CHANGE_LIE(an_addition_that_skips_a_number, CHANGE,
		   "entry 2: the change gives out letter 0008, but the next one is 0007"),
	CHANGE_LIE(an_addition_under_a_number_in_use, CHANGE,
		   "entry 2: the change gives out letter 0003, but the next one is 0007"),
	CHANGE_LIE(a_letter_voided_twice, VOIDED, "entry 3: letter 0005 is void"),
	CHANGE_LIE(a_letter_replaced_twice, VOIDED, "entry 3: letter 0005 is void: letter"),
	CHANGE_LIE(an_addition_beyond_the_charter, LIMIT,
		   "entry 4: the charter allows 2 additions"),
	CHANGE_LIE(a_void_beyond_the_charter, LIMIT,
		   "entry 4: the charter allows 2 replacements and voids together"),
	CHANGE_LIE(a_replacement_beyond_the_charter, LIMIT,
		   "entry 4: the charter allows 2 replacements and voids together"),
	CHANGE_LIE(an_addition_with_a_key_in_use, KEYS,
		   "entry 2: the key of the new letter 0007 has been used before"),
	CHANGE_LIE(a_replacement_with_the_old_key, KEYS,
		   "entry 2: the key of the new letter 0007 has been used before"),
	CHANGE_LIE(a_replacement_key_used_again, KEYS,
		   "entry 3: the key of the new letter 0008 has been used before"),
	CHANGE_LIE(a_new_key_outside_the_group, PUBKEY, "entry 2: "),
	CHANGE_LIE(a_new_letter_that_a_holder_signed, TOKEN,
		   "entry 2: the issuer has not signed the key of the new letter 0007"),
	CHANGE_LIE(a_change_that_the_log_signed, SIGNATURE,
		   "entry 2: the issuer of this election has not signed this change"),
	CHANGE_LIE(a_void_that_carries_a_key, CHANGE,
		   "entry 2: the change gives out no letter, yet it holds a key"),
	CHANGE_LIE(a_change_of_another_election, SIGNATURE,
		   "entry 2: the issuer of this election has not signed this change"),
	CHANGE_LIE(a_change_as_the_poll_closes, OVER, "entry 3: the poll is over"),
	CHANGE_LIE(a_change_before_the_log_is_opened, OPENENTRY, "entry 0: the log must begin"),
	NO_MORE_LIES,
};
