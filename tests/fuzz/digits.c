/* SPDX-License-Identifier: Apache-2.0
 *
 * Choices that people type, and the words that a box opens to, for each kind
 * of ballot.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static const char *const files[YIHU_N_KINDS] = {
	[YIHU_APPROVAL] = "vote_type;approval\nballot;approval\nmax_length;3\nmax_sum_cost;700\n",
	[YIHU_CONSENT] = "vote_type;scoring\nballot;consent\n",
	[YIHU_SCORING] = "vote_type;scoring\nballot;scoring\nmax_points;5\nmin_length;1\n",
	[YIHU_CUMULATIVE] = "vote_type;cumulative\nballot;cumulative\nmax_sum_points;10\n",
	[YIHU_ORDINAL] = "vote_type;ordinal\nballot;ordinal\nmax_length;4\n",
};

static const struct yihu_definition *definition_of(enum yihu_ballot_kind kind)
{
	static struct yihu_definition *made[YIHU_N_KINDS];
	/* Ids that could be taken for numbers, for words or for one another. */
	struct yihu_buf file = {0}, strict = {0};
	struct yihu_error err;
	if (made[kind])
		return made[kind];
	yihu_buf_fmt(&file,
		     "META\nkey;value\ndescription;d\ncountry;c\nunit;u\ninstance;2025\n"
		     "num_projects;7\nnum_votes;0\nbudget;1000\nrule;greedy\ndate_begin;2025\n"
		     "date_end;2025\n%sPROJECTS\nproject_id;cost;name\n1;100;a\n2;200;b\n"
		     "12;300;c\nlamp;400;d\n路灯;500;e\na b;600;f\nyes;700;g\nVOTES\n",
		     files[kind]);
	fixture_must(yihu_definition_held(&strict, NULL, file.data, file.len, &err), &err);
	fixture_must(yihu_definition_parse(&made[kind], strict.data, strict.len, &err), &err);
	yihu_buf_free(&file);
	yihu_buf_free(&strict);
	return made[kind];
}

static void pack(const struct yihu_definition *d, const uint32_t *digits)
{
	uint32_t words[YIHU_WIDTH_MAX], again[YIHU_PROJECTS_MAX];
	yihu_words_from_digits(d, digits, words);
	for (uint32_t j = 0; j < d->width; j++)
		assert(words[j] < yihu_word_bound(d, j));
	assert(yihu_digits_from_words(d, words, again, NULL) == YIHU_OK);
	assert(memcmp(again, digits, d->n_projects * sizeof *digits) == 0);
}

static void read_choice(const struct yihu_definition *d, const char *text)
{
	uint32_t digits[YIHU_PROJECTS_MAX];
	struct yihu_error err = fuzz_error();
	fuzz_fill(digits, sizeof digits);
	if (!fuzz_ok(yihu_digits_parse(d, text, digits, &err), &err)) {
		assert(fuzz_untouched(digits, sizeof digits));
		return;
	}
	assert(yihu_digits_check(d, digits, NULL) == YIHU_OK);
	pack(d, digits);
}

static void read_words(const struct yihu_definition *d, const uint8_t *data, size_t size)
{
	struct yihu_reader r = yihu_reader(data, size);
	uint32_t words[YIHU_WIDTH_MAX], digits[YIHU_PROJECTS_MAX], again[YIHU_WIDTH_MAX];
	struct yihu_error err = fuzz_error();
	for (uint32_t j = 0; j < d->width; j++)
		words[j] = yihu_read_be32(&r);
	fuzz_fill(digits, sizeof digits);
	if (!fuzz_ok(yihu_digits_from_words(d, words, digits, &err), &err)) {
		assert(fuzz_untouched(digits, sizeof digits));
		return;
	}
	yihu_words_from_digits(d, digits, again);
	assert(memcmp(words, again, d->width * sizeof *words) == 0);
	err = fuzz_error();
	fuzz_ok(yihu_digits_check(d, digits, &err), &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);
	for (enum yihu_ballot_kind kind = 0; kind < YIHU_N_KINDS; kind++) {
		read_choice(definition_of(kind), text);
		read_words(definition_of(kind), data, size);
	}
	free(text);
	return 0;
}
