/* SPDX-License-Identifier: Apache-2.0
 *
 * A table as it was read: its columns, what is asked of it, and what it comes to.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "issue/init_json.h"
#include "lists/columns_shown.h"
#include "lists/money.h"
#include "lists/roster.h"
#include "table/table.h"

#define DRAWN 3

/* ---- what both have ---- */

static json_t *json_columns(const struct columns_shown *c)
{
	json_t *list = json_array();
	for (size_t i = 0; i < c->n; i++) {
		const struct column_shown *one = &c->at[i];
		json_t *samples = json_array();
		for (size_t k = 0; k < COLUMN_SAMPLES; k++)
			json_array_append_new(samples, json_string(one->sample[k]));
		json_array_append_new(list, json_pack("{s:s, s:s, s:s?, s:o}", "column",
						      one->letters, "heading", one->heading, "is",
						      one->is, "samples", samples));
	}
	return list;
}

static json_t *json_words(const char *(*word_at)(size_t i))
{
	json_t *list = json_array();
	for (size_t i = 0; word_at(i); i++)
		json_array_append_new(list, json_string(word_at(i)));
	return list;
}

static json_t *json_ask(const struct list_ask *q)
{
	json_t *choices = json_array();
	for (size_t i = 0; i < q->n_choices; i++)
		json_array_append_new(choices, json_string(q->choice[i]));
	return json_pack("{s:s, s:s, s:s?, s:s, s:s, s:o, s:o}", "id", q->id, "place", q->place,
			 "cell", q->cell[0] ? q->cell + 1 : NULL, "stands", q->stands, "says",
			 q->says, "choices", choices, "answer",
			 q->answer < 0 ? json_null() : json_integer(q->answer));
}

static json_t *json_asks(const struct list_asks *a)
{
	json_t *list = json_array();
	for (size_t i = 0; i < a->n; i++)
		json_array_append_new(list, json_ask(&a->at[i]));
	return list;
}

/* Cells of the list ('h', 'p') that are read as somebody answered. */
static json_t *json_mended(const struct list_answers *answers, char which)
{
	json_t *list = json_array();
	for (size_t i = 0; answers && i < answers->n; i++) {
		const struct list_answer *a = &answers->at[i];
		size_t len;
		const char *cell = list_answer_cell(a->id, &len);
		if (a->text && a->read && len > 1 && cell[0] == which)
			json_array_append_new(
				list, json_pack("{s:s, s:o, s:s}", "id", a->id, "cell",
						json_stringn(cell + 1, len - 1), "text", a->text));
	}
	return list;
}

static json_t *json_notes(const struct yihu_buf *notes)
{
	struct yihu_lines lines = yihu_lines(yihu_buf_bytes(notes), notes->len);
	struct yihu_span line;
	json_t *list = json_array();
	while (yihu_lines_next(&lines, &line))
		json_array_append_new(list, json_stringn(line.p, line.len));
	return list;
}

static json_t *json_error(int r, const struct yihu_error *err)
{
	return r == 0 ? json_null() : json_string(err->text);
}

typedef int read_columns(struct columns_shown *out, const void *bytes, size_t len,
			 const struct list_look *look, struct yihu_error *err);

/* Columns, and which row names them; an error that they have is told with the list's. */
static json_t *json_head(const char *path, read_columns *columns, const struct list_look *look,
			 struct yihu_buf *bytes)
{
	struct columns_shown shown = {0};
	struct yihu_error err;
	if (yihu_file_read(path, TABLE_FILE_BYTES_MAX, bytes, &err) == 0)
		columns(&shown, yihu_buf_bytes(bytes), bytes->len, look, &err);
	json_t *head = json_pack("{s:s, s:I, s:I, s:o}", "file", path, "names_row",
				 (json_int_t)shown.names_row, "first_row",
				 (json_int_t)shown.first_row, "columns", json_columns(&shown));
	columns_shown_finish(&shown);
	return head;
}

static struct list_look look_of(const struct issue_plan_options *o, const char *columns)
{
	return (struct list_look){.answers = o->answers,
				  .columns = columns,
				  .sheets = o->sheets,
				  .n_sheets = o->n_sheets,
				  .found = o->sheets_found};
}

static void put_rest(json_t *j, const char *sheet, const struct list_asks *asks,
		     const struct yihu_buf *notes, json_t *mended)
{
	json_object_set_new(j, "sheet", sheet && *sheet ? json_string(sheet) : json_null());
	json_object_set_new(j, "asks", json_asks(asks));
	json_object_set_new(j, "open", json_integer((json_int_t)asks->n_open));
	json_object_set_new(j, "mended", mended);
	json_object_set_new(j, "notes", json_notes(notes));
}

/* ---- projects ---- */

