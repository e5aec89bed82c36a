/* SPDX-License-Identifier: Apache-2.0
 *
 * Strict reading of many points and scalars (PROTOCOL §1). The identity is
 * legal in all of them.
 */
#include <assert.h>
#include <inttypes.h>

#include "element.h"

int yihu_read_points(struct yihu_reader *r, const struct yihu_points_part *part,
		     struct yihu_error *err)
{
	yihu_read_into(r, part->to, part->n * sizeof *part->to);
	assert(!r->bad);
	for (uint64_t i = 0; i < part->n; i++) {
		if (!yihu_point_valid(&part->to[i]))
			return yihu_fail(err, YIHU_EPOINT,
					 _("Value %" PRIu64 " of %s is not the canonical encoding "
					   "of a point."),
					 i + 1, part->name);
	}
	return 0;
}

int yihu_read_scalars(struct yihu_reader *r, const struct yihu_scalars_part *part,
		      struct yihu_error *err)
{
	yihu_read_into(r, part->to, part->n * sizeof *part->to);
	assert(!r->bad);
	for (uint64_t i = 0; i < part->n; i++) {
		if (!yihu_scalar_valid(&part->to[i]))
			return yihu_fail(err, YIHU_ESCALAR,
					 _("Value %" PRIu64 " of %s is not a scalar below the "
					   "group order."),
					 i + 1, part->name);
	}
	return 0;
}

int yihu_read_ciphertexts(struct yihu_reader *r, struct yihu_ciphertext *list, uint64_t n,
			  uint32_t w, struct yihu_error *err)
{
	yihu_read_into(r, list, (size_t)n * w * sizeof *list);
	assert(!r->bad);
	for (uint64_t i = 0; i < n * w; i++) {
		if (!yihu_point_valid(&list[i].a) || !yihu_point_valid(&list[i].b))
			return yihu_fail(err, YIHU_EPOINT,
					 _("Word %" PRIu64 " of ballot %" PRIu64 " in the list is "
					   "not a pair of canonical points."),
					 i % w + 1, i / w + 1);
	}
	return 0;
}
