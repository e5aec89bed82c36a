/* SPDX-License-Identifier: Apache-2.0
 *
 * The book of objections as a file of lines.
 */
#include "tally/objection_book.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

#define DAY "objection"
#define TEXT "text"
#define ANSWER "answer"

void objection_book_finish(struct objection_book *b)
{
	for (size_t i = 0; i < b->n; i++) {
		free(b->at[i].text);
		free(b->at[i].answer);
	}
	free(b->at);
	*b = (struct objection_book){0};
}

/* "2026-06-03" */
static bool day_ok(const char *day)
{
	uint64_t time;
	char *midnight = yihu_printf("%s 00:00", day);
	bool ok = strlen(day) == OBJECTION_DAY_BYTES - 1 && yihu_time_parse_local(&time, midnight);
	free(midnight);
	return ok;
}

/* ---- reading ---- */

/* The rest of the line "key rest". */
static bool has_key(struct yihu_span *rest, struct yihu_span line, const char *key)
{
	size_t n = strlen(key);
	if (line.len <= n + 1 || memcmp(line.p, key, n) != 0 || line.p[n] != ' ')
		return false;
	*rest = (struct yihu_span){line.p + n + 1, line.len - n - 1};
	return true;
}

static void add_line(char **text, struct yihu_span line)
{
	char *longer =
		*text ? yihu_printf("%s\n%.*s", *text, (int)line.len, line.p) : yihu_span_dup(line);
	free(*text);
	*text = longer;
}

static struct objection *add_one(struct objection_book *b)
{
	b->at = yihu_realloc(b->at, b->n + 1, sizeof *b->at);
	b->at[b->n] = (struct objection){0};
	return &b->at[b->n++];
}

static bool take_day(struct objection_book *b, struct yihu_span day)
{
	char *text = yihu_span_dup(day);
	bool ok = day_ok(text);
	if (ok)
		memcpy(add_one(b)->day, text, OBJECTION_DAY_BYTES);
	free(text);
	return ok;
}

/* Day, then text, then answer. */
static bool take_line(struct objection_book *b, struct yihu_span line)
{
	struct objection *last = b->n > 0 ? &b->at[b->n - 1] : NULL;
	struct yihu_span rest;
	if (!yihu_text_clean(line.p, line.len))
		return false;
	if (has_key(&rest, line, DAY))
		return (!last || last->text) && take_day(b, rest);
	if (last && !last->answer && has_key(&rest, line, TEXT)) {
		add_line(&last->text, rest);
		return true;
	}
	if (last && last->text && has_key(&rest, line, ANSWER)) {
		add_line(&last->answer, rest);
		return true;
	}
	return false;
}

static int parse(struct objection_book *b, const struct yihu_buf *file, struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(yihu_buf_bytes(file), file->len);
	struct yihu_span line;
	while (yihu_lines_next(&lines, &line))
		if (!take_line(b, line))
			return yihu_fail(err, YIHU_EFORMAT,
					 _("line %zu is none of an objection; mend it, or take "
					   "it out"),
					 lines.number);
	if (lines.bad || (b->n > 0 && !b->at[b->n - 1].text))
		return yihu_fail(err, YIHU_EFORMAT, _("the last objection is cut off"));
	return 0;
}

int objection_book_read(struct objection_book *out, const struct yihu_folder *f,
			struct yihu_error *err)
{
	struct yihu_buf file = {0};
	struct objection_book b = {0};
	int r = folder_read_if_there(f, F_OBJECTIONS, &file, err);
	if (r == 0)
		r = folder_fail_at(err, parse(&b, &file, err), f, F_OBJECTIONS);
	yihu_buf_free(&file);
	if (r == 0)
		*out = b;
	else
		objection_book_finish(&b);
	return r;
}

/* ---- writing ---- */

static void put_lines(struct yihu_buf *out, const char *key, const char *text)
{
	for (const char *line = text, *end; line; line = end) {
		size_t len = strcspn(line, "\n");
		end = line[len] == '\n' ? line + len + 1 : NULL;
		yihu_buf_fmt(out, "%s %.*s\n", key, (int)len, line);
	}
}

int objection_book_write(const struct objection_book *b, const struct yihu_folder *f,
			 struct yihu_error *err)
{
	struct yihu_buf file = {0};
	uint64_t max = folder_row(F_OBJECTIONS)->bytes_max;
	for (size_t i = 0; i < b->n; i++) {
		yihu_buf_fmt(&file, DAY " %s\n", b->at[i].day);
		put_lines(&file, TEXT, b->at[i].text);
		put_lines(&file, ANSWER, b->at[i].answer);
	}
	int r = file.len <= max
			? folder_write(f, F_OBJECTIONS, &file, err)
			: yihu_fail(err, YIHU_ETOOBIG,
				    _("the objections are too long: %llu bytes at most; write "
				      "what one says in short, and keep the letter itself"),
				    (unsigned long long)max);
	yihu_buf_free(&file);
	return r;
}

/* ---- what somebody wrote ---- */

static int clean_text(char **out, const struct yihu_buf *text, struct yihu_error *err)
{
	struct yihu_complaints read = {0};
	char *whole = NULL;
	int r = yihu_complaints_take_answers(&read, yihu_buf_bytes(text), text->len, err);
	for (size_t i = 0; r == 0 && i < read.n_answers; i++)
		add_line(&whole, yihu_span(read.answers[i]));
	yihu_complaints_free(&read);
	if (r == 0 && !whole)
		r = yihu_fail(err, YIHU_EFORMAT, _("there is no text in it"));
	if (r == 0)
		*out = whole;
	return r;
}

int objection_book_add(struct objection_book *b, const char *day, const struct yihu_buf *text,
		       struct yihu_error *err)
{
	char *whole = NULL;
	if (!day_ok(day))
		return yihu_fail(err, YIHU_EARG, _("“%s” is no day such as 2026-06-03"), day);
	int r = clean_text(&whole, text, err);
	if (r != 0)
		return r;
	struct objection *o = add_one(b);
	memcpy(o->day, day, OBJECTION_DAY_BYTES);
	o->text = whole;
	return 0;
}

int objection_book_answer(struct objection_book *b, uint32_t number, const struct yihu_buf *text,
			  struct yihu_error *err)
{
	char *whole = NULL;
	if (number == 0 || number > b->n)
		return yihu_fail(err, YIHU_EARG,
				 _("there is no objection number %u: %zu are written down"), number,
				 b->n);
	int r = clean_text(&whole, text, err);
	if (r != 0)
		return r;
	free(b->at[number - 1].answer);
	b->at[number - 1].answer = whole;
	return 0;
}

void objection_book_shown(struct yihu_complaints *c, const struct objection_book *b)
{
	struct yihu_complaints shown = {.made = c->made, .filed = (uint32_t)b->n};
	for (size_t i = 0; i < b->n; i++) {
		if (!b->at[i].answer)
			continue;
		shown.answers =
			yihu_realloc(shown.answers, shown.n_answers + 1, sizeof *shown.answers);
		shown.answers[shown.n_answers++] = yihu_strdup(b->at[i].answer);
	}
	yihu_complaints_free(c);
	*c = shown;
}
