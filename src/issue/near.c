/* SPDX-License-Identifier: Apache-2.0
 *
 * Households by what people call them (near.h).
 */
#include "issue/near.h"

#include <stdlib.h>
#include <string.h>

#include "folder/rolls.h"
#include "issue/papers.h"
#include "lists/door.h"

/* The nearest way in which one flat is what is wanted; -1: in none. */
static int how_near(const struct near_wanted *w, const char *flat)
{
	char *strict = door_strict(flat), *loose = door_loose(flat);
	int how = -1;
	if (strcmp(strict, w->strict) == 0)
		how = ISSUE_NEAR_SAME;
	else if (loose[0] != '\0' && strcmp(loose, w->loose) == 0)
		how = ISSUE_NEAR_ALIKE;
	else if (door_ends(loose, w->loose))
		how = ISSUE_NEAR_END;
	free(strict);
	free(loose);
	return how;
}

void near_wanted_init(struct near_wanted *w, const char *household)
{
	*w = (struct near_wanted){door_strict(household), door_loose(household)};
}

void near_wanted_finish(struct near_wanted *w)
{
	free(w->strict);
	free(w->loose);
}

int near_how(const struct near_wanted *w, const char *label)
{
	char *copy = yihu_strdup(label), *part = copy;
	int best = how_near(w, label);
	while (part && strstr(label, "、")) {
		char *next = strstr(part, "、");
		if (next)
			*next = '\0';
		int how = how_near(w, part);
		best = how >= 0 && (best < 0 || how < best) ? how : best;
		part = next ? next + strlen("、") : NULL;
	}
	free(copy);
	return best;
}

/* Who lives in them, for those who look at them. */
static void add_names(struct issue_nears *n, const struct yihu_folder *f)
{
	struct addresses addresses;
	addresses_read(&addresses, f);
	for (size_t i = 0; i < n->n; i++) {
		const struct yihu_household *h = address_of(&addresses, n->at[i].label);
		n->at[i].name = yihu_strdup(h && h->name ? h->name : "");
	}
	addresses_finish(&addresses);
}

static void take(struct issue_nears *n, const struct roll_line *line, bool voted, int how)
{
	if (n->n > 0 && how > (int)n->at[0].how)
		return;
	if (n->n > 0 && how < (int)n->at[0].how)
		issue_nears_finish(n);
	if (n->n < ISSUE_NEAR_MAX)
		n->at[n->n++] = (struct issue_near){line->serial, yihu_span_dup(line->label), NULL,
						    voted, (enum issue_near_how)how};
}

static void look_through(struct issue_nears *out, const struct yihu_view *v,
			 const struct yihu_buf *rolls, const struct near_wanted *w)
{
	struct yihu_lines lines = yihu_lines(rolls->data, rolls->len);
	struct yihu_credential_state s;
	struct roll_line line;
	while (roll_next(&lines, &line)) {
		if (yihu_ledger_serial(v->audit->ledger, line.serial, &s, NULL) != 0 || s.voided)
			continue;
		char *label = yihu_span_dup(line.label);
		int how = near_how(w, label);
		if (how >= 0)
			take(out, &line, s.voted, how);
		free(label);
	}
}

int issue_nears_find(struct issue_nears *out, const struct yihu_view *v, const char *household,
		     struct yihu_error *err)
{
	struct yihu_buf rolls = {0};
	struct near_wanted w;
	near_wanted_init(&w, household);
	*out = (struct issue_nears){0};
	int r = rolls_read(&rolls, v->folder, err);
	if (r == 0)
		look_through(out, v, &rolls, &w);
	add_names(out, v->folder);
	near_wanted_finish(&w);
	yihu_buf_free(&rolls);
	return r;
}

int issue_near_serial(struct issue_nears *out, const struct yihu_view *v, uint32_t serial,
		      struct yihu_error *err)
{
	struct yihu_buf rolls = {0};
	struct yihu_credential_state s = {0};
	*out = (struct issue_nears){0};
	int r = rolls_read(&rolls, v->folder, err);
	char *label = r == 0 ? rolls_label(&rolls, serial) : NULL;
	if (r == 0 && !label)
		r = yihu_fail(err, YIHU_EROLL, _("secret/roll has no letter %04u"), serial);
	if (r == 0)
		r = yihu_ledger_serial(v->audit->ledger, serial, &s, err);
	if (r == 0)
		out->at[out->n++] =
			(struct issue_near){serial, label, NULL, s.voted, ISSUE_NEAR_SAME};
	else
		free(label);
	add_names(out, v->folder);
	yihu_buf_free(&rolls);
	return r;
}

void issue_nears_finish(struct issue_nears *n)
{
	for (size_t i = 0; i < n->n; i++)
		free(n->at[i].label), free(n->at[i].name);
	*n = (struct issue_nears){0};
}

char *issue_nears_text(const struct issue_nears *n)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < n->n; i++)
		yihu_buf_fmt(&out, "%s%s%s%s (%s %04u, %s)", i ? "; " : "", n->at[i].label,
			     n->at[i].name[0] != '\0' ? " " : "", n->at[i].name, _("letter"),
			     n->at[i].serial, n->at[i].voted ? _("has voted") : _("has not voted"));
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}
