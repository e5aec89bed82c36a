/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue withdraw: take a project out after the charter. First the key holders
 * are asked; with --send what they signed goes into the log; --drop takes it back.
 */
#include <stdlib.h>
#include <string.h>

#include "folder/withdrawal.h"
#include "issue/paper.h"
#include "issue/verbs.h"

static struct {
	const char *reason;
	bool send, drop;
} opt;

/* The project that was named, or is asked for; and the reason. */
static uint32_t project;
static char *reason;

static int check_words(const char *const *words)
{
	if ((words[1] != NULL) + opt.send + opt.drop > 1)
		return cli_usage_error(_("withdraw takes a PROJECT, or --send, or --drop"));
	return -1;
}

static int check(struct tool_call *c)
{
	bool asked = folder_has(&c->folder, F_WITHDRAWAL);
	if (c->words[1] == NULL && !opt.send && !opt.drop)
		return yihu_fail(&c->err, YIHU_EARG,
				 _("withdraw takes a PROJECT, or --send, or --drop"));
	if (c->words[1] == NULL && !asked)
		return yihu_fail(&c->err, YIHU_ESTATE,
				 _("no withdrawal is under way: ask for one with yihu-issue "
				   "withdraw %s PROJECT --reason TEXT"),
				 c->folder.word);
	if (c->words[1] != NULL && asked)
		return yihu_fail(&c->err, YIHU_EEXIST,
				 _("another withdrawal is under way: send it (--send) or take it "
				   "back (--drop) first"));
	return 0;
}

static int look(struct tool_call *c)
{
	return opt.drop ? 0 : tool_look_box(c);
}

/* Given, or asked. */
static int read_reason(struct yihu_error *err)
{
	reason = opt.reason != NULL  ? yihu_strdup(opt.reason)
		 : cli_interactive() ? cli_ask(_("Why? In one line, as everybody will read it:"))
				     : NULL;
	if (!reason)
		return yihu_fail(err, YIHU_EARG, _("withdraw needs --reason TEXT"));
	return yihu_reason_check(yihu_span(reason), err);
}

/* What it is about, and how much was done already. */
static char *what_is_asked(const struct yihu_view *v)
{
	const struct yihu_election *e = v->audit->election;
	struct yihu_buf text = {0};
	yihu_buf_fmt(&text, _("You are about to ask for the withdrawal of project number %u:\n"),
		     project + 1);
	yihu_buf_fmt(&text, "  %s\n", e->definition->projects[project].name);
	yihu_buf_fmt(&text, _("  why, for everybody to read: %s\n"), reason);
	yihu_buf_fmt(&text,
		     _("  have voted: %llu; their votes for it stay votes and fund nothing, and "
		       "nobody votes again\n"),
		     (unsigned long long)yihu_ledger_counts(v->audit->ledger).ballots);
	yihu_buf_fmt(&text,
		     _("It holds once %u key holders have signed it too and it is in the log, "
		       "before the poll ends. It cannot be undone then.\n"),
		     e->charter->q);
	yihu_buf_u8(&text, 0);
	return (char *)text.data;
}

static int may_ask(struct tool_call *c)
{
	const struct yihu_definition *d = c->view.audit->election->definition;
	int r = issue_withdraw_check(&c->view, NULL, &c->err);
	if (r == 0)
		r = issue_project_find(&project, d, c->words[1], &c->err);
	if (r == 0)
		r = issue_withdraw_check(&c->view, &project, &c->err);
	if (r == 0)
		r = read_reason(&c->err);
	if (r != 0)
		return r;
	char *shown = what_is_asked(&c->view);
	r = cli_seen(shown, _("Ask the key holders to sign this? (yes/no)"), &tool_given.seen,
		     &c->err);
	free(shown);
	return r;
}

static int may(struct tool_call *c)
{
	return opt.send || opt.drop ? 0 : may_ask(c);
}

static int open_key(struct tool_call *c)
{
	return opt.send || opt.drop ? 0 : tool_open_issuer(c);
}

static int send(struct tool_call *c)
{
	const struct issue_paper_options paper = paper_options();
	int r = issue_withdraw_send(&c->view, &project, &c->err);
	if (r == 0) /* a notice that could not be printed is printed by sending again */
		r = issue_withdrawn_notice(&c->view, &paper, project, &c->err);
	return r == 0 ? folder_withdrawal_erase(&c->folder, &c->err) : r;
}

static int act(struct tool_call *c)
{
	if (opt.drop)
		return folder_withdrawal_erase(&c->folder, &c->err);
	if (opt.send)
		return send(c);
	const struct yihu_withdrawal w = {.project = project, .reason = yihu_span(reason)};
	return issue_withdraw_ask(c->keys[0], &c->view, &w, &c->err);
}

static void say(struct tool_call *c)
{
	const char *dir = c->folder.word;
	if (opt.drop)
		cli_say(_("The withdrawal is taken back. Who has a copy that enough key holders "
			  "have signed could still send it: remove ceremony/withdrawal* from "
			  "their sticks too."));
	else if (opt.send)
		cli_say(_("Project number %u is withdrawn. The notice is "
			  "%s/paper/withdrawn-%u-a4.pdf and -a3.pdf: put it up beside the "
			  "poster, and at the count desk."),
			project + 1, c->folder.root, project + 1);
	else
		cli_say(_("Now %u key holders sign it: yihu-trustee withdraw %s --key FILE (on "
			  "sticks: yihu-issue hand-out, collect). Then: yihu-issue withdraw %s "
			  "--send"),
			c->view.audit->election->charter->q, dir, dir);
}

static const struct cli_option options[] = {
	{"reason", CLI_STRING, &opt.reason, "TEXT", N_("why, in one line, for everybody to read")},
	{"send", CLI_FLAG, &opt.send, NULL,
	 N_("put what the key holders have signed into the log")},
	{"drop", CLI_FLAG, &opt.drop, NULL, N_("take back what was asked and not sent")},
	TOOL_SEEN,
	TOOL_URL,
	TOOL_KEY,
	TOOL_PASSPHRASE_FD,
	PAPER_LANGUAGE,
};

const struct cli_verb issue_verb_withdraw = {
	.name = "withdraw",
	.label = N_("withdraw a project"),
	.command = {.usage = "withdraw DIR PROJECT --reason TEXT | --send | --drop",
		    .summary = N_("Withdraw a project, with key holders, before the poll ends."),
		    .options = options,
		    .n_options = sizeof options / sizeof *options,
		    .min_words = 1,
		    .max_words = 2},
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_CEREMONY | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = check_words,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check,
					.look = look,
					.may = may,
					.open = open_key,
					.act = act,
					.say = say},
};
