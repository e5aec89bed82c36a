/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee announce, deal, accept, ceremony.
 */
#include "trustee.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>

static struct {
	struct cli_u32 index;
	const char *heard;
	bool one_table;
} given;

/* Before a key file is made or opened: holder `first` on, one a key. */
static int check_claims(struct tool_call *c, uint32_t first)
{
	struct holder_claim claims[YIHU_HOLDERS_MAX];
	if (trustee_given.name.n > trustee_given.key.n)
		return yihu_fail(
			&c->err, YIHU_EARG,
			_("%zu names (--name) and %zu key files (--key): each name belongs "
			  "to the key file of its place"),
			trustee_given.name.n, trustee_given.key.n);
	for (size_t i = 0; i < trustee_given.key.n; i++)
		claims[i] = (struct holder_claim){
			.index = first + (uint32_t)i,
			.path = trustee_given.key.at[i],
			.name = i < trustee_given.name.n ? trustee_given.name.at[i] : NULL};
	return holder_check_claims(claims, trustee_given.key.n, &c->folder, &c->err);
}

static int check_announce(struct tool_call *c)
{
	int r = check_claims(c, given.index.value);
	return r == 0 ? trustee_check_backups(c) : r;
}

static int open_to_announce(struct tool_call *c)
{
	return trustee_open_or_create(c, trustee_given.key.at[0],
				      trustee_given.name.n > 0 ? trustee_given.name.at[0] : NULL);
}

static int announce(struct tool_call *c)
{
	int r = holder_announce(c->keys[0], &c->folder, given.index.value, &c->err);
	return r == 0 && trustee_given.backup.n > 0 ? trustee_back_up(c) : r;
}

static const struct cli_option announce_options[] = {
	{"index", CLI_U32, &given.index, "I", N_("which holder you are, from 1")},
	{"name", CLI_LIST, &trustee_given.name, "NAME",
	 N_("your name, as charter and poster show it")},
	TRUSTEE_KEY,
	TRUSTEE_BACKUP,
	TRUSTEE_PASSPHRASE_FD,
	TRUSTEE_UNENCRYPTED,
};

const struct cli_verb trustee_verb_announce = {
	.name = "announce",
	.label = N_("make your key and announce it"),
	.command = {.usage = "announce DIR --index I --name NAME --key FILE [--backup FILE]",
		    .summary = N_("Make your key file and announce your part of the election's "
				  "key."),
		    .options = announce_options,
		    .n_options = sizeof announce_options / sizeof *announce_options,
		    .min_words = 1,
		    .max_words = 1,
		    .needed = "index key"},
	.reads = CLI_CEREMONY | CLI_KEY,
	.changes = CLI_CEREMONY | CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE | CLI_NEW_PASSPHRASE,
	.check = trustee_check_one_key,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check_announce,
					.open = open_to_announce,
					.act = announce},
};

/* ---- deal ---- */

/* Says the digest of the announcements that lie there. */
static int read_digest(const struct yihu_folder *f, struct yihu_error *err)
{
	char digest[HOLDER_DIGEST_BYTES];
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = yihu_ceremony_read(c, f, err);
	if (r == 0 && c->n_announced < c->plan.n)
		r = yihu_fail(err, YIHU_ESTATE,
			      _("%u of %u holders have announced; deal after the last"),
			      c->n_announced, c->plan.n);
	if (r == 0) {
		holder_digest(digest, c);
		cli_say(_("Digest of the announcements, to read to the other holders: %s"), digest);
	}
	yihu_ceremony_finish(c);
	free(c);
	return r;
}

static uint8_t heard[HOLDER_HEARD_BYTES];

/* Holders read the digest to each other: it is what makes all of them deal
 * over the same announcements. */