static json_t *json_proposals(const struct proposals *p)
{
	json_t *list = json_array();
	for (size_t i = 0; i < p->n; i++) {
		char *amount = money_text(p->at[i].fen);
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "name",
						      p->at[i].text[T_NAME], "text",
						      p->at[i].text[T_TEXT], "written",
						      p->at[i].written, "amount", amount));
		free(amount);
	}
	return list;
}

/* Beside which row of the table stands which amount. */
static json_t *json_amounts(const struct proposals *p)
{
	json_t *list = json_array();
	for (size_t i = 0; i < p->n_rows; i++) {
		char *amount = money_text(p->rows[i].fen);
		json_array_append_new(list,
				      json_pack("{s:I, s:s?}", "row", (json_int_t)p->rows[i].row,
						"amount", p->rows[i].fen ? amount : NULL));
		free(amount);
	}
	return list;
}

static json_t *json_sum(const struct proposals *p)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < p->n; i++)
		sum += p->at[i].fen;
	char *text = money_text(sum);
	json_t *j = json_string(text);
	free(text);
	return j;
}

static uint64_t budget_of(const struct issue_plan_options *o)
{
	struct money m = money_read(o->vote && o->vote->budget ? o->vote->budget : "", 1);
	return m.kind == MONEY_SURE ? m.fen : 0;
}

json_t *list_json_projects(const struct issue_plan_options *o)
{
	struct yihu_buf bytes = {0};
	struct proposals p = {0};
	struct yihu_error err = {0};
	struct list_look look = look_of(o, o->project_columns);
	if (!o->projects)
		return json_null();
	json_t *j = json_head(o->projects, proposals_columns, &look, &bytes);
	int r = yihu_file_exists(o->projects)
			? proposals_read(&p, yihu_buf_bytes(&bytes), bytes.len, budget_of(o), &look,
					 &err)
			: yihu_fail(&err, YIHU_ENOENT, _("there is no file %s"), o->projects);
	json_object_set_new(j, "words", json_words(proposals_column_word));
	put_rest(j, p.sheet, &p.asks, &p.notes, json_mended(o->answers, 'p'));
	json_object_set_new(j, "error", json_error(r, &err));
	json_object_set_new(j, "projects", json_proposals(&p));
	json_object_set_new(j, "amounts", json_amounts(&p));
	json_object_set_new(j, "sum", json_sum(&p));
	proposals_finish(&p);
	yihu_buf_free(&bytes);
	return j;
}

/* ---- households ---- */

static json_t *json_household(const struct yihu_household *h)
{
	return json_pack("{s:s, s:s, s:s}", "household", h->label, "building", h->building, "name",
			 h->name);
}

/* The first, some that are drawn, the last. */
static json_t *json_examples(const struct yihu_households *list)
{
	json_t *out = json_array();
	for (size_t i = 0; i < list->n && i < DRAWN + 2; i++) {
		size_t at = i;
		if (list->n > DRAWN + 2)
			at = i == 0       ? 0
			     : i <= DRAWN ? 1 + randombytes_uniform((uint32_t)list->n - 2)
					  : list->n - 1;
		json_array_append_new(out, json_household(&list->at[at]));
	}
	return out;
}

static json_t *building_in(json_t *list, const char *name)
{
	size_t i;
	json_t *one;
	json_array_foreach(list, i, one)
	{
		if (strcmp(json_string_value(json_object_get(one, "building")), name) == 0)
			return one;
	}
	one = json_pack("{s:s, s:i}", "building", name, "households", 0);
	json_array_append_new(list, one);
	return one;
}

/* In the order in which they come, each once. */
static json_t *json_buildings(const struct yihu_households *list)
{
	json_t *out = json_array();
	for (size_t i = 0; i < list->n; i++) {
		json_t *n = json_object_get(building_in(out, list->at[i].building), "households");
		json_integer_set(n, json_integer_value(n) + 1);
	}
	return out;
}

json_t *list_json_households(const struct issue_plan_options *o)
{
	struct yihu_buf bytes = {0};
	struct roster roster = {0};
	struct yihu_error err = {0};
	struct list_look look = look_of(o, o->columns);
	if (!o->households)
		return json_null();
	json_t *j = json_head(o->households, roster_columns, &look, &bytes);
	int r = yihu_file_exists(o->households)
			? roster_read(&roster, yihu_buf_bytes(&bytes), bytes.len, &look, &err)
			: yihu_fail(&err, YIHU_ENOENT, _("there is no file %s"), o->households);
	json_object_set_new(j, "words", json_words(roster_column_word));
	put_rest(j, roster.sheet, &roster.asks, &roster.notes, json_mended(o->answers, 'h'));
	json_object_set_new(j, "error", json_error(r, &err));
	json_object_set_new(j, "households", json_integer((json_int_t)roster.list.n));
	json_object_set_new(j, "buildings", json_buildings(&roster.list));
	json_object_set_new(j, "examples", json_examples(&roster.list));
	roster_finish(&roster);
	yihu_buf_free(&bytes);
	return j;
}
