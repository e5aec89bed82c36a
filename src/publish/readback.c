/* SPDX-License-Identifier: Apache-2.0
 *
 * What is being fixed, in the words that residents read.
 */
#include "publish/readback.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "publish/doubts.h"
#include "publish/paragraph.h"
#include "publish/rule.h"
#include "publish/translated.h"

/* Takes the text. */
static void put(struct readback *r, enum language l, enum word label, char *text)
{
	r->at[r->n++] = (struct readback_line){word(l, label), text};
}

static char *sums(enum language l, const struct yihu_definition *d)
{
	uint64_t all = 0;
	for (size_t i = 0; i < d->n_projects; i++)
		all += d->projects[i].cost;
	const struct said n = say_count("n", d->n_projects);
	const struct said sum = say_taken("sum", translated_money(l, d, all));
	if (!d->has_budget)
		return words_say(l, W_PROOF_SUM_LINE, n, sum);
	return words_say(l, W_PROOF_SUM_BUDGET, n, sum,
			 say_taken("budget", translated_money(l, d, d->budget)));
}

static char *when(enum language l, const struct yihu_charter *c)
{
	return words_say(l, W_PROOF_WHEN_LINE, say_taken("opens", words_date(l, c->opens)),
			 say_taken("closes", words_date(l, c->closes)),
			 say_text("zone", word(l, W_FORM_ZONE_NAME)));
}

static char *changes(enum language l, const struct yihu_charter *c)
{
	char *letters = words_say(l, W_PROOF_CHANGES_LINE, say_count("added", c->max_additions),
				  say_count("replaced", c->max_replacements));
	if (c->max_withdrawals == 0)
		return letters;
	return words_join(
		l, letters,
		words_say(l, W_PROOF_WITHDRAWALS_LINE, say_count("n", c->max_withdrawals)));
}

static char *where(enum language l, const struct yihu_charter *c)
{
	size_t host = strcspn(c->origin, "/");
	if (host == strlen(YIHU_DESK_HOST) && strncmp(c->origin, YIHU_DESK_HOST, host) == 0)
		return word_copy(l, W_PROOF_WHERE_DESK);
	return words_say(l, W_PROOF_WHERE_PAGE, say_taken("host", yihu_strndup(c->origin, host)));
}

/* Their names, once they are known, and how many of them must come. */
static char *holders(enum language l, const struct yihu_charter *c)
{
	struct yihu_buf names = {0};
	for (uint32_t i = 0; i < c->n; i++)
		if (c->holders[i].key.name[0] != '\0')
			yihu_buf_fmt(&names, "%s%s", names.len > 0 ? word(l, W_FORM_LIST) : "",
				     c->holders[i].key.name);
	char *who = rule_who_comes(l, c->n, c->t, c->q);
	if (names.len == 0)
		return who;
	return words_join(
		l, words_say(l, W_PROOF_HOLDERS_LINE, say_taken("names", (char *)names.data)), who);
}

static void put_id(struct readback *r, enum language l, const struct yihu_charter *c)
{
	char print[YIHU_SHORT_PRINT_BYTES];
	if (sodium_is_zero(c->eid, sizeof c->eid))
		return;
	yihu_short_print(print, c->eid);
	put(r, l, W_TERM_SHORT_PRINT, yihu_strdup(print));
}

void readback_make(struct readback *r, enum language l, const struct yihu_definition *d,
		   const struct yihu_charter *c)
{
	*r = (struct readback){0};
	put(r, l, W_PROOF_COMMUNITY, translated_community(l, d));
	put(r, l, W_PROOF_SUM, sums(l, d));
	put(r, l, W_PROOF_CHOICE, paragraph_choice(l, d));
	put(r, l, W_TERM_RULE, paragraph_passing(l, d, c->min_box));
	put(r, l, W_PAPER_POSTER_WHEN, when(l, c));
	put(r, l, W_PAPER_POSTER_HOW, where(l, c));
	put(r, l, W_PROOF_HOUSEHOLDS,
	    words_say(l, W_PROOF_HOUSEHOLDS_LINE, say_count("n", c->households)));
	put(r, l, W_PROOF_CHANGES, changes(l, c));
	put(r, l, W_TERM_KEY_HOLDERS, holders(l, c));
	put_id(r, l, c);
}

void readback_finish(struct readback *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->at[i].text);
	*r = (struct readback){0};
}

/* ---- on a terminal ---- */

/* Takes the line. */
static void put_line(struct yihu_buf *out, const char *indent, char *line)
{
	yihu_buf_fmt(out, "%s%s\n", indent, line);
	free(line);
}

/* Costs stand in line; they are in one currency, so their digits are what differs. */
static void put_projects(struct yihu_buf *out, enum language l, const struct yihu_definition *d)
{
	size_t widest = 0;
	for (size_t i = 0; i < d->n_projects; i++) {
		char *cost = translated_money(l, d, d->projects[i].cost);
		widest = strlen(cost) > widest ? strlen(cost) : widest;
		free(cost);
	}
	for (size_t i = 0; i < d->n_projects; i++) {
		const char *name = translated_project(l, d, i, "name");
		char *cost = translated_money(l, d, d->projects[i].cost);
		yihu_buf_fmt(out, "  %3zu. %*s%s  %s\n", i + 1, (int)(widest - strlen(cost)), "",
			     cost, *name != '\0' ? name : d->projects[i].id);
		free(cost);
	}
}

static void put_doubts(struct yihu_buf *out, enum language l, const struct yihu_definition *d,
		       const struct yihu_charter *c)
{
	struct doubts doubts;
	doubts_find(&doubts, l, d, c);
	if (doubts.n > 0)
		yihu_buf_fmt(out, "\n!!! %s\n", word(l, W_PROOF_DOUBTS));
	for (size_t i = 0; i < doubts.n; i++)
		yihu_buf_fmt(out, " !! %s\n", doubts.at[i]);
	doubts_finish(&doubts);
}

void readback_text(struct yihu_buf *out, enum language l, const struct yihu_definition *d,
		   const struct yihu_charter *c)
{
	struct readback r;
	readback_make(&r, l, d, c);
	yihu_buf_fmt(out, "\n%s\n\n", word(l, W_PROOF_HEAD));
	put_line(out, "",
		 words_say(l, W_FORM_FACT, say_text("key", word(l, W_PROOF_TITLE)),
			   say_text("text", translated_meta(l, d, "description"))));
	put_line(out, "",
		 words_say(l, W_FORM_FACT, say_text("key", word(l, W_PAPER_POSTER_WHAT)),
			   say_text("text", "")));
	put_projects(out, l, d);
	for (size_t i = 0; i < r.n; i++)
		put_line(out, "",
			 words_say(l, W_FORM_FACT, say_text("key", r.at[i].label),
				   say_text("text", r.at[i].text)));
	put_doubts(out, l, d, c);
	yihu_buf_str(out, "\n");
	readback_finish(&r);
}
