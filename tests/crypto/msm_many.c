/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists so long that mixing, opening and verifying take all cores and the sums
 * their buckets: honest ones pass, and one wrong value among thousands is found
 * and named.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define N 1100
#define W 2
#define AT 777 /* where the wrong value lies */

struct box {
	struct keys keys;
	struct yihu_mix_context x;
	uint32_t *words;
	struct yihu_ciphertext *list;
	struct yihu_mix *mix;
	struct yihu_opening *openings[3];
};

static struct yihu_opening_context opening_context(const struct box *b, uint32_t holder)
{
	struct yihu_opening_context x = {
		.holder = holder,
		.x = yihu_share_key(b->keys.holders, b->keys.n, b->keys.t, holder),
		.n = N,
		.w = W};
	memcpy(x.eid, b->x.eid, sizeof x.eid);
	x.p = yihu_lot_point(x.eid, N, x.eid);
	return x;
}

static void open_as(struct box *b, uint32_t holder)
{
	struct yihu_buf file = {0};
	struct yihu_error err;
	struct yihu_opening_context x = opening_context(b, holder);
	assert_ok(yihu_opening_make(&file, &x, b->list, b->keys.x[holder - 1],
				    &b->keys.pairs[holder - 1], NULL, &err),
		  err);
	assert_ok(yihu_opening_parse(&b->openings[holder - 1], file.data, file.len, N, W, &err),
		  err);
	yihu_buf_free(&file);
}

static int setup(void **state)
{
	struct box *b = yihu_calloc(1, sizeof *b);
	struct yihu_buf file = {0};
	struct yihu_error err;
	keys_make(&b->keys, 2, 3);
	b->x = (struct yihu_mix_context){.k = 1, .holder = 1, .n = N, .w = W, .y = b->keys.y};
	randombytes_buf(b->x.eid, sizeof b->x.eid);
	b->list = list_make(&b->words, b->keys.y, N, W);
	assert_ok(yihu_mix_make(&file, &b->x, b->list, &b->keys.pairs[0], NULL, &err), err);
	assert_ok(yihu_mix_parse(&b->mix, file.data, file.len, N, W, &err), err);
	yihu_buf_free(&file);
	open_as(b, 1);
	open_as(b, 3);
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct box *b = *state;
	free(b->words);
	free(b->list);
	yihu_mix_free(b->mix);
	for (size_t j = 0; j < 3; j++)
		yihu_opening_free(b->openings[j]);
	free(b);
	return 0;
}

static int verify_mix(const struct box *b, struct yihu_error *err)
{
	return yihu_mix_verify(b->mix, &b->x, b->list, b->keys.pairs[0].pk, NULL, err);
}

static int verify_opening(const struct box *b, uint32_t holder, struct yihu_error *err)
{
	struct yihu_opening_context x = opening_context(b, holder);
	return yihu_opening_verify(b->openings[holder - 1], &x, b->list,
				   b->keys.pairs[holder - 1].pk, NULL, err);
}

static void a_long_mix_verifies(void **state)
{
	struct yihu_error err;
	assert_ok(verify_mix(*state, &err), err);
}

/* Responses are in no hash and the signature was over the file: only the
 * equation that names the value can fail. */
static void one_wrong_link_is_named(void **state)
{
	struct box *b = *state;
	struct yihu_error err;
	struct yihu_scalar right = b->mix->shat[AT];
	bump_scalar(b->mix->shat[AT].bytes);
	assert_code(verify_mix(b, &err), err, YIHU_EMIXPROOF);
	assert_says(err, "equation t̂ for ballot 778");
	b->mix->shat[AT] = right;
}

static void one_wrong_response_breaks_the_permutation(void **state)
{
	struct box *b = *state;
	struct yihu_error err;
	struct yihu_scalar right = b->mix->sprime[AT];
	bump_scalar(b->mix->sprime[AT].bytes);
	assert_code(verify_mix(b, &err), err, YIHU_EMIXPROOF);
	assert_says(err, "equation t3");
	b->mix->sprime[AT] = right;
}

static void one_wrong_word_is_named(void **state)
{
	struct box *b = *state;
	struct yihu_error err;
	static const char *const names[W] = {"word 1", "word 2"};
	for (uint32_t j = 0; j < W; j++) {
		struct yihu_scalar right = b->mix->s4[j];
		bump_scalar(b->mix->s4[j].bytes);
		assert_code(verify_mix(b, &err), err, YIHU_EMIXPROOF);
		assert_says(err, "equation t4A");
		assert_says(err, names[j]);
		b->mix->s4[j] = right;
	}
}

static void a_long_opening_verifies(void **state)
{
	struct box *b = *state;
	struct yihu_error err;
	assert_ok(verify_opening(b, 1, &err), err);
	assert_ok(verify_opening(b, 3, &err), err);
}

static void one_wrong_decryption_breaks_the_opening(void **state)
{
	struct box *b = *state;
	struct yihu_error err;
	struct yihu_point right = b->openings[0]->d[AT];
	bump_point(b->openings[0]->d[AT].bytes);
	assert_code(verify_opening(b, 1, &err), err, YIHU_EOPENINGPROOF);
	b->openings[0]->d[AT] = right;
}

/* By holders 1 and 3, whose Lagrange coefficients are 3/2 and −1/2. */
static void the_words_come_back(void **state)
{
	struct box *b = *state;
	const struct yihu_opening *const two[] = {b->openings[0], b->openings[2]};
	struct yihu_point *points = yihu_calloc(N * W, sizeof *points), lot;
	struct yihu_words_table *table = yihu_words_table_new(YIHU_WORD_BOUND);
	yihu_openings_combine(points, &lot, two, 2, b->list, NULL);
	for (size_t m = 0; m < N * W; m++)
		assert_int_equal(yihu_word_of(table, &points[m]), b->words[m]);
	struct yihu_scalar x = yihu_scalar_u64(0);
	for (uint32_t i = 0; i < b->keys.n; i++)
		x = yihu_scalar_add(x, b->keys.a[i][0]);
	struct yihu_point want = yihu_point_mul(x, opening_context(b, 1).p);
	assert_memory_equal(&lot, &want, sizeof want);
	yihu_words_table_free(table);
	free(points);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_mix_verifies),
		cmocka_unit_test(one_wrong_link_is_named),
		cmocka_unit_test(one_wrong_response_breaks_the_permutation),
		cmocka_unit_test(one_wrong_word_is_named),
		cmocka_unit_test(a_long_opening_verifies),
		cmocka_unit_test(one_wrong_decryption_breaks_the_opening),
		cmocka_unit_test(the_words_come_back),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
