/* SPDX-License-Identifier: Apache-2.0
 *
 * The note of complaints, and the file of answers that it is made from.
 */
#include <yihu/complaints.h>

#include <stdlib.h>
#include <string.h>
#include <yihu/text.h>

#include "internal.h"

#define HEAD "yihu-complaints-v1"

void yihu_complaints_free(struct yihu_complaints *c)
{
	for (size_t i = 0; i < c->n_answers; i++)
		free(c->answers[i]);
	free(c->answers);
	*c = (struct yihu_complaints){0};
}

static void add_answer(struct yihu_complaints *c, struct yihu_span line)
{
	c->answers = yihu_realloc(c->answers, c->n_answers + 1, sizeof *c->answers);
	c->answers[c->n_answers++] = yihu_span_dup(line);
}

static void add_line(struct yihu_complaints *c, struct yihu_span line)
{
	char **last = &c->answers[c->n_answers - 1];
	char *longer = yihu_printf("%s\n%.*s", *last, (int)line.len, line.p);
	free(*last);
	*last = longer;
}

/* ---- the note ---- */

static void put_answer(struct yihu_buf *out, const char *answer)
{
	const char *key = "answer";
	for (const char *line = answer, *end; line; line = end) {
		size_t len = strcspn(line, "\n");
		end = line[len] == '\n' ? line + len + 1 : NULL;
		yihu_buf_fmt(out, "%s %.*s\n", key, (int)len, line);
		key = "more";
	}
}

void yihu_complaints_put(struct yihu_buf *out, const struct yihu_complaints *c)
{
	yihu_buf_fmt(out, "filed %u\n", c->filed);
	for (size_t i = 0; i < c->n_answers; i++)
		put_answer(out, c->answers[i]);
}

void yihu_complaints_text(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
			  const struct yihu_complaints *c)
{
	char time[21];
	yihu_buf_str(out, HEAD "\neid ");
	yihu_hex(out, eid, YIHU_EID_BYTES);
	yihu_buf_fmt(out, "\nmade %s\n", yihu_time_text(time, c->made));
	yihu_complaints_put(out, c);
}

/* The value of the line `key value`; empty when it is another line. */
static struct yihu_span value_of(struct yihu_span line, const char *key)
{
	size_t n = strlen(key);
	if (line.len <= n + 1 || memcmp(line.p, key, n) != 0 || line.p[n] != ' ')
		return (struct yihu_span){"", 0};
	return (struct yihu_span){line.p + n + 1, line.len - n - 1};
}

struct yihu_span yihu_lines_value(struct yihu_lines *lines, const char *key)
{
	struct yihu_span line;
	return yihu_lines_next(lines, &line) ? value_of(line, key) : (struct yihu_span){"", 0};
}

static bool read_answers(struct yihu_complaints *c, struct yihu_lines *lines)
{
	struct yihu_span line;
	while (yihu_lines_next(lines, &line)) {
		struct yihu_span answer = value_of(line, "answer"), more = value_of(line, "more");
		if (answer.len == 0 && (more.len == 0 || c->n_answers == 0))
			return false;
		if (answer.len != 0)
			add_answer(c, answer);
		else
			add_line(c, more);
	}
	return !lines->bad && c->n_answers <= c->filed;
}

int yihu_complaints_take(struct yihu_complaints *c, struct yihu_lines *lines,
			 struct yihu_error *err)
{
	uint64_t filed = 0;
	bool ok = yihu_decimal(&filed, yihu_lines_value(lines, "filed"), UINT32_MAX);
	c->filed = (uint32_t)filed;
	if (ok && read_answers(c, lines))
		return 0;
	return yihu_fail(err, YIHU_EFORMAT, _("the complaints are wrong at line %zu"),
			 lines->number > 0 ? lines->number : 1);
}

static int read_text(struct yihu_complaints *c, struct yihu_span text, const uint8_t *eid,
		     struct yihu_error *err)
{
	uint8_t of[YIHU_EID_BYTES];
	struct yihu_span head;
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	bool ok = yihu_lines_next(&lines, &head) && yihu_span_is(head, HEAD) &&
		  yihu_unhex(of, sizeof of, yihu_lines_value(&lines, "eid"));
	if (ok && memcmp(of, eid, sizeof of) != 0)
		return yihu_fail(err, YIHU_EELECTION, _("the complaints are another election's"));
	if (ok && yihu_time_parse(&c->made, yihu_lines_value(&lines, "made")) && c->made > 0)
		return yihu_complaints_take(c, &lines, err);
	return yihu_fail(err, YIHU_EFORMAT, _("the complaints are wrong at line %zu"),
			 lines.number > 0 ? lines.number : 1);
}

int yihu_complaints_parse(struct yihu_complaints *out, const void *bytes, size_t len,
			  const uint8_t eid[static YIHU_EID_BYTES], const struct yihu_vkey *issuer,
			  struct yihu_error *err)
{
	struct yihu_note note;
	struct yihu_complaints c = {0};
	int r = yihu_note_split(&note, bytes, len, err);
	if (r == 0)
		r = yihu_note_verify(&note, issuer, 1, err);
	if (r == 0)
		r = read_text(&c, note.text, eid, err);
	if (r == 0)
		*out = c;
	else
		yihu_complaints_free(&c);
	return r;
}

/* ---- the file of answers ---- */

static struct yihu_span trimmed(struct yihu_span s)
{
	while (s.len > 0 && (s.p[s.len - 1] == ' ' || s.p[s.len - 1] == '\r'))
		s.len--;
	while (s.len > 0 && *s.p == ' ') {
		s.p++;
		s.len--;
	}
	return s;
}

static int take_line(struct yihu_complaints *c, struct yihu_span line, size_t number, bool *goes_on,
		     struct yihu_error *err)
{
	char *copy = yihu_span_dup(line);
	for (char *tab = copy; (tab = strchr(tab, '\t')) != NULL;)
		*tab = ' ';
	struct yihu_span text = trimmed((struct yihu_span){copy, line.len});
	bool clean = !memchr(line.p, '\0', line.len) && yihu_text_clean(text.p, text.len);
	if (clean && text.len > 0 && *goes_on)
		add_line(c, text);
	else if (clean && text.len > 0)
		add_answer(c, text);
	*goes_on = text.len > 0;
	free(copy);
	return clean ? 0
		     : yihu_fail(err, YIHU_EFORMAT,
				 _("line %zu has a character that cannot be printed, or is not "
				   "UTF-8"),
				 number);
}

int yihu_complaints_take_answers(struct yihu_complaints *c, const void *text, size_t len,
				 struct yihu_error *err)
{
	struct yihu_complaints read = {.made = c->made, .filed = c->filed};
	const char *p = text, *end = p + len;
	bool bom = len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0, goes_on = false;
	int r = 0;
	p += bom ? 3 : 0;
	for (size_t number = 1; p < end && r == 0; number++) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		struct yihu_span line = {p, (size_t)((lf ? lf : end) - p)};
		r = take_line(&read, line, number, &goes_on, err);
		p = lf ? lf + 1 : end;
	}
	if (r != 0) {
		yihu_complaints_free(&read);
		return r;
	}
	yihu_complaints_free(c);
	*c = read;
	return 0;
}
