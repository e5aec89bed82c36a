/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows that are flats, and rows that are passed over: sums, notes, names of
 * columns once more. A row that may be a flat is asked about.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <yihu/households.h>

#include "election/fold.h"
#include "lists/flats.h"

/* ---- the sheet ---- */

bool flats_fit(const struct columns *c)
{
	return c->at[R_ROOM] || c->at[R_HOUSEHOLD];
}

static int fail_no_names(const struct flats *f, struct yihu_error *err)
{
	if (f->book.n == 0)
		return yihu_fail(err, YIHU_EHOUSEHOLD, _("the list is empty"));
	return yihu_fail(
		err, YIHU_EHOUSEHOLD,
		_("no row names the columns; above the households must stand, each over its "
		  "column: "
		  "building, unit, room, name (楼栋, 单元, 房号, 户主), or household (住户)"));
}

static int choose_sheet(struct flats *f, const struct list_look *look, struct yihu_error *err)
{
	const struct sheet_wanted w = {.list = 'h',
				       .names = &roster_names,
				       .fits = flats_fit,
				       .look = look,
				       .asks = f->asks,
				       .notes = f->notes};
	struct sheet_found found = {0};
	int r = which_sheet(&found, &f->book, &w, err);
	f->sheet = found.sheet;
	f->columns = found.columns;
	return r == 0 && !f->sheet && f->asks->n_open == 0 ? fail_no_names(f, err) : r;
}

/* Beside a room, 住户 names who lives there. */
void flats_settle_columns(struct columns *c)
{
	if (!c->at[R_ROOM] || !c->at[R_HOUSEHOLD])
		return;
	if (!c->at[R_NAME])
		c->at[R_NAME] = c->at[R_HOUSEHOLD];
	c->at[R_HOUSEHOLD] = 0;
}

/* ---- rows ---- */

static bool begins_with_one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strncasecmp(text, *words, strlen(*words)) == 0)
			return true;
	return false;
}

static const char *first_text(const struct table_row *row, size_t *cells)
{
	const char *first = "";
	*cells = 0;
	for (size_t i = 0; i < row->n; i++) {
		if (row->at[i].text[0] == '\0')
			continue;
		first = *cells == 0 ? row->at[i].text : first;
		++*cells;
	}
	return first;
}

static bool is_sum(const char *first)
{
	static const char *const words[] = {"合计", "总计", "小计",  "共计", "总户数",   "合計",
					    "總計", "本页", "total", "sum",  "subtotal", NULL};
	return begins_with_one_of(first, words);
}

static bool is_note(const char *first)
{
	static const char *const words[] = {"说明", "注：", "注:",  "备注",   "填表",     "制表",
					    "审核", "日期", "单位", "负责人", "联系电话", "盖章",
					    "※",    "*",    "note", NULL};
	return begins_with_one_of(first, words);
}

/* "1栋" alone: a heading whose loss would take the building from those below. */
static bool names_a_building(const char *text)
{
	static const char *const words[] = {"栋", "幢", "座", "楼", "单元", "棟", "樓"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(text, words[i]))
			return strlen(text) < 40;
	return false;
}

/* Is there anything in a column that says something of a flat? A remark may be all
 * that is left of one. */
static bool has_known(const struct flats *f, const struct table_row *row)
{
	for (size_t i = 0; i < f->columns.n_many; i++)
		if (table_cell(row, f->columns.many[i])->text[0])
			return true;
	for (int c = R_BUILDING; c < R_NOTE; c++)
		if (columns_cell(&f->columns, row, c)->text[0])
			return true;
	return false;
}

static bool leave_out(struct flats *f, const struct table_row *row, size_t column,
		      const char *stands, const char *says)
{
	const char *const choices[] = {_("leave this row out"), NULL};
	flats_ask(f, "row", row, column, stands, says, choices);
	return true;
}

static bool pass_over(struct flats *f, const struct table_row *row, const char *first)
{
	char *place = table_place(&f->book, row->number, SIZE_MAX);
	flats_note(f, _("passed over: %s, “%.60s”"), place, first);
	free(place);
	return true;
}

/* Signs that nobody sees say nothing. */
static bool says_anything(const char *text)
{
	char *folded = yihu_fold(text);
	bool anything = folded[0] != '\0';
	free(folded);
	return anything;
}

