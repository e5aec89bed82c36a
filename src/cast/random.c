/* SPDX-License-Identifier: Apache-2.0
 *
 * A ballot at random: by the machine's chance all alike, by a seed as a household
 * might choose.
 */
#include "cast/cast.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* A random order may spend its money on too few projects: try others. */
#define RANDOM_TRIES 200
/* What a seed's household does, in a hundred: answers a question; agrees with what
 * it likes least, and so many more for each step of liking. */
#define ANSWERS 92
#define AGREES 35
#define AGREES_MORE 12

static uint32_t uniform(struct cast_chance *chance, uint32_t below)
{
	struct {
		uint8_t seed[32];
		uint64_t drawn;
	} in;
	uint8_t hash[32];
	uint64_t value;
	if (!chance)
		return randombytes_uniform(below);
	memcpy(in.seed, chance->seed, sizeof in.seed);
	in.drawn = chance->drawn++;
	crypto_hash_sha256(hash, (const uint8_t *)&in, sizeof in);
	memcpy(&value, hash, sizeof value);
	return (uint32_t)(value % below);
}

/* How well a seed's household likes a project: 0 to 4. */
static uint32_t liking(size_t project)
{
	return (uint32_t)(project * 7 % 5);
}

static void shuffle(size_t *order, size_t n, struct cast_chance *chance)
{
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (size_t i = n; i > 1; i--) {
		size_t j = uniform(chance, (uint32_t)i), was = order[i - 1];
		order[i - 1] = order[j];
		order[j] = was;
	}
}

/* Moves what is liked to the front, not always. */
static void lean(size_t *order, size_t n, struct cast_chance *chance)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j > 0 && liking(order[j]) > liking(order[j - 1]) &&
				   uniform(chance, 100) < ANSWERS;
		     j--) {
			size_t was = order[j];
			order[j] = order[j - 1];
			order[j - 1] = was;
		}
}

/* The digit of the project that comes at `rank`, from 1; `left` of the money
 * or points that there are. */
static uint32_t random_digit(const struct yihu_definition *d, size_t project, uint32_t rank,
			     uint64_t *left, struct cast_chance *chance)
{
	uint64_t most = d->radix - 1;
	switch (d->kind) {
	case YIHU_ORDINAL:
		return rank;
	case YIHU_APPROVAL:
		if (d->has_max_sum_cost && d->projects[project].cost > *left)
			return 0;
		*left -= d->has_max_sum_cost ? d->projects[project].cost : 0;
		return 1;
	case YIHU_CUMULATIVE:
		most = most < *left ? most : *left;
		if (most == 0)
			return 0;
		most = 1 + uniform(chance, (uint32_t)most);
		*left -= most;
		return (uint32_t)most;
	default:
		return 1 + uniform(chance, (uint32_t)most);
	}
}

static void draw(const struct yihu_definition *d, size_t *order, uint32_t *digits,
		 struct cast_chance *chance)
{
	uint64_t left = d->kind == YIHU_CUMULATIVE ? d->max_sum_points : d->max_sum_cost;
	uint32_t span = d->max_length - d->min_length + 1;
	uint32_t picks = d->min_length + uniform(chance, span);
	memset(digits, 0, d->n_projects * sizeof *digits);
	shuffle(order, d->n_projects, chance);
	if (chance)
		lean(order, d->n_projects, chance);
	for (uint32_t i = 0; i < picks; i++)
		digits[order[i]] = random_digit(d, order[i], i + 1, &left, chance);
}

/* Consent, by a seed: every question by itself. */
static void answer(const struct yihu_definition *d, uint32_t *digits, struct cast_chance *chance)
{
	for (size_t i = 0; i < d->n_projects; i++) {
		bool answers = uniform(chance, 100) < ANSWERS;
		bool agrees = uniform(chance, 100) < AGREES + AGREES_MORE * liking(i);
		digits[i] = !answers ? 0 : agrees ? 1 : 2;
	}
}

int cast_random_digits(const struct yihu_definition *d, struct cast_chance *chance,
		       uint32_t *digits, struct yihu_error *err)
{
	size_t *order = yihu_calloc(d->n_projects, sizeof *order);
	bool valid = false;
	for (int i = 0; i < RANDOM_TRIES && !valid; i++) {
		if (chance && d->kind == YIHU_CONSENT)
			answer(d, digits, chance);
		else
			draw(d, order, digits, chance);
		valid = yihu_digits_check(d, digits, NULL) == 0;
	}
	free(order);
	return valid ? 0
		     : yihu_fail(err, YIHU_EVOTE,
				 _("no random ballot was found that the rules "
				   "allow; choose one yourself"));
}
