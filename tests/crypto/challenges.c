/* SPDX-License-Identifier: Apache-2.0
 *
 * Every value of every challenge: a prover who leaves one out of its hash, or
 * has another there, and is honest in all else, is refused; and so is one whose
 * hash is right but one of whose equations does not hold. tests/challenges/
 * TABLE.md says which test is for which value.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plain_mix.h"
#include "plain_opening.h"

/* The holder's proof, §3. */

#define T 3
#define HOLDERS 4

enum holder_lie { HOLDER_HONEST, HOLDER_OTHER_C0, HOLDER_OTHER_K, HOLDER_OTHER_S };

struct announced {
	struct keys keys;
	enum holder_lie lie;
};

static bool holder_holds(void *world, struct twist *w)
{
	const struct announced *a = world;
	struct yihu_holder h = a->keys.holders[1];
	struct yihu_scalar k = yihu_scalar_random();
	struct transcript t;
	struct yihu_error err;
	if (a->lie == HOLDER_OTHER_C0)
		bump_point(h.c[0].bytes);
	h.proof_k = yihu_point_base(k);
	if (a->lie == HOLDER_OTHER_K)
		bump_point(h.proof_k.bytes);
	transcript_init(&t, "trustee");
	transcript_part_be32(&t, "i", 2);
	transcript_part_be32(&t, "n", HOLDERS);
	transcript_be32(&t, "t", T);
	transcript_item(&t, "name", h.key.name, strlen(h.key.name));
	transcript_item(&t, "key", h.key.pk, sizeof h.key.pk);
	transcript_points(&t, "C", h.c, T);
	transcript_item(&t, "K", &h.proof_k, sizeof h.proof_k);
	h.proof_s = yihu_scalar_add(k, yihu_scalar_mul(transcript_scalar(&t, w), a->keys.a[1][0]));
	if (a->lie == HOLDER_OTHER_S)
		bump_scalar(h.proof_s.bytes);
	int r = yihu_holder_verify(&h, HOLDERS, T, &err);
	assert_true(r == 0 || r == YIHU_EPROOF);
	return r == 0;
}

TEST(trustee_every_value_counts)
{
	struct announced a = {0};
	keys_make(&a.keys, T, HOLDERS);
	every_value_counts("trustee", holder_holds, &a);
}

TEST(trustee_the_equation_holds_for_c0_k_and_s)
{
	struct announced a = {0};
	keys_make(&a.keys, T, HOLDERS);
	for (a.lie = HOLDER_OTHER_C0; a.lie <= HOLDER_OTHER_S; a.lie++)
		assert_false(holder_holds(&a, NULL));
}

/* The ballot's proof, §6. */

#define WIDTH 3

enum ballot_lie { BALLOT_HONEST, BALLOT_OTHER_A, BALLOT_OTHER_K, BALLOT_OTHER_S };

struct ballot {
	uint8_t eid[YIHU_EID_BYTES], pk[32];
	struct yihu_point y;
	enum ballot_lie lie;
	size_t word; /* of the lie */
};

static struct yihu_scalar ballot_challenge(const struct ballot *b,
					   const struct yihu_ciphertext *words,
					   const struct yihu_point *k, struct twist *w)
{
	struct transcript t;
	transcript_init(&t, "ballot-proof");
	transcript_item(&t, "eid", b->eid, sizeof b->eid);
	transcript_part_be32(&t, "serial", 7);
	transcript_item(&t, "pk", b->pk, sizeof b->pk);
	transcript_points(&t, "A, B", &words[0].a, 2 * (size_t)WIDTH);
	transcript_points(&t, "K", k, WIDTH);
	return transcript_scalar(&t, w);
}

static bool ballot_holds(void *world, struct twist *w)
{
	const struct ballot *b = world;
	struct yihu_ciphertext words[WIDTH];
	struct yihu_point commitments[WIDTH];
	struct yihu_scalar r[WIDTH], k[WIDTH], s[WIDTH];
	for (size_t j = 0; j < WIDTH; j++) {
		r[j] = yihu_scalar_random();
		k[j] = yihu_scalar_random();
		words[j] = yihu_encrypt(b->y, j, r[j]);
		commitments[j] = yihu_point_base(k[j]);
	}
	if (b->lie == BALLOT_OTHER_A)
		bump_point(words[b->word].a.bytes);
	if (b->lie == BALLOT_OTHER_K)
		bump_point(commitments[b->word].bytes);
	struct yihu_scalar c = ballot_challenge(b, words, commitments, w);
	for (size_t j = 0; j < WIDTH; j++)
		s[j] = yihu_scalar_add(k[j], yihu_scalar_mul(c, r[j]));
	if (b->lie == BALLOT_OTHER_S)
		bump_scalar(s[b->word].bytes);
	return yihu_ballot_proof_ok(b->eid, 7, b->pk, WIDTH, words, commitments, s);
}

static void ballot_make(struct ballot *b)
{
	*b = (struct ballot){.y = yihu_point_base(yihu_scalar_random())};
	randombytes_buf(b->eid, sizeof b->eid);
	randombytes_buf(b->pk, sizeof b->pk);
}

