/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies of those who open (PROTOCOL §9): of another list, with another share,
 * with another lot, or too early.
 */
#include <stdlib.h>
#include <string.h>

#include "../crypto/support.h"
#include "lies.h"

#define N 5u
#define D_OFFSET 24u /* of the file: D_0 */

static struct yihu_opening_context context(uint32_t holder)
{
	struct yihu_checkpoint box = fixture_log_box(world()->log);
	struct yihu_opening_context x = {
		.holder = holder,
		.x = world()->c->share_keys[holder - 1],
		.p = yihu_lot_point(world()->c->eid, box.size, box.root.bytes),
		.n = N,
		.w = 1,
	};
	memcpy(x.eid, world()->c->eid, sizeof x.eid);
	return x;
}

/* Opens `in` in this context, by this share and key, as open/number. */
static void open_as(struct scene *s, const struct yihu_opening_context *x,
		    const struct yihu_ciphertext *in, struct yihu_scalar share,
		    const struct yihu_keypair *kp, uint32_t number)
{
	struct yihu_buf file = {0};
	struct yihu_error err;
	char *name = yihu_printf("open/%u", number);
	fixture_must(yihu_opening_make(&file, x, in, share, kp, NULL, &err), &err);
	put(s->p, name, &file);
	free(name);
}

/* Holder 1's honest share and key. */
static void open_in_context(struct scene *s, const struct yihu_opening_context *x, uint32_t number)
{
	uint64_t n;
	s->p = public_copy(world()->mixed);
	struct yihu_ciphertext *in = fixture_public_list(s->p, world()->log, &n);
	open_as(s, x, in, world()->f->shares[0], &world()->f->holders[0], number);
	free(in);
}

static void an_opening_of_the_list_before(struct scene *s)
{
	struct yihu_opening_context x = context(1);
	uint64_t n;
	struct yihu_public *before = public_copy(world()->mixed);
	yihu_public_remove(before, "mix/2");
	struct yihu_ciphertext *in = fixture_public_list(before, world()->log, &n);
	s->p = public_copy(world()->mixed);
	open_as(s, &x, in, world()->f->shares[0], &world()->f->holders[0], 1);
	free(in);
	yihu_public_free(before);
}

/* The list is turned round, and so the votes that come out. */
static void an_opening_of_the_list_in_another_order(struct scene *s)
{
	struct yihu_opening_context x = context(1);
	uint64_t n;
	s->p = public_copy(world()->mixed);
	struct yihu_ciphertext *in = fixture_public_list(s->p, world()->log, &n), kept = in[0];
	in[0] = in[4];
	in[4] = kept;
	open_as(s, &x, in, world()->f->shares[0], &world()->f->holders[0], 1);
	free(in);
}

/* E and e_m over the D as they lie in the file, and a proof by x_j of them: what
 * a holder can do for D that are not its share. */
