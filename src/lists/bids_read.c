/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows that may be projects, and rows that are passed over: sums, notes, names of
 * columns once more. A row that may be a project is asked about.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/looks.h>

#include "election/fold.h"
#include "lists/bids.h"

#define ROWS_MAX 4080 /* as many as an election can have projects */

/* ---- the sheet ---- */

bool bids_fit(const struct columns *c)
{
	return c->at[T_NAME] && c->at[B_COST];
}

static int fail_no_names(const struct bids *b, struct yihu_error *err)
{
	if (b->book.n == 0)
		return yihu_fail(err, YIHU_EPROJECT, _("the table is empty"));
	return yihu_fail(err, YIHU_EPROJECT,
			 _("no row names the columns; above the projects must stand, each over its "
			   "column: name, cost (项目名称, 金额), and what else there is: "
			   "description, place (说明, 地点)"));
}

static int choose_sheet(struct bids *b, const struct list_look *look, struct yihu_error *err)
{
	const struct sheet_wanted w = {.list = 'p',
				       .names = &proposal_names,
				       .fits = bids_fit,
				       .look = look,
				       .asks = b->asks,
				       .notes = b->notes};
	struct sheet_found found = {0};
	int r = which_sheet(&found, &b->book, &w, err);
	b->sheet = found.sheet;
	b->columns = found.columns;
	return r == 0 && !b->sheet && b->asks->n_open == 0 ? fail_no_names(b, err) : r;
}

/* ---- rows that are none ---- */

/* Small, without blanks, to the first bracket or colon. */
static char *key_of(const char *text)
{
	char *look = yihu_look(text), *to = look;
	look[strcspn(look, "(:")] = '\0';
	for (const char *p = look; *p; p++)
		if (*p != ' ')
			*to++ = *p;
	*to = '\0';
	return look;
}

static bool is_one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(text, *words) == 0)
			return true;
	return false;
}

static bool has_one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strstr(text, *words))
			return true;
	return false;
}

static const char *const sums[] = {"合计",       "总计",     "总和",     "共计",     "累计",
				   "合計",       "總計",     "合计金额", "金额合计", "总额",
				   "预算合计",   "总计金额", "合计预算", "total",    "sum",
				   "grandtotal", NULL};
static const char *const parts[] = {"小计", "小計", "本页小计", "本页合计", "subtotal", NULL};
static const char *const sum_words[] = {"合计", "总计", "小计", "共计",
					"累计", "合計", "總計", NULL};

/* The first text of the row, and how many cells hold any. */
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

/* Is the row called a sum, in its first cell or where the names are? */
static bool is_sum(const struct bids *b, const struct table_row *row, bool *part)
{
	size_t cells;
	char *first = key_of(first_text(row, &cells)), *name = key_of(bids_cell(b, row, T_NAME));
	*part = is_one_of(first, parts) || is_one_of(name, parts);
	bool sum = *part || is_one_of(first, sums) || is_one_of(name, sums);
	free(first);
	free(name);
	return sum;
}

static bool is_note(const char *first)
{
	static const char *const words[] = {"说明",     "注:",  "注1",  "备注", "填表", "制表",
					    "审核",     "日期", "附件", "附:",  "注释", "负责人",
					    "联系电话", "盖章", "※",    "*",    "note", NULL};
	char *look = yihu_look(first);
	bool note = false;
	for (size_t i = 0; words[i] && !note; i++)
		note = strncmp(look, words[i], strlen(words[i])) == 0;
	note = note && (strpbrk(look, ":*") || strstr(look, "※") || strncmp(look, "注", 3) == 0);
	free(look);
	return note;
}

static void pass_over(struct bids *b, const struct table_row *row, const char *first)
{
	char *place = table_place(&b->book, row->number, SIZE_MAX);
	bids_note(b, _("passed over: %s, “%.60s”"), place, first);
	free(place);
}

static void leave_out(struct bids *b, const struct table_row *row, int column, const char *stands,
		      const char *says)
{
	const char *const choices[] = {_("leave this row out"), NULL};
	bids_ask(b, "row", row, b->columns.at[column] - 1, stands, says, choices);
}

static void add_sum(struct bids *b, const struct table_row *row, bool part)
{
	b->sums = yihu_realloc(b->sums, b->n_sums + 1, sizeof *b->sums);
	b->sums[b->n_sums++] = (struct bid_sum){row, b->n, part};
}

/* A row whose name only speaks of a sum: it may be one. */
static bool may_be_sum(struct bids *b, const struct table_row *row)
{
	size_t cells;
	const char *first = first_text(row, &cells), *name = bids_cell(b, row, T_NAME);
	if (!has_one_of(first, sum_words) && !has_one_of(name, sum_words))
		return false;
	const char *const choices[] = {_("a sum: leave it out"), _("a project"), NULL};
	int answer = bids_ask(b, "sum", row, SIZE_MAX, name[0] ? name : first,
			      _("is this row a sum, or a project?"), choices);
	if (answer == 0)
		add_sum(b, row, false);
	return answer != 1;
}