TEST(ballot_every_value_counts)
{
	struct ballot b;
	ballot_make(&b);
	every_value_counts("ballot-proof", ballot_holds, &b);
}

/* Of a caster that took somebody else's word: it knows not that word's r. */
TEST(ballot_the_equation_of_every_word_holds)
{
	struct ballot b;
	ballot_make(&b);
	for (b.lie = BALLOT_OTHER_A; b.lie <= BALLOT_OTHER_S; b.lie++)
		for (b.word = 0; b.word < WIDTH; b.word++)
			if (ballot_holds(&b, NULL))
				fail_msg("lie %d about word %zu is accepted", b.lie, b.word);
}

/* The shuffle, §8. */

#define N 3
#define W 2

struct shuffled {
	struct keys keys;
	struct yihu_mix_context x;
	uint32_t *words;
	struct yihu_ciphertext *in;
	size_t bent, bent_c, bent_chat;       /* see struct plain_mix */
	size_t bent_point;                    /* of L', A and B in turn; 0: none */
	char says[sizeof(struct yihu_error)]; /* out: the fault's words */
};

static void shuffled_make(struct shuffled *b)
{
	memset(b, 0, sizeof *b);
	keys_make(&b->keys, 2, 3);
	b->x = (struct yihu_mix_context){.k = 3, .holder = 2, .n = N, .w = W, .y = b->keys.y};
	randombytes_buf(b->x.eid, sizeof b->x.eid);
	b->in = list_make(&b->words, b->keys.y, N, W);
}

static void shuffled_free(struct shuffled *b)
{
	free(b->in);
	free(b->words);
}

static bool mix_holds(void *world, struct twist *w)
{
	static const size_t from[N] = {2, 0, 1};
	struct shuffled *b = world;
	struct plain_mix p;
	struct yihu_buf file = {0};
	struct yihu_mix *m = NULL;
	struct yihu_error err = {0};
	plain_mix_init(&p, &b->x, b->in, from);
	p.twist = w;
	p.bent = b->bent;
	p.bent_c = b->bent_c;
	p.bent_chat = b->bent_chat;
	if (b->bent_point != 0)
		bump_point((&p.list[0].a + b->bent_point - 1)->bytes);
	plain_mix_write(&file, &p, &b->keys.pairs[1]);
	assert_ok(yihu_mix_parse(&m, file.data, file.len, N, W, &err), err);
	int r = yihu_mix_verify(m, &b->x, b->in, b->keys.holders[1].key.pk, NULL, &err);
	snprintf(b->says, sizeof b->says, "%s", err.text);
	yihu_mix_free(m);
	yihu_buf_free(&file);
	plain_mix_free(&p);
	return r == 0;
}

static void mix_values(const char *label)
{
	struct shuffled b;
	shuffled_make(&b);
	every_value_counts(label, mix_holds, &b);
	shuffled_free(&b);
}

TEST(mix_every_value_of_the_digest_counts)
{
	mix_values("shuffle");
}

TEST(mix_every_value_of_the_u_counts)
{
	mix_values("shuffle-u");
}

TEST(mix_every_value_of_the_challenge_counts)
{
	mix_values("shuffle-proof");
}

TEST(mix_every_value_of_the_generators_counts)
{
	mix_values("generator");
}

TEST(mix_every_value_of_the_signature_counts)
{
	mix_values("mix");
}

static void mix_fails(struct shuffled *b, const char *equation)
{
	assert_false(mix_holds(b, NULL));
	if (strstr(b->says, equation) == NULL)
		fail_msg("“%s” does not say “%s”", b->says, equation);
}

/* Each commitment made wrong and hashed as it is: one equation fails alone. */
TEST(mix_every_equation_is_checked)
{
	static const char *const rows[] = {
		"equation t1,",
		"equation t2,",
		"equation t3,",
		"equation t4A for word 1,",
		"equation t4B for word 1,",
		"equation t4A for word 2,",
		"equation t4B for word 2,",
		"equation t̂ for ballot 1,",
		"equation t̂ for ballot 2,",
		"equation t̂ for ballot 3,",
	};
	struct shuffled b;
	shuffled_make(&b);
	for (b.bent = 1; b.bent <= sizeof rows / sizeof *rows; b.bent++)
		mix_fails(&b, rows[b.bent - 1]);
	shuffled_free(&b);
}

/* Values of the equations, not of the challenge only: each is made wrong and
 * then hashed as it is. */
TEST(mix_every_c_and_its_equations_are_checked)
{
	struct shuffled b;
	shuffled_make(&b);
	for (b.bent_c = 1; b.bent_c <= N; b.bent_c++)
		mix_fails(&b, "equation t1,");
	b.bent_c = 0;
	for (b.bent_chat = 1; b.bent_chat < N; b.bent_chat++) {
		char *link = yihu_printf("equation t̂ for ballot %zu,", b.bent_chat);
		mix_fails(&b, link);
		free(link);
	}
	mix_fails(&b, "equation t2,"); /* ĉ_N */
	shuffled_free(&b);
}

