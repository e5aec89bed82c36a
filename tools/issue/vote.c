/* SPDX-License-Identifier: Apache-2.0
 *
 * Asking how a vote goes (vote.h).
 */
#include "issue/vote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lists/money.h"

struct vote_given vote_given;

static struct vote_number number_of(struct cli_u32 n)
{
	return (struct vote_number){n.given, n.value};
}

void vote_take_numbers(void)
{
	struct vote_words *w = &vote_given.words;
	w->choose_up_to = number_of(vote_given.choose_up_to);
	w->points_each = number_of(vote_given.points_each);
	w->points_to_share = number_of(vote_given.points_to_share);
	w->rank_up_to = number_of(vote_given.rank_up_to);
	w->at_least = number_of(vote_given.at_least);
	w->votes_at_least = number_of(vote_given.votes_at_least);
}

bool vote_any(void)
{
	const struct vote_words *w = &vote_given.words;
	const char *const texts[] = {w->title,   w->title_en, w->community,     w->country,
				     w->budget,  w->currency, w->choose_within, w->winners,
				     w->turnout, w->support,  w->support_of};
	bool any = w->choose_any || w->agree_or_against || vote_given.choose_up_to.given ||
		   vote_given.points_each.given || vote_given.points_to_share.given ||
		   vote_given.rank_up_to.given || vote_given.at_least.given ||
		   vote_given.votes_at_least.given;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		any |= texts[i] != NULL;
	return any;
}

/* ---- questions ---- */

/* Until it is answered; false: the input ended. What was answered lasts as long as
 * the program, as what stands on the command line does. */
static bool ask_text(const char **to, const char *question)
{
	while (!*to) {
		char *answer = cli_ask(question);
		if (!answer)
			return false;
		if (answer[0])
			*to = answer;
		else
			free(answer);
	}
	return true;
}

/* A number from 1 to most. */
static bool ask_number(uint32_t *to, uint32_t most, const char *question)
{
	for (;;) {
		char *answer = cli_ask(question);
		if (!answer)
			return false;
		uint64_t n = 0;
		bool good = yihu_decimal(&n, yihu_span(answer), most) && n > 0;
		free(answer);
		*to = (uint32_t)n;
		if (good)
			return true;
	}
}

static bool ask_budget(void)
{
	struct vote_words *w = &vote_given.words;
	while (!w->budget || money_read(w->budget, 1).kind != MONEY_SURE) {
		w->budget = NULL;
		if (!ask_text(&w->budget, _("How much money is there (300000, or 30万)?")))
			return false;
	}
	return true;
}

static bool ask_count(struct cli_u32 *n, const char *question)
{
	n->given = ask_number(&n->value, 65535, question);
	return n->given;
}

static bool ask_way(void)
{
	static const char question[] = N_("What does a household do?\n"
					  "  1: choose some projects\n"
					  "  2: say agree, against or abstain to each\n"
					  "  3: give each some points\n"
					  "  4: share out points among them\n"
					  "  5: put them in order, the best first\n"
					  "Type the number:");
	uint32_t way;
	if (!ask_number(&way, 5, _(question)))
		return false;
	switch (way) {
	case 1:
		return ask_count(&vote_given.choose_up_to, _("How many at most?"));
	case 2:
		return vote_given.words.agree_or_against = true;
	case 3:
		return ask_count(&vote_given.points_each, _("How many points at most for each?"));
	case 4:
		return ask_count(&vote_given.points_to_share, _("How many points altogether?"));
	default:
		return ask_count(&vote_given.rank_up_to, _("How many at most?"));
	}
}

static bool ask_winners(void)
{
	struct yihu_buf question = {0};
	uint32_t n = 0, which;
	yihu_buf_fmt(&question, "%s\n", _("Who wins?"));
	for (; vote_rule(n); n++)
		yihu_buf_fmt(&question, "  %u: %s: %s\n", n + 1, vote_rule(n)->word,
			     _(vote_rule(n)->does));
	yihu_buf_str(&question, _("Type the number:"));
	yihu_buf_u8(&question, 0);
	bool answered = ask_number(&which, n, (const char *)question.data);
	if (answered)
		vote_given.words.winners = vote_rule(which - 1)->word;
	yihu_buf_free(&question);
	return answered;
}

static bool has_way(void)
{
	const struct vote_words *w = &vote_given.words;
	return w->choose_any || w->choose_within || w->agree_or_against ||
	       vote_given.choose_up_to.given || vote_given.points_each.given ||
	       vote_given.points_to_share.given || vote_given.rank_up_to.given;
}

static bool ask_all(void)
{
	struct vote_words *w = &vote_given.words;
	bool on = ask_text(&w->title, _("What is the vote called, on letters and pages?")) &&
		  ask_text(&w->community, _("Which estate or community votes?"));
	if (on && !has_way())
		on = ask_way();
	if (on && !w->winners)
		on = ask_winners();
	vote_take_numbers();
	char *missing = on ? vote_words_missing(w) : NULL;
	if (missing)
		on = ask_budget();
	free(missing);
	return on;
}

int vote_settle(void)
{
	struct vote_words *w = &vote_given.words;
	struct yihu_error err = {0};
	vote_take_numbers();
	char *missing = vote_words_missing(w);
	if (missing && cli_interactive() && ask_all()) {
		vote_take_numbers();
		free(missing);
		missing = vote_words_missing(w);
	}
	int r = missing ? cli_usage_error(_("init --projects needs also: %s"), missing) : -1;
	free(missing);
	if (r < 0 && vote_words_check(w, &err) != 0)
		r = cli_usage_error("%s", err.text);
	return r;
}

int vote_check_sheets(struct yihu_error *err)
{
	for (size_t i = 0; i < vote_given.sheets.n; i++)
		if (!(vote_given.sheets_found >> i & 1))
			return yihu_fail(err, YIHU_EARG,
					 _("--sheet “%.60s”: no file that was read has a sheet of "
					   "this name"),
					 vote_given.sheets.at[i]);
	return 0;
}