/* Is there anything in a column that says something of a project, beside its name? */
static bool has_known(const struct bids *b, const struct table_row *row)
{
	bool known = false;
	for (int c = 0; c < B_NUMBER; c++)
		known |= c != T_NAME && bids_cell(b, row, c)[0] != '\0';
	for (size_t i = 0; i < b->columns.n_many; i++)
		known |= table_cell(row, b->columns.many[i])->text[0] != '\0';
	return known;
}

/* Is the row no project? Then it is noted, or asked about. */
static bool is_passed(struct bids *b, const struct table_row *row)
{
	size_t cells;
	bool part;
	const char *first = first_text(row, &cells);
	const char *name = bids_cell(b, row, T_NAME), *cost = bids_cell(b, row, B_COST);
	bool sum = is_sum(b, row, &part);
	if (columns_repeated(&b->columns, row) || sum ||
	    (is_note(first) && cost[0] == '\0' && !has_known(b, row))) {
		if (sum)
			add_sum(b, row, part);
		pass_over(b, row, first);
		return true;
	}
	if (may_be_sum(b, row))
		return true;
	if (name[0] && cost[0])
		return false;
	if (!name[0] && !has_known(b, row))
		pass_over(b, row, first);
	else if (!name[0])
		leave_out(b, row, T_NAME, first,
			  _("the cell is empty: what is the project called?"));
	else
		leave_out(b, row, B_COST, name,
			  _("the cell is empty: the project has no amount; fill it in"));
	return true;
}

/* ---- rows that may be ---- */

/* Columns of which there may be more than one. */
static char *joined(const struct bids *b, const struct table_row *row)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < b->columns.n_many; i++) {
		const char *text = table_cell(row, b->columns.many[i])->text;
		if (text[0])
			yihu_buf_fmt(&out, "%s%s",
				     out.len == 0 ? ""
				     : b->chinese ? "；"
						  : "; ",
				     text);
	}
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

static void add_bid(struct bids *b, const struct table_row *row)
{
	struct bid *bid = &b->at[b->n++];
	*bid = (struct bid){.row = row};
	for (int t = 0; t < N_PROPOSAL_TEXTS; t++) {
		const char *cell = bids_cell(b, row, t);
		bid->text[t] = t == T_TEXT ? joined(b, row) : yihu_strdup(cell);
	}
}

/* Cells beyond the last name: those before them may stand one too far to the left. */
static void check_width(struct bids *b)
{
	const char *const choices[] = {_("no"), NULL};
	for (size_t i = 0; i < b->n; i++) {
		const struct table_row *row = b->at[i].row;
		if (row->n > b->columns.width)
			bids_ask(b, "beyond", row, row->n - 1, row->at[row->n - 1].text,
				 _("this cell stands beyond the last named column; were cells "
				   "moved?"),
				 choices);
	}
}

static void note_form(struct bids *b)
{
	if (b->columns.above > 0)
		bids_note(b,
			  yihu_ngettext("passed over: %zu row above the names of the columns",
					"passed over: %zu rows above the names of the columns",
					b->columns.above),
			  b->columns.above);
	if (b->columns.passed.len > 0)
		bids_note(b, _("columns that are not needed: %s"),
			  (const char *)b->columns.passed.data);
}

static int read_rows(struct bids *b, struct yihu_error *err)
{
	size_t rows = columns_rows(&b->columns, b->sheet);
	const struct table_row *names = b->columns.names;
	if (rows > ROWS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a table can have at most %d projects"),
				 ROWS_MAX);
	b->chinese = (unsigned char)table_cell(names, b->columns.at[T_NAME] - 1)->text[0] >= 0x80;
	b->at = yihu_calloc(rows + 1, sizeof *b->at);
	for (size_t i = b->columns.first; i < b->sheet->n_rows; i++)
		if (!is_passed(b, &b->sheet->rows[i]))
			add_bid(b, &b->sheet->rows[i]);
	note_form(b);
	check_width(b);
	return 0;
}

int bids_read(struct bids *b, const void *bytes, size_t len, const struct list_look *look,
	      struct yihu_error *err)
{
	int r = table_book_read(&b->book, bytes, len, err);
	if (r == 0)
		r = choose_sheet(b, look, err);
	return r == 0 && b->sheet ? read_rows(b, err) : r;
}

void bids_finish(struct bids *b)
{
	for (size_t i = 0; i < b->n; i++)
		for (int t = 0; t < N_PROPOSAL_TEXTS; t++)
			free(b->at[i].text[t]);
	free(b->at);
	free(b->sums);
	columns_finish(&b->columns);
	table_book_free(&b->book);
}
