/* SPDX-License-Identifier: Apache-2.0
 *
 * Digits, words and what makes a ballot valid (PROTOCOL §2).
 */
#include "pabulib.h"

#include <assert.h>
#include <string.h>

#define WIDTH_MAX 255

/* max_points and max_sum_points, for the kinds that have them. */
static int set_points_radix(struct yihu_definition *d, struct yihu_error *err)
{
	bool has_points, has_sum, has_least;
	uint64_t points = 0, sum = 0, least = 0;
	bool cumulative = d->kind == YIHU_CUMULATIVE;
	int r = yihu_meta_number(d, "max_points", YIHU_RADIX_MAX - 1, &has_points, &points, err);
	if (r == 0)
		r = yihu_meta_number(d, "max_sum_points", UINT32_MAX, &has_sum, &sum, err);
	if (r == 0)
		r = yihu_meta_number(d, "min_sum_points", UINT32_MAX, &has_least, &least, err);
	if (r != 0)
		return r;
	if (cumulative && !has_sum)
		return yihu_fail(err, YIHU_EMETA,
				 _("cumulative ballots need max_sum_points in META"));
	if (!cumulative && !has_points)
		return yihu_fail(err, YIHU_EMETA, _("scoring ballots need max_points in META"));
	if (!has_points)
		points = sum;
	if (points < 1 || points > YIHU_RADIX_MAX - 1 || (cumulative && sum < 1))
		return yihu_fail(err, YIHU_EMETA, _("the points of a project must be from 1 to %d"),
				 YIHU_RADIX_MAX - 1);
	if (cumulative && least > sum)
		return yihu_fail_in_cell(err, YIHU_EMETA, yihu_meta_find(d, "min_sum_points")->line,
					 YIHU_META_VALUE,
					 _("min_sum_points is more than max_sum_points"));
	d->max_sum_points = sum;
	d->min_sum_points = least;
	d->radix = (uint32_t)points + 1;
	return 0;
}

static uint32_t power(uint32_t radix, uint32_t exponent)
{
	uint32_t v = 1;
	while (exponent-- > 0)
		v *= radix;
	return v;
}

int yihu_arithmetic_set(struct yihu_definition *d, struct yihu_error *err)
{
	int r = 0;
	switch (d->kind) {
	case YIHU_APPROVAL:
		d->radix = 2;
		break;
	case YIHU_CONSENT:
		d->radix = 3;
		break;
	case YIHU_ORDINAL:
		d->radix = d->max_length + 1;
		break;
	default:
		r = set_points_radix(d, err);
	}
	if (r != 0)
		return r;
	d->digits_per_word = 1;
	while (power(d->radix, d->digits_per_word) <= YIHU_RADIX_MAX / d->radix)
		d->digits_per_word++;
	size_t width = (d->n_projects + d->digits_per_word - 1) / d->digits_per_word;
	if (width > WIDTH_MAX)
		return yihu_fail(
			err, YIHU_EDEFINITION,
			_("a ballot over %zu projects takes %zu words and can have at most %d; "
			  "take fewer projects or fewer points"),
			d->n_projects, width, WIDTH_MAX);
	d->width = (uint32_t)width;
	return 0;
}

uint32_t yihu_word_bound(const struct yihu_definition *d, uint32_t j)
{
	assert(j < d->width);
	uint32_t last = (uint32_t)d->n_projects - (d->width - 1) * d->digits_per_word;
	return power(d->radix, j + 1 < d->width ? d->digits_per_word : last);
}

void yihu_words_from_digits(const struct yihu_definition *d, const uint32_t *digits,
			    uint32_t *words)
{
	memset(words, 0, d->width * sizeof *words);
	for (size_t i = d->n_projects; i-- > 0;) {
		assert(digits[i] < d->radix);
		uint32_t *word = &words[i / d->digits_per_word];
		*word = *word * d->radix + digits[i];
	}
}

