/* SPDX-License-Identifier: Apache-2.0
 *
 * Results on a terminal.
 */
#include <stdlib.h>
#include <string.h>

#include "publish/sentences.h"
#include "table/show.h"

enum column { PLACE, PROJECT, COST, VOTES, OUTCOME, WHY, N_COLUMNS };
static const enum word heads[N_COLUMNS] = {
	[PLACE] = W_RESULT_PLACE, [PROJECT] = W_RESULT_PROJECT, [COST] = W_RESULT_COST,
	[VOTES] = W_RESULT_VOTES, [OUTCOME] = W_RESULT_OUTCOME, [WHY] = W_RESULT_WHY,
};
static const bool at_right[N_COLUMNS] = {[PLACE] = true, [COST] = true};

static void add_project(struct table_shown *t, const struct published *r,
			const struct result_project *p, enum language l)
{
	char *cells[N_COLUMNS] = {
		[PLACE] = p->place ? words_count(l, p->place) : yihu_strdup(""),
		[PROJECT] = yihu_strdup(yihu_project_name(p, l)),
		[COST] = words_money(l, p->cost, r->currency),
		[VOTES] = r->opened ? yihu_votes_text(r, p, l) : yihu_strdup(""),
		[OUTCOME] = word_copy(l, yihu_is_funded(p) ? W_RESULT_FUNDED : W_RESULT_NOT_FUNDED),
		[WHY] = yihu_why_sentence(r, p, l),
	};
	table_shown_row(t, (const char *const *)cells);
	for (size_t c = 0; c < N_COLUMNS; c++)
		free(cells[c]);
}

static void put_table(struct yihu_buf *out, const struct published *r, enum language l)
{
	const char *names[N_COLUMNS];
	for (size_t c = 0; c < N_COLUMNS; c++)
		names[c] = word(l, heads[c]);
	struct table_shown *t = table_shown_new(names, at_right, N_COLUMNS);
	size_t *order = yihu_shown_order(r);
	for (size_t i = 0; i < r->n_projects; i++)
		add_project(t, r, &r->projects[order[i]], l);
	table_shown_end(t, out);
	free(order);
}

/* Control characters (C1 too) would reach the terminal; the table's cells are
 * made safe by libsmartcols. */
static void put_line(struct yihu_buf *out, char *text)
{
	for (unsigned char *c = (unsigned char *)text; *c; c++) {
		bool c1 = c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0;
		if (c1)
			*c++ = ' ';
		if (c1 || *c < 0x20 || *c == 0x7f)
			*c = ' ';
	}
	yihu_buf_fmt(out, "%s\n", text);
	free(text);
}

static void put_outside(struct yihu_buf *out, const struct published *r, enum language l)
{
	put_line(out, yihu_result_sentence(r, l));
	put_line(out, words_say(l, W_RESULT_VALID_LINE, say_count("valid", r->valid)));
	if (r->quorum.there)
		put_line(out, yihu_quorum_sentence(r, l));
	put_line(out, yihu_rule_sentence(r, l));
}

static void put_figures(struct yihu_buf *out, const struct published *r, enum language l)
{
	put_line(out, yihu_result_sentence(r, l));
	put_line(out, yihu_turnout_sentence(r, l));
	char *changes = yihu_changes_sentence(r, l);
	if (changes)
		put_line(out, changes);
	put_line(out, yihu_quorum_sentence(r, l));
	if (r->opened)
		put_line(out, yihu_ballots_sentence(r, l));
	put_line(out, yihu_rule_sentence(r, l));
}

static void put_steps(struct yihu_buf *out, const struct published *r, enum language l)
{
	char *steps = yihu_steps_text(r, l), *rest = steps;
	yihu_buf_str(out, *steps ? "\n" : "");
	for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"))
		put_line(out, yihu_strdup(line));
	free(steps);
}

int yihu_results_table(struct yihu_buf *out, const void *json, size_t len, const char *language,
		       struct yihu_error *err)
{
	struct published r;
	enum language l;
	int rc = yihu_published_in(&r, &l, json, len, language, err);
	if (rc != 0)
		return rc;
	put_line(out, yihu_strdup(r.title));
	if (r.outside)
		put_outside(out, &r, l);
	else
		put_figures(out, &r, l);
	yihu_buf_u8(out, '\n');
	put_table(out, &r, l);
	yihu_buf_u8(out, '\n');
	put_steps(out, &r, l);
	yihu_published_free(&r);
	return 0;
}
