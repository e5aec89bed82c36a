/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies of mixers (PROTOCOL §8): votes dropped, doubled, exchanged, each with
 * the best proof that a cheat can make of it; and mixes by the wrong people,
 * in the wrong place, for the wrong election.
 */
#include <stdlib.h>
#include <string.h>

#include "../crypto/plain_mix.h"
#include "lies.h"

#define N 5u /* ballots in the honest box */

static void put_numbered(struct yihu_public *p, const char *folder, uint32_t number,
			 struct yihu_buf *bytes)
{
	char *name = yihu_printf("%s/%u", folder, number);
	put(p, name, bytes);
	free(name);
}

static struct yihu_mix_context context(uint32_t k, uint32_t holder)
{
	struct yihu_mix_context x = {.k = k, .holder = holder, .n = N, .w = 1, .y = world()->c->y};
	memcpy(x.eid, world()->c->eid, sizeof x.eid);
	return x;
}

/* The cheat is holder 1, of mix/1, and has the first two ballots of its list
 * from these of L_0. */
enum { P = 2, Q = 0 };
static struct plain_mix mix;
static struct yihu_ciphertext *list;

static void begin_cheat(struct scene *s)
{
	static const size_t from[N] = {P, Q, 3, 1, 4};
	struct yihu_mix_context x = context(1, 1);
	uint64_t n;
	s->p = public_copy(world()->boxed);
	list = fixture_public_list(s->p, world()->log, &n);
	plain_mix_init(&mix, &x, list, from);
}

static void end_cheat(struct scene *s)
{
	struct yihu_buf file = {0};
	plain_mix_write(&file, &mix, &world()->f->holders[0]);
	put(s->p, "mix/1", &file);
	plain_mix_free(&mix);
	free(list);
}

/* Shows that what the tools make is right where nothing is bent. */
static void an_honest_mix(struct scene *s)
{
	begin_cheat(s);
	end_cheat(s);
}

static void a_ballot_doubled_over_another(struct scene *s)
{
	begin_cheat(s);
	mix.mixed[1][Q] = yihu_scalar_u64(0);
	mix.mixed[1][P] = yihu_scalar_u64(1);
	plain_mix_reencrypt(&mix);
	end_cheat(s);
}

/* The matrix is committed to as it is used: one ballot twice, one not at all. */
static void a_ballot_doubled_and_committed_to(struct scene *s)
{
	begin_cheat(s);
	struct yihu_scalar zero = yihu_scalar_u64(0), one = yihu_scalar_u64(1);
	mix.mixed[1][Q] = mix.weights[1][Q] = mix.committed[1][Q] = zero;
	mix.mixed[1][P] = mix.weights[1][P] = mix.committed[1][P] = one;
	plain_mix_reencrypt(&mix);
	end_cheat(s);
}

static void a_ballot_exchanged_for_a_new_one(struct scene *s)
{
	begin_cheat(s);
	mix.list[1] = yihu_encrypt(world()->c->y, 3, yihu_scalar_random());
	end_cheat(s);
}

static void a_vote_added_inside_a_ballot(struct scene *s)
{
	begin_cheat(s);
	bump_point(mix.list[3].b.bytes);
	end_cheat(s);
}

static void a_ballot_made_unreadable(struct scene *s)
{
	begin_cheat(s);
	bump_point(mix.list[3].a.bytes);
	end_cheat(s);
}

/* One ballot counts half and another double. */
static void votes_multiplied(struct scene *s)
{
	begin_cheat(s);
	struct yihu_scalar two = yihu_scalar_u64(2), half = yihu_scalar_inv(two);
	mix.weights[0][P] = mix.committed[0][P] = mix.mixed[1][Q] = two;
	mix.weights[1][Q] = mix.committed[1][Q] = mix.mixed[0][P] = half;
	plain_mix_reencrypt(&mix);
	end_cheat(s);
}

/* Half of one ballot's votes go to another. */
static void move_votes(void)
{
	struct yihu_scalar two = yihu_scalar_u64(2), half = yihu_scalar_inv(two);
	struct yihu_scalar minus = yihu_scalar_neg(yihu_scalar_u64(1));
	mix.weights[0][P] = mix.committed[0][P] = two;
	mix.weights[0][Q] = mix.committed[0][Q] = minus;
	mix.mixed[0][P] = mix.mixed[1][P] = half;
	plain_mix_reencrypt(&mix);
}

static void votes_moved_between_ballots(struct scene *s)
{
	begin_cheat(s);
	move_votes();
	end_cheat(s);
}

static void votes_moved_and_the_chain_bent(struct scene *s)
{
	begin_cheat(s);
	move_votes();
	mix.bend_chain = true;
	end_cheat(s);
}

