/* SPDX-License-Identifier: Apache-2.0
 *
 * What lets others trust the page.
 */
#include "publish/html_proof.h"

#include <stdlib.h>
#include <yihu/charter.h>

static char *join_numbers(const struct index_list *list, enum language l)
{
	struct yihu_buf b = {0};
	yihu_buf_str(&b, "");
	for (size_t i = 0; i < list->n; i++)
		yihu_buf_fmt(&b, "%s%zu", i ? word(l, W_FORM_LIST) : "", list->at[i]);
	return (char *)b.data;
}

static void put_void(struct html *g)
{
	html_word(g, "h2", W_RESULT_VOID);
	if (g->r->void_ballots == 0) {
		html_word(g, "p", W_RESULT_VOID_NONE);
		return;
	}
	html_owned(g, "p",
		   words_say(g->l, W_RESULT_VOID_LINE, say_count("n", g->r->void_ballots),
			     say_taken("places", join_numbers(&g->r->void_at, g->l))));
}

static void put_tie(struct html *g, const struct index_list *tie)
{
	struct yihu_buf names = {0};
	yihu_buf_str(&names, "");
	for (size_t i = 0; i < tie->n; i++)
		yihu_buf_fmt(&names, "%s%s", i ? word(g->l, W_FORM_LIST) : "",
			     yihu_project_name(&g->r->projects[tie->at[i]], g->l));
	html_owned(g, "p",
		   words_say(g->l, W_RESULT_LOT_TIE, say_text("names", (const char *)names.data)));
	yihu_buf_free(&names);
}

static void put_lot(struct html *g)
{
	html_word(g, "h2", W_RESULT_LOT);
	html_word(g, "p", g->r->n_ties ? W_RESULT_LOT_LINE : W_RESULT_LOT_NONE);
	if (g->r->n_ties == 0)
		return;
	for (size_t i = 0; i < g->r->n_ties; i++)
		put_tie(g, &g->r->ties[i]);
	html_word(g, "p", W_RESULT_LOT_SEED);
	html_owned(g, "code", yihu_strdup(g->r->lot ? g->r->lot : ""));
}

static void put_opening(struct html *g)
{
	const struct published *r = g->r;
	html_word(g, "h2", W_RESULT_KEYS);
	html_owned(g, "p",
		   words_say(g->l, W_RESULT_KEYS_LINE, say_count("mixes", r->mixes),
			     say_count("holders", r->holders), say_count("needed", r->needed),
			     say_taken("openers", join_numbers(&r->openers, g->l))));
}

static void put_answers(struct html *g)
{
	if (!g->complaints || g->complaints->n_answers == 0)
		return;
	html_word(g, "h2", W_RESULT_ANSWERS);
	html_markup(g, "<ol>\n");
	for (size_t i = 0; i < g->complaints->n_answers; i++)
		html_owned(g, "li class=\"answer\"", yihu_strdup(g->complaints->answers[i]));
	html_markup(g, "</ol>\n");
}

static void put_short_print(struct html *g)
{
	uint8_t eid[YIHU_EID_BYTES];
	char text[YIHU_SHORT_PRINT_BYTES];
	if (!yihu_unhex(eid, sizeof eid, yihu_span(g->r->eid)))
		return;
	yihu_short_print(text, eid);
	html_owned(g, "p class=\"print\"", yihu_strdup(text));
}

static void put_check(struct html *g)
{
	html_word(g, "h2", W_RESULT_CHECK);
	html_word(g, "p", W_RESULT_CHECK_PRINT);
	put_short_print(g);
	if (g->r->opened)
		html_word(g, "p", W_RESULT_CHECK_BALLOTS);
	html_word(g, "p", W_RESULT_CHECK_BROWSER);
	html_word(g, "p", W_RESULT_CHECK_RUN);
	html_owned(g, "code", yihu_printf("yihu-audit PUBLIC_DIR --eid %s", g->r->eid));
	html_word(g, "p class=\"small\"", W_RESULT_CHECK_PAGE);
}

void html_proof(struct html *g)
{
	if (g->r->opened) {
		put_void(g);
		put_lot(g);
		put_opening(g);
	}
	put_answers(g);
	put_check(g);
}
