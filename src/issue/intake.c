/* SPDX-License-Identifier: Apache-2.0
 *
 * From the clerk's files to those of the folder.
 */
#include "issue/intake.h"

#include <stdio.h>
#include <string.h>

#include <yihu/file.h>

#include "lists/roster.h"
#include "table/table.h"
#include "words/words.h"

static int fail_open(size_t open, int code, struct yihu_error *err)
{
	return yihu_fail(err, code,
			 yihu_ngettext("%zu place is open: mend it in the file, or answer it",
				       "%zu places are open: mend them in the file, or answer them",
				       open),
			 open);
}

int intake_fail_open(const struct issue_plan_options *o, int code, struct yihu_error *err)
{
	return fail_open(o->asks->n_open, code, err);
}

/* Keeps what was asked, for whoever runs init. */
static int keep_asks(struct list_asks *asks, const struct issue_plan_options *o, int code,
		     struct yihu_error *err)
{
	size_t open = asks->n_open;
	if (o->asks)
		list_asks_join(o->asks, asks);
	return open == 0 ? 0 : fail_open(open, code, err);
}

static struct list_look look_of(const struct issue_plan_options *o, const char *columns)
{
	return (struct list_look){.answers = o->answers,
				  .columns = columns,
				  .sheets = o->sheets,
				  .n_sheets = o->n_sheets,
				  .found = o->sheets_found};
}

/* ---- projects ---- */

/* The day of the election's zone. */
static void put_day(char day[static 11], uint64_t at)
{
	char text[21];
	yihu_time_text(text, at + (uint64_t)words_zone(LANGUAGE_DEFAULT));
	snprintf(day, 11, "%.10s", text);
}

static int write_election(struct yihu_buf *text, const struct proposals *p,
			  const struct issue_plan_options *o, struct yihu_error *err)
{
	char first[11], last[11];
	if (!p->chinese && !o->vote->country)
		return yihu_fail(err, YIHU_EARG,
				 _("the table does not say in which country it is: give --country "
				   "NAME"));
	put_day(first, o->opens);
	put_day(last, o->closes);
	vote_words_write(text, o->vote, p, first, last);
	return 0;
}

/* The file's lines down to the projects, which are shown as a table. */
static void show_keys(struct yihu_buf *notices, const char *text)
{
	const char *line = text + strlen("META\nkey;value\n");
	yihu_buf_str(notices, _("The election file that was made of it says:\n"));
	for (const char *end; strncmp(line, "PROJECTS\n", 9) != 0; line = end + 1) {
		end = strchr(line, '\n');
		yihu_buf_fmt(notices, "  %.*s\n", (int)(end - line), line);
	}
}

static int take_projects(struct yihu_buf *text, struct proposals *p,
			 const struct issue_plan_options *o, struct yihu_buf *notices,
			 struct yihu_error *err)
{
	int r = keep_asks(&p->asks, o, YIHU_EPROJECT, err);
	if (r == 0)
		r = write_election(text, p, o, err);
	if (r != 0)
		return r;
	yihu_buf_put(notices, p->notes.data, p->notes.len);
	proposals_show(notices, p);
	show_keys(notices, yihu_buf_bytes(text));
	return 0;
}

int intake_projects(struct yihu_buf *text, const struct issue_plan_options *o,
		    struct yihu_buf *notices, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	struct proposals p = {0};
	struct list_look look = look_of(o, o->project_columns);
	int r = vote_words_check(o->vote, err);
	if (r != 0)
		return r;
	r = yihu_file_read(o->projects, TABLE_FILE_BYTES_MAX, &bytes, err);
	if (r != 0)
		return r;
	r = proposals_read(&p, yihu_buf_bytes(&bytes), bytes.len, vote_words_budget(o->vote), &look,
			   err);
	if (r == 0)
		r = take_projects(text, &p, o, notices, err);
	proposals_finish(&p);
	yihu_buf_free(&bytes);
	return r ? yihu_fail_at(err, r, "%s", o->projects) : 0;
}

/* ---- households ---- */

static int take(struct yihu_households *out, struct yihu_buf *file, struct roster *r,
		const struct issue_plan_options *o, struct yihu_buf *notices,
		struct yihu_error *err)
{
	int rc = keep_asks(&r->asks, o, YIHU_EHOUSEHOLD, err);
	if (rc != 0)
		return rc;
	yihu_buf_put(notices, r->notes.data, r->notes.len);
	roster_show(notices, &r->list);
	roster_csv(file, r);
	*out = r->list;
	r->list = (struct yihu_households){0};
	return 0;
}

int intake_households(struct yihu_households *out, struct yihu_buf *file,
		      const struct issue_plan_options *o, struct yihu_buf *notices,
		      struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	struct roster roster = {0};
	struct list_look look = look_of(o, o->columns);
	int r = yihu_file_read(o->households, TABLE_FILE_BYTES_MAX, &bytes, err);
	if (r != 0)
		return r;
	r = roster_read(&roster, yihu_buf_bytes(&bytes), bytes.len, &look, err);
	if (r == 0)
		r = take(out, file, &roster, o, notices, err);
	roster_finish(&roster);
	yihu_buf_free(&bytes);
	return r ? yihu_fail_at(err, r, "%s", o->households) : 0;
}
