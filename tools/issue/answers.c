/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers to what a list leaves open (answers.h).
 */
#include "issue/answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "cli/cli.h"
#include "table/table.h"

int answers_read(struct list_answers *out, const char *path, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	if (!path || !yihu_file_exists(path))
		return 0;
	int r = yihu_file_read(path, TABLE_FILE_BYTES_MAX, &file, err);
	if (r == 0) {
		r = list_answers_read(out, file.data, file.len, err);
		if (r != 0)
			r = yihu_fail_at(err, r, "%s", path);
	}
	yihu_buf_free(&file);
	return r;
}

/* ---- at the terminal ---- */

static char *question_of(const struct list_ask *q)
{
	struct yihu_buf out = {0};
	yihu_buf_fmt(&out, "\n%s: %s\n%s\n", q->place, q->stands, q->says);
	for (size_t i = 0; i < q->n_choices; i++)
		yihu_buf_fmt(&out, "  %c: %s\n", (char)('A' + i), q->choice[i]);
	yihu_buf_str(&out,
		     _("Type the letter; with * behind it for all that are like this one; Enter "
		       "alone ends: "));
	return (char *)out.data;
}

/* The choice; −1: none of them. */
static int choice_in(const char *text, size_t n, bool *all)
{
	int choice = (text[0] & ~0x20) - 'A';
	*all = text[0] != '\0' && text[1] == '*';
	bool ends = text[0] != '\0' && text[*all ? 2 : 1] == '\0';
	return ends && choice >= 0 && choice < (int)n ? choice : -1;
}

/* Of one kind, with the same choices. */
static bool is_like(const struct list_ask *a, const struct list_ask *b)
{
	size_t kind = strcspn(a->id, "-");
	bool like = strncmp(a->id, b->id, kind + 1) == 0 && a->n_choices == b->n_choices;
	for (size_t i = 0; like && i < a->n_choices; i++)
		like = strcmp(a->choice[i], b->choice[i]) == 0;
	return like;
}

static bool is_answered(const struct list_answers *answers, const struct list_ask *q)
{
	for (size_t i = 0; i < answers->n; i++)
		if (strcmp(answers->at[i].id, q->id) == 0)
			return true;
	return q->answer >= 0;
}

static bool ask_one(const struct list_asks *asks, size_t i, struct list_answers *answers)
{
	const struct list_ask *q = &asks->at[i];
	char *question = question_of(q), *text;
	bool all = false;
	int choice;
	do {
		text = cli_ask(question);
		choice = text ? choice_in(text, q->n_choices, &all) : -1;
		bool ends = !text || text[0] == '\0';
		free(text);
		if (ends)
			break;
	} while (choice < 0);
	free(question);
	for (size_t k = i; choice >= 0 && k < asks->n && (k == i || all); k++)
		if (k == i || (is_like(q, &asks->at[k]) && !is_answered(answers, &asks->at[k])))
			list_answer(answers, asks->at[k].id, choice);
	return choice >= 0;
}

static void show(const struct list_asks *asks)
{
	struct yihu_buf text = {0};
	list_asks_show(&text, asks);
	fputs((const char *)text.data, stderr);
	yihu_buf_free(&text);
}

bool answers_ask(const struct list_asks *asks, struct list_answers *answers)
{
	bool go_on = cli_interactive();
	show(asks);
	for (size_t i = 0; go_on && i < asks->n; i++)
		go_on = asks->at[i].answer >= 0 || asks->at[i].n_choices > 0;
	for (size_t i = 0; go_on && i < asks->n; i++)
		if (!is_answered(answers, &asks->at[i]))
			go_on = ask_one(asks, i, answers);
	return go_on;
}

/* ---- the sheet ---- */

int answers_leave(const struct list_asks *asks, const char *path, struct yihu_error *err)
{
	struct yihu_buf sheet = {0};
	if (!path) {
		cli_warn(
			_("to answer in a sheet: --answers FILE makes one of these questions; fill "
			  "in its last column, and run this again"));
		return err->code;
	}
	struct yihu_error why = {0};
	list_asks_sheet(&sheet, asks);
	int r = yihu_file_write(path, sheet.data, sheet.len, 0600, &why);
	yihu_buf_free(&sheet);
	if (r != 0) {
		*err = why;
		return r;
	}
	cli_warn(_("the questions are in %s: write A, B, … into its last column, or into the one "
		   "before it "
		   "what should stand in the cell; save it, and run this again"),
		 path);
	return err->code;
}
