/* SPDX-License-Identifier: Apache-2.0
 *
 * "TIME held BALLOTS EID", "TIME skipped WHY".
 */
#include "folder/rehearsed.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/cancel.h>
#include <yihu/definition.h>

static const char *const names[] = {"not", "held", "skipped"};

const char *rehearsed_name(enum rehearsed_how how)
{
	return names[how];
}

void rehearsed_finish(struct rehearsed *r)
{
	free(r->why);
	*r = (struct rehearsed){0};
}

/* ---- reading ---- */

static bool parse_held(struct rehearsed *out, struct yihu_span rest)
{
	struct yihu_span ballots, eid;
	uint8_t id[YIHU_EID_BYTES];
	uint64_t n;
	out->how = REHEARSED_HELD;
	bool ok = yihu_field_next(&rest, &ballots) && yihu_field_next(&rest, &eid) &&
		  rest.len == 0 && yihu_decimal(&n, ballots, UINT32_MAX) &&
		  yihu_unhex(id, sizeof id, eid);
	out->ballots = ok ? (uint32_t)n : 0;
	return ok;
}

static bool parse_skipped(struct rehearsed *out, struct yihu_span rest)
{
	out->how = REHEARSED_SKIPPED;
	out->why = yihu_span_dup(rest);
	return yihu_reason_check(rest, NULL) == 0;
}

static bool parse(struct rehearsed *out, struct yihu_span line)
{
	struct yihu_span time, how;
	rehearsed_finish(out);
	if (!yihu_field_next(&line, &time) || !yihu_time_parse(&out->when, time) ||
	    !yihu_field_next(&line, &how))
		return false;
	if (yihu_span_is(how, names[REHEARSED_HELD]))
		return parse_held(out, line);
	return yihu_span_is(how, names[REHEARSED_SKIPPED]) && parse_skipped(out, line);
}

int rehearsed_read(struct rehearsed *out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	struct yihu_span line;
	*out = (struct rehearsed){0};
	int r = folder_read_if_there(f, F_REHEARSALS, &text, err);
	struct yihu_lines lines = yihu_lines(text.data, text.len);
	for (unsigned n = 1; r == 0 && yihu_lines_next(&lines, &line); n++)
		if (!parse(out, line))
			r = folder_fail_at(err,
					   yihu_fail(err, YIHU_EFORMAT,
						     _("line %u says nothing of a rehearsal"), n),
					   f, F_REHEARSALS);
	if (r != 0)
		rehearsed_finish(out);
	yihu_buf_free(&text);
	return r;
}

bool folder_is_rehearsed(const struct yihu_folder *f)
{
	struct rehearsed r;
	bool is = rehearsed_read(&r, f, NULL) == 0 && r.how != REHEARSED_NOT;
	rehearsed_finish(&r);
	return is;
}

/* ---- writing ---- */

static int add(const struct yihu_folder *f, const struct yihu_buf *words, struct yihu_error *err)
{
	struct yihu_buf line = {0};
	char time[21];
	yihu_buf_fmt(&line, "%s %s\n", yihu_time_text(time, yihu_clock()),
		     (const char *)words->data);
	int r = folder_add_line(f, F_REHEARSALS, NULL, &line, err);
	yihu_buf_free(&line);
	return r;
}

int rehearsed_put_held(const struct yihu_folder *f, uint32_t ballots,
		       const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err)
{
	struct yihu_buf words = {0};
	char hex[2 * YIHU_EID_BYTES + 1];
	yihu_buf_fmt(&words, "%s %u %s", names[REHEARSED_HELD], ballots,
		     yihu_hex_into(hex, eid, YIHU_EID_BYTES));
	int r = add(f, &words, err);
	yihu_buf_free(&words);
	return r;
}

int rehearsed_put_skipped(const struct yihu_folder *f, const char *why, struct yihu_error *err)
{
	struct yihu_buf words = {0};
	yihu_buf_fmt(&words, "%s %s", names[REHEARSED_SKIPPED], why);
	int r = add(f, &words, err);
	yihu_buf_free(&words);
	return r;
}

/* ---- a rehearsal itself ---- */

bool folder_rehearses(const struct yihu_folder *f)
{
	struct yihu_buf file = {0};
	struct yihu_definition *d = NULL;
	bool is = folder_read(f, folder_definition(f), &file, NULL) == 0 &&
		  yihu_definition_parse(&d, file.data, file.len, NULL) == 0 &&
		  yihu_definition_rehearses(d);
	yihu_definition_free(d);
	yihu_buf_free(&file);
	return is;
}

char *folder_rehearsal_of(const struct yihu_folder *f)
{
	struct yihu_buf text = {0};
	struct yihu_span line;
	bool there = folder_read_if_there(f, F_REHEARSAL_OF, &text, NULL) == 0;
	struct yihu_lines lines = yihu_lines(text.data, text.len);
	char *path = there && yihu_lines_next(&lines, &line) ? yihu_span_dup(line) : NULL;
	yihu_buf_free(&text);
	return path;
}
