/* SPDX-License-Identifier: Apache-2.0
 *
 * Who takes part. That every flat does is nothing that a program decides: a
 * column may say it, and a note that says vacant or shop is asked about.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lists/flats.h"
#include "lists/said.h"

/* ---- notes ---- */

static const char *const vacant_words[] = {"空置", "空关",   "空房",  "空户",   "空着",
					   "无人", "未入住", "未售",  "未交付", "未交房",
					   "待售", "vacant", "empty", "unsold", NULL};
static const char *const shop_words[] = {"商铺",     "店铺",   "商舖",    "门面", "门市", "商业",
					 "底商",     "铺面",   "车库",    "车位", "储藏", "地下室",
					 "物业用房", "配电",   "岗亭",    "会所", "办公", "shop",
					 "garage",   "office", "storage", NULL};

static bool has_one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strcasestr(text, *words))
			return true;
	return false;
}

static bool flat_has(const struct flat *flat, const char *const *words)
{
	bool found = has_one_of(flat->notes, words) || has_one_of(flat->name, words);
	for (int c = R_BUILDING; !found && c < R_PARTS; c++)
		found = has_one_of(flat->part[c], words);
	return found;
}

static const char *what_is_said(const struct flat *flat)
{
	if (flat_has(flat, shop_words))
		return _("this is no flat where people live, as it seems; does it take part?");
	if (flat_has(flat, vacant_words))
		return _("the flat is vacant, as it seems; does it take part?");
	return NULL;
}

static char *stands_of(const struct flat *flat)
{
	char *label = flats_label(flat);
	char *stands = yihu_printf("%s%s", label, flat->notes[0] || flat->name[0] ? ": " : "");
	free(label);
	return stands;
}

static void ask_part(struct flats *f, struct flat *flat, const char *says)
{
	const char *const choices[] = {_("takes part: one letter"),
				       _("does not take part: no letter"), NULL};
	char *address = stands_of(flat);
	const char *cell = columns_cell(&f->columns, flat->row, R_PART)->text;
	char *stands = yihu_printf("%s%s", address,
				   cell[0]          ? cell
				   : flat->notes[0] ? flat->notes
						    : flat->name);
	flat->out = flats_ask(f, "part", flat->row, SIZE_MAX, stands, says, choices) == 1;
	free(stands);
	free(address);
}

/* ---- the column ---- */

/* Empty cells are one question, for a column where only 是 or 否 was written. */
static bool empty_is_out(struct flats *f)
{
	size_t n = 0, first = 0;
	for (size_t i = 0; i < f->n; i++) {
		const char *cell = columns_cell(&f->columns, f->at[i].row, R_PART)->text;
		if (said_in(cell) == SAID_NOTHING && n++ == 0)
			first = i;
	}
	if (n == 0)
		return false;
	const char *const choices[] = {_("they take part"), _("they do not"), NULL};
	char *says = yihu_printf(
		yihu_ngettext("in %zu row nothing is said of whether the flat takes part",
			      "in %zu rows nothing is said of whether the flats take part", n),
		n);
	int answer = flats_ask(f, "empty", f->at[first].row, f->columns.at[R_PART] - 1, "", says,
			       choices);
	free(says);
	return answer == 1;
}

static void take_part(struct flats *f, struct flat *flat, bool out_when_empty)
{
	bool column = f->columns.at[R_PART] != 0;
	enum said said = said_in(columns_cell(&f->columns, flat->row, R_PART)->text);
	const char *says = what_is_said(flat);
	if (said == SAID_UNCLEAR)
		ask_part(f, flat, _("is this yes or no?"));
	else if (column && said != SAID_NOTHING)
		flat->out = said == SAID_NO;
	else if (says)
		ask_part(f, flat, says);
	else
		flat->out = column && out_when_empty;
}

/* "（未登记）" is no name to write onto a letter. */
static void drop_remark(struct flat *flat, size_t *n)
{
	size_t len = strlen(flat->name);
	bool remark = (flat->name[0] == '(' && len > 1 && flat->name[len - 1] == ')');
	if (remark)
		flat->name[0] = '\0';
	*n += remark;
}

void flats_take_part(struct flats *f)
{
	size_t out = 0, remarks = 0;
	bool out_when_empty = f->columns.at[R_PART] && empty_is_out(f);
	for (size_t i = 0; i < f->n; i++) {
		take_part(f, &f->at[i], out_when_empty);
		drop_remark(&f->at[i], &remarks);
		out += f->at[i].out;
	}
	if (out > 0)
		flats_note(f,
			   yihu_ngettext("%zu row gets no letter: it does not take part",
					 "%zu rows get no letter: they do not take part", out),
			   out);
	if (remarks > 0)
		flats_note(f,
			   yihu_ngettext("%zu name is a remark in brackets and is left out",
					 "%zu names are remarks in brackets and are left out",
					 remarks),
			   remarks);
}
