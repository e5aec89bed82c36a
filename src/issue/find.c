/* SPDX-License-Identifier: Apache-2.0
 *
 * The rolls, looked through (find.h).
 */
#include "issue/find.h"

#include <stdlib.h>
#include <string.h>

#include "folder/rolls.h"
#include "issue/near.h"
#include "issue/papers.h"

struct letter_search {
	const struct yihu_view *v;
	struct addresses addresses;
	struct near_wanted wanted;
	const char *words;
	uint64_t number; /* 0: the words are none */
	struct issue_found *out;
};

const char *issue_found_how_name(enum issue_found_how how)
{
	static const char *const names[ISSUE_FOUND_HOWS] = {"number", "same", "alike",
							    "end",    "name", "part"};
	return names[how];
}

/* -1: in no way. */
static int how_found(const struct letter_search *s, const struct issue_found_letter *l)
{
	if (!s->words)
		return l->voided || l->added || l->replaces != 0 ? ISSUE_FOUND_SAME : -1;
	if (s->number == l->serial)
		return ISSUE_FOUND_NUMBER;
	int near = near_how(&s->wanted, l->household);
	if (near >= 0)
		return ISSUE_FOUND_SAME + near;
	const char *in_name = strstr(l->name, s->words);
	if (in_name)
		return in_name == l->name ? ISSUE_FOUND_NAME : ISSUE_FOUND_PART;
	return strstr(l->household, s->words) ? ISSUE_FOUND_PART : -1;
}

/* What list and log have of it. false: the log has no such letter. */
static bool describe(struct issue_found_letter *out, const struct letter_search *s,
		     const struct roll_line *line)
{
	struct yihu_credential_state state;
	if (yihu_ledger_serial(s->v->audit->ledger, line->serial, &state, NULL) != 0)
		return false;
	char *label = yihu_span_dup(line->label);
	const struct yihu_household *h = address_of(&s->addresses, label);
	bool later = line->serial > s->v->audit->election->charter->households;
	*out = (struct issue_found_letter){
		.serial = line->serial,
		.household = label,
		.building = yihu_strdup(h ? h->building : ""),
		.name = yihu_strdup(h && h->name ? h->name : ""),
		.voted = state.voted,
		.voided = state.voided,
		.added = later && state.replaces == 0,
		.replaces = state.replaces,
		.replaced_by = state.replaced_by,
		.place = h ? (size_t)(h - s->addresses.list.at) : SIZE_MAX,
	};
	return true;
}

static void letter_finish(struct issue_found_letter *l)
{
	free(l->household);
	free(l->building);
	free(l->name);
}

static void take(struct letter_search *s, struct issue_found_letter *l)
{
	struct issue_found *out = s->out;
	int how = how_found(s, l);
	if (how < 0) {
		letter_finish(l);
		return;
	}
	l->how = (enum issue_found_how)how;
	l->ended = !l->voided
			   ? NULL
			   : changes_of(&out->changes,
					l->replaced_by ? CHANGE_REPLACE : CHANGE_VOID, l->serial);
	l->made = l->added ? changes_of(&out->changes, CHANGE_ADD, l->serial) : NULL;
	out->at = yihu_realloc(out->at, out->n + 1, sizeof *out->at);
	out->at[out->n++] = *l;
}

static void look_through(struct letter_search *s, const struct yihu_buf *rolls)
{
	struct yihu_lines lines = yihu_lines(rolls->data, rolls->len);
	struct issue_found_letter l;
	struct roll_line line;
	while (roll_next(&lines, &line))
		if (describe(&l, s, &line))
			take(s, &l);
}

static int by_nearness(const void *a, const void *b)
{
	const struct issue_found_letter *x = a, *y = b;
	if (x->how != y->how)
		return x->how < y->how ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return (x->serial > y->serial) - (x->serial < y->serial);
}

static void sort(struct issue_found *f)
{
	if (f->n > 0)
		qsort(f->at, f->n, sizeof *f->at, by_nearness);
	for (; f->n > ISSUE_FOUND_MAX; f->left_off++)
		letter_finish(&f->at[--f->n]);
}

int issue_find(struct issue_found *out, const struct yihu_view *v, const char *words,
	       struct yihu_error *err)
{
	struct letter_search s = {.v = v, .words = words, .out = out};
	struct yihu_buf rolls = {0};
	*out = (struct issue_found){0};
	int r = rolls_read(&rolls, v->folder, err);
	if (r == 0)
		r = changes_read(&out->changes, v->folder, err);
	if (r == 0) {
		addresses_read(&s.addresses, v->folder);
		near_wanted_init(&s.wanted, words ? words : "");
		if (words &&
		    !yihu_decimal(&s.number, yihu_span(words + strspn(words, "0")), UINT32_MAX))
			s.number = 0;
		look_through(&s, &rolls);
		sort(out);
		near_wanted_finish(&s.wanted);
		addresses_finish(&s.addresses);
	}
	yihu_buf_free(&rolls);
	return r;
}

void issue_found_finish(struct issue_found *f)
{
	for (size_t i = 0; i < f->n; i++)
		letter_finish(&f->at[i]);
	free(f->at);
	changes_finish(&f->changes);
	*f = (struct issue_found){0};
}
