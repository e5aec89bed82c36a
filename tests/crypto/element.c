/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs of points and scalars: of several bad values the first is named, however
 * many threads look for them.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

#include "../../src/crypto/element.h"

#define N 4096

/* Zeros are the identity and the scalar 0. */
static void spoil(uint8_t *values, size_t from)
{
	memset(values + 32 * from, 0xff, 32 * (N - from));
}

static const size_t firsts[] = {0, 1, 63, 64, 65, 1000, N - 1, N};
#define FIRSTS (sizeof firsts / sizeof *firsts)

/* N: the run is good. */
static void assert_first(int r, const struct yihu_error *err, size_t first, int code,
			 const char *words)
{
	assert_code(r, *err, first == N ? YIHU_OK : code);
	if (first < N)
		assert_says(*err, words);
}

TEST(the_first_bad_point_of_many_is_named)
{
	struct yihu_point *to = yihu_calloc(N, sizeof *to);
	const struct yihu_points_part part = {"c", to, N};
	for (size_t i = 0; i < FIRSTS; i++) {
		uint8_t *bytes = yihu_calloc(N, 32);
		struct yihu_reader r = yihu_reader(bytes, N * 32);
		struct yihu_error err;
		char *words = yihu_printf("value %zu of c ", firsts[i] + 1);
		spoil(bytes, firsts[i]);
		assert_first(yihu_read_points(&r, &part, &err), &err, firsts[i], YIHU_EPOINT,
			     words);
		free(words);
		free(bytes);
	}
	free(to);
}

TEST(the_first_bad_scalar_of_many_is_named)
{
	struct yihu_scalar *to = yihu_calloc(N, sizeof *to);
	const struct yihu_scalars_part part = {"s'", to, N};
	for (size_t i = 0; i < FIRSTS; i++) {
		uint8_t *bytes = yihu_calloc(N, 32);
		struct yihu_reader r = yihu_reader(bytes, N * 32);
		struct yihu_error err;
		char *words = yihu_printf("value %zu of s' ", firsts[i] + 1);
		spoil(bytes, firsts[i]);
		assert_first(yihu_read_scalars(&r, &part, &err), &err, firsts[i], YIHU_ESCALAR,
			     words);
		free(words);
		free(bytes);
	}
	free(to);
}

/* Words count from the ballot's first, A and B of a word alike. */
TEST(the_first_bad_word_of_many_is_named)
{
	enum { W = 4, BALLOTS = N / 2 / W };
	struct yihu_ciphertext *to = yihu_calloc(BALLOTS * W, sizeof *to);
	for (size_t i = 0; i < FIRSTS; i++) {
		uint8_t *bytes = yihu_calloc(N, 32);
		struct yihu_reader r = yihu_reader(bytes, N * 32);
		struct yihu_error err;
		size_t word = firsts[i] / 2;
		char *words = yihu_printf("word %zu of ballot %zu ", word % W + 1, word / W + 1);
		spoil(bytes, firsts[i]);
		assert_first(yihu_read_ciphertexts(&r, to, BALLOTS, W, &err), &err, firsts[i],
			     YIHU_EPOINT, words);
		free(words);
		free(bytes);
	}
	free(to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_bad_point_of_many_is_named),
		cmocka_unit_test(the_first_bad_scalar_of_many_is_named),
		cmocka_unit_test(the_first_bad_word_of_many_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