TEST(mix_every_pair_of_the_new_list_is_checked)
{
	struct shuffled b;
	shuffled_make(&b);
	for (b.bent_point = 1; b.bent_point <= (size_t)2 * N * W; b.bent_point++) {
		size_t at = b.bent_point - 1;
		char *equation = yihu_printf("equation t4%c for word %zu,", at % 2 == 0 ? 'A' : 'B',
					     at / 2 % W + 1);
		mix_fails(&b, equation);
		free(equation);
	}
	shuffled_free(&b);
}

/* The opening, §9. */

struct opened {
	struct keys keys;
	struct yihu_opening_context x;
	uint32_t *words;
	struct yihu_ciphertext *list;
	int bent;
	char says[sizeof(struct yihu_error)];
};

static void opened_make(struct opened *b)
{
	uint8_t root[32];
	memset(b, 0, sizeof *b);
	keys_make(&b->keys, 2, 3);
	b->x = (struct yihu_opening_context){.holder = 2, .n = N, .w = W};
	randombytes_buf(b->x.eid, sizeof b->x.eid);
	randombytes_buf(root, sizeof root);
	b->x.x = yihu_share_key(b->keys.holders, 3, 2, 2);
	b->x.p = yihu_lot_point(b->x.eid, 99, root);
	b->list = list_make(&b->words, b->keys.y, N, W);
}

static void opened_free(struct opened *b)
{
	free(b->list);
	free(b->words);
}

static bool opening_holds(void *world, struct twist *w)
{
	struct opened *b = world;
	struct plain_opening p;
	struct yihu_buf file = {0};
	struct yihu_opening *o = NULL;
	struct yihu_error err = {0};
	plain_opening_init(&p, b->x, b->list, b->keys.x[1]);
	p.twist = w;
	p.bent = b->bent;
	plain_opening_write(&file, &p, &b->keys.pairs[1]);
	assert_ok(yihu_opening_parse(&o, file.data, file.len, N, W, &err), err);
	int r = yihu_opening_verify(o, &b->x, b->list, b->keys.pairs[1].pk, NULL, &err);
	snprintf(b->says, sizeof b->says, "%s", err.text);
	yihu_opening_free(o);
	yihu_buf_free(&file);
	return r == 0;
}

static void opening_values(const char *label)
{
	struct opened b;
	opened_make(&b);
	every_value_counts(label, opening_holds, &b);
	opened_free(&b);
}

TEST(opening_every_value_of_the_digest_counts)
{
	opening_values("open");
}

TEST(opening_every_value_of_the_weights_counts)
{
	opening_values("open-e");
}

TEST(opening_every_value_of_the_challenge_counts)
{
	opening_values("open-proof");
}

TEST(opening_every_value_of_the_signature_counts)
{
	opening_values("open-file");
}

TEST(opening_both_equations_are_checked)
{
	static const char *const rows[] = {"equation K1,", "equation K2,"};
	struct opened b;
	opened_make(&b);
	for (b.bent = 1; b.bent <= 2; b.bent++) {
		assert_false(opening_holds(&b, NULL));
		assert_non_null(strstr(b.says, rows[b.bent - 1]));
	}
	opened_free(&b);
}

static bool lot_point_is(void *world, struct twist *w)
{
	const struct opened *b = world;
	static const uint8_t root[32] = {5, 6, 7};
	struct transcript t;
	transcript_init(&t, "lot-point");
	transcript_item(&t, "eid", b->x.eid, sizeof b->x.eid);
	transcript_be64(&t, "size", 99);
	transcript_item(&t, "root", root, sizeof root);
	struct yihu_point p = transcript_point(&t, w), q = yihu_lot_point(b->x.eid, 99, root);
	return yihu_point_equal(&p, &q);
}

TEST(lot_point_every_value_counts)
{
	struct opened b;
	opened_make(&b);
	every_value_counts("lot-point", lot_point_is, &b);
	opened_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trustee_every_value_counts),
		cmocka_unit_test(trustee_the_equation_holds_for_c0_k_and_s),
		cmocka_unit_test(ballot_every_value_counts),
		cmocka_unit_test(ballot_the_equation_of_every_word_holds),
		cmocka_unit_test(mix_every_value_of_the_digest_counts),
		cmocka_unit_test(mix_every_value_of_the_u_counts),
		cmocka_unit_test(mix_every_value_of_the_challenge_counts),
		cmocka_unit_test(mix_every_value_of_the_generators_counts),
		cmocka_unit_test(mix_every_value_of_the_signature_counts),
		cmocka_unit_test(mix_every_equation_is_checked),
		cmocka_unit_test(mix_every_c_and_its_equations_are_checked),
		cmocka_unit_test(mix_every_pair_of_the_new_list_is_checked),
		cmocka_unit_test(opening_every_value_of_the_digest_counts),
		cmocka_unit_test(opening_every_value_of_the_weights_counts),
		cmocka_unit_test(opening_every_value_of_the_challenge_counts),
		cmocka_unit_test(opening_every_value_of_the_signature_counts),
		cmocka_unit_test(opening_both_equations_are_checked),
		cmocka_unit_test(lot_point_every_value_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
