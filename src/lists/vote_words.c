/* SPDX-License-Identifier: Apache-2.0
 *
 * Options about a vote, and whether they go together (vote_words.h).
 */
#include <stdlib.h>
#include <string.h>

#include "lists/money.h"
#include "lists/vote_words.h"

static bool is_rule(const struct vote_words *w, const char *beginning)
{
	const struct vote_rule *r = vote_rule_named(w->winners);
	return r && strncmp(r->rule, beginning, strlen(beginning)) == 0;
}

/* ---- what is missing ---- */

/* How many ways of marking are said. */
static int count_ways(const struct vote_words *w)
{
	return (w->choose_up_to.given || w->choose_any || w->choose_within) + w->agree_or_against +
	       w->points_each.given + w->points_to_share.given + w->rank_up_to.given;
}

static void need(struct yihu_buf *out, bool missing, const char *option)
{
	if (missing)
		yihu_buf_fmt(out, "%s%s", out->len ? ", " : "", option);
}

unsigned vote_words_lacks(const struct vote_words *w)
{
	bool majority = w->winners && is_rule(w, "majority");
	return (w->title ? 0 : VOTE_TITLE) | (w->community ? 0 : VOTE_COMMUNITY) |
	       (w->budget || majority ? 0 : VOTE_BUDGET) | (count_ways(w) ? 0 : VOTE_MARKS) |
	       (w->winners ? 0 : VOTE_WINNERS);
}

char *vote_words_missing(const struct vote_words *w)
{
	struct yihu_buf out = {0};
	unsigned lacks = vote_words_lacks(w);
	need(&out, lacks & VOTE_TITLE, "--title TEXT");
	need(&out, lacks & VOTE_COMMUNITY, "--community NAME");
	need(&out, lacks & VOTE_BUDGET, "--budget SUM");
	need(&out, lacks & VOTE_MARKS,
	     _("one of --choose-up-to N, --choose-any, --choose-within SUM, --agree-or-against, "
	       "--points-each N, --points-to-share N, --rank-up-to N"));
	need(&out, lacks & VOTE_WINNERS, "--winners HOW");
	return (char *)out.data;
}

/* ---- what goes together ---- */

static int check_ways(const struct vote_words *w, struct yihu_error *err)
{
	if (count_ways(w) > 1)
		return yihu_fail(err, YIHU_EARG,
				 _("a household marks in one way: give one of --choose-up-to (or "
				   "--choose-any), --agree-or-against, --points-each, "
				   "--points-to-share and --rank-up-to"));
	if (w->choose_up_to.given && w->choose_any)
		return yihu_fail(err, YIHU_EARG,
				 _("--choose-any sets no limit, and --choose-up-to sets one: give "
				   "one of them"));
	if (w->agree_or_against && w->at_least.given)
		return yihu_fail(err, YIHU_EARG,
				 _("--choose-at-least does not go with --agree-or-against: each "
				   "project is answered by itself"));
	const struct {
		const char *name;
		struct vote_number n;
	} numbers[] = {{"--choose-up-to", w->choose_up_to},
		       {"--points-each", w->points_each},
		       {"--points-to-share", w->points_to_share},
		       {"--rank-up-to", w->rank_up_to},
		       {"--choose-at-least", w->at_least}};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (numbers[i].n.given && numbers[i].n.value == 0)
			return yihu_fail(err, YIHU_EARG, _("%s is at least 1"), numbers[i].name);
	const struct vote_number most = w->choose_up_to.given ? w->choose_up_to : w->rank_up_to;
	if (w->at_least.given && most.given && w->at_least.value > most.value)
		return yihu_fail(
			err, YIHU_EARG,
			_("--choose-at-least %u is more than the most that a household may "
			  "mark, %u"),
			w->at_least.value, most.value);
	return 0;
}

static int check_amount(const char *name, const char *text, struct yihu_error *err)
{
	struct money m = money_read(text, 1);
	if (m.kind == MONEY_SURE)
		return 0;
	return yihu_fail(err, YIHU_EARG,
			 _("%s “%.60s” is not one amount; write it such as 300000, 300,000.50 or "
			   "30万"),
			 name, text);
}

static int check_rule(const struct vote_words *w, struct yihu_error *err)
{
	if (!vote_rule_named(w->winners))
		return yihu_fail(err, YIHU_EARG,
				 _("--winners “%.60s” is not known; say most-votes, "
				   "most-votes-then-stop, fair-shares, fair-shares-then-votes, "
				   "fair-shares-once, fair-pace or more-for-than-against"),
				 w->winners);
	if (is_rule(w, "majority") && !w->agree_or_against)
		return yihu_fail(err, YIHU_EARG,
				 _("--winners more-for-than-against counts those against: it goes "
				   "with --agree-or-against"));
	if (is_rule(w, "phragmen") &&
	    (w->points_each.given || w->points_to_share.given || w->rank_up_to.given))
		return yihu_fail(err, YIHU_EARG,
				 _("--winners fair-pace counts neither points nor ranks: it goes "
				   "with --choose-up-to, --choose-any or --agree-or-against"));
	if (w->votes_at_least.given && !is_rule(w, "greedy"))
		return yihu_fail(err, YIHU_EARG,
				 _("--votes-at-least goes with --winners most-votes and "
				   "most-votes-then-stop"));
	if (is_rule(w, "greedy-threshold") && !w->votes_at_least.given)
		return yihu_fail(err, YIHU_EARG, _("greedy-threshold wants --votes-at-least N"));
	return 0;
}

static int check_share(const char *name, const char *text, struct yihu_error *err)
{
	char *share = text ? vote_share(text) : NULL;
	bool bad = text && !share;
	free(share);
	if (!bad)
		return 0;
	return yihu_fail(err, YIHU_EARG,
			 _("%s “%.60s” is no share; write it such as 2/3 (at least so many) or "
			   "'over 1/2'"),
			 name, text);
}

static int check_shares(const struct vote_words *w, struct yihu_error *err)
{
	static const char *const bases[] = {"cast", "decided", "entitled", NULL};
	int r = check_share("--turnout", w->turnout, err);
	if (r == 0)
		r = check_share("--support", w->support, err);
	if (r != 0 || !w->support_of)
		return r;
	if (!w->support)
		return yihu_fail(err, YIHU_EARG,
				 _("--support-of says of whom --support is a share: give both"));
	for (size_t i = 0; bases[i]; i++)
		if (strcmp(w->support_of, bases[i]) == 0 && (i != 1 || w->agree_or_against))
			return 0;
	return yihu_fail(
		err, YIHU_EARG,
		_("--support-of is cast (all who take part), entitled (all households) or, "
		  "with --agree-or-against, decided (those who agree or are against)"));
}

int vote_words_check(const struct vote_words *w, struct yihu_error *err)
{
	int r = check_ways(w, err);
	if (r == 0 && w->budget)
		r = check_amount("--budget", w->budget, err);
	if (r == 0 && w->choose_within && strcmp(w->choose_within, "budget") != 0)
		r = check_amount("--choose-within", w->choose_within, err);
	if (r == 0 && w->choose_within && !w->budget && strcmp(w->choose_within, "budget") == 0)
		r = yihu_fail(err, YIHU_EARG, _("--choose-within budget wants --budget SUM"));
	if (r == 0)
		r = check_rule(w, err);
	return r == 0 ? check_shares(w, err) : r;
}

uint64_t vote_words_budget(const struct vote_words *w)
{
	return w->budget ? money_read(w->budget, 1).fen : 0;
}