static void another_permutation_than_committed_to(struct scene *s)
{
	begin_cheat(s);
	struct yihu_scalar zero = yihu_scalar_u64(0), one = yihu_scalar_u64(1);
	mix.committed[0][P] = mix.committed[1][Q] = zero;
	mix.committed[0][Q] = mix.committed[1][P] = one;
	end_cheat(s);
}

/* Honest mixes of something else. */
static void mix_as(struct scene *s, const struct yihu_mix_context *x,
		   const struct yihu_ciphertext *in, uint32_t number, const struct yihu_keypair *kp)
{
	struct yihu_buf file = {0};
	struct yihu_error err;
	fixture_must(yihu_mix_make(&file, x, in, kp, NULL, &err), &err);
	put_numbered(s->p, "mix", number, &file);
}

/* Of the list at hand, by holder 1, as mix/1. */
static void mix_in_context(struct scene *s, const struct yihu_mix_context *x,
			   const struct yihu_keypair *kp)
{
	uint64_t n;
	s->p = public_copy(world()->boxed);
	struct yihu_ciphertext *in = fixture_public_list(s->p, world()->log, &n);
	mix_as(s, x, in, 1, kp);
	free(in);
}

static void a_mix_under_another_key(struct scene *s)
{
	struct yihu_mix_context x = context(1, 1);
	x.y = world()->c->holders[0].c[0];
	mix_in_context(s, &x, &world()->f->holders[0]);
}

static void a_mix_of_another_election(struct scene *s)
{
	struct yihu_mix_context x = context(1, 1);
	x.eid[5] ^= 1;
	mix_in_context(s, &x, &world()->f->holders[0]);
}

/* Proved under another eid, signed under this one. */
static void a_mix_proved_in_another_election(struct scene *s)
{
	a_mix_of_another_election(s);
	struct yihu_buf file = copy_of(s->p, "mix/1");
	resign(&file, "mix", world()->c->eid, &world()->f->holders[0]);
	put(s->p, "mix/1", &file);
}

/* The honest mix/1 with one of its parts respelled, and signed anew. */
static void respell(struct scene *s, size_t at, bool scalar)
{
	s->p = public_copy(world()->mixed);
	struct yihu_buf file = copy_of(s->p, "mix/1");
	if (scalar)
		add_order(file.data + at);
	else
		file.data[at + 31] |= 0x80;
	resign(&file, "mix", world()->c->eid, &world()->f->holders[0]);
	put(s->p, "mix/1", &file);
}

static void a_mixed_ballot_in_another_spelling(struct scene *s)
{
	respell(s, 28, false);
}

/* The last scalar, s'_N, stands before the signature. */
static void a_mix_response_in_another_spelling(struct scene *s)
{
	respell(s, yihu_mix_size(N, 1) - YIHU_SIGNATURE_BYTES - YIHU_SCALAR_BYTES, true);
}

static void a_mix_signature_in_another_spelling(struct scene *s)
{
	s->p = public_copy(world()->mixed);
	struct yihu_buf file = copy_of(s->p, "mix/1");
	add_order(file.data + file.len - YIHU_SCALAR_BYTES);
	put(s->p, "mix/1", &file);
}

static void a_mix_under_another_number(struct scene *s)
{
	struct yihu_mix_context x = context(2, 1);
	mix_in_context(s, &x, &world()->f->holders[0]);
}

static void a_mix_that_another_holder_signed(struct scene *s)
{
	struct yihu_mix_context x = context(1, 1);
	mix_in_context(s, &x, &world()->f->holders[1]);
}

static void a_mix_by_nobody(struct scene *s)
{
	struct yihu_mix_context x = context(1, HOLDERS + 1);
	mix_in_context(s, &x, &world()->f->holders[0]);
}

static void a_mix_without_the_last_ballot(struct scene *s)
{
	struct yihu_mix_context x = context(1, 1);
	x.n = N - 1;
	mix_in_context(s, &x, &world()->f->holders[0]);
}

static void a_mix_of_another_width(struct scene *s)
{
	struct yihu_mix_context x = context(1, 1);
	x.n = 2;
	x.w = 2;
	mix_in_context(s, &x, &world()->f->holders[0]);
}

static void a_holder_that_mixes_twice(struct scene *s)
{
	s->p = public_copy(world()->boxed);
	fixture_public_mix(s->p, world()->log, 2);
	fixture_public_mix(s->p, world()->log, 2);
}

static void a_holder_that_mixes_again_later(struct scene *s)
{
	s->p = public_copy(world()->mixed);
	fixture_public_mix(s->p, world()->log, 1);
}

/* Mix 2 goes back to L_0, as if mix 1 had not been. */
static void a_mix_that_passes_over_the_one_before(struct scene *s)
{
	struct yihu_mix_context x = context(2, 2);
	uint64_t n;
	s->p = public_copy(world()->boxed);
	struct yihu_ciphertext *in = fixture_public_list(s->p, world()->log, &n);
	fixture_public_mix(s->p, world()->log, 1);
	mix_as(s, &x, in, 2, &world()->f->holders[1]);
	free(in);
}

