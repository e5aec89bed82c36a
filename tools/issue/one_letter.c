/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue replace, add, void: one letter, once all are made.
 */
#include <stdlib.h>

#include "issue/paper.h"
#include "issue/verbs.h"

static struct issue_change change;
static uint32_t new_serial;

/* ---- what the words ask for ---- */

static int read_serial(const char *word)
{
	uint64_t v;
	struct yihu_span text = yihu_span(word);
	while (text.len > 1 && text.p[0] == '0') {
		text.p++;
		text.len--;
	}
	if (!yihu_decimal(&v, text, UINT32_MAX) || v == 0)
		return cli_usage_error(_("“%s” is not a letter number"), word);
	change.old_serial = (uint32_t)v;
	return -1;
}

static int read_replace(const char *const *words)
{
	change.fresh = true;
	return read_serial(words[1]);
}

static int read_void(const char *const *words)
{
	return read_serial(words[1]);
}

static int read_add(const char *const *words)
{
	change.household = words[1];
	change.fresh = true;
	return -1;
}

/* ---- the steps ---- */

static int may_change(struct tool_call *c)
{
	return issue_change_check(&c->view, &change, &c->err);
}

static int do_change(struct tool_call *c)
{
	int r = issue_change(c->keys[0], &c->view, &change, &new_serial, &c->err);
	return r == 0 ? yihu_view_show(&c->view, &c->err) : r;
}

static void say_change(const struct yihu_folder *f)
{
	if (new_serial == 0)
		cli_say(_("Letter %04u is void now."), change.old_serial);
	else if (change.old_serial != 0)
		cli_say(_("Letter %04u is void; letter %04u replaces it: %s/pdf/%04u.pdf"),
			change.old_serial, new_serial, f->letters, new_serial);
	else
		cli_say(_("Letter %04u is added: %s/pdf/%04u.pdf"), new_serial, f->letters,
			new_serial);
}

/* The letters that were printed before are gone; this one lies there again. */
static void say_destroy(const struct yihu_folder *f)
{
	char *root = yihu_shell_word(f->root);
	cli_say(_("Print it and hand it over; then destroy the file: yihu-issue shred-letters %s "
		  "--printed N"),
		root);
	free(root);
}

static void say(struct tool_call *c)
{
	say_change(&c->folder);
	if (change.fresh) {
		say_destroy(&c->folder);
		tool_say_medium(c->folder.root);
	}
	copies_say_due(c);
}

/* ---- the verbs ---- */

static const struct cli_option options[] = {TOOL_KEY, TOOL_URL, TOOL_PASSPHRASE_FD};

static const struct tool_act act = {.look = tool_look_box,
				    .may = may_change,
				    .open = tool_open_issuer,
				    .act = do_change,
				    .say = say};

const struct cli_verb issue_verb_replace = {
	.name = "replace",
	.label = N_("replace a lost letter"),
	.command = CLI_COMMAND("replace DIR NUMBER",
			       N_("Void a letter and make another for its household."), options, 2),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_SECRET | CLI_LETTERS | CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = read_replace,
	.run = tool_run,
	.act = &act,
};

const struct cli_verb issue_verb_add = {
	.name = "add",
	.label = N_("add a household"),
	.command =
		CLI_COMMAND("add DIR HOUSEHOLD",
			    N_("Make a letter for a household that was not listed."), options, 2),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_SECRET | CLI_LETTERS | CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = read_add,
	.run = tool_run,
	.act = &act,
};

const struct cli_verb issue_verb_void = {
	.name = "void",
	.label = N_("void a letter"),
	.command = CLI_COMMAND("void DIR NUMBER", N_("Void a letter for good."), options, 2),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = read_void,
	.run = tool_run,
	.act = &act,
};
