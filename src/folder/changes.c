/* SPDX-License-Identifier: Apache-2.0
 *
 * A line a change: "void\t17\tlost\t\tNAME\tNAME"; "-" for no reason; after "other" the
 * words.
 */
#include "folder/changes.h"

#include <stdlib.h>
#include <string.h>

const struct reasons changed_reasons = {
	N_CHANGED_WHY,
	{
		[CHANGED_LOST] = {"lost", W_PAPER_CHANGED_LOST},
		[CHANGED_SPOILED] = {"spoiled", W_PAPER_CHANGED_SPOILED},
		[CHANGED_SEEN] = {"seen", W_PAPER_CHANGED_SEEN},
		[CHANGED_UNDELIVERED] = {"undelivered", W_PAPER_CHANGED_UNDELIVERED},
		[CHANGED_GONE] = {"gone", W_PAPER_CHANGED_GONE},
		[CHANGED_OTHER] = {"other", W_PAPER_CHANGED_OTHER},
	},
};
static const char *const kinds[N_CHANGE_KINDS] = {"add", "replace", "void"};

#define NOT_SAID "-"

/* ---- reading ---- */

/* Up to the next tab; false: the line has no more. */
static bool next_field(struct yihu_span *rest, struct yihu_span *field)
{
	if (!rest->p)
		return false;
	const char *tab = memchr(rest->p, '\t', rest->len);
	size_t n = tab ? (size_t)(tab - rest->p) : rest->len;
	*field = (struct yihu_span){rest->p, n};
	*rest = tab ? (struct yihu_span){tab + 1, rest->len - n - 1} : (struct yihu_span){NULL, 0};
	return true;
}

static bool read_kind(enum change_kind *out, struct yihu_span text)
{
	unsigned kind = 0;
	while (kind < N_CHANGE_KINDS && !yihu_span_is(text, kinds[kind]))
		kind++;
	*out = (enum change_kind)kind;
	return kind < N_CHANGE_KINDS;
}

static bool read_reason(struct change_line *out, struct yihu_span name, struct yihu_span words)
{
	out->reasoned = !yihu_span_is(name, NOT_SAID);
	out->reason = (struct given_reason){reason_named(&changed_reasons, name), words};
	if (!out->reasoned)
		return words.len == 0;
	return out->reason.why < N_CHANGED_WHY &&
	       (words.len > 0) == reason_is_own(&changed_reasons, out->reason.why);
}

static bool read_line(struct change_line *out, struct yihu_span line)
{
	struct yihu_span kind, serial, name, words, by;
	uint64_t n;
	if (!next_field(&line, &kind) || !next_field(&line, &serial) || !next_field(&line, &name) ||
	    !next_field(&line, &words) || !read_kind(&out->kind, kind) ||
	    !yihu_decimal(&n, serial, UINT32_MAX) || !read_reason(out, name, words))
		return false;
	out->serial = (uint32_t)n;
	out->n_by = 0;
	while (next_field(&line, &by)) {
		if (by.len == 0 || out->n_by == NAMES_MAX)
			return false;
		out->by[out->n_by++] = by;
	}
	return true;
}

static int parse(struct changes *out, struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(out->text.data, out->text.len);
	struct yihu_span line;
	while (yihu_lines_next(&lines, &line)) {
		struct change_line one = {0};
		if (!read_line(&one, line))
			return yihu_fail(err, YIHU_EFORMAT,
					 _("line %zu is not a change of a letter; mend it, or take "
					   "it out"),
					 out->n + 1);
		out->at = yihu_realloc(out->at, out->n + 1, sizeof *out->at);
		out->at[out->n++] = one;
	}
	return 0;
}

int changes_read(struct changes *out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct changes c = {0};
	int r = folder_read_if_there(f, F_CHANGES, &c.text, err);
	if (r == 0)
		r = folder_fail_at(err, parse(&c, err), f, F_CHANGES);
	if (r == 0)
		*out = c;
	else
		changes_finish(&c);
	return r;
}

void changes_finish(struct changes *c)
{
	yihu_buf_free(&c->text);
	free(c->at);
	*c = (struct changes){0};
}

const struct change_line *changes_of(const struct changes *c, enum change_kind kind,
				     uint32_t serial)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->at[i].kind == kind && c->at[i].serial == serial)
			return &c->at[i];
	return NULL;
}

/* ---- writing ---- */

static void write_line(struct yihu_buf *out, const struct change_line *l)
{
	bool own = l->reasoned && reason_is_own(&changed_reasons, l->reason.why);
	yihu_buf_fmt(out, "%s\t%u\t%s\t%.*s", kinds[l->kind], l->serial,
		     l->reasoned ? reason_name(&changed_reasons, l->reason.why) : NOT_SAID,
		     own ? (int)l->reason.words.len : 0, own ? l->reason.words.p : "");
	for (size_t i = 0; i < l->n_by; i++)
		yihu_buf_fmt(out, "\t%.*s", (int)l->by[i].len, l->by[i].p);
	yihu_buf_str(out, "\n");
}

/* All that was said, but of this change what is said now (NULL: nothing). */
static int rewrite(const struct yihu_folder *f, enum change_kind kind, uint32_t serial,
		   const struct change_line *now, struct yihu_error *err)
{
	struct changes c = {0};
	struct yihu_buf text = {0};
	if (!now && !folder_has(f, F_CHANGES))
		return 0;
	int r = changes_read(&c, f, err);
	for (size_t i = 0; i < c.n; i++)
		if (c.at[i].kind != kind || c.at[i].serial != serial)
			write_line(&text, &c.at[i]);
	if (now)
		write_line(&text, now);
	if (r == 0)
		r = folder_write(f, F_CHANGES, &text, err);
	yihu_buf_free(&text);
	changes_finish(&c);
	return r;
}

int changes_put(const struct yihu_folder *f, const struct change_note *note, struct yihu_error *err)
{
	struct change_line l = {.kind = note->kind, .serial = note->serial};
	if (!note->why && note->n_by == 0)
		return changes_drop(f, note->kind, note->serial, err);
	if (note->why) {
		l.reasoned = true;
		int r = reason_parse(&l.reason, &changed_reasons, note->why, err);
		if (r != 0)
			return r;
	}
	int r = names_check(note->by, note->n_by, err);
	for (; r == 0 && l.n_by < note->n_by; l.n_by++)
		l.by[l.n_by] = yihu_span(note->by[l.n_by]);
	return r == 0 ? rewrite(f, note->kind, note->serial, &l, err) : r;
}

int changes_drop(const struct yihu_folder *f, enum change_kind kind, uint32_t serial,
		 struct yihu_error *err)
{
	return rewrite(f, kind, serial, NULL, err);
}
