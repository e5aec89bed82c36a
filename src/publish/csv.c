/* SPDX-License-Identifier: Apache-2.0
 *
 * results.csv, for a spreadsheet: UTF-8 with a BOM (without one, common
 * programs take Chinese for something else), CRLF, every text quoted. Names
 * are whatever somebody wrote, and a spreadsheet runs a cell that begins like
 * a formula: such a text gets an apostrophe before it. Spreadsheets pass over
 * white space first and take full-width signs for the ASCII ones.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "publish/sentences.h"
#include "table/misread.h"

/* Length of what a spreadsheet may pass over at the start of text: controls,
 * spaces of all widths, and marks that are not seen. 0: none. */
static size_t blank_length(const char *text)
{
	static const char *const blanks[] = {
		"\u00a0", "\u00ad", "\u034f", "\u061c", "\u1680",
		"\u180e", "\u3000", "\u3164", "\ufeff", "\uffa0",
	};
	const unsigned char *c = (const unsigned char *)text;
	if ((c[0] > 0 && c[0] <= ' ') || c[0] == 0x7f)
		return 1;
	if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0) /* U+0080 to U+009F */
		return 2;
	/* U+2000 to U+200F, U+2028 to U+202F, U+205F to U+206F */
	if (c[0] == 0xe2 && c[1] == 0x80 && (c[2] < 0x90 || (c[2] >= 0xa8 && c[2] <= 0xaf)))
		return 3;
	if (c[0] == 0xe2 && c[1] == 0x81 && c[2] >= 0x9f && c[2] <= 0xaf)
		return 3;
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
		if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

static bool starts_a_formula(const char *text)
{
	/* with the small and full-width forms of = + - @ */
	static const char *const signs[] = {"=",      "+",      "-",      "@",      "|",
					    "%",      "\uff1d", "\uff0b", "\uff0d", "\uff20",
					    "\ufe66", "\ufe62", "\ufe63", "\ufe6b", "\u2212"};
	for (size_t blank; (blank = blank_length(text)) > 0;)
		text += blank;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncmp(text, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

/* Line breaks and other control characters become spaces: one row a line. */
static void put_text(struct yihu_buf *out, const char *text)
{
	yihu_buf_str(out, starts_a_formula(text) ? "\"'" : "\"");
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c == '"')
			yihu_buf_u8(out, '"');
		yihu_buf_u8(out, *c < 0x20 || *c == 0x7f ? ' ' : *c);
	}
	yihu_buf_u8(out, '"');
}

/* The id of a project may be 001, or 1-2. */
static void put_id(struct yihu_buf *out, const char *id)
{
	if (table_misreads(id))
		yihu_buf_fmt(out, "\"" TABLE_AS_TEXT "%s\"", id);
	else
		put_text(out, id);
}

static void put_number(struct yihu_buf *out, bool there, uint64_t n)
{
	yihu_buf_u8(out, ',');
	if (there)
		yihu_buf_fmt(out, "%" PRIu64, n);
}

static void put_heads(struct yihu_buf *out, enum language l)
{
	static const enum word heads[] = {
		W_RESULT_ID,    W_RESULT_PROJECT, W_RESULT_OUTCOME, W_RESULT_PLACE,   W_RESULT_COST,
		W_RESULT_VOTES, W_RESULT_AGREE,   W_RESULT_AGAINST, W_RESULT_ABSTAIN, W_RESULT_WHY};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		yihu_buf_str(out, i ? "," : "");
		put_text(out, word(l, heads[i]));
	}
	yihu_buf_str(out, "\r\n");
}

static void put_project(struct yihu_buf *out, const struct published *r,
			const struct result_project *p, enum language l)
{
	char *why = yihu_why_sentence(r, p, l);
	put_id(out, p->id);
	yihu_buf_u8(out, ',');
	put_text(out, yihu_project_name(p, l));
	yihu_buf_u8(out, ',');
	put_text(out, word(l, yihu_is_funded(p) ? W_RESULT_FUNDED : W_RESULT_NOT_FUNDED));
	put_number(out, p->place > 0, p->place);
	yihu_buf_fmt(out, ",%" PRIu64 ".%02u", p->cost / 100, (unsigned)(p->cost % 100));
	put_number(out, r->opened, p->votes);
	put_number(out, r->opened, p->agree);
	put_number(out, r->opened, p->against);
	put_number(out, r->opened, p->abstain);
	yihu_buf_u8(out, ',');
	put_text(out, why);
	yihu_buf_str(out, "\r\n");
	free(why);
}

/* Complaints are no column of a table of projects. */
static int draw_csv(struct yihu_buf *out, const struct yihu_results *results, const char *language,
		    struct yihu_error *err)
{
	struct published r;
	enum language l;
	int rc = yihu_published_in(&r, &l, results->json, results->len, language, err);
	if (rc != 0)
		return rc;
	if (results->definition)
		yihu_published_know(&r, results->definition);
	size_t *order = yihu_shown_order(&r);
	yihu_buf_str(out, "\ufeff");
	put_heads(out, l);
	for (size_t i = 0; i < r.n_projects; i++)
		put_project(out, &r, &r.projects[order[i]], l);
	free(order);
	yihu_published_free(&r);
	return 0;
}

static const struct yihu_site_file site_files[] = {
	{"site/results.html", yihu_results_page},
	{"site/results.csv", draw_csv},
};

const struct yihu_site_file *yihu_site_file(size_t i)
{
	return i < sizeof site_files / sizeof *site_files ? &site_files[i] : NULL;
}

const struct yihu_site_file *yihu_site_file_find(const char *name)
{
	const struct yihu_site_file *f = NULL;
	for (size_t i = 0; (f = yihu_site_file(i)) && strcmp(f->name, name) != 0;)
		i++;
	return f;
}
