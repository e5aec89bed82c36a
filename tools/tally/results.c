/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally close, publish, poster: what is done with the box as the public sees
 * it.
 */
#include <stdlib.h>

#include "common/act.h"
#include "tally/tally.h"
#include "tally/verbs.h"

#include <yihu/publish.h>

static struct {
	const char *language;
	struct cli_u32 ballots;
} given;

#define LANGUAGE                                                                                   \
	{                                                                                          \
		"lang", CLI_STRING, &given.language, "zh|en",                                      \
			N_("the language of the poster (default: that of the letters)")            \
	}

/* ---- close ---- */

/* As many as somebody has read off and typed: it is this box that is closed. */
static int check_ballots(struct tool_call *c)
{
	unsigned long long there = yihu_ledger_counts(c->view.audit->ledger).ballots;
	if (!given.ballots.given || given.ballots.value == there)
		return 0;
	return yihu_fail(&c->err, YIHU_EARG,
			 _("the box has %llu ballots, not %u; look again, and close it with that "
			   "number"),
			 there, given.ballots.value);
}

static int may_close(struct tool_call *c)
{
	int r = tally_close_check(&c->view, yihu_clock(), &c->err);
	return r == 0 && !c->view.audit->closed ? check_ballots(c) : r;
}

static int close_box(struct tool_call *c)
{
	return tally_close(c->keys[0], &c->view, &c->err);
}

static void say_closed(struct tool_call *c)
{
	const struct yihu_audit *a = c->view.audit;
	struct yihu_ledger_counts n = yihu_ledger_counts(a->ledger);
	cli_say(_("Closed. Ballots: %llu, of %u entitled households. Log entries: %llu."),
		(unsigned long long)n.ballots, n.entitled, (unsigned long long)a->checkpoint.size);
	if (a->not_opened)
		cli_say(_("These are fewer than the charter's min-box: the box stays closed."));
}

static const struct cli_option close_options[] = {
	{"ballots", CLI_U32, &given.ballots, "N",
	 N_("close the box only when it has as many ballots as this")},
	TOOL_URL,
	TOOL_KEY,
	TOOL_PASSPHRASE_FD,
};

const struct cli_verb tally_verb_close = {
	.name = "close",
	.label = N_("close the box after the poll"),
	.command = CLI_COMMAND("close DIR [--ballots N] [--url URL]",
			       N_("Close the box once the poll has ended."), close_options, 1),
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_box,
					.may = may_close,
					.open = tool_open_issuer,
					.act = close_box,
					.say = say_closed},
};

/* ---- poster ---- */

/* The results may be public and the posters not made: both is said. */
int tally_make_posters(struct tool_call *c)
{
	int r = tally_poster(&c->view, given.language, &c->err);
	if (r == 0)
		cli_say(_("Posters for the notice board: %s/paper/results-a4.pdf and -a3.pdf"),
			c->folder.root);
	return r;
}

static const struct cli_option poster_options[] = {TOOL_URL, LANGUAGE};

const struct cli_verb tally_verb_poster = {
	.name = "poster",
	.label = N_("make the posters of the results"),
	.command = CLI_COMMAND("poster DIR [--lang zh|en]",
			       N_("Make the posters of the published results."), poster_options, 1),
	.reads = CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PAPER,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public, .act = tally_make_posters},
};

/* ---- publish ---- */

static int say_results(const struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_buf table = {0};
	const struct yihu_buf *json = &v->audit->results_json;
	int r = yihu_results_table(&table, json->data, json->len, cli_language(), err);
	if (r == 0)
		cli_say("%s", (const char *)table.data);
	yihu_buf_free(&table);
	return r;
}

static void say_published(const struct yihu_view *v)
{
	(void)say_results(v, NULL);
	cli_say(_("Published in %s"), yihu_reach_place(v->reach));
}

static void say_missing(const struct tally_missing *m)
{
	if (m->issuer)
		cli_say(_(
			"Not published yet: the clerk's signature is missing (yihu-issue sign)."));
	if (m->holders > 0)
		cli_say(yihu_ngettext(
				"Not published yet: %u more key holder signs (yihu-trustee sign).",
				"Not published yet: %u more key holders sign (yihu-trustee sign).",
				m->holders),
			m->holders);
}

static int publish(struct tool_call *c)
{
	struct tally_missing missing = {0};
	int r = tally_publish(&c->view, &missing, &c->err);
	if (r != 0)
		return r;
	if (missing.issuer || missing.holders > 0) { /* no error, and not published */
		say_missing(&missing);
		c->status = CLI_FAILED;
		return 0;
	}
	say_published(&c->view);
	r = tally_make_posters(c);
	return r == 0 ? 0
		      : yihu_fail_at(&c->err, r,
				     _("the results are published, but their poster is not made "
				       "(yihu-tally poster %s, once this is mended)"),
				     c->folder.word);
}

static const struct cli_option publish_options[] = {TOOL_URL, LANGUAGE};

const struct cli_verb tally_verb_publish = {
	.name = "publish",
	.label = N_("publish the signed results"),
	.command = CLI_COMMAND("publish DIR [--url URL]",
			       N_("Publish the results once they are signed."), publish_options, 1),
	.reads = CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PUBLIC | CLI_PAPER,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public, .act = publish},
};

/* ---- results ---- */

static int may_say(struct tool_call *c)
{
	return yihu_audit_has_result(c->view.audit)
		       ? 0
		       : yihu_fail(&c->err, YIHU_ESTATE,
				   _("the box is not opened yet, so there is no result; see: "
				     "yihu-issue status %s"),
				   c->folder.word);
}

static int results(struct tool_call *c)
{
	return say_results(&c->view, &c->err);
}

static const struct cli_option results_options[] = {TOOL_URL};

const struct cli_verb tally_verb_results = {
	.name = "results",
	.label = N_("say the result, before it is signed too"),
	.command = CLI_COMMAND("results DIR [--url URL]",
			       N_("Count the opened box anew, and say the result in words."),
			       results_options, 1),
	.reads = CLI_CEREMONY | CLI_PUBLIC,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public,
					.may = may_say,
					.act = results,
					.says_next = true},
};