static int hear_digest(struct tool_call *c)
{
	char *answer = NULL;
	int r = read_digest(&c->folder, &c->err);
	if (r != 0)
		return r;
	if (given.heard)
		answer = yihu_strdup(given.heard);
	else if (cli_interactive())
		answer = cli_ask(_("What do the others read?"));
	if (!answer)
		r = yihu_fail(&c->err, YIHU_EARG,
			      _("compare the digest with the other holders, then give what they "
				"read with --heard SYMBOLS"));
	else if (!yihu_uncrockford(heard, HOLDER_HEARD_BITS, yihu_span(answer)))
		r = yihu_fail(&c->err, YIHU_EARG, _("“%s” is not a digest of 24 symbols"), answer);
	free(answer);
	return r;
}

/* At one computer all hold one folder, the clerk's. */
static int check_one_table(struct tool_call *c)
{
	if (given.heard)
		return yihu_fail(&c->err, YIHU_EARG,
				 _("--heard and --one-table exclude each other: at one computer "
				   "there is nothing to compare"));
	if (!yihu_file_exists(c->folder.secret))
		return yihu_fail(&c->err, YIHU_EARG,
				 _("%s came on a stick: others may have another one. Compare the "
				   "digest, and leave out --one-table"),
				 c->folder.root);
	struct yihu_ceremony *lies = yihu_calloc(1, sizeof *lies);
	int r = yihu_ceremony_read(lies, &c->folder, &c->err);
	if (r == 0) {
		r = holder_check_dealing(lies, &c->err);
		yihu_ceremony_finish(lies);
	}
	free(lies);
	return r;
}

static int check_deal(struct tool_call *c)
{
	int r = trustee_check_keys(c);
	if (r == 0)
		r = given.one_table ? check_one_table(c) : hear_digest(c);
	return r;
}

static int deal(struct tool_call *c)
{
	return holder_deal(c->keys[0], &c->folder, given.one_table ? NULL : heard, &c->err);
}

static const struct cli_option deal_options[] = {
	TRUSTEE_KEY,
	{"heard", CLI_STRING, &given.heard, "SYMBOLS",
	 N_("the digest as the other holders read it to you")},
	{"one-table", CLI_FLAG, &given.one_table, NULL,
	 N_("all key holders sit at this computer: there is nothing to compare")},
	TRUSTEE_PASSPHRASE_FD,
};

const struct cli_verb trustee_verb_deal = {
	.name = "deal",
	.label = N_("deal the shares"),
	.command = TRUSTEE_COMMAND("deal DIR --key FILE [--heard SYMBOLS | --one-table]",
				   N_("Deal every holder its share of your part."), deal_options),
	.reads = CLI_CEREMONY | CLI_KEY,
	.changes = CLI_CEREMONY | CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = trustee_check_one_key,
	.run = tool_run,
	.act = &(
		const struct tool_act){.check = check_deal, .open = trustee_open_keys, .act = deal},
};

/* ---- accept ---- */

static void say_accepted(struct tool_call *c)
{
	tool_say_eid(c->keys[0]->eid);
	cli_say(_("Compare this id with the poster before the poll opens."));
}

/* Is everything there that accepting wants of the others? */
static int check_others(struct tool_call *c)
{
	struct yihu_ceremony *lies = yihu_calloc(1, sizeof *lies);
	int r = yihu_ceremony_read(lies, &c->folder, &c->err);
	if (r == 0) {
		r = holder_check_accepting(lies, &c->err);
		yihu_ceremony_finish(lies);
	}
	free(lies);
	return r;
}

static int check_accept(struct tool_call *c)
{
	int r = trustee_check_keys(c);
	if (r == 0)
		r = trustee_check_backups(c);
	return r == 0 ? check_others(c) : r;
}

static uint8_t seen[YIHU_EID_BYTES]; /* the id of what was shown */

/* From the very bytes that are signed, wherever they come from. */
static int show_charter(struct tool_call *c)
{
	static const char *question =
		N_("Is all of this what was agreed, and do you sign it? (yes/no)");
	return holder_look(seen, &c->folder, tool_show, &question, &c->err);
}

static int accept(struct tool_call *c)
{
	int r = holder_accept(c->keys[0], &c->folder, seen, &c->err);
	return r == 0 ? trustee_back_up(c) : r;
}

