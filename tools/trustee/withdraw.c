/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee withdraw: sign that a project is withdrawn, after it was shown.
 */
#include <stdlib.h>

#include "trustee.h"

static struct folder_withdrawal asked;

/* The text of what is signed; by whom so far. */
static char *what_is_signed(const struct yihu_view *v)
{
	const struct yihu_election *e = v->audit->election;
	const struct yihu_project *p = &e->definition->projects[asked.what.project];
	struct yihu_buf text = {0};
	yihu_buf_fmt(&text,
		     _("The clerk asks you to sign that a project is withdrawn from “%s”:\n"),
		     tool_title(v));
	yihu_buf_fmt(&text, _("  number %u: %s\n"), asked.what.project + 1, p->name);
	yihu_buf_fmt(&text, _("  why, for everybody to read: %.*s\n"), (int)asked.what.reason.len,
		     asked.what.reason.p);
	yihu_buf_fmt(&text,
		     _("Votes for it stay votes and fund nothing; nobody votes again. %u key "
		       "holders must sign, %d have. It cannot be undone.\n"),
		     e->charter->q, __builtin_popcount(asked.signers));
	yihu_buf_u8(&text, 0);
	return (char *)text.data;
}

static int may(struct tool_call *c)
{
	int r = holder_withdrawal(&asked, &c->view, yihu_clock(), &c->err);
	if (r != 0)
		return r;
	char *shown = what_is_signed(&c->view);
	r = cli_seen(shown, _("Sign it? (yes/no)"), &tool_given.seen, &c->err);
	free(shown);
	return r;
}

static int act(struct tool_call *c)
{
	int r = 0;
	for (size_t i = 0; i < c->n_keys && r == 0; i++)
		r = holder_withdraw(c->keys[i], &c->view, &asked, &c->err);
	folder_withdrawal_finish(&asked);
	return r;
}

static void say(struct tool_call *c)
{
	cli_say(_("Signed. Once %u key holders have, the clerk puts it into the log: yihu-issue "
		  "withdraw %s --send"),
		c->view.audit->election->charter->q, c->folder.word);
}

static const struct cli_option options[] = {
	TRUSTEE_KEY,
	TOOL_SEEN,
	TOOL_URL,
	TRUSTEE_PASSPHRASE_FD,
};

const struct cli_verb trustee_verb_withdraw = {
	.name = "withdraw",
	.label = N_("sign that a project is withdrawn"),
	.command = TRUSTEE_COMMAND("withdraw DIR --key FILE …",
				   N_("Sign that a project is withdrawn, as the clerk asks."),
				   options),
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.changes = CLI_CEREMONY,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = trustee_check_some_keys,
	.run = tool_run,
	.act = &(const struct tool_act){.check = trustee_check_keys,
					.look = trustee_look,
					.may = may,
					.open = trustee_open_held,
					.act = act,
					.say = say},
};
