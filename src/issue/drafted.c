/* SPDX-License-Identifier: Apache-2.0
 *
 * A plan as the charter that it will be (drafted.h).
 */
#include "issue/drafted.h"

#include <stdlib.h>

#include "issue/layout.h"

struct drafted {
	struct yihu_definition *definition;
	struct yihu_charter *charter; /* borrows from the plan */
};

static int make(struct drafted *x, const struct yihu_plan *plan, const struct yihu_buf *definition,
		struct yihu_error *err)
{
	x->charter = yihu_calloc(1, sizeof *x->charter);
	yihu_plan_charter(x->charter, plan);
	return yihu_definition_parse(&x->definition, definition->data, definition->len, err);
}

static void finish(struct drafted *x)
{
	yihu_definition_free(x->definition);
	free(x->charter);
}

int drafted_look(const struct yihu_plan *plan, const struct yihu_buf *definition, yihu_look *look,
		 void *context, struct yihu_error *err)
{
	struct drafted x = {0};
	int r = make(&x, plan, definition, err);
	if (r == 0)
		r = look(context, x.definition, x.charter, err);
	finish(&x);
	return r;
}

int drafted_lay_out(const struct yihu_plan *plan, const struct yihu_buf *definition,
		    const struct yihu_households *list, struct yihu_error *err)
{
	struct drafted x = {0};
	int r = make(&x, plan, definition, err);
	if (r == 0)
		r = layout_check(x.definition, x.charter, plan->url, list, err);
	finish(&x);
	return r;
}