int yihu_digits_from_words(const struct yihu_definition *d, const uint32_t *words, uint32_t *digits,
			   struct yihu_error *err)
{
	for (uint32_t j = 0; j < d->width; j++) {
		if (words[j] >= yihu_word_bound(d, j))
			return yihu_fail(
				err, YIHU_EDIGITS,
				_("word %u of the ballot is beyond what a ballot can hold"), j + 1);
	}
	for (size_t i = 0; i < d->n_projects; i++) {
		size_t j = i / d->digits_per_word, k = i % d->digits_per_word;
		digits[i] = words[j] / power(d->radix, (uint32_t)k) % d->radix;
	}
	return 0;
}

/* Ranks 1..count, each once. Given that count digits are not 0, it is enough
 * that none is above count and none there twice. */
static int check_ranks(const struct yihu_definition *d, const uint32_t *digits, uint32_t count,
		       struct yihu_error *err)
{
	int r = 0;
	bool *seen = yihu_calloc((size_t)count + 1, sizeof *seen);
	for (size_t i = 0; r == 0 && i < d->n_projects; i++) {
		uint32_t rank = digits[i];
		if (rank > count || (rank > 0 && seen[rank]))
			r = yihu_fail(err, YIHU_EDIGITS,
				      _("the ranks must be 1, 2, 3 and so on, each given once"));
		else
			seen[rank] = true;
	}
	free(seen);
	return r;
}

static int check_length(const struct yihu_definition *d, uint32_t count, struct yihu_error *err)
{
	if (count < d->min_length)
		return yihu_fail(err, YIHU_EDIGITS,
				 _("%u projects are marked; at least %u must be"), count,
				 d->min_length);
	if (count > d->max_length)
		return yihu_fail(err, YIHU_EDIGITS, _("%u projects are marked; at most %u can be"),
				 count, d->max_length);
	return 0;
}

static int check_least(const struct yihu_definition *d, uint64_t cost, uint64_t points,
		       struct yihu_error *err)
{
	if (cost < d->min_sum_cost)
		return yihu_fail(
			err, YIHU_EDIGITS,
			_("the marked projects cost %llu.%02llu together; at least %llu.%02llu "
			  "must be spent"),
			(unsigned long long)cost / 100, (unsigned long long)cost % 100,
			(unsigned long long)d->min_sum_cost / 100,
			(unsigned long long)d->min_sum_cost % 100);
	if (points < d->min_sum_points)
		return yihu_fail(err, YIHU_EDIGITS,
				 _("%llu points are given; at least %llu must be"),
				 (unsigned long long)points, (unsigned long long)d->min_sum_points);
	return 0;
}

int yihu_digits_check(const struct yihu_definition *d, const uint32_t *digits,
		      struct yihu_error *err)
{
	uint32_t count = 0;
	uint64_t cost = 0, points = 0;
	for (size_t i = 0; i < d->n_projects; i++) {
		assert(digits[i] < d->radix);
		count += digits[i] != 0;
		cost += digits[i] ? d->projects[i].cost : 0;
		points += digits[i];
	}
	int r = check_length(d, count, err);
	if (r != 0)
		return r;
	if (d->has_max_sum_cost && cost > d->max_sum_cost)
		return yihu_fail(
			err, YIHU_EDIGITS,
			_("the marked projects cost %llu.%02llu together; at most %llu.%02llu "
			  "can be spent"),
			(unsigned long long)cost / 100, (unsigned long long)cost % 100,
			(unsigned long long)d->max_sum_cost / 100,
			(unsigned long long)d->max_sum_cost % 100);
	if (d->kind == YIHU_CUMULATIVE && points > d->max_sum_points)
		return yihu_fail(err, YIHU_EDIGITS, _("%llu points are given; at most %llu can be"),
				 (unsigned long long)points, (unsigned long long)d->max_sum_points);
	r = check_least(d, cost, points, err);
	if (r == 0 && d->kind == YIHU_ORDINAL)
		r = check_ranks(d, digits, count, err);
	return r ? r : yihu_parts_check_digits(d, digits, err);
}
