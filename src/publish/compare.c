/* SPDX-License-Identifier: Apache-2.0
 *
 * Several counts of one file side by side.
 */
#include <stdlib.h>
#include <string.h>

#include "publish/sentences.h"

static void put_cell(struct yihu_buf *out, const char *text, bool last)
{
	yihu_buf_fmt(out, "%s%s", text, last ? "\n" : "\t");
}

/* Control characters would break the lines and reach the terminal. */
static void put_name(struct yihu_buf *out, const char *name)
{
	for (const unsigned char *c = (const unsigned char *)name; *c; c++)
		yihu_buf_u8(out, *c < 0x20 || *c == 0x7f ? ' ' : *c);
	yihu_buf_u8(out, '\n');
}

static void put_row(struct yihu_buf *out, const struct published *counts, size_t n, size_t k,
		    enum language l)
{
	const struct result_project *p = &counts[0].projects[k];
	char *cost = words_money(l, p->cost, counts[0].currency), *votes = words_count(l, p->votes);
	for (size_t i = 0; i < n; i++)
		put_cell(out, yihu_is_funded(&counts[i].projects[k]) ? "✓" : "—", false);
	put_cell(out, votes, false);
	put_cell(out, cost, false);
	put_name(out, yihu_project_name(p, l));
	free(cost);
	free(votes);
}

static void put_legend(struct yihu_buf *out, const struct published *counts, size_t n,
		       enum language l)
{
	for (size_t i = 0; i < n; i++) {
		char *spent = words_money(l, counts[i].spent, counts[i].currency);
		yihu_buf_fmt(out, "%zu: %s · %s %s\n", i + 1, counts[i].rule_term,
			     word(l, W_RESULT_SPENT), spent);
		free(spent);
	}
	yihu_buf_u8(out, '\n');
}

static void put_comparison(struct yihu_buf *out, const struct published *counts, size_t n,
			   enum language l)
{
	size_t *order = yihu_shown_order(&counts[0]);
	put_legend(out, counts, n, l);
	for (size_t i = 0; i < n; i++)
		yihu_buf_fmt(out, "%zu\t", i + 1);
	put_cell(out, word(l, W_RESULT_VOTES), false);
	put_cell(out, word(l, W_RESULT_COST), false);
	put_cell(out, word(l, W_RESULT_PROJECT), true);
	for (size_t k = 0; k < counts[0].n_projects; k++)
		put_row(out, counts, n, order[k], l);
	free(order);
}

int yihu_results_compare(struct yihu_buf *out, const struct yihu_buf *jsons, size_t n,
			 const char *language, struct yihu_error *err)
{
	enum language l;
	struct published *counts = yihu_calloc(n, sizeof *counts);
	size_t read = 0;
	int r = words_language(&l, language, err);
	while (r == 0 && read < n) {
		r = yihu_published_read(&counts[read], jsons[read].data, jsons[read].len, err);
		if (r == 0)
			read++;
	}
	if (r == 0 && n > 0)
		put_comparison(out, counts, n, l);
	for (size_t i = 0; i < read; i++)
		yihu_published_free(&counts[i]);
	free(counts);
	return r;
}