static void prove_anew(struct yihu_buf *file, const struct yihu_opening_context *x,
		       const struct yihu_ciphertext *in, struct yihu_scalar share)
{
	struct yihu_point a[1 + N], d[1 + N], k1, k2;
	struct yihu_scalar e[1 + N], k = yihu_scalar_random();
	struct yihu_frame f;
	uint8_t digest[64], shape[12];
	memcpy(d, file->data + D_OFFSET, sizeof d);
	yihu_store_be64(shape, N);
	yihu_store_be32(shape + 8, 1);
	yihu_frame_init(&f, "open");
	yihu_frame_item(&f, x->eid, sizeof x->eid);
	yihu_frame_be32(&f, x->holder);
	yihu_frame_item(&f, &x->x, sizeof x->x);
	yihu_frame_item(&f, shape, sizeof shape);
	yihu_frame_item(&f, &x->p, sizeof x->p);
	yihu_frame_item(&f, in, N * sizeof *in);
	yihu_frame_item(&f, d, sizeof d);
	yihu_frame_hash(&f, digest);
	for (uint32_t m = 0; m <= N; m++) {
		yihu_frame_init(&f, "open-e");
		yihu_frame_item(&f, digest, sizeof digest);
		yihu_frame_be64(&f, m);
		e[m] = yihu_frame_scalar(&f);
		a[m] = m == 0 ? x->p : in[m - 1].a;
	}
	struct yihu_point a_sum = yihu_msm(1 + N, e, a), d_sum = yihu_msm(1 + N, e, d);
	k1 = yihu_point_base(k);
	k2 = yihu_point_mul(k, a_sum);
	yihu_frame_init(&f, "open-proof");
	yihu_frame_item(&f, digest, sizeof digest);
	yihu_frame_item(&f, &a_sum, sizeof a_sum);
	yihu_frame_item(&f, &d_sum, sizeof d_sum);
	yihu_frame_item(&f, &k1, sizeof k1);
	yihu_frame_item(&f, &k2, sizeof k2);
	struct yihu_scalar c = yihu_frame_scalar(&f);
	struct yihu_scalar answer = yihu_scalar_add(k, yihu_scalar_mul(c, share));
	uint8_t *at = file->data + D_OFFSET + sizeof d;
	memcpy(at, &k1, 32);
	memcpy(at + 32, &k2, 32);
	memcpy(at + 64, &answer, 32);
}

/* Holder 1's opening with D_i in the place of D_j (and the other way round),
 * D_0 doubled when both are 0. */
static void open_with_d(struct scene *s, size_t i, size_t j)
{
	struct yihu_opening_context x = context(1);
	uint64_t n;
	open_in_context(s, &x, 1);
	struct yihu_ciphertext *in = fixture_public_list(s->p, world()->log, &n);
	struct yihu_buf file = copy_of(s->p, "open/1");
	struct yihu_point *d = yihu_calloc(1 + N, sizeof *d), kept;
	memcpy(d, file.data + D_OFFSET, (1 + N) * sizeof *d);
	kept = d[i];
	d[i] = i == j ? yihu_point_add(d[i], d[i]) : d[j];
	if (i != j)
		d[j] = kept;
	memcpy(file.data + D_OFFSET, d, (1 + N) * sizeof *d);
	prove_anew(&file, &x, in, world()->f->shares[0]);
	resign(&file, "open-file", x.eid, &world()->f->holders[0]);
	put(s->p, "open/1", &file);
	free(d);
	free(in);
}

/* Shows that the proof made here is right where D is. */
static void an_honest_opening(struct scene *s)
{
	open_with_d(s, 2, 2);
	struct yihu_opening_context x = context(1);
	uint64_t n;
	struct yihu_ciphertext *in = fixture_public_list(s->p, world()->log, &n);
	struct yihu_buf file = copy_of(s->p, "open/1");
	struct yihu_point d = yihu_point_mul(world()->f->shares[0], in[1].a);
	memcpy(file.data + D_OFFSET + 2 * sizeof d, &d, sizeof d);
	prove_anew(&file, &x, in, world()->f->shares[0]);
	resign(&file, "open-file", x.eid, &world()->f->holders[0]);
	put(s->p, "open/1", &file);
	free(in);
}

static void two_ballots_decrypted_as_each_other(struct scene *s)
{
	open_with_d(s, 1, 4);
}

static void a_ballot_decrypted_to_something_else(struct scene *s)
{
	open_with_d(s, 3, 3);
}

/* D_0 moves V, and with it whom the lot favours. */
static void a_lot_that_a_holder_chose(struct scene *s)
{
	open_with_d(s, 0, 0);
}

static void a_lot_of_another_box(struct scene *s)
{
	struct yihu_checkpoint box = fixture_log_box(world()->log);
	struct yihu_opening_context x = context(1);
	x.p = yihu_lot_point(x.eid, box.size - 1, box.root.bytes);
	open_in_context(s, &x, 1);
}

