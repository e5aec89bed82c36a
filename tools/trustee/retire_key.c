/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee retire.
 */
#include "trustee.h"

#include <stdlib.h>

/* Whose share goes, and what it was for. */
static char *what_is_erased(const struct tool_call *c, const struct yihu_vkey *key)
{
	char print[YIHU_SHORT_PRINT_BYTES];
	struct yihu_buf text = {0};
	yihu_short_print(print, c->view.eid);
	yihu_buf_fmt(&text, _("The share of %s is to be erased for good:\n"), key->name);
	yihu_buf_fmt(&text, _("  election: “%s”, %s\n"), tool_title(&c->view), print);
	yihu_buf_str(&text, c->view.audit->called_off
				    ? _("  it was called off: its box is never opened\n")
				    : _("  its result is published\n"));
	for (size_t i = 0; i < trustee_given.key.n; i++)
		yihu_buf_fmt(&text, _("  key file: %s\n"), trustee_given.key.at[i]);
	yihu_buf_str(&text, _("Nobody opens a ballot of this election with it any more.\n"));
	yihu_buf_u8(&text, 0);
	return (char *)text.data;
}

static int may_retire(struct tool_call *c)
{
	enum yihu_key_role role;
	struct yihu_vkey key;
	int r = holder_check_turn(HOLDER_RETIRE, &c->view, &c->err);
	if (r == 0)
		r = yihu_keyfile_public(trustee_given.key.at[0], &role, &key, &c->err);
	if (r != 0)
		return r;
	char *shown = what_is_erased(c, &key);
	r = cli_seen(shown, _("Erase it for good? (yes/no)"), &tool_given.seen, &c->err);
	free(shown);
	return r;
}

/* The path of one more file of the key, or NULL: there is none any more. */
static const char *ask_for_file(const struct tool_call *c)
{
	char *question = yihu_printf(_("This key has %zu files; given so far: %zu. Path of another "
				       "one (Enter when there is none any more):"),
				     c->keys[0]->n_files, c->n_keys);
	char *path = cli_ask(question);
	free(question);
	if (!path || *path == '\0') {
		return NULL;
	}
	return path;
}

/* On a terminal the other files of the key are asked for, and count as given. */
static int ask_for_copies(struct tool_call *c)
{
	int r = 0;
	while (r == 0 && cli_interactive() && c->n_keys < c->keys[0]->n_files) {
		const char *path = ask_for_file(c);
		if (!path)
			break;
		trustee_given.key.at[trustee_given.key.n++] = path;
		r = trustee_open_key(c, path);
	}
	return r;
}

/* What the program cannot do is the holder's to do. */
static void say_destroy(void)
{
	cli_say(_("The share is erased from the key file. Now destroy the stick itself, and every "
		  "other copy of the file: a stick keeps old states of it, formatting leaves them, "
		  "and the passphrase still opens them."));
	for (size_t i = 0; i < trustee_given.key.n; i++)
		tool_say_medium(trustee_given.key.at[i]);
}

static int retire(struct tool_call *c)
{
	struct yihu_retired retired;
	int r = ask_for_copies(c);
	if (r == 0)
		r = holder_retire(c->keys, c->n_keys, &c->view, &retired, &c->err);
	if (r != 0)
		return r;
	if (retired.erased < retired.made)
		cli_warn(_("%s: %u of the %u files of this key are erased. The others still hold "
			   "the share: give them to yihu-trustee retire with --key, or destroy "
			   "them"),
			 c->keys[0]->vkey.name, retired.erased, retired.made);
	say_destroy();
	return 0;
}

static int check_files(const char *const *words)
{
	(void)words;
	return trustee_check_number(YIHU_KEY_FILES_MAX);
}

static const struct cli_option retire_options[] = {
	{"key", CLI_LIST, &trustee_given.key, "FILE",
	 N_("your key file, and each copy of it (repeat)")},
	TOOL_SEEN,
	TOOL_URL,
	TRUSTEE_PASSPHRASE_FD,
};

const struct cli_verb trustee_verb_retire = {
	.name = "retire",
	.label = N_("erase your share after publication"),
	.command = TRUSTEE_COMMAND("retire DIR --key FILE …",
				   N_("After publication: erase your share for good."),
				   retire_options),
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.changes = CLI_CEREMONY | CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = check_files,
	.run = tool_run,
	.act = &(const struct tool_act){.check = trustee_check_keys,
					.look = trustee_look,
					.may = may_retire,
					.open = trustee_open_held,
					.act = retire},
};
