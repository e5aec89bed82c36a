/* SPDX-License-Identifier: Apache-2.0
 *
 * A box as it is opened: one folder, or both halves.
 */
#include "internal.h"

int yihu_box_open_as(struct yihu_box **out, const char *dir, const struct yihu_box_opening *how,
		     uint64_t now, struct yihu_error *err)
{
	return how->mirror ? yihu_box_open_halves(out, dir, how, now, err)
			   : yihu_box_open_folder(out, dir, how, false, now, err);
}

int yihu_box_open(struct yihu_box **out, const char *dir, uint64_t now, struct yihu_error *err)
{
	return yihu_box_open_as(out, dir, &(struct yihu_box_opening){0}, now, err);
}

int yihu_box_open_mirrored(struct yihu_box **out, const char *dir, const char *mirror, uint64_t now,
			   struct yihu_error *err)
{
	return yihu_box_open_as(out, dir, &(struct yihu_box_opening){.mirror = mirror}, now, err);
}
