/* SPDX-License-Identifier: Apache-2.0
 *
 * Two projects of one name. Names that look alike are refused (PROTOCOL §2.4);
 * those that differ in signs alone are asked about.
 */
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include <yihu/looks.h>

#include "lists/bids.h"

/* Letters and digits alone, as they look. */
static char *key_of(const char *name)
{
	char *look = yihu_look(name), *to = look;
	ucs4_t c;
	for (const uint8_t *p = (const uint8_t *)look, *next; (next = u8_next(&c, p)) != NULL;
	     p = next)
		if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N)) {
			memmove(to, p, (size_t)(next - p));
			to += next - p;
		}
	*to = '\0';
	return look;
}

static void ask_twice(struct bids *b, const struct bid *first, struct bid *second, bool same)
{
	const char *const one[] = {_("the same project: leave this row out"), NULL};
	const char *const either[] = {_("two projects"), _("the same project: leave this row out"),
				      NULL};
	bool equal = first->fen == second->fen;
	char *stands = yihu_printf("%s / %s", first->text[T_NAME], second->text[T_NAME]);
	char *place = table_place(&b->book, first->row->number, SIZE_MAX);
	char *says = yihu_printf(
		first->out ? _("a project of this name stands in %s, and is left out there")
		: same     ? _("a project of this name stands in %s; give one of them another name")
			   : _("a project of nearly this name stands in %s"),
		place);
	bool alike = !same || first->out;
	int answer = bids_ask(b, alike ? "alike" : "same", second->row, b->columns.at[T_NAME] - 1,
			      stands, says,
			      alike   ? either
			      : equal ? one
				      : NULL);
	second->again = answer == (alike ? 1 : 0);
	second->out = second->again;
	free(says);
	free(place);
	free(stands);
}

static void check_pair(struct bids *b, const struct bid *first, struct bid *second)
{
	char *a = yihu_look(first->text[T_NAME]), *c = yihu_look(second->text[T_NAME]);
	bool same = strcmp(a, c) == 0;
	free(a);
	free(c);
	a = key_of(first->text[T_NAME]);
	c = key_of(second->text[T_NAME]);
	if (same || (a[0] && strcmp(a, c) == 0))
		ask_twice(b, first, second, same);
	free(a);
	free(c);
}

void bids_check_twice(struct bids *b)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < i && !b->at[i].out; k++)
			if (!b->at[k].again)
				check_pair(b, &b->at[k], &b->at[i]);
}
