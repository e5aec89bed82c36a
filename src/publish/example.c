/* SPDX-License-Identifier: Apache-2.0
 *
 * A small vote, made up and counted (example.h).
 */
#include "publish/example.h"

#include <stdlib.h>
#include <string.h>

#define LIKED 4

/* Which projects each household likes, the best first; of five, or of as many as there are. */
static const uint32_t liked[EXAMPLE_HOUSEHOLDS][LIKED] = {
	{0, 1, 2, 3}, {0, 2, 1, 4}, {1, 0, 3, 2}, {0, 1, 4, 3}, {2, 0, 1, 3}};

/* What the i-th of a household's is marked with. */
static uint32_t digit_of(const struct yihu_definition *d, uint32_t i)
{
	uint32_t most = d->radix - 1;
	switch (d->kind) {
	case YIHU_CONSENT:
		return i < 2 ? 1 : i == 2 ? 2 : 0;
	case YIHU_SCORING:
		return most / (i + 1) > 0 ? most / (i + 1) : 1;
	case YIHU_CUMULATIVE: {
		uint64_t some = d->max_sum_points >> (i + 1);
		return some > most ? most : (uint32_t)some;
	}
	case YIHU_ORDINAL:
		return i + 1;
	default:
		return 1;
	}
}

/* As many of those that it likes as the limits let it mark: one too many is taken back. */
static void mark(const struct yihu_definition *d, const uint32_t *likes, uint32_t *row)
{
	struct yihu_error err;
	uint32_t n = 0;
	for (uint32_t i = 0; i < LIKED && n < 3; i++) {
		uint32_t p = likes[i], digit = digit_of(d, n);
		if (p >= d->n_projects || digit == 0 || digit >= d->radix)
			continue;
		row[p] = digit;
		n++;
		if (n > d->min_length && yihu_digits_check(d, row, &err) != 0) {
			row[p] = 0;
			n--;
		}
	}
}

static int mark_all(struct example *x, const struct yihu_definition *d, struct yihu_error *err)
{
	int r = 0;
	x->n = d->n_projects;
	x->digits = yihu_calloc(EXAMPLE_HOUSEHOLDS * d->n_projects, sizeof *x->digits);
	for (size_t i = 0; r == 0 && i < EXAMPLE_HOUSEHOLDS; i++) {
		uint32_t *row = &x->digits[i * d->n_projects];
		mark(d, liked[i], row);
		r = yihu_digits_check(d, row, err);
	}
	return r;
}

static int count(struct example *x, const struct yihu_definition *d, struct yihu_error *err)
{
	const struct yihu_profile p = {.definition = d,
				       .n = EXAMPLE_HOUSEHOLDS,
				       .digits = x->digits,
				       .cast = EXAMPLE_HOUSEHOLDS,
				       .entitled = EXAMPLE_HOUSEHOLDS,
				       .has_lot = true};
	struct yihu_outcome *o = NULL;
	struct yihu_buf json = {0};
	int r = yihu_count(&o, &p, err);
	if (r == 0) {
		yihu_count_json(&json, &p, o);
		r = yihu_published_read(&x->result, json.data, json.len, err);
	}
	if (r == 0)
		yihu_published_know(&x->result, d);
	yihu_outcome_free(o);
	yihu_buf_free(&json);
	return r;
}

int example_make(struct example *out, const struct yihu_definition *d, struct yihu_error *err)
{
	struct example made = {0};
	int r = mark_all(&made, d, err);
	if (r == 0)
		r = count(&made, d, err);
	if (r != 0)
		free(made.digits);
	else
		*out = made;
	return r;
}

void example_finish(struct example *x)
{
	if (x->digits)
		yihu_published_free(&x->result);
	free(x->digits);
	*x = (struct example){0};
}

char *example_mark(const struct yihu_definition *d, uint32_t digit, enum language l)
{
	static const enum word said[] = {W_TERM_ABSTAIN, W_TERM_AGREE, W_TERM_AGAINST};
	if (d->kind == YIHU_CONSENT)
		return word_copy(l, said[digit < 3 ? digit : 0]);
	if (digit == 0)
		return yihu_strdup("");
	return d->kind == YIHU_APPROVAL ? yihu_strdup("✓") : words_count(l, digit);
}
