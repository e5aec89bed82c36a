/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee box, shuffle, open, sign, count, retire.
 */
#include "trustee.h"

#include <stdlib.h>
#include <string.h>

static const struct cli_option one_key[] = {TRUSTEE_KEY, TOOL_URL, TRUSTEE_PASSPHRASE_FD};

/* ---- box ---- */

static int may_box(struct tool_call *c)
{
	return holder_check_turn(HOLDER_BOX, &c->view, &c->err);
}

static int box(struct tool_call *c)
{
	bool placed = false;
	int r = holder_box(c->keys[0], &c->view, &c->err);
	if (r == 0)
		r = holder_place_box(&c->view, &placed, &c->err);
	if (r == 0 && !placed)
		cli_say(_("Signed. It counts once holders have signed it: %u at least."),
			c->view.audit->election->charter->q);
	return r;
}

const struct cli_verb trustee_verb_box = {
	.name = "box",
	.label = N_("sign the closed box"),
	.command = TRUSTEE_COMMAND("box DIR --key FILE", N_("Audit the closed box and sign it."),
				   one_key),
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.changes = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = trustee_check_one_key,
	.run = tool_run,
	.act = &(const struct tool_act){.check = trustee_check_keys,
					.look = trustee_look,
					.may = may_box,
					.open = trustee_open_held,
					.act = box},
};

/* ---- shuffle ---- */

static bool again;

static int may_shuffle(struct tool_call *c)
{
	return holder_check_turn(HOLDER_SHUFFLE, &c->view, &c->err);
}

static int shuffle(struct tool_call *c)
{
	return again ? holder_shuffle_again(c->keys[0], &c->view, &c->err)
		     : holder_shuffle(c->keys[0], &c->view, &c->err);
}

static const struct cli_option shuffle_options[] = {
	TRUSTEE_KEY,
	{"again", CLI_FLAG, &again, NULL,
	 N_("make another shuffle: the one this key made is lost for good")},
	TOOL_URL,
	TRUSTEE_PASSPHRASE_FD,
};

const struct cli_verb trustee_verb_shuffle = {
	.name = "shuffle",
	.label = N_("shuffle the ballots"),
	.command = TRUSTEE_COMMAND("shuffle DIR --key FILE [--again]",
				   N_("Shuffle the ballots, with a proof."), shuffle_options),
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.changes = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = trustee_check_one_key,
	.run = tool_run,
	.act = &(const struct tool_act){.check = trustee_check_keys,
					.look = trustee_look,
					.may = may_shuffle,
					.open = trustee_open_held,
					.act = shuffle},
};

/* ---- open ---- */

static int may_open(struct tool_call *c)
{
	return holder_check_turn(HOLDER_OPEN, &c->view, &c->err);
}

static int open_ballots(struct tool_call *c)
{
	return holder_open(c->keys[0], &c->view, &c->err);
}

const struct cli_verb trustee_verb_open = {
	.name = "open",
	.label = N_("open the shuffled ballots"),
	.command = TRUSTEE_COMMAND("open DIR --key FILE",
				   N_("Give your part of the opening, with a proof."), one_key),
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.changes = CLI_PUBLIC | CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = trustee_check_one_key,
	.run = tool_run,
	.act = &(const struct tool_act){.check = trustee_check_keys,
					.look = trustee_look,
					.may = may_open,
					.open = trustee_open_held,
					.act = open_ballots},
};

/* ---- sign ---- */

static int may_sign(struct tool_call *c)
{
	return holder_check_turn(HOLDER_SIGN, &c->view, &c->err);
}

static int sign(struct tool_call *c)
{
	return holder_sign(c->keys[0], &c->view, &c->err);
}

const struct cli_verb trustee_verb_sign = {
	.name = "sign",
	.label = N_("sign the results"),
	.command = TRUSTEE_COMMAND("sign DIR --key FILE",
				   N_("Recompute the results and sign them."), one_key),
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.changes = CLI_CEREMONY,
	.asks = CLI_OLD_PASSPHRASE,
	.check = trustee_check_one_key,
	.run = tool_run,
	.act = &(const struct tool_act){.check = trustee_check_keys,
					.look = trustee_look,
					.may = may_sign,
					.open = trustee_open_held,
					.act = sign},
};

/* ---- count ---- */

/* By what the key files show without their passphrases. */
static int check_table(struct tool_call *c)
{
	struct yihu_vkey keys[YIHU_HOLDERS_MAX];
	enum yihu_key_role role;
	int r = 0;
	for (size_t i = 0; i < trustee_given.key.n && r == 0; i++)
		r = yihu_keyfile_public(trustee_given.key.at[i], &role, &keys[i], &c->err);
	return r == 0 ? holder_check_table(keys, trustee_given.key.n, &c->view, &c->err) : r;
}

static int may_count(struct tool_call *c)
{
	int r = may_box(c);
	if (r == 0)
		r = check_table(c);
	if (r == 0)
		trustee_say_one_computer();
	return r;
}

static int count(struct tool_call *c)
{
	return holder_table_count(c->keys, c->n_keys, &c->view, &c->err);
}

static const struct cli_option all_keys[] = {TRUSTEE_KEYS, TOOL_URL, TRUSTEE_PASSPHRASE_FD};

const struct cli_verb trustee_verb_count = {
	.name = "count",
	.label = N_("box, shuffle, open and sign, all at one table"),
	.command = TRUSTEE_COMMAND("count DIR --key FILE …",
				   N_("The whole count at one table: box, shuffle, open, sign."),
				   all_keys),
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.changes = CLI_CEREMONY | CLI_PUBLIC | CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = trustee_check_some_keys,
	.run = tool_run,
	.act = &(const struct tool_act){.check = trustee_check_keys,
					.look = trustee_look,
					.may = may_count,
					.open = trustee_open_held,
					.act = count},
};

/* ---- retire ---- */

static int may_retire(struct tool_call *c)
{
	return holder_check_turn(HOLDER_RETIRE, &c->view, &c->err);
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