static const struct cli_option accept_options[] = {TRUSTEE_KEY, TRUSTEE_BACKUP, TOOL_SEEN,
						   TRUSTEE_PASSPHRASE_FD};

const struct cli_verb trustee_verb_accept = {
	.name = "accept",
	.label = N_("check the deals and sign the charter"),
	.command = TRUSTEE_COMMAND("accept DIR --key FILE [--backup FILE]",
				   N_("Check every deal and the charter, and sign the charter."),
				   accept_options),
	.reads = CLI_CEREMONY | CLI_KEY,
	.changes = CLI_CEREMONY | CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = trustee_check_one_key,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check_accept,
					.may = show_charter,
					.open = trustee_open_keys,
					.act = accept,
					.say = say_accepted},
};

/* ---- ceremony ---- */

/* A key that cannot be used is told before the next passphrase is asked for. */
static int open_or_create_all(struct tool_call *c)
{
	int r = 0;
	for (size_t i = 0; i < trustee_given.key.n && r == 0; i++) {
		r = trustee_open_or_create(c, trustee_given.key.at[i],
					   i < trustee_given.name.n ? trustee_given.name.at[i]
								    : NULL);
		if (r == 0 && (r = holder_check_announcing(c->keys[i], &c->folder, (uint32_t)i + 1,
							   &c->err)) != 0)
			r = yihu_fail_at(&c->err, r, "%s", trustee_given.key.at[i]);
	}
	return r;
}

static int check_ceremony(struct tool_call *c)
{
	struct yihu_plan plan = {0};
	int r = yihu_plan_read(&plan, &c->folder, &c->err);
	if (r == 0 && trustee_given.key.n != plan.n)
		r = yihu_fail(
			&c->err, YIHU_EARG,
			_("give the key file of every holder with --key, in order: %u in all"),
			plan.n);
	if (r == 0)
		r = check_claims(c, 1);
	if (r == 0)
		r = trustee_check_backups(c);
	if (r == 0)
		trustee_say_one_computer();
	yihu_plan_finish(&plan);
	return r;
}

/* On a terminal the table waits for the clerk; a script calls again. */
static int hold_ceremony(struct tool_call *c)
{
	static const char *question =
		N_("Is all of this what was agreed, and do all of you sign it? (yes/no)");
	bool made = false;
	for (;;) {
		int r = holder_table_ceremony(c->keys, c->n_keys, &c->folder, tool_show, &question,
					      &made, &c->err);
		if (r != 0 || made)
			return r;
		cli_say(_("Now the clerk makes the charter: yihu-issue charter %s"),
			c->folder.word);
		if (!cli_interactive())
			return 0;
		free(cli_ask(_("Press Enter when it is made.")));
	}
}

static int ceremony(struct tool_call *c)
{
	int r = hold_ceremony(c);
	return r == 0 && c->keys[0]->has_charter ? trustee_back_up(c) : r;
}

static void say_ceremony(struct tool_call *c)
{
	if (c->keys[0]->has_charter)
		say_accepted(c);
}

static const struct cli_option ceremony_options[] = {
	TRUSTEE_KEYS,
	{"name", CLI_LIST, &trustee_given.name, "NAME",
	 N_("each new holder's name, in order (repeat)")},
	TRUSTEE_BACKUP,
	TOOL_SEEN,
	TRUSTEE_PASSPHRASE_FD,
	TRUSTEE_UNENCRYPTED,
};

const struct cli_verb trustee_verb_ceremony = {
	.name = "ceremony",
	.label = N_("announce, deal and accept, all at one table"),
	.command = TRUSTEE_COMMAND("ceremony DIR --key FILE … --name NAME … [--backup FILE …]",
				   N_("The whole ceremony at one table: announce, deal, accept."),
				   ceremony_options),
	.reads = CLI_CEREMONY | CLI_KEY,
	.changes = CLI_CEREMONY | CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE | CLI_NEW_PASSPHRASE,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check_ceremony,
					.open = open_or_create_all,
					.act = ceremony,
					.say = say_ceremony},
};
