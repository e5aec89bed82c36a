/* SPDX-License-Identifier: Apache-2.0
 *
 * What a file of an election that was held tells of its outcome.
 */
#include "fold.h"
#include "pabulib.h"

#include <stdlib.h>
#include <string.h>

/* "20" and "20.0" alike, as cities write them. */
static bool whole(uint64_t *out, const char *text)
{
	size_t len = strcspn(text, ".");
	return strspn(text + len, ".0") == strlen(text + len) &&
	       yihu_decimal(out, (struct yihu_span){text, len}, YIHU_FEN_MAX);
}

static bool cell(uint64_t *out, const struct yihu_definition *d, size_t i, const char *column)
{
	const char *text = yihu_definition_field(d, i, column);
	return text && whole(out, text);
}

static struct yihu_told *collect(const struct yihu_definition *d)
{
	struct yihu_told *told = yihu_calloc(d->n_projects, sizeof *told);
	bool any = false;
	for (size_t i = 0; i < d->n_projects; i++) {
		struct yihu_told *t = &told[i];
		t->has_votes = cell(&t->votes, d, i, "votes");
		t->has_score = cell(&t->score, d, i, "score");
		t->has_selected = cell(&t->selected, d, i, "selected");
		any = any || t->has_votes || t->has_score || t->has_selected;
	}
	if (any)
		return told;
	free(told);
	return NULL;
}

int yihu_told_read(struct yihu_told **out, size_t *n, const void *bytes, size_t len,
		   struct yihu_error *err)
{
	struct yihu_pabulib p;
	yihu_pabulib_init(&p, bytes, len, true);
	int r = yihu_pabulib_sections(&p, err);
	if (r == 0) {
		*out = p.d->n_projects ? collect(p.d) : NULL;
		*n = p.d->n_projects;
	}
	yihu_pabulib_free(&p);
	return r;
}
