/* SPDX-License-Identifier: Apache-2.0
 *
 * Strict reading of many points and scalars (PROTOCOL §1). The identity is
 * legal in all of them.
 */
#include <assert.h>
#include <stdatomic.h>

#include <yihu/parallel.h>

#include "element.h"

#define PIECE 64 /* values a thread checks at a time */

/* Many values, and the first of them that is no element. */
struct search {
	const void *values;
	bool (*valid)(const void *value);
	size_t size; /* bytes of a value */
	_Atomic size_t first_bad;
};

/* Keeps the least, so that the answer is the same however threads run. */
static void found_bad(struct search *s, size_t i)
{
	size_t least = atomic_load(&s->first_bad);
	while (i < least && !atomic_compare_exchange_weak(&s->first_bad, &least, i))
		;
}

static void search_piece(void *context, size_t from, size_t to)
{
	struct search *s = context;
	for (size_t i = from; i < to; i++) {
		if (!s->valid((const uint8_t *)s->values + i * s->size)) {
			found_bad(s, i);
			return;
		}
	}
}

/* The index of the first value that is not valid; n when all are. */
static size_t first_bad(const void *values, size_t n, size_t size, bool (*valid)(const void *))
{
	struct search s = {.values = values, .valid = valid, .size = size, .first_bad = n};
	yihu_parallel(n, PIECE, search_piece, NULL, &s);
	return atomic_load(&s.first_bad);
}

static bool point_valid(const void *value)
{
	return yihu_point_valid(value);
}

static bool scalar_valid(const void *value)
{
	return yihu_scalar_valid(value);
}

int yihu_read_points(struct yihu_reader *r, const struct yihu_points_part *part,
		     struct yihu_error *err)
{
	yihu_read_into(r, part->to, part->n * sizeof *part->to);
	assert(!r->bad);
	size_t bad = first_bad(part->to, part->n, sizeof *part->to, point_valid);
	if (bad < part->n)
		return yihu_fail(err, YIHU_EPOINT,
				 _("value %zu of %s is not the canonical encoding of a point"),
				 bad + 1, part->name);
	return 0;
}

int yihu_read_scalars(struct yihu_reader *r, const struct yihu_scalars_part *part,
		      struct yihu_error *err)
{
	yihu_read_into(r, part->to, part->n * sizeof *part->to);
	assert(!r->bad);
	size_t bad = first_bad(part->to, part->n, sizeof *part->to, scalar_valid);
	if (bad < part->n)
		return yihu_fail(err, YIHU_ESCALAR,
				 _("value %zu of %s is not a scalar below the group order"),
				 bad + 1, part->name);
	return 0;
}

int yihu_read_ciphertexts(struct yihu_reader *r, struct yihu_ciphertext *list, uint64_t n,
			  uint32_t w, struct yihu_error *err)
{
	size_t points = (size_t)n * w * 2;
	yihu_read_into(r, list, (size_t)n * w * sizeof *list);
	assert(!r->bad);
	size_t bad = first_bad(list, points, sizeof list->a, point_valid);
	if (bad < points)
		return yihu_fail(err, YIHU_EPOINT,
				 _("word %zu of ballot %zu in the list is not a pair of canonical "
				   "points"),
				 bad / 2 % w + 1, bad / 2 / w + 1);
	return 0;
}