/* The ballots that were cast, in another order than the log's. */
static void a_mix_of_the_ballots_in_another_order(struct scene *s)
{
	struct yihu_mix_context x = context(1, 1);
	uint64_t n;
	s->p = public_copy(world()->boxed);
	struct yihu_ciphertext *in = fixture_public_list(s->p, world()->log, &n), kept = in[0];
	in[0] = in[1];
	in[1] = kept;
	mix_as(s, &x, in, 1, &world()->f->holders[0]);
	free(in);
}

static void a_gap_in_the_mixes(struct scene *s)
{
	s->p = public_copy(world()->mixed);
	struct yihu_buf file = copy_of(s->p, "mix/2");
	yihu_public_remove(s->p, "mix/2");
	put(s->p, "mix/3", &file);
}

static void a_mix_before_there_is_a_box(struct scene *s)
{
	s->p = public_copy(world()->closed);
	fixture_public_mix(s->p, world()->log, 1);
}

/* A box that must stay shut is signed and mixed. */
static void a_mix_of_too_few_ballots(struct scene *s)
{
	struct fixture_log *log = fixture_log_new(world()->f);
	fixture_log_ballots(log, 2);
	fixture_log_close(log);
	s->p = public_copy(world()->issued);
	fixture_public_log(s->p, log);
	fixture_public_box(s->p, log, 7);
	fixture_public_mix(s->p, log, 1);
	fixture_log_free(log);
}

#define MIX_LIE(called, code, says) LIE(called, MIXES, code, "mix/1", says)

const struct lie mix_lies[] = {
	{.name = "an_honest_mix", .tell = an_honest_mix},
	MIX_LIE(a_ballot_doubled_over_another, MIXPROOF, "equation t4A for word 1"),
	MIX_LIE(a_ballot_doubled_and_committed_to, MIXPROOF, "equation t2"),
	MIX_LIE(a_ballot_exchanged_for_a_new_one, MIXPROOF, "equation t4A for word 1"),
	MIX_LIE(a_vote_added_inside_a_ballot, MIXPROOF, "equation t4B for word 1"),
	MIX_LIE(a_ballot_made_unreadable, MIXPROOF, "equation t4A for word 1"),
	MIX_LIE(votes_multiplied, MIXPROOF, "equation t1"),
	MIX_LIE(votes_moved_between_ballots, MIXPROOF, "equation t2"),
	MIX_LIE(votes_moved_and_the_chain_bent, MIXPROOF, "equation t̂ for ballot 5"),
	MIX_LIE(another_permutation_than_committed_to, MIXPROOF, "equation t3"),
	MIX_LIE(a_mix_under_another_key, MIXPROOF, "equation t1"),
	MIX_LIE(a_mix_of_another_election, SIGNATURE, "of key holder 1 for this election"),
	MIX_LIE(a_mix_proved_in_another_election, MIXPROOF, "equation t1"),
	MIX_LIE(a_mixed_ballot_in_another_spelling, POINT, ""),
	MIX_LIE(a_mix_response_in_another_spelling, SCALAR, ""),
	MIX_LIE(a_mix_signature_in_another_spelling, SIGNATURE,
		"of key holder 1 for this election"),
	MIX_LIE(a_mix_under_another_number, MIX, "says that it is number 2, not 1"),
	MIX_LIE(a_mix_that_another_holder_signed, SIGNATURE, "of key holder 1 for this election"),
	MIX_LIE(a_mix_by_nobody, MIX, "there is no key holder 5"),
	MIX_LIE(a_mix_without_the_last_ballot, MIX, "4 ballots of 1 words"),
	MIX_LIE(a_mix_of_another_width, MIX, "2 ballots of 2 words"),
	MIX_LIE(a_mix_of_the_ballots_in_another_order, MIXPROOF, "equation t1"),
	LIE(a_holder_that_mixes_twice, MIXES, MIX, "mix/2", "key holder 2 has mixed already"),
	LIE(a_holder_that_mixes_again_later, MIXES, MIX, "mix/3", "key holder 1 has mixed already"),
	LIE(a_mix_that_passes_over_the_one_before, MIXES, MIXPROOF, "mix/2", "equation t1"),
	LIE(a_gap_in_the_mixes, FILES, MISSING, "mix/2", "is missing"),
	LIE(a_mix_before_there_is_a_box, FILES, MISSING, "box", "is missing"),
	LIE_AND(1, a_mix_of_too_few_ballots, BOX, MINBOX, "box", "fewer than the 3 of the charter"),
	NO_MORE_LIES,
};
