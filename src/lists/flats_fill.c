/* SPDX-License-Identifier: Apache-2.0
 *
 * Buildings and units that stand once for several rows. A spreadsheet says what
 * was merged; a CSV file has the first cell alone, and there a gap is filled
 * only where one reading is left: else people are asked.
 */
#include <stdlib.h>
#include <string.h>

#include "lists/door.h"
#include "lists/flats.h"

/* Of one column, while it is filled. */
struct filling {
	struct flats *f;
	int column;
	char **merged; /* of each flat: the text of the merged cell that it lies in, or NULL */
	bool ask;      /* else only what is certain is filled */
	size_t n, first, last; /* filled: how many, and from which row to which */
};

/* ---- merged cells ---- */

static int by_top(const void *a, const void *b)
{
	const struct table_merge *x = a, *y = b;
	return (x->top > y->top) - (x->top < y->top);
}

/* Those of the column, by their first row. */
static struct table_merge *merges_of(const struct table *t, size_t column, size_t *n)
{
	struct table_merge *out = yihu_calloc(t->n_merges + 1, sizeof *out);
	*n = 0;
	for (size_t i = 0; i < t->n_merges; i++)
		if (t->merges[i].left <= column && t->merges[i].right >= column &&
		    t->merges[i].bottom > t->merges[i].top)
			out[(*n)++] = t->merges[i];
	qsort(out, *n, sizeof *out, by_top);
	return out;
}

/* Merged cells of one column never lie in one another, so the one that began
 * last is the one. */
static void find_merged(struct filling *g)
{
	struct flats *f = g->f;
	size_t n, m = 0;
	struct table_merge *merges = merges_of(f->sheet, f->columns.at[g->column] - 1, &n);
	char *value = NULL;
	uint32_t bottom = 0;
	for (size_t i = 0; i < f->n; i++) {
		uint32_t number = f->at[i].row->number;
		while (m < n && merges[m].top <= number) {
			bottom = merges[m].bottom;
			value = merges[m].top == number ? f->at[i].part[g->column] : NULL;
			m++;
		}
		g->merged[i] = number <= bottom && value && value[0] ? value : NULL;
	}
	free(merges);
}

/* ---- gaps ---- */

/* Has the column the form that a merged one leaves: more gaps than repetitions? */
static bool looks_merged(const struct flats *f, int c)
{
	size_t gaps = 0, same = 0;
	const char *before = "";
	for (size_t i = 0; i < f->n; i++) {
		const char *text = f->at[i].part[c];
		gaps += text[0] == '\0' && before[0] != '\0';
		same += text[0] != '\0' && strcmp(text, before) == 0;
		before = text[0] ? text : before;
	}
	return gaps > same;
}

static void fill(struct filling *g, size_t i, const char *value)
{
	struct flat *flat = &g->f->at[i];
	char *copy = yihu_strdup(value);
	free(flat->part[g->column]);
	flat->part[g->column] = copy;
	flat->filled[g->column] = true;
	g->first = g->n == 0 ? flat->row->number : g->first;
	g->last = flat->row->number;
	g->n++;
}

/* Digits alone, but for a letter or 室 behind: what rooms are, and shops are not. */
static bool is_plain_room(const char *text)
{
	const char *rest = text + strspn(text, "0123456789");
	return rest > text && (strlen(rest) <= 1 || strcmp(rest, "室") == 0 ||
			       strcmp(rest, "号") == 0 || strcmp(rest, "房") == 0);
}

/* A quarter of them: what is not one among so many may be a shop. */
static bool has_plain_rooms(const struct flats *f)
{
	size_t plain = 0;
	for (size_t i = 0; i < f->n; i++)
		plain += is_plain_room(f->at[i].part[R_ROOM]);
	return plain > 0 && plain >= f->n / 4;
}

/* The number that a text ends or begins with; −1: none. */
static long number_in(const char *text)
{
	const char *digits = strpbrk(text, "0123456789");
	return digits && strlen(digits) < 12 ? strtol(digits, NULL, 10) : -1;
}