/* Another secret than the ceremony gave, with its own public key. */
static void an_opening_with_another_share(struct scene *s)
{
	struct yihu_opening_context x = context(1);
	struct yihu_scalar share = yihu_scalar_add(world()->f->shares[0], yihu_scalar_u64(1));
	uint64_t n;
	x.x = yihu_point_base(share);
	s->p = public_copy(world()->mixed);
	struct yihu_ciphertext *in = fixture_public_list(s->p, world()->log, &n);
	open_as(s, &x, in, share, &world()->f->holders[0], 1);
	free(in);
}

static void an_opening_under_another_number(struct scene *s)
{
	struct yihu_opening_context x = context(1);
	open_in_context(s, &x, 2);
}

/* Holder 1 opens in holder 2's name, with its own share. */
static void an_opening_in_another_holders_name(struct scene *s)
{
	struct yihu_opening_context x = context(1);
	x.holder = 2;
	open_in_context(s, &x, 2);
}

static void an_opening_that_another_holder_signed(struct scene *s)
{
	struct yihu_opening_context x = context(1);
	open_in_context(s, &x, 1);
	struct yihu_buf file = copy_of(s->p, "open/1");
	resign(&file, "open-file", x.eid, &world()->f->holders[1]);
	put(s->p, "open/1", &file);
}

static void an_opening_signed_as_a_mix(struct scene *s)
{
	struct yihu_opening_context x = context(1);
	open_in_context(s, &x, 1);
	struct yihu_buf file = copy_of(s->p, "open/1");
	resign(&file, "mix", x.eid, &world()->f->holders[0]);
	put(s->p, "open/1", &file);
}

static void an_opening_of_another_election(struct scene *s)
{
	struct yihu_opening_context x = context(1);
	x.eid[9] ^= 1;
	open_in_context(s, &x, 1);
}

static void an_opening_proved_in_another_election(struct scene *s)
{
	an_opening_of_another_election(s);
	struct yihu_buf file = copy_of(s->p, "open/1");
	resign(&file, "open-file", world()->c->eid, &world()->f->holders[0]);
	put(s->p, "open/1", &file);
}

static void an_opening_of_fewer_ballots(struct scene *s)
{
	struct yihu_opening_context x = context(1);
	x.n = N - 1;
	open_in_context(s, &x, 1);
}

static void a_decryption_in_another_spelling(struct scene *s)
{
	s->p = public_copy(world()->opened);
	struct yihu_buf file = copy_of(s->p, "open/1");
	file.data[D_OFFSET + 31] |= 0x80;
	resign(&file, "open-file", world()->c->eid, &world()->f->holders[0]);
	put(s->p, "open/1", &file);
}

static void an_opening_response_in_another_spelling(struct scene *s)
{
	s->p = public_copy(world()->opened);
	struct yihu_buf file = copy_of(s->p, "open/1");
	add_order(file.data + file.len - YIHU_SIGNATURE_BYTES - YIHU_SCALAR_BYTES);
	resign(&file, "open-file", world()->c->eid, &world()->f->holders[0]);
	put(s->p, "open/1", &file);
}

/* Honest in all but that mix/2 is yet to come. */
static void an_opening_after_too_few_mixes(struct scene *s)
{
	s->p = public_copy(world()->boxed);
	fixture_public_mix(s->p, world()->log, 1);
	fixture_public_open(s->p, world()->log, 1);
}

static void an_opening_without_any_mix(struct scene *s)
{
	s->p = public_copy(world()->boxed);
	fixture_public_open(s->p, world()->log, 1);
}

/* Mixed once more after the votes were known. */
static void a_mix_after_the_first_opening(struct scene *s)
{
	s->p = public_copy(world()->mixed);
	fixture_public_open(s->p, world()->log, 1);
	fixture_public_mix(s->p, world()->log, 3);
}

static void an_opening_by_nobody(struct scene *s)
{
	s->p = public_copy(world()->opened);
	struct yihu_buf file = copy_of(s->p, "open/1");
	put(s->p, "open/5", &file);
}

