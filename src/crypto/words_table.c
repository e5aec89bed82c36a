/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of m·G: finds the word in an opened point. Open addressing over
 * the encodings, which look random; nobody chooses what is stored.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/opening.h>

#include "msm.h"
#include <yihu/parallel.h>

#define PIECE 256 /* words that one core takes at a time */

struct yihu_words_table {
	uint32_t bound;
	struct yihu_point *points; /* points[m] = m·G */
	uint32_t mask;             /* slots − 1; the slots are a power of two */
	uint32_t *slots;           /* m + 1, 0 when empty; at most half are full */
};

static uint32_t slot_of(const struct yihu_words_table *t, const struct yihu_point *p)
{
	uint64_t key;
	memcpy(&key, p->bytes, sizeof key);
	/* The low bit of an encoding is always 0 (its sign): bits from above it. */
	return (uint32_t)(key >> 8) & t->mask;
}

static void insert(struct yihu_words_table *t, uint32_t m)
{
	uint32_t slot = slot_of(t, &t->points[m]);
	while (t->slots[slot] != 0)
		slot = (slot + 1) & t->mask;
	t->slots[slot] = m + 1;
}

/* m·G for a piece of the words, as the doubles of m·(G/2): those are encoded
 * many at a time without a square root. */
static void fill(void *table, size_t from, size_t to)
{
	struct yihu_words_table *t = table;
	struct ed_point at[PIECE];
	struct yihu_scalar half = yihu_scalar_inv(yihu_scalar_u64(2));
	struct yihu_scalar first = yihu_scalar_mul(half, yihu_scalar_u64(from));
	struct ed_point step = yihu_msm_elements(1, &half, &ed_generator);
	struct ed_element half_g;
	assert(to - from <= PIECE);
	ed_normalise(&half_g, &step, 1);
	at[0] = yihu_msm_elements(1, &first, &ed_generator);
	for (size_t i = 1; i < to - from; i++) {
		at[i] = at[i - 1];
		ed_add_element(&at[i], &half_g);
	}
	ed_encode_doubled(t->points + from, at, to - from);
}

struct yihu_words_table *yihu_words_table_new(uint32_t bound)
{
	assert(bound >= 1 && bound <= YIHU_WORD_BOUND);
	uint32_t slots = 2;
	while (slots < 2 * bound)
		slots *= 2;
	struct yihu_words_table *t = yihu_calloc(1, sizeof *t);
	t->bound = bound;
	t->mask = slots - 1;
	t->points = yihu_calloc(bound, sizeof *t->points);
	t->slots = yihu_calloc(slots, sizeof *t->slots);
	yihu_parallel(bound, PIECE, fill, NULL, t);
	for (uint32_t m = 0; m < bound; m++)
		insert(t, m);
	return t;
}

void yihu_words_table_free(struct yihu_words_table *t)
{
	if (!t)
		return;
	free(t->points);
	free(t->slots);
	free(t);
}

uint32_t yihu_words_table_bound(const struct yihu_words_table *t)
{
	return t->bound;
}

int32_t yihu_word_of(const struct yihu_words_table *t, const struct yihu_point *p)
{
	for (uint32_t slot = slot_of(t, p); t->slots[slot] != 0; slot = (slot + 1) & t->mask) {
		uint32_t m = t->slots[slot] - 1;
		if (yihu_point_equal(&t->points[m], p))
			return (int32_t)m;
	}
	return -1;
}
