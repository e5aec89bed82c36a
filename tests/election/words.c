/* SPDX-License-Identifier: Apache-2.0
 *
 * Digits to words and back: the known answers, the bounds, and random ballots
 * of every kind and size (PROTOCOL §2).
 */
#include "sample.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static uint32_t number(const json_t *o, const char *key, size_t i)
{
	return (uint32_t)json_integer_value(json_array_get(json_object_get(o, key), i));
}

/* A definition of n projects whose radix is r. */
static struct yihu_definition *of_radix(uint32_t r, size_t n)
{
	char *extra = yihu_printf("max_points;%u\n", r - 1);
	char *text = sample_of(YIHU_SCORING, n, extra);
	struct yihu_definition *d = parsed(text);
	free(extra);
	free(text);
	return d;
}

TEST(known_answers)
{
	struct yihu_buf text = {0};
	test_file(&text, "vectors/primitives.json");
	json_t *root = json_loadb((char *)text.data, text.len, JSON_REJECT_DUPLICATES, NULL);
	json_t *cases = json_object_get(root, "words");
	assert_true(json_array_size(cases) >= 7);
	for (size_t c = 0; c < json_array_size(cases); c++) {
		json_t *o = json_array_get(cases, c);
		size_t n = json_array_size(json_object_get(o, "digits"));
		struct yihu_definition *d =
			of_radix((uint32_t)json_integer_value(json_object_get(o, "radix")), n);
		uint32_t digits[64], words[64], back[64];
		assert_int_equal(d->digits_per_word,
				 json_integer_value(json_object_get(o, "digits_per_word")));
		assert_int_equal(d->width, json_array_size(json_object_get(o, "words")));
		for (size_t i = 0; i < n; i++)
			digits[i] = number(o, "digits", i);
		yihu_words_from_digits(d, digits, words);
		for (uint32_t j = 0; j < d->width; j++)
			assert_int_equal(words[j], number(o, "words", j));
		assert_int_equal(yihu_digits_from_words(d, words, back, NULL), 0);
		assert_memory_equal(back, digits, n * sizeof *digits);
		yihu_definition_free(d);
	}
	json_decref(root);
	yihu_buf_free(&text);
}

static struct shape {
	uint32_t r;
	size_t n;
	uint32_t w, first, last; /* bounds of the first and the last word */
} shapes[] = {
	{2, 16, 1, 65536, 65536},    {2, 17, 2, 65536, 2},    {2, 1, 1, 2, 2},
	{3, 10, 1, 59049, 59049},    {3, 12, 2, 59049, 9},    {4, 9, 2, 65536, 4},
	{6, 100, 17, 46656, 1296},   {256, 3, 2, 65536, 256}, {257, 3, 3, 257, 257},
	{65536, 2, 2, 65536, 65536},
};

TEST(a_word_at_its_bound_is_refused)
{
	for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
		struct yihu_definition *d = of_radix(shapes[s].r, shapes[s].n);
		uint32_t words[64] = {0}, digits[128];
		uint32_t w = shapes[s].w;
		assert_int_equal(d->width, w);
		assert_int_equal(yihu_word_bound(d, 0), shapes[s].first);
		assert_int_equal(yihu_word_bound(d, w - 1), shapes[s].last);
		for (uint32_t j = 0; j < w; j++) {
			struct yihu_error err;
			uint32_t bound = yihu_word_bound(d, j);
			words[j] = bound - 1;
			assert_int_equal(yihu_digits_from_words(d, words, digits, NULL), 0);
			words[j] = bound;
			assert_error(&err, yihu_digits_from_words(d, words, digits, &err),
				     YIHU_EDIGITS, "beyond what a ballot can hold");
			words[j] = UINT32_MAX;
			assert_int_equal(yihu_digits_from_words(d, words, digits, NULL),
					 YIHU_EDIGITS);
			words[j] = 0;
		}
		yihu_definition_free(d);
	}
}

static void round_trips(void **state)
{
	const char *const *extra = *state;
	for (uint32_t n = 1; n <= 100; n += 1 + randombytes_uniform(7)) {
		for (int kind = 0; kind < YIHU_N_KINDS; kind++) {
			char *text = sample_of(kind, n, extra[kind]);
			struct yihu_definition *d = parsed(text);
			uint32_t digits[100], words[100], back[100];
			for (uint32_t i = 0; i < n; i++)
				digits[i] = randombytes_uniform(d->radix);
			yihu_words_from_digits(d, digits, words);
			for (uint32_t j = 0; j < d->width; j++)
				assert_true(words[j] < yihu_word_bound(d, j));
			assert_int_equal(yihu_digits_from_words(d, words, back, NULL), 0);
			assert_memory_equal(back, digits, n * sizeof *digits);
			yihu_definition_free(d);
			free(text);
		}
	}
}

/* Every word below its bound is the word of some digits: nothing is lost. */
TEST(every_word_is_reached)
{
	struct yihu_definition *d = of_radix(7, 5);
	for (uint32_t word = 0; word < yihu_word_bound(d, 0); word++) {
		uint32_t words[2] = {word, 0}, digits[5], back[2];
		assert_int_equal(yihu_digits_from_words(d, words, digits, NULL), 0);
		yihu_words_from_digits(d, digits, back);
		assert_int_equal(back[0], word);
	}
	yihu_definition_free(d);
}

int main(void)
{
	static const char *extra[YIHU_N_KINDS] = {"", "", "max_points;9\n", "max_sum_points;20\n",
						  ""};
	assert_true(sodium_init() >= 0);
	add_test("known answers", known_answers, NULL);
	add_test("a word at its bound is refused", a_word_at_its_bound_is_refused, NULL);
	add_test("random ballots of every kind come back", round_trips, extra);
	add_test("every word is reached", every_word_is_reached, NULL);
	return run_table("words");
}