/* Not needed, not used, and false. */
static void a_false_opening_beyond_the_needed(struct scene *s)
{
	struct yihu_opening_context x = context(3);
	struct yihu_scalar share = yihu_scalar_add(world()->f->shares[2], yihu_scalar_u64(1));
	uint64_t n;
	x.x = yihu_point_base(share);
	s->p = public_copy(world()->opened);
	struct yihu_ciphertext *in = fixture_public_list(s->p, world()->log, &n);
	open_as(s, &x, in, share, &world()->f->holders[2], 3);
	free(in);
}

static void an_opening_of_too_few_ballots(struct scene *s)
{
	struct fixture_log *log = fixture_log_new(world()->f);
	fixture_log_ballots(log, 2);
	fixture_log_close(log);
	s->p = public_copy(world()->issued);
	fixture_public_log(s->p, log);
	fixture_public_box(s->p, log, 7);
	fixture_public_mix(s->p, log, 1);
	fixture_public_mix(s->p, log, 2);
	fixture_public_open(s->p, log, 1);
	yihu_public_remove(s->p, "box");
	fixture_log_free(log);
}

#define OPEN_LIE(called, code, says) LIE(called, OPENINGS, code, "open/1", says)

const struct lie opening_lies[] = {
	{.name = "an_honest_opening", .tell = an_honest_opening},
	OPEN_LIE(an_opening_of_the_list_before, OPENINGPROOF, "fails at equation K1"),
	OPEN_LIE(an_opening_of_the_list_in_another_order, OPENINGPROOF, "fails at equation K1"),
	OPEN_LIE(two_ballots_decrypted_as_each_other, OPENINGPROOF, "fails at equation K2"),
	OPEN_LIE(a_ballot_decrypted_to_something_else, OPENINGPROOF, "fails at equation K2"),
	OPEN_LIE(a_lot_that_a_holder_chose, OPENINGPROOF, "fails at equation K2"),
	OPEN_LIE(a_lot_of_another_box, OPENINGPROOF, "fails at equation K1"),
	OPEN_LIE(an_opening_with_another_share, OPENINGPROOF, "fails at equation K1"),
	LIE(an_opening_under_another_number, OPENINGS, OPENING, "open/2",
	    "by key holder 1, not by 2"),
	LIE(an_opening_in_another_holders_name, OPENINGS, SIGNATURE, "open/2",
	    "a valid signature of key holder 2"),
	OPEN_LIE(an_opening_that_another_holder_signed, SIGNATURE,
		 "a valid signature of key holder 1"),
	OPEN_LIE(an_opening_signed_as_a_mix, SIGNATURE, "a valid signature of key holder 1"),
	OPEN_LIE(an_opening_of_another_election, SIGNATURE, "a valid signature of key holder 1"),
	OPEN_LIE(an_opening_proved_in_another_election, OPENINGPROOF, "fails at equation K1"),
	OPEN_LIE(a_decryption_in_another_spelling, POINT, ""),
	OPEN_LIE(an_opening_response_in_another_spelling, SCALAR, ""),
	OPEN_LIE(an_opening_of_fewer_ballots, OPENING, "of 4 ballots of 1 words"),
	LIE(an_opening_after_too_few_mixes, OPENINGS, MISSING, "mix/2",
	    "opened after only 1 mixes; 2 must come first"),
	LIE(an_opening_without_any_mix, FILES, MISSING, "mix/1", "is missing"),
	OPEN_LIE(a_mix_after_the_first_opening, OPENINGPROOF, "fails at equation K1"),
	LIE(an_opening_by_nobody, OPENINGS, STRAY, "open/5", "there is no key holder 5"),
	LIE(a_false_opening_beyond_the_needed, OPENINGS, OPENINGPROOF, "open/3",
	    "fails at equation K1"),
	LIE_AND(2, an_opening_of_too_few_ballots, FILES, MISSING, "box", "is missing"),
	NO_MORE_LIES,
};
