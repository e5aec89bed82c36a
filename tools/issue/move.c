/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue handover: the box goes to a server.
 */
#include "issue/paper.h"
#include "issue/verbs.h"

static bool arrived;

/* Not before the server serves what this folder has handed over. */
static int end_handover(struct tool_call *c)
{
	int r = tool_look_public(c);
	if (r == 0 && c->view.audit->stage < YIHU_STAGE_OPEN)
		r = yihu_fail(&c->err, YIHU_ESTATE, _("the server does not serve the box yet"));
	if (r == 0)
		r = issue_handover_arrived(&c->folder, &c->err);
	if (r == 0) {
		cli_say(_("The box is served there. %s/handover.tar is overwritten and removed; "
			  "destroy what carried it to the server."),
			c->folder.root);
		tool_say_medium(c->folder.root);
	}
	return r;
}

static int hand_over(struct tool_call *c)
{
	if (arrived)
		return end_handover(c);
	int r = issue_handover(&c->folder, tool_given.url, &c->err);
	if (r == 0)
		cli_say(_("%s/handover.tar holds the box: bring it to the server, unpack it there "
			  "(tar -xf handover.tar), start 'yihu-countd box', and run this again "
			  "with --arrived: that destroys the file here."),
			c->folder.root);
	return r;
}

static const struct cli_option options[] = {
	{"url", CLI_STRING, &tool_given.url, "URL", N_("https://HOST where the box will be")},
	{"arrived", CLI_FLAG, &arrived, NULL, N_("it is served there: destroy handover.tar here")},
};

const struct cli_verb issue_verb_handover = {
	.name = "handover",
	.label = N_("move the box to a server"),
	.command = {.usage = "handover DIR --url URL [--arrived]",
		    .summary = N_("Pack the box for a server; it leaves this folder."),
		    .options = options,
		    .n_options = sizeof options / sizeof *options,
		    .min_words = 1,
		    .max_words = 1,
		    .needed = "url"},
	.reads = CLI_CEREMONY | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_BOX | CLI_PACK,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.act = hand_over, .say = copies_say_due},
};
