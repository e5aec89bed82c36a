/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee box, shuffle, open, sign, count.
 */
#include "trustee.h"

static const struct cli_option one_key[] = {TRUSTEE_KEY, TOOL_SEEN, TOOL_URL,
					    TRUSTEE_PASSPHRASE_FD};

/* ---- box ---- */

/* As the key files show themselves without a passphrase. */
static int read_public(struct yihu_vkey keys[static YIHU_HOLDERS_MAX], struct tool_call *c)
{
	enum yihu_key_role role;
	int r = 0;
	for (size_t i = 0; i < trustee_given.key.n && r == 0; i++)
		r = yihu_keyfile_public(trustee_given.key.at[i], &role, &keys[i], &c->err);
	return r;
}

static const char *const is_this_the_box = N_("Is this the box, and do you sign it? (yes/no)");

/* A key that has not signed the box signs it with whatever it does next. */
static int show_box_once(struct tool_call *c, const char *question)
{
	struct yihu_vkey keys[YIHU_HOLDERS_MAX];
	int r = read_public(keys, c);
	if (r != 0 || !holder_signs_box(keys, trustee_given.key.n, &c->view))
		return r;
	return tool_show_box(&c->view, question, &c->err);
}

static int may_box(struct tool_call *c)
{
	int r = holder_check_turn(HOLDER_BOX, &c->view, &c->err);
	return r == 0 ? tool_show_box(&c->view, is_this_the_box, &c->err) : r;
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
	int r = holder_check_turn(HOLDER_SHUFFLE, &c->view, &c->err);
	return r == 0 ? show_box_once(c, is_this_the_box) : r;
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
	TOOL_SEEN,
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
	int r = holder_check_turn(HOLDER_OPEN, &c->view, &c->err);
	return r == 0 ? show_box_once(c, is_this_the_box) : r;
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
	int r = holder_check_turn(HOLDER_SIGN, &c->view, &c->err);
	return r == 0 ? tool_show_result(&c->view,
					 N_("Is this the result, and do you sign it? (yes/no)"), 0,
					 &c->err)
		      : r;
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
	int r = read_public(keys, c);
	return r == 0 ? holder_check_table(keys, trustee_given.key.n, &c->view, &c->err) : r;
}

static int may_count(struct tool_call *c)
{
	int r = holder_check_turn(HOLDER_BOX, &c->view, &c->err);
	if (r == 0)
		r = check_table(c);
	if (r != 0)
		return r;
	trustee_say_one_computer();
	return show_box_once(c, N_("Is this the box, and do all of you sign it? (yes/no)"));
}

static int show_result(void *context, struct yihu_view *v, struct yihu_error *err)
{
	(void)context;
	cli_progress_end();
	return tool_show_result(v, N_("Is this the result, and do all of you sign it? (yes/no)"), 0,
				err);
}

static int count(struct tool_call *c)
{
	return holder_table_count(c->keys, c->n_keys, &c->view, show_result, NULL, &c->err);
}

static const struct cli_option all_keys[] = {TRUSTEE_KEYS, TOOL_SEEN, TOOL_URL,
					     TRUSTEE_PASSPHRASE_FD};

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
