/* SPDX-License-Identifier: Apache-2.0
 *
 * Which rows are voted on. A column may say it; a row that is hidden, or a remark
 * that says withdrawn, is asked about.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/looks.h>

#include "lists/bids.h"
#include "lists/said.h"

static bool ask(struct bids *b, const struct bid *bid, int column, const char *says)
{
	const char *const choices[] = {_("it is voted on"), _("it is left out"), NULL};
	const char *stands = column >= 0 ? bids_cell(b, bid->row, column) : "";
	char *both = yihu_printf("%s%s%s", bid->text[T_NAME], stands[0] ? ": " : "", stands);
	int answer =
		bids_ask(b, "part", bid->row, column >= 0 ? b->columns.at[column] - 1 : SIZE_MAX,
			 both, says, choices);
	free(both);
	return answer == 1;
}

static bool says_withdrawn(const char *note)
{
	static const char *const words[] = {"撤",       "作废",   "未通过", "不通过", "否决",
					    "重复",     "放弃",   "不参加", "不列入", "暂缓",
					    "退回",     "取消",   "合并",   "不予",   "withdraw",
					    "rejected", "merged", NULL};
	char *look = yihu_look(note);
	bool found = false;
	for (size_t i = 0; words[i] && !found; i++)
		found = strstr(look, words[i]) != NULL;
	found = found || said_in(look) == SAID_NO;
	free(look);
	return found;
}

void bids_take_part(struct bids *b)
{
	size_t out = 0;
	for (size_t i = 0; i < b->n; i++) {
		struct bid *bid = &b->at[i];
		enum said said = said_in(bids_cell(b, bid->row, B_PART));
		if (said == SAID_UNCLEAR)
			bid->out = ask(b, bid, B_PART, _("is this yes or no?"));
		else if (said == SAID_NOTHING && b->columns.at[B_PART])
			bid->out = ask(b, bid, B_PART,
				       _("the cell is empty; is the project voted on?"));
		else
			bid->out = said == SAID_NO;
		if (!bid->out && said != SAID_YES && says_withdrawn(bids_cell(b, bid->row, B_NOTE)))
			bid->out = ask(b, bid, B_NOTE,
				       _("this says that the project is out, as it seems; is it "
					 "voted on?"));
		if (!bid->out && bid->row->hidden)
			bid->out = ask(b, bid, -1,
				       _("the sheet hides this row; is the project voted on?"));
		out += bid->out;
	}
	if (out > 0)
		bids_note(b,
			  yihu_ngettext("%zu row is left out: it is not voted on",
					"%zu rows are left out: they are not voted on", out),
			  out);
}
