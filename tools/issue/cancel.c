/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue cancel: call an election off. State and words are checked and read
 * back before the passphrase is asked.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "issue/paper.h"
#include "issue/verbs.h"

static struct {
	const char *reason, *confirm;
	bool box_lost;
} opt;

/* Found by the files, then by looking; the reason as given or asked for. */
static enum issue_cancel_way way;
static char *reason;

#define GROUP 4 /* signs of the short print that are typed */

/* What it is about, and how much was done already. */
static void read_back(const struct yihu_view *v)
{
	const struct yihu_election *e = v->audit->election;
	char print[YIHU_SHORT_PRINT_BYTES];
	yihu_short_print(print, e->charter->eid);
	cli_say(_("You are about to call this election off:"));
	cli_say("  %s", tool_title(v));
	cli_say(_("  id %s; households: %u"), print, e->charter->households);
	if (v->audit->ledger)
		cli_say(_("  have voted: %llu; what they voted stays sealed and is not counted"),
			(unsigned long long)yihu_ledger_counts(v->audit->ledger).ballots);
	if (way == ISSUE_CANCEL_NO_LOG)
		cli_say(_("  no letters were made yet"));
	if (way == ISSUE_CANCEL_LOST_BOX)
		cli_say(_("  its ballot box is lost, or never signs again: the public note says so "
			  "in "
			  "place of the log"));
	cli_say(_("All its letters are void then, for good. This cannot be undone. A new "
		  "election gets new keys and new letters (yihu-issue init NEW --again %s)."),
		v->folder->word);
}

/* Given, or asked; checked before anything else is asked. */
static int read_reason(struct yihu_error *err)
{
	reason = opt.reason != NULL  ? yihu_strdup(opt.reason)
		 : cli_interactive() ? cli_ask(_("Why? In one line, as everybody will read it:"))
				     : NULL;
	if (!reason)
		return yihu_fail(err, YIHU_EARG, _("cancel needs --reason TEXT"));
	return yihu_reason_check(yihu_span(reason), err);
}

static bool is_group(const char *given, const char *print)
{
	for (size_t i = 0; i < GROUP; i++)
		if (toupper((unsigned char)given[i]) != print[i])
			return false;
	return given[GROUP] == '\0';
}

static int confirm(const struct yihu_view *v, struct yihu_error *err)
{
	char print[YIHU_SHORT_PRINT_BYTES];
	char *question, *answer;
	yihu_short_print(print, v->eid);
	question = yihu_printf(_("To go on, type the first four signs of its id (%.4s…):"), print);
	answer = opt.confirm         ? yihu_strdup(opt.confirm)
		 : cli_interactive() ? cli_ask(question)
				     : NULL;
	bool good = answer && is_group(answer, print);
	free(answer);
	free(question);
	if (good)
		return 0;
	return yihu_fail(err, YIHU_EARG,
			 _("not confirmed, so nothing was done (the first four signs are %.4s; "
			   "without a terminal: --confirm)"),
			 print);
}

static int check(struct tool_call *c)
{
	return issue_cancel_way(&way, &c->folder, opt.box_lost, &c->err);
}

static int look(struct tool_call *c)
{
	return way == ISSUE_CANCEL_BY_ENTRY ? tool_look_box(c)
					    : tool_look(c, yihu_folder_eid, yihu_reach_open_files);
}

/* State and words, before the passphrase. */
static int may(struct tool_call *c)
{
	int r = issue_may_cancel(&c->view, way, yihu_clock(), &c->err);
	if (r != 0)
		return r;
	read_back(&c->view);
	r = read_reason(&c->err);
	return r == 0 ? confirm(&c->view, &c->err) : r;
}

static int print_poster(const struct yihu_view *v, struct yihu_error *err)
{
	const struct issue_paper_options paper = paper_options();
	struct yihu_called_off off = {.time = v->audit->called_off_at};
	memcpy(off.reason, v->audit->reason, sizeof off.reason);
	return issue_cancelled_poster(v->folder, &paper, &off, err);
}

static int act(struct tool_call *c)
{
	int r = issue_cancel(c->keys[0], &c->view, way, yihu_span(reason), &c->err);
	return r == 0 ? print_poster(&c->view, &c->err) : r;
}

static void say(struct tool_call *c)
{
	cli_say(_("This election is called off. The poster is %s/paper/cancelled-a4.pdf and "
		  "-a3.pdf: put it up where the first one hangs."),
		c->folder.root);
	if (way != ISSUE_CANCEL_BY_ENTRY)
		cli_say(_("Wherever its public folder is shown, copy %s/cancelled there."),
			c->folder.pub);
}

static const struct cli_option options[] = {
	{"reason", CLI_STRING, &opt.reason, "TEXT", N_("why, in one line, for everybody to read")},
	{"confirm", CLI_STRING, &opt.confirm, "XXXX",
	 N_("the first four signs of the election's id, without a question")},
	{"box-lost", CLI_FLAG, &opt.box_lost, NULL,
	 N_("the ballot box is lost for good, with its backups")},
	TOOL_URL,
	TOOL_KEY,
	TOOL_PASSPHRASE_FD,
	PAPER_LANGUAGE,
};

const struct cli_verb issue_verb_cancel = {
	.name = "cancel",
	.label = N_("call the election off"),
	.command = CLI_COMMAND("cancel DIR --reason TEXT",
			       N_("Call the election off, before its poll has ended."), options, 1),
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check,
					.look = look,
					.may = may,
					.open = tool_open_issuer,
					.act = act,
					.say = say},
};
