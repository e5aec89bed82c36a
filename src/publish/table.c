/* SPDX-License-Identifier: Apache-2.0
 *
 * Results on a terminal.
 */
#include <libsmartcols.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "publish/sentences.h"

/* libsmartcols measures text by the thread's locale, and in "C" would print
 * Chinese as \x escapes. */
static locale_t utf8_on(void)
{
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	return utf8 ? uselocale(utf8) : (locale_t)0;
}

static void utf8_off(locale_t before)
{
	if (!before)
		return;
	locale_t utf8 = uselocale(before);
	freelocale(utf8);
}

enum column { PLACE, PROJECT, COST, VOTES, OUTCOME, WHY, N_COLUMNS };
static const struct {
	enum word head;
	int flags;
} columns[N_COLUMNS] = {
	[PLACE] = {W_RESULT_PLACE, SCOLS_FL_RIGHT}, [PROJECT] = {W_RESULT_PROJECT, 0},
	[COST] = {W_RESULT_COST, SCOLS_FL_RIGHT},   [VOTES] = {W_RESULT_VOTES, 0},
	[OUTCOME] = {W_RESULT_OUTCOME, 0},          [WHY] = {W_RESULT_WHY, 0},
};

/* A failure of libsmartcols is one of memory. */
static void must(int r)
{
	if (r != 0)
		abort();
}

static void set(struct libscols_line *line, enum column c, char *text)
{
	must(scols_line_refer_data(line, c, text)); /* takes text */
}

static void add_project(struct libscols_table *t, const struct published *r,
			const struct result_project *p, enum language l)
{
	struct libscols_line *line = scols_table_new_line(t, NULL);
	if (!line)
		abort();
	set(line, PLACE, p->place ? words_count(l, p->place) : yihu_strdup(""));
	set(line, PROJECT, yihu_strdup(yihu_project_name(p, l)));
	set(line, COST, words_money(l, p->cost, r->currency));
	set(line, VOTES, r->opened ? yihu_votes_text(r, p, l) : yihu_strdup(""));
	set(line, OUTCOME, word_copy(l, yihu_is_funded(p) ? W_RESULT_FUNDED : W_RESULT_NOT_FUNDED));
	set(line, WHY, yihu_why_sentence(r, p, l));
}

static struct libscols_table *new_table(enum language l)
{
	struct libscols_table *t = scols_new_table();
	if (!t)
		abort();
	/* The same whatever terminal is behind: nothing is cut. */
	must(scols_table_set_termforce(t, SCOLS_TERMFORCE_NEVER));
	for (int c = 0; c < N_COLUMNS; c++)
		if (!scols_table_new_column(t, word(l, columns[c].head), 0, columns[c].flags))
			abort();
	return t;
}

static void put_table(struct yihu_buf *out, const struct published *r, enum language l)
{
	locale_t before = utf8_on();
	struct libscols_table *t = new_table(l);
	size_t *order = yihu_shown_order(r);
	char *text = NULL;
	for (size_t i = 0; i < r->n_projects; i++)
		add_project(t, r, &r->projects[order[i]], l);
	must(scols_print_table_to_string(t, &text));
	yihu_buf_str(out, text);
	free(text);
	free(order);
	scols_unref_table(t);
	utf8_off(before);
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
