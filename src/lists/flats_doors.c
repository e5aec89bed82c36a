/* SPDX-License-Identifier: Apache-2.0
 *
 * One flat, one letter: rows of one strict key are one flat, those of one loose
 * key are asked about. And flats that the list makes one household.
 */
#include <stdlib.h>
#include <string.h>

#include "lists/door.h"
#include "lists/flats.h"

struct flat_door {
	struct flat *flat;
	char *strict, *loose;
};

static int by_place(const struct flat_door *p, const struct flat_door *q)
{
	return (p->flat > q->flat) - (p->flat < q->flat);
}

static int by_loose(const void *a, const void *b)
{
	const struct flat_door *p = a, *q = b;
	int order = strcmp(p->loose, q->loose);
	return order ? order : by_place(p, q);
}

static int by_strict(const void *a, const void *b)
{
	const struct flat_door *p = a, *q = b;
	int order = strcmp(p->strict, q->strict);
	return order ? order : by_place(p, q);
}

static int by_row(const void *a, const void *b)
{
	return by_place(a, b);
}

/* ---- twice ---- */

/* "line 2 and line 3", as the places of both. */
static char *both_rows(const struct flats *f, const struct flat *a, const struct flat *b)
{
	char *first = table_place(&f->book, a->row->number, SIZE_MAX);
	char *second = table_place(&f->book, b->row->number, SIZE_MAX);
	char *both = yihu_printf(_("%s and %s"), first, second);
	free(first);
	free(second);
	return both;
}

static void ask_twice(struct flats *f, struct flat *a, struct flat *b, bool same)
{
	const char *const once[] = {_("one flat: the first row alone"), NULL};
	const char *const either[] = {_("two flats: a letter each"),
				      _("one flat: the first row alone"), NULL};
	char *both = both_rows(f, a, b);
	char *says = yihu_printf(
		same ? _("%s are the same household") : _("%s may be the same household"), both);
	char *stands = yihu_printf("%s %s / %s %s", a->label, a->name, b->label, b->name);
	const struct list_where where = {.place = both};
	int answer = list_ask(f->asks, same ? "same" : "alike", where, stands, says,
			      same ? once : either);
	b->out = answer == (same ? 0 : 1);
	free(says);
	free(stands);
}

/* Each against the first of its key that still takes part. */
static void check_keys(struct flats *f, struct flat_door *doors, size_t n, bool strict)
{
	const struct flat_door *first = NULL;
	qsort(doors, n, sizeof *doors, strict ? by_strict : by_loose);
	for (size_t i = 0; i < n; i++) {
		struct flat_door *d = &doors[i];
		if (d->flat->out)
			continue;
		bool key = first && strcmp(strict ? first->strict : first->loose,
					   strict ? d->strict : d->loose) == 0;
		bool known = key && !strict && strcmp(first->strict, d->strict) == 0;
		if (!key)
			first = d;
		else if (strict || (!known && d->loose[0]))
			ask_twice(f, first->flat, d->flat, strict);
	}
}

/* ---- one household ---- */

static void join(struct flat *flat, const struct flat *first, const struct flats *f)
{
	flat->with = (size_t)(first - f->at) + 1;
	flat->out = true;
}

/* Once all is asked, since questions name flats by the labels that they had. */
static void label_joined(struct flats *f)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->at[i].with == 0)
			continue;
		struct flat *first = &f->at[f->at[i].with - 1];
		while (first->with != 0)
			first = &f->at[first->with - 1];
		char *label = yihu_printf("%s、%s", first->label, f->at[i].label);
		free(first->label);
		first->label = label;
	}
}

/* What has one text in the column 合户 is one household, the first of them. */
static void join_by_column(struct flats *f, size_t *n)
{
	for (size_t i = 0; f->columns.at[R_WITH] && i < f->n; i++) {
		const char *mark = columns_cell(&f->columns, f->at[i].row, R_WITH)->text;
		for (size_t k = 0; mark[0] && !f->at[i].out && k < i; k++) {
			const char *other = columns_cell(&f->columns, f->at[k].row, R_WITH)->text;
			if (f->at[k].out || strcmp(mark, other) != 0)
				continue;
			join(&f->at[i], &f->at[k], f);
			++*n;
			break;
		}
	}
}

static bool says_one_owner(const char *notes)
{
	static const char *const words[] = {"同一业主", "同业主",     "同一户", "同一产权",
					    "同户主",   "same owner", NULL};
	for (size_t i = 0; words[i]; i++)
		if (strstr(notes, words[i]))
			return true;
	return false;
}

/* The one flat that the note names; NULL: none, or more than one. */
static struct flat *named_in(const struct flat_door *doors, size_t n, const struct flat *flat)
{
	char *key = door_loose(flat->notes);
	struct flat *found = NULL;
	size_t many = 0;
	for (size_t i = 0; i < n; i++) {
		const char *at = doors[i].loose[0] ? strstr(key, doors[i].loose) : NULL;
		size_t len = strlen(doors[i].loose);
		bool whole = at && (at == key || at[-1] == '|') && (at[len] == '|' || !at[len]);
		if (!whole || doors[i].flat == flat || doors[i].flat->out ||
		    !strchr(doors[i].loose, '|'))
			continue;
		found = doors[i].flat;
		many++;
	}
	free(key);
	return many == 1 ? found : NULL;
}

static void ask_owner(struct flats *f, const struct flat_door *doors, size_t n, struct flat *flat,
		      size_t *joined)
{
	struct flat *other = named_in(doors, n, flat);
	char *with =
		other ? yihu_printf(_("one household with %s: no letter of its own"), other->label)
		      : yihu_strdup(_("no letter of its own"));
	char *stands = yihu_printf("%s: %s", flat->label, flat->notes);
	const char *const choices[] = {_("a household of its own: one letter"), with, NULL};
	int answer = flats_ask(f, "owner", flat->row, SIZE_MAX, stands,
			       _("the note says that one owner has several flats"), choices);
	if (answer == 1 && other) {
		join(flat, other, f);
		++*joined;
	} else if (answer == 1) {
		flat->out = true;
	}
	free(with);
	free(stands);
}

static void join_all(struct flats *f, struct flat_door *doors, size_t n)
{
	size_t joined = 0;
	qsort(doors, n, sizeof *doors, by_row);
	join_by_column(f, &joined);
	for (size_t i = 0; i < n; i++)
		if (!doors[i].flat->out && says_one_owner(doors[i].flat->notes))
			ask_owner(f, doors, n, doors[i].flat, &joined);
	label_joined(f);
	if (joined > 0)
		flats_note(f,
			   yihu_ngettext("%zu flat is one household with another, and has no "
					 "letter of its own",
					 "%zu flats are one household with another, and have no "
					 "letter of their own",
					 joined),
			   joined);
}

void flats_check_doors(struct flats *f)
{
	size_t n = 0;
	struct flat_door *doors = yihu_calloc(f->n + 1, sizeof *doors);
	for (size_t i = 0; i < f->n; i++)
		if (!f->at[i].out)
			doors[n++] = (struct flat_door){&f->at[i], door_strict(f->at[i].label),
							door_loose(f->at[i].label)};
	check_keys(f, doors, n, true);
	check_keys(f, doors, n, false);
	join_all(f, doors, n);
	for (size_t i = 0; i < n; i++) {
		free(doors[i].strict);
		free(doors[i].loose);
	}
	free(doors);
}