/* Does the row begin anew, so that the building above it may be another's: its unit,
 * or in one unit its room, is smaller than the one before? */
static bool begins_anew(const struct flat *before, const struct flat *flat)
{
	const char *unit = flat->part[R_UNIT];
	bool same = unit[0] == '\0' || strcmp(unit, before->part[R_UNIT]) == 0;
	int c = same ? R_ROOM : R_UNIT;
	long a = number_in(before->part[c]), b = number_in(flat->part[c]);
	return b >= 0 && (same ? b < a / 2 : b < a);
}

/* The next value below, "" when none. */
static const char *value_below(const struct filling *g, size_t i)
{
	for (size_t k = i + 1; k < g->f->n; k++)
		if (g->f->at[k].own[g->column])
			return g->f->at[k].part[g->column];
	return "";
}

/* A reading of a row whose building or unit is empty. */
struct placing {
	const char *building, *unit;
};

static char *label_with(const struct flat *flat, struct placing v)
{
	struct flat read = *flat;
	char *building = yihu_strdup(v.building), *unit = yihu_strdup(v.unit);
	read.part[R_BUILDING] = building;
	read.part[R_UNIT] = unit;
	char *label = flats_label(&read);
	free(building);
	free(unit);
	return label;
}

/* All of them, without those that come to the same. */
static size_t readings_of(const struct filling *g, size_t i, const char *above, const char *below,
			  struct placing out[static 4])
{
	const struct flat *flat = &g->f->at[i], *before = flat;
	while (before > g->f->at && (before == flat || before->settled))
		before--;
	const char *unit = flat->part[R_UNIT], *building = flat->part[R_BUILDING];
	bool both = g->column == R_BUILDING && !unit[0] && before->part[R_UNIT][0];
	size_t n = 0;
	if (g->column == R_UNIT) {
		if (above[0])
			out[n++] = (struct placing){building, above};
		out[n++] = (struct placing){building, ""};
		if (below[0] && strcmp(above, below) != 0)
			out[n++] = (struct placing){building, below};
		return n;
	}
	if (above[0] && both)
		out[n++] = (struct placing){above, before->part[R_UNIT]};
	if (above[0])
		out[n++] = (struct placing){above, unit};
	out[n++] = (struct placing){"", unit};
	if (below[0] && strcmp(above, below) != 0)
		out[n++] = (struct placing){below, unit};
	return n;
}

static void take_reading(struct filling *g, size_t i, struct placing v)
{
	struct flat *flat = &g->f->at[i];
	char *building = yihu_strdup(v.building), *unit = yihu_strdup(v.unit);
	free(flat->part[R_BUILDING]);
	free(flat->part[R_UNIT]);
	flat->part[R_BUILDING] = building;
	flat->part[R_UNIT] = unit;
}

static void ask_value(struct filling *g, size_t i, const char *above, const char *below)
{
	struct flat *flat = &g->f->at[i];
	struct placing readings[4];
	const char *choices[5] = {NULL};
	char *labels[4];
	size_t n = readings_of(g, i, above, below, readings);
	for (size_t k = 0; k < n; k++)
		choices[k] = labels[k] = label_with(flat, readings[k]);
	int answer =
		flats_ask(g->f, g->column == R_BUILDING ? "building" : "unit", flat->row,
			  g->f->columns.at[g->column] - 1, flat->part[R_ROOM],
			  g->column == R_BUILDING
				  ? _("the building is empty, and it is not certain which it is")
				  : _("the unit is empty, and it is not certain which it is"),
			  choices);
	flat->settled = true;
	if (answer >= 0)
		take_reading(g, i, readings[answer]);
	for (size_t k = 0; k < n; k++)
		free(labels[k]);
}

