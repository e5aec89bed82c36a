/* SPDX-License-Identifier: Apache-2.0
 *
 * Poster and walk list: papers without secrets, into paper/.
 */
#include "issue/issue.h"
#include "issue/papers.h"

#include "folder/rolls.h"

#include <stdlib.h>
#include <string.h>

static int open_a4(struct pdf *to, const struct papers *x, double scale, struct yihu_error *err)
{
	int r = pdf_open(to, NULL, 210 * scale, 297 * scale,
			 translated_meta(x->language, x->definition, "description"),
			 x->charter->opens, err);
	to->says = (struct pdf_says){.language = words_tag(x->language)};
	return r;
}

static int poster(const struct papers *x, const struct yihu_folder *f, folder_file file,
		  double scale, struct yihu_error *err)
{
	struct pdf to = {.fd = -1};
	int r = open_a4(&to, x, scale, err);
	if (r == 0)
		r = poster_print(&to, &x->paper, scale, err);
	if (r == 0)
		r = pdf_end(&to, err);
	if (r == 0)
		r = folder_write(f, file, &to.bytes, err);
	pdf_finish(&to);
	return r;
}

/* The poster may hang before there are letters, which publish it otherwise. */
static int charter_there(const struct yihu_folder *f, struct yihu_error *err)
{
	return folder_shows(f, "charter") ? 0 : issue_charter_published(f, err);
}

int issue_poster(const struct yihu_folder *f, const struct issue_paper_options *o,
		 struct yihu_error *err)
{
	struct papers x = {0};
	int r = charter_there(f, err);
	if (r == 0)
		r = papers_open(&x, f, o, err);
	if (r == 0)
		r = poster(&x, f, F_POSTER_A4, 1, err);
	if (r == 0)
		r = poster(&x, f, F_POSTER_A3, POSTER_A3_SCALE, err);
	papers_finish(&x);
	return r;
}

static int cancelled(const struct papers *x, const struct yihu_folder *f, folder_file file,
		     double scale, const struct paper_called_off *off, struct yihu_error *err)
{
	struct pdf to = {.fd = -1};
	int r = open_a4(&to, x, scale, err);
	if (r == 0)
		r = cancelled_print(&to, &x->paper, off, scale, err);
	if (r == 0)
		r = pdf_end(&to, err);
	if (r == 0)
		r = folder_write(f, file, &to.bytes, err);
	pdf_finish(&to);
	return r;
}

int issue_cancelled_poster(const struct yihu_folder *f, const struct issue_paper_options *o,
			   const struct yihu_called_off *why, struct yihu_error *err)
{
	const struct paper_called_off off = {.reason = why->reason, .time = why->time};
	struct papers x;
	int r = papers_open(&x, f, o, err);
	if (r == 0)
		r = cancelled(&x, f, F_CANCELLED_A4, 1, &off, err);
	if (r == 0)
		r = cancelled(&x, f, F_CANCELLED_A3, POSTER_A3_SCALE, &off, err);
	papers_finish(&x);
	return r;
}

/* As the log has it; the caller has seen that it is there. */
static const struct yihu_withdrawn *withdrawn_of(const struct yihu_view *v, uint32_t project)
{
	size_t n;
	const struct yihu_withdrawn *all = yihu_ledger_withdrawn(v->audit->ledger, &n);
	for (size_t i = 0; i < n; i++)
		if (all[i].project == project)
			return &all[i];
	abort();
}

static int withdrawn(const struct papers *x, const struct yihu_folder *f, double scale,
		     const struct yihu_withdrawn *w, struct yihu_error *err)
{
	struct pdf to = {.fd = -1};
	char *name = yihu_printf("%u-%s", w->project + 1, scale > 1 ? "a3" : "a4");
	int r = open_a4(&to, x, scale, err);
	if (r == 0)
		r = withdrawn_print(&to, &x->paper, w, scale, err);
	if (r == 0)
		r = pdf_end(&to, err);
	if (r == 0)
		r = folder_write_named(f, F_WITHDRAWN, name, &to.bytes, err);
	pdf_finish(&to);
	free(name);
	return r;
}

int issue_withdrawn_notice(const struct yihu_view *v, const struct issue_paper_options *o,
			   uint32_t project, struct yihu_error *err)
{
	const struct yihu_withdrawn *w = withdrawn_of(v, project);
	struct papers x;
	int r = papers_open(&x, v->folder, o, err);
	if (r == 0)
		r = withdrawn(&x, v->folder, 1, w, err);
	if (r == 0)
		r = withdrawn(&x, v->folder, POSTER_A3_SCALE, w, err);
	papers_finish(&x);
	return r;
}

/* ---- walk list ---- */

/* The roll's households, then those that were added. */
static int read_labels(char ***labels, size_t *n, const struct yihu_folder *f,
		       struct yihu_error *err)
{
	struct yihu_buf rolls = {0};
	struct roll_line line;
	int r = rolls_read(&rolls, f, err);
	struct yihu_lines lines = yihu_lines(rolls.data, rolls.len);
	*n = 0;
	*labels = NULL;
	while (r == 0 && roll_next(&lines, &line)) {
		if (line.replaces != 0)
			continue;
		*labels = yihu_realloc(*labels, *n + 1, sizeof **labels);
		(*labels)[(*n)++] = yihu_span_dup(line.label);
	}
	yihu_buf_free(&rolls);
	return r;
}

static int print_building(struct pdf *to, const struct papers *x, const struct stop *stops,
			  size_t n, size_t all, struct yihu_error *err)
{
	struct walk_line *lines = yihu_calloc(n, sizeof *lines);
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct walk_line){stops[i].household, stops[i].name};
	int r = walk_print(to, &x->paper, stops[0].building, lines, n, all, err);
	free(lines);
	return r;
}

static int print_walk(struct pdf *to, const struct papers *x, const struct stop *stops, size_t n,
		      struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0, end; i < n && r == 0; i = end) {
		end = i + 1;
		while (end < n && strcmp(stops[end].building, stops[i].building) == 0)
			end++;
		r = print_building(to, x, stops + i, end - i, end == n ? n : 0, err);
	}
	return r == 0 ? pdf_end(to, err) : r;
}

int issue_walklist(const struct yihu_folder *f, const struct issue_paper_options *o,
		   struct yihu_error *err)
{
	struct papers x;
	struct addresses addresses;
	struct pdf to = {.fd = -1};
	char **labels = NULL;
	size_t n = 0;
	addresses_read(&addresses, f);
	int r = papers_open(&x, f, o, err);
	if (r == 0)
		r = read_labels(&labels, &n, f, err);
	struct stop *stops = walk_order(&addresses, labels, n);
	if (r == 0)
		r = open_a4(&to, &x, 1, err);
	if (r == 0)
		r = print_walk(&to, &x, stops, n, err);
	if (r == 0)
		r = folder_write(f, F_WALKLIST, &to.bytes, err);
	for (size_t i = 0; i < n; i++)
		free(labels[i]);
	free(labels);
	free(stops);
	pdf_finish(&to);
	papers_finish(&x);
	addresses_finish(&addresses);
	return r;
}
