/* SPDX-License-Identifier: Apache-2.0
 *
 * Mixers that lie and prove as well as a lie can be proved: each breaks one
 * family of equations and satisfies all others.
 */
#include <stdlib.h>
#include <string.h>

#include "plain_mix.h"

#define N 4
#define W 2

struct box {
	struct keys keys;
	struct yihu_mix_context x;
	uint32_t *words;
	struct yihu_ciphertext *in;
	struct plain_mix mix;
};

static int setup(void **state)
{
	static const size_t from[N] = {2, 0, 3, 1};
	struct box *b = yihu_calloc(1, sizeof *b);
	keys_make(&b->keys, 2, 3);
	b->x = (struct yihu_mix_context){.k = 1, .holder = 2, .n = N, .w = W, .y = b->keys.y};
	randombytes_buf(b->x.eid, sizeof b->x.eid);
	b->in = list_make(&b->words, b->keys.y, N, W);
	plain_mix_init(&b->mix, &b->x, b->in, from);
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct box *b = *state;
	plain_mix_free(&b->mix);
	free(b->in);
	free(b->words);
	free(b);
	return 0;
}

static int verify(const struct box *b, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	struct yihu_mix *m = NULL;
	plain_mix_write(&file, &b->mix, &b->keys.pairs[1]);
	assert_ok(yihu_mix_parse(&m, file.data, file.len, N, W, err), *err);
	int r = yihu_mix_verify(m, &b->x, b->in, b->keys.holders[1].key.pk, NULL, err);
	yihu_mix_free(m);
	yihu_buf_free(&file);
	return r;
}

static void assert_refused_at(const struct box *b, const char *equation)
{
	struct yihu_error err;
	assert_code(verify(b, &err), err, YIHU_EMIXPROOF);
	assert_says(err, equation);
}

static void an_honest_mix_is_accepted(void **state)
{
	struct yihu_error err;
	assert_ok(verify(*state, &err), err);
}

/* The first two ballots of the mixed list come from these of the input. */
enum { P = 2, Q = 0 };

/* One ballot counts half and another double: the weights' product is one, as
 * the chain demands. */
static void votes_multiplied_fail_t1(void **state)
{
	struct box *b = *state;
	struct yihu_scalar two = yihu_scalar_u64(2), half = yihu_scalar_inv(two);
	b->mix.weights[0][P] = b->mix.committed[0][P] = b->mix.mixed[1][Q] = two;
	b->mix.weights[1][Q] = b->mix.committed[1][Q] = b->mix.mixed[0][P] = half;
	plain_mix_reencrypt(&b->mix);
	assert_refused_at(b, "equation t1,");
}

/* Half of one ballot's votes move to another: rows (2, −1) and (0, 1) of the
 * weights add up to one, as t1 demands, and t3 and t4 hold. */
static void move_votes(struct box *b)
{
	struct yihu_scalar two = yihu_scalar_u64(2), half = yihu_scalar_inv(two);
	struct yihu_scalar minus = yihu_scalar_neg(yihu_scalar_u64(1));
	b->mix.weights[0][P] = b->mix.committed[0][P] = two;
	b->mix.weights[0][Q] = b->mix.committed[0][Q] = minus;
	b->mix.mixed[0][P] = b->mix.mixed[1][P] = half;
	plain_mix_reencrypt(&b->mix);
}

static void votes_moved_fail_t2(void **state)
{
	move_votes(*state);
	assert_refused_at(*state, "equation t2,");
}

/* The commitments are to another permutation than the one that was used. */
static void another_permutation_than_committed_fails_t3(void **state)
{
	struct box *b = *state;
	struct yihu_scalar zero = yihu_scalar_u64(0), one = yihu_scalar_u64(1);
	b->mix.committed[0][P] = b->mix.committed[1][Q] = zero;
	b->mix.committed[0][Q] = b->mix.committed[1][P] = one;
	assert_refused_at(b, "equation t3,");
}

static void a_changed_a_fails_t4a_of_its_word(void **state)
{
	struct box *b = *state;
	for (size_t j = 0; j < W; j++) {
		struct yihu_ciphertext *c = &b->mix.list[2 * W + j], kept = *c;
		bump_point(c->a.bytes);
		assert_refused_at(b,
				  j == 0 ? "equation t4A for word 1," : "equation t4A for word 2,");
		*c = kept;
	}
}

/* One vote more for the word's first project. */
static void a_changed_vote_fails_t4b_of_its_word(void **state)
{
	struct box *b = *state;
	for (size_t j = 0; j < W; j++) {
		struct yihu_ciphertext *c = &b->mix.list[3 * W + j], kept = *c;
		bump_point(c->b.bytes);
		assert_refused_at(b,
				  j == 0 ? "equation t4B for word 1," : "equation t4B for word 2,");
		*c = kept;
	}
}

static void a_chain_bent_to_its_end_fails_its_link(void **state)
{
	struct box *b = *state;
	move_votes(b);
	b->mix.bend_chain = true;
	assert_refused_at(b, "equation t̂ for ballot 4,");
}

/* One ballot twice, another not at all. */
static void a_ballot_copied_over_another_is_refused(void **state)
{
	struct box *b = *state;
	b->mix.mixed[1][Q] = yihu_scalar_u64(0);
	b->mix.mixed[1][P] = yihu_scalar_u64(1);
	plain_mix_reencrypt(&b->mix);
	assert_refused_at(b, "equation t4A for word 1,");
}

static void a_ballot_exchanged_for_a_new_one_is_refused(void **state)
{
	struct box *b = *state;
	for (size_t j = 0; j < W; j++)
		b->mix.list[W + j] = yihu_encrypt(b->keys.y, 3, yihu_scalar_random());
	assert_refused_at(b, "equation t4A for word 1,");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_honest_mix_is_accepted),
		CASE(votes_multiplied_fail_t1),
		CASE(votes_moved_fail_t2),
		CASE(another_permutation_than_committed_fails_t3),
		CASE(a_changed_a_fails_t4a_of_its_word),
		CASE(a_changed_vote_fails_t4b_of_its_word),
		CASE(a_chain_bent_to_its_end_fails_its_link),
		CASE(a_ballot_copied_over_another_is_refused),
		CASE(a_ballot_exchanged_for_a_new_one_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