/* Is the value above the only reading? */
static bool is_certain(const struct filling *g, size_t i, const char *above)
{
	const struct flat *flat = &g->f->at[i], *before = flat - 1;
	const char *below = value_below(g, i);
	if (flat->below_sum)
		return false;
	if (g->f->plain_rooms && !is_plain_room(flat->part[R_ROOM]))
		return false;
	if (g->column == R_UNIT && strcmp(flat->part[R_BUILDING], before->part[R_BUILDING]) != 0)
		return false;
	if (!g->f->stands_once[g->column])
		return strcmp(above, below) == 0;
	return !begins_anew(before, flat);
}

/* A unit is empty in the first row of a building: it may have none. */
static bool has_no_units(const struct filling *g, size_t i)
{
	const struct flat *flat = &g->f->at[i];
	if (g->column != R_UNIT)
		return false;
	for (size_t k = 0; k < g->f->n; k++)
		if (strcmp(g->f->at[k].part[R_BUILDING], flat->part[R_BUILDING]) == 0 &&
		    g->f->at[k].part[R_UNIT][0])
			return false;
	return true;
}

static void fill_gap(struct filling *g, size_t i, const char *above)
{
	const char *below = value_below(g, i);
	if (g->merged[i])
		fill(g, i, g->merged[i]);
	else if (has_no_units(g, i) || (above[0] == '\0' && below[0] == '\0'))
		return;
	else if (above[0] != '\0' && is_certain(g, i, above))
		fill(g, i, above);
	else if (g->ask && !g->f->at[i].out)
		ask_value(g, i, above, below);
}

static void fill_column(struct flats *f, int c, bool ask, const char *said)
{
	struct filling g = {.f = f, .column = c, .ask = ask};
	g.merged = yihu_calloc(f->n + 1, sizeof *g.merged);
	find_merged(&g);
	const char *above = "";
	for (size_t i = 0; i < f->n; i++) {
		struct flat *flat = &f->at[i];
		if (!flat->part[c][0] && !flat->settled)
			fill_gap(&g, i, above);
		above = flat->own[c] || flat->filled[c] ? flat->part[c] : above;
	}
	if (g.n > 0)
		flats_note(f, said, g.n, g.first, g.last);
	free(g.merged);
}

static void fill_both(struct flats *f, bool ask)
{
	if (f->columns.at[R_BUILDING])
		fill_column(
			f, R_BUILDING, ask,
			_("the building was filled in from the cell above in %zu rows, from row "
			  "%zu to %zu: the cells are merged"));
	if (f->columns.at[R_UNIT])
		fill_column(
			f, R_UNIT, ask,
			_("the unit was filled in from the cell above in %zu rows, from row %zu "
			  "to %zu: the cells are merged"));
}

/* Inside a merged block an empty row may be a flat whose number is lost. */
static void check_gaps(struct flats *f)
{
	size_t n = 0, first = 0;
	for (size_t i = 1; f->columns.at[R_BUILDING] && i < f->n; i++)
		if (f->at[i].below_empty && !f->at[i].own[R_BUILDING] && n++ == 0)
			first = i;
	if (n == 0)
		return;
	const char *const choices[] = {_("nothing is missing"), NULL};
	char *says = yihu_printf(
		yihu_ngettext(
			"%zu row above a flat of the same building is empty; is a flat missing?",
			"%zu rows above flats of the same building are empty; are flats "
			"missing?",
			n),
		n);
	flats_ask(f, "gap", f->at[first].row, SIZE_MAX, f->at[first].part[R_ROOM], says, choices);
	free(says);
}

void flats_fill(struct flats *f)
{
	f->plain_rooms = has_plain_rooms(f);
	for (int c = R_BUILDING; c <= R_UNIT; c++) {
		f->stands_once[c] = looks_merged(f, c);
		for (size_t i = 0; i < f->n; i++)
			f->at[i].own[c] = f->at[i].part[c][0] != '\0';
	}
	check_gaps(f);
	fill_both(f, false);
}

void flats_settle(struct flats *f)
{
	fill_both(f, true);
	for (size_t i = 0; i < f->n; i++)
		f->at[i].label = flats_label(&f->at[i]);
}
