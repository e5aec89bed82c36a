/* SPDX-License-Identifier: Apache-2.0
 *
 * The box in the committee's own folder.
 */
#include "issue/internal.h"

#include <yihu/box.h>

static int export_as(enum yihu_box_move move, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_box *box = NULL;
	const struct yihu_box_opening how = {.move = move};
	int r = yihu_box_open_as(&box, f->box, &how, yihu_clock(), err);
	if (r == 0)
		r = yihu_box_export(box, err);
	yihu_box_close(box);
	return r;
}

int issue_export_box(const struct yihu_folder *f, struct yihu_error *err)
{
	return export_as(YIHU_BOX_STAYS, f, err);
}

int issue_send_off_box(const struct yihu_folder *f, struct yihu_error *err)
{
	return export_as(YIHU_BOX_LEAVES, f, err);
}
