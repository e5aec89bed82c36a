/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions as a table on a terminal, and as a sheet that comes back filled in.
 */
#include <stdlib.h>
#include <string.h>

#include "election/fold.h"
#include "lists/asks.h"
#include "lists/csv_cell.h"
#include "table/show.h"
#include "table/table.h"

enum sheet_column { ID, PLACE, STANDS, SAYS, CHOICES, MEND, ANSWER, N_COLUMNS };

/* "A: takes part   B: does not". */
static char *choices_text(const struct list_ask *q)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < q->n_choices; i++)
		yihu_buf_fmt(&out, "%s%c: %s", i ? "   " : "", (char)('A' + i), q->choice[i]);
	if (q->n_choices == 0)
		yihu_buf_str(&out, _("mend the file"));
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

void list_asks_show(struct yihu_buf *out, const struct list_asks *a)
{
	const char *const heads[] = {_("where"), _("what stands there"), _("what is the matter"),
				     _("answers")};
	struct table_shown *t = table_shown_new(heads, NULL, 4);
	for (size_t i = 0; i < a->n; i++) {
		const struct list_ask *q = &a->at[i];
		if (q->answer >= 0)
			continue;
		char *choices = choices_text(q);
		const char *const cells[] = {q->place, q->stands, q->says, choices};
		table_shown_row(t, cells);
		free(choices);
	}
	table_shown_end(t, out);
	yihu_buf_str(out, "\n");
}

/* Cells that are read otherwise: nothing is asked of them any more. */
static void put_mended(struct yihu_buf *out, const struct list_answers *answers)
{
	for (size_t i = 0; answers && i < answers->n; i++) {
		const struct list_answer *m = &answers->at[i];
		const char *const cells[N_COLUMNS] = {m->id, "", "", "", "", m->text, ""};
		if (m->text)
			csv_row(out, cells, N_COLUMNS);
	}
}

void list_asks_sheet(struct yihu_buf *out, const struct list_asks *a)
{
	const char *const heads[N_COLUMNS] = {_("number"),
					      _("where"),
					      _("what stands there"),
					      _("what is the matter"),
					      _("answers"),
					      _("what should stand in the cell, if that"),
					      _("your answer (A, B, …)")};
	csv_begin(out);
	csv_row(out, heads, N_COLUMNS);
	for (size_t i = 0; i < a->n; i++) {
		const struct list_ask *q = &a->at[i];
		const char answer[2] = {q->answer < 0 ? '\0' : (char)('A' + q->answer), '\0'};
		char *choices = choices_text(q);
		const char *const cells[N_COLUMNS] = {q->id,   q->place, q->stands, q->says,
						      choices, "",       answer};
		csv_row(out, cells, N_COLUMNS);
		free(choices);
	}
	put_mended(out, a->answers);
}

/* ---- reading ---- */

static int take_mend(struct list_answers *out, const struct table_book *b,
		     const struct table_row *row, struct yihu_error *err)
{
	const char *id = table_cell(row, ID)->text;
	size_t len;
	if (list_answer_cell(id, &len)[0] != '\0') {
		list_answer_text(out, id, table_cell(row, MEND)->text);
		return 0;
	}
	char *place = table_place(b, row->number, MEND);
	yihu_fail(err, YIHU_EFORMAT,
		  _("this question is not about one cell: answer it by a letter, or mend the "
		    "file"));
	yihu_fail_at(err, YIHU_EFORMAT, "%s", place);
	free(place);
	return YIHU_EFORMAT;
}

static int take_answer(struct list_answers *out, const struct table_book *b,
		       const struct table_row *row, struct yihu_error *err)
{
	const char *id = table_cell(row, ID)->text, *mend = table_cell(row, MEND)->text;
	if (mend[0] != '\0')
		return take_mend(out, b, row, err);
	char *text = yihu_fold(table_cell(row, ANSWER)->text);
	char letter = text[0] >= 'a' && text[0] <= 'z' ? (char)(text[0] - 'a' + 'A') : text[0];
	bool none = text[0] == '\0';
	bool good = letter >= 'A' && letter < 'A' + LISTS_CHOICES_MAX && text[1] == '\0';
	free(text);
	if (none)
		return 0;
	if (good) {
		list_answer(out, id, letter - 'A');
		return 0;
	}
	char *place = table_place(b, row->number, ANSWER);
	yihu_fail(err, YIHU_EFORMAT, _("“%.60s” is no answer; write A, B, C or D"),
		  table_cell(row, ANSWER)->text);
	yihu_fail_at(err, YIHU_EFORMAT, "%s", place);
	free(place);
	return YIHU_EFORMAT;
}

int list_answers_read(struct list_answers *out, const void *bytes, size_t len,
		      struct yihu_error *err)
{
	struct table_book book = {0};
	struct list_answers answers = {0};
	int r = table_book_read(&book, bytes, len, err);
	for (size_t i = 1; r == 0 && book.n > 0 && i < book.sheets[0].n_rows; i++)
		r = take_answer(&answers, &book, &book.sheets[0].rows[i], err);
	table_book_free(&book);
	if (r != 0)
		list_answers_finish(&answers);
	else
		*out = answers;
	return r;
}
