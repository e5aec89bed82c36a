/* SPDX-License-Identifier: Apache-2.0
 *
 * The box in the committee's own folder.
 */
#include "issue/internal.h"

#include <yihu/box.h>

int issue_export_box(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_box *box = NULL;
	int r = yihu_box_open(&box, f->box, yihu_clock(), err);
	if (r == 0)
		r = yihu_box_export(box, err);
	yihu_box_close(box);
	return r;
}
