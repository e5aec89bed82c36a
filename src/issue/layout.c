/* SPDX-License-Identifier: Apache-2.0
 *
 * Laying paper out into nothing (layout.h).
 */
#include "issue/layout.h"

#include <string.h>

#include "print/cover.h"
#include "print/paper.h"
#include "print/sheets.h"
#include "print/typeface.h"

/* How many of the longest are laid out, by each measure. */
#define LONGEST 4
enum { BY_LABEL, BY_BUILDING, BY_NAME, N_MEASURES };

struct layout {
	struct paper paper;
	const struct yihu_households *list;
	/* places in the list, each once: of the longest labels, buildings and names */
	size_t longest[N_MEASURES * LONGEST], n;
	const char *building; /* the longest */
};

/* ---- signs ---- */

/* Is it what paper prints: one of these, in whatever language ("name_en")? */
static bool is_printed(const char *key)
{
	static const char *const printed[] = {"name", "description", "place", "unit", "subunit"};
	for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
		size_t len = strlen(printed[i]);
		if (strncmp(key, printed[i], len) == 0 && (key[len] == '\0' || key[len] == '_'))
			return true;
	}
	return false;
}

static int check_definition(struct typeface *type, const struct yihu_definition *d,
			    struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < d->n_meta && r == 0; i++)
		if (is_printed(d->meta[i].key))
			r = typeface_check(type, false, d->meta[i].value, err);
	for (size_t i = 0; i < d->n_projects && r == 0; i++) {
		for (size_t c = 0; c < d->n_columns && r == 0; c++)
			if (is_printed(d->columns[c]))
				r = typeface_check(type, false, d->projects[i].fields[c], err);
		if (r != 0)
			r = yihu_fail_at(err, r, _("project “%s”"), d->projects[i].id);
	}
	return r;
}

static int check_household(struct typeface *type, const struct yihu_household *h,
			   struct yihu_error *err)
{
	int r = typeface_check(type, true, h->label, err);
	if (r == 0)
		r = typeface_check(type, true, h->building, err);
	if (r == 0)
		r = typeface_check(type, false, h->name, err);
	return r == 0 ? 0 : yihu_fail_at(err, r, _("household “%s”"), h->label);
}

static int check_signs(const struct layout *x, struct yihu_error *err)
{
	struct typeface type;
	int r = typeface_open(&type, x->paper.language, err);
	if (r == 0)
		r = check_definition(&type, x->paper.definition, err);
	for (size_t i = 0; x->list && i < x->list->n && r == 0; i++)
		r = check_household(&type, &x->list->at[i], err);
	typeface_close(&type);
	return r;
}

/* ---- the longest ---- */

/* In half widths of a Chinese character. */
static size_t width(const char *text)
{
	size_t n = 0;
	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c))
		n += g_unichar_iswide(g_utf8_get_char(c)) ? 2 : 1;
	return n;
}

static const char *part(const struct yihu_household *h, int which)
{
	return which == BY_LABEL ? h->label : which == BY_BUILDING ? h->building : h->name;
}

/* The longest so far, the longest first. */
struct longest {
	size_t at[LONGEST], width[LONGEST], n;
};

static void keep(struct longest *x, size_t i, size_t w)
{
	size_t k = x->n < LONGEST ? x->n++ : LONGEST;
	for (; k > 0 && x->width[k - 1] < w; k--) {
		if (k == LONGEST)
			continue; /* the last one is dropped */
		x->at[k] = x->at[k - 1];
		x->width[k] = x->width[k - 1];
	}
	if (k == LONGEST)
		return;
	x->at[k] = i;
	x->width[k] = w;
}

static void take(struct layout *x, size_t place)
{
	for (size_t k = 0; k < x->n; k++)
		if (x->longest[k] == place)
			return;
	x->longest[x->n++] = place;
}

static void find_longest(struct layout *x, int which)
{
	struct longest found = {.n = 0};
	for (size_t i = 0; i < x->list->n; i++)
		keep(&found, i, width(part(&x->list->at[i], which)));
	for (size_t k = 0; k < found.n; k++)
		take(x, found.at[k]);
	if (which == BY_BUILDING)
		x->building = x->list->at[found.at[0]].building;
}

/* ---- sheets ---- */

static int open_sheet(struct pdf *to, const struct layout *x, struct yihu_error *err)
{
	int r = pdf_open_dry(to, err);
	to->says = (struct pdf_says){.language = words_tag(x->paper.language)};
	return r;
}

static int print_letter(const struct layout *x, struct sheets *sheets, size_t i,
			struct yihu_error *err)
{
	const struct yihu_household *h = &x->list->at[i];
	const struct yihu_token token = {0};
	const struct letter l = {
		.token = &token, .household = h->label, .building = h->building, .name = h->name};
	struct pdf to = {.fd = -1};
	int r = open_sheet(&to, x, err);
	if (r == 0)
		r = sheets_print(sheets, &to, &l, err);
	pdf_finish(&to);
	return r;
}

static int print_letters(const struct layout *x, struct yihu_error *err)
{
	struct sheets *sheets = NULL;
	int r = sheets_open(&sheets, &x->paper, err);
	for (size_t k = 0; k < x->n && r == 0; k++)
		r = print_letter(x, sheets, x->longest[k], err);
	sheets_close(sheets);
	return r;
}

/* Of the longest building, whose cover has its name too. */
static int print_walk_list(const struct layout *x, struct yihu_error *err)
{
	struct walk_line lines[N_MEASURES * LONGEST];
	struct pdf to = {.fd = -1};
	for (size_t k = 0; k < x->n; k++) {
		const struct yihu_household *h = &x->list->at[x->longest[k]];
		lines[k] = (struct walk_line){h->label, h->name};
	}
	int r = open_sheet(&to, x, err);
	if (r == 0)
		r = cover_print(&to, &x->paper, x->building, x->list->n, x->list->n, err);
	if (r == 0)
		r = walk_print(&to, &x->paper, x->building, lines, x->n, x->list->n, err);
	pdf_finish(&to);
	return r;
}

static int print_poster(const struct layout *x, struct yihu_error *err)
{
	struct pdf to = {.fd = -1};
	int r = open_sheet(&to, x, err);
	if (r == 0)
		r = poster_print(&to, &x->paper, 1, err);
	pdf_finish(&to);
	return r;
}

static int lay_out(const struct layout *x, struct yihu_error *err)
{
	int r = print_poster(x, err);
	if (r == 0 && x->list)
		r = print_letters(x, err);
	return r == 0 && x->list ? print_walk_list(x, err) : r;
}

int layout_check(const struct yihu_definition *d, const struct yihu_charter *c, const char *url,
		 const struct yihu_households *list, struct yihu_error *err)
{
	struct letter_style style = {0};
	struct layout x = {.list = list};
	int r = letter_style_init(&style, url, c->eid, err);
	x.paper = (struct paper){.charter = c,
				 .definition = d,
				 .style = &style,
				 .url = url,
				 .language = LANGUAGE_DEFAULT};
	if (r == 0)
		r = check_signs(&x, err);
	for (int which = 0; which < N_MEASURES && list; which++)
		find_longest(&x, which);
	if (r == 0)
		r = lay_out(&x, err);
	letter_style_finish(&style);
	return r;
}
