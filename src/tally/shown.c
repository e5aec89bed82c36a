/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told beside published results: how they stand, and the objections.
 */
#include "tally/tally.h"

int tally_shown_read(struct tally_shown *out, const struct yihu_view *v, struct yihu_error *err)
{
	const struct yihu_charter *c = v->audit->election->charter;
	struct tally_shown s = {0};
	int r = tally_complaints_read(&s.recorded, &s.note, v->folder, c, err);
	if (r == 0)
		r = yihu_standing_read(&s.standing, yihu_public_get(v->pub, "preliminary"),
				       yihu_public_get(v->pub, "final"), c, err);
	if (r == 0)
		*out = s;
	else
		tally_shown_finish(&s);
	return r;
}

void tally_shown_finish(struct tally_shown *s)
{
	yihu_standing_finish(&s->standing);
	yihu_complaints_free(&s->recorded);
	yihu_buf_free(&s->note);
}