/* Is the row no flat? Then it is noted, or asked about. */
static bool is_passed(struct flats *f, const struct table_row *row)
{
	size_t cells,
		room = f->columns.at[R_ROOM] ? f->columns.at[R_ROOM] : f->columns.at[R_HOUSEHOLD];
	const char *first = first_text(row, &cells);
	bool has_room = says_anything(table_cell(row, room - 1)->text);
	bool remark = cells == 1 && is_note(first) && (strchr(first, ':') || strstr(first, "："));
	if (columns_repeated(&f->columns, row) || is_sum(first) || remark)
		return pass_over(f, row, first);
	if (has_room)
		return false;
	bool number = strspn(first, "0123456789") == strlen(first);
	bool strange = cells == 1 && row->at[0].text[0] && !number && !has_known(f, row) &&
		       !names_a_building(first);
	if (is_note(first) || strange)
		return pass_over(f, row, first);
	if (cells == 1 && names_a_building(first))
		return leave_out(f, row, SIZE_MAX, first,
				 _("a heading that names a building; write the building into its "
				   "own column in every row below, or leave the heading out"));
	return leave_out(f, row, room - 1, first,
			 _("the cell is empty: the flat has no number; fill it in"));
}

static char *notes_of(const struct flats *f, const struct table_row *row)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < f->columns.n_many; i++) {
		const char *text = table_cell(row, f->columns.many[i])->text;
		if (text[0])
			yihu_buf_fmt(&out, "%s%s", out.len ? "; " : "", text);
	}
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

/* empty: there was an empty row since the last flat. */
static void add_flat(struct flats *f, const struct table_row *row, bool empty, bool first)
{
	size_t cells;
	struct flat *flat = &f->at[f->n++];
	*flat = (struct flat){.row = row,
			      .notes = notes_of(f, row),
			      .below_sum = !first && is_sum(first_text(row - 1, &cells)),
			      .below_empty = empty};
	for (int c = R_BUILDING; c < R_PARTS; c++)
		flat->part[c] = yihu_fold(columns_cell(&f->columns, row, c)->text);
	flat->name = yihu_fold(columns_cell(&f->columns, row, R_NAME)->text);
}

static void note_form(struct flats *f, size_t hidden)
{
	if (f->columns.above > 0)
		flats_note(f,
			   yihu_ngettext("passed over: %zu row above the names of the columns",
					 "passed over: %zu rows above the names of the columns",
					 f->columns.above),
			   f->columns.above);
	if (f->columns.passed.len > 0)
		flats_note(f, _("columns that are not needed: %s"),
			   (const char *)f->columns.passed.data);
	if (hidden > 0)
		flats_note(f,
			   yihu_ngettext("%zu row that the sheet hides was read like the others",
					 "%zu rows that the sheet hides were read like the others",
					 hidden),
			   hidden);
}

/* Cells beyond the last name: those before them may stand one too far to the left. */
static void check_width(struct flats *f)
{
	size_t n = 0, first = 0;
	for (size_t i = 0; i < f->n; i++)
		if (f->at[i].row->n > f->columns.width && n++ == 0)
			first = i;
	if (n == 0)
		return;
	const struct table_row *row = f->at[first].row;
	const char *const choices[] = {_("no"), NULL};
	char *says =
		yihu_printf(yihu_ngettext("in %zu row a cell stands beyond the last named "
					  "column; were cells moved?",
					  "in %zu rows cells stand beyond the last named column; "
					  "were cells moved?",
					  n),
			    n);
	flats_ask(f, "beyond", row, row->n - 1, row->at[row->n - 1].text, says, choices);
	free(says);
}

static int read_rows(struct flats *f, struct yihu_error *err)
{
	size_t hidden = 0, rows = columns_rows(&f->columns, f->sheet);
	bool empty = false;
	if (rows > YIHU_HOUSEHOLDS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a list can have at most %d households"),
				 YIHU_HOUSEHOLDS_MAX);
	f->at = yihu_calloc(rows + 1, sizeof *f->at);
	for (size_t i = f->columns.first; i < f->sheet->n_rows; i++) {
		const struct table_row *row = &f->sheet->rows[i];
		empty |= i > 0 && row->number != row[-1].number + 1;
		if (is_passed(f, row))
			continue;
		hidden += row->hidden;
		add_flat(f, row, empty, i == 0);
		empty = false;
	}
	note_form(f, hidden);
	check_width(f);
	if (f->n == 0 && f->asks->n == 0)
		return yihu_fail(err, YIHU_EHOUSEHOLD, _("the list has no household"));
	return 0;
}

int flats_read(struct flats *f, const void *bytes, size_t len, const struct list_look *look,
	       struct yihu_error *err)
{
	int r = table_book_read(&f->book, bytes, len, err);
	if (r == 0)
		r = choose_sheet(f, look, err);
	if (r == 0 && f->sheet) {
		flats_settle_columns(&f->columns);
		r = read_rows(f, err);
	}
	return r;
}

void flats_finish(struct flats *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct flat *flat = &f->at[i];
		for (int c = R_BUILDING; c < R_PARTS; c++)
			free(flat->part[c]);
		free(flat->name);
		free(flat->notes);
		free(flat->label);
	}
	free(f->at);
	columns_finish(&f->columns);
	table_book_free(&f->book);
}
