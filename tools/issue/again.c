/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading an earlier election's folder for a new one: one that was called off,
 * or last year's.
 */
#include "issue/again.h"

#include <stdlib.h>

#include "folder/rolls.h"

int again_read(struct again *out, const char *dir, struct yihu_error *err)
{
	struct yihu_folder f;
	yihu_folder_init(&f, dir);
	*out = (struct again){0};
	int r = yihu_plan_read(&out->plan, &f, err);
	if (r == 0) {
		out->definition = folder_path(&f, F_OWN_DEFINITION);
		out->households = folder_path(&f, F_HOUSEHOLDS);
		out->past = out->plan.opens <= yihu_clock();
		out->added = rolls_count_added(&f);
	}
	yihu_folder_finish(&f);
	return r;
}

void again_finish(struct again *a)
{
	free(a->definition);
	free(a->households);
	yihu_plan_finish(&a->plan);
}
