/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue: the clerk's program.
 */
#include "common/common.h"
#include "issue/cancel.h"
#include "issue/carry.h"
#include "issue/copies.h"
#include "issue/init.h"
#include "issue/paper.h"
#include "issue/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

static struct {
	const char *url, *key;
	bool arrived;
	struct cli_key_options keys;
} opt;

#define OPT_KEY                                                                                    \
	{                                                                                          \
		"key", CLI_STRING, &opt.key, "FILE",                                               \
			N_("the issuer key, if not DIR/secret/issuer.key")                         \
	}
#define OPT_PASSPHRASE_FD                                                                          \
	{                                                                                          \
		"passphrase-fd", CLI_U32, &opt.keys.passphrase_fd, "N",                            \
			N_("read the passphrase from descriptor N")                                \
	}
#define OPT_URL                                                                                    \
	{                                                                                          \
		"url", CLI_STRING, &opt.url, "URL",                                                \
			N_("the daemon to reach instead of the folder")                            \
	}
#define COMMAND(u, s, o, words)                                                                    \
	{                                                                                          \
		.usage = (u), .summary = (s), .options = (o),                                      \
		.n_options = sizeof(o) / sizeof *(o), .min_words = (words), .max_words = (words)   \
	}

static const struct cli_option act_options[] = {OPT_KEY, OPT_URL, OPT_PASSPHRASE_FD};
static const struct cli_option key_options[] = {OPT_KEY, OPT_PASSPHRASE_FD};

/* ---- charter, letters ---- */

static int publish_charter(const struct yihu_folder *f, struct yihu_error *err)
{
	uint8_t eid[YIHU_EID_BYTES];
	char *missing = NULL;
	int r = issue_charter_publish(f, &missing, err);
	if (r == 0 && missing)
		cli_say(_("The charter is made; these key holders accept it next: %s"), missing);
	if (r == 0)
		r = yihu_folder_eid(eid, f, err);
	if (r == 0)
		tool_say_eid(eid);
	free(missing);
	return r;
}

typedef int act(struct yihu_keyfile *key, const struct yihu_folder *f, struct yihu_error *err);

typedef int may(const struct yihu_folder *f, struct yihu_error *err);

/* What refuses the act without the key is asked before the passphrase. */
static int run_with_key(int argc, char **argv, const struct cli_command *c, may *check, act *do_it)
{
	const char *dir;
	struct yihu_folder f;
	struct yihu_keyfile *key = NULL;
	struct yihu_error err = {0};
	int r = cli_parse(c, argc, argv, &dir);
	if (r >= 0)
		return r;
	yihu_folder_init(&f, dir);
	r = tool_check_folder(&f, &err);
	if (r == 0)
		r = check(&f, &err);
	if (r == 0)
		r = tool_open_issuer(&key, &f, opt.key, &opt.keys, &err);
	if (r == 0)
		r = do_it(key, &f, &err);
	yihu_keyfile_close(key);
	if (r == 0)
		copies_say(&f, false);
	return tool_end(&f, r, &err);
}

static int do_charter(struct yihu_keyfile *key, const struct yihu_folder *f, struct yihu_error *err)
{
	int r = issue_charter_draft(key, f, err);
	return r == 0 ? publish_charter(f, err) : r;
}

static int run_charter(int argc, char **argv)
{
	static const struct cli_command c =
		COMMAND("charter DIR", N_("Make the charter once all key holders have announced."),
			key_options, 1);
	return run_with_key(argc, argv, &c, issue_charter_check, do_charter);
}

static int do_letters(struct yihu_keyfile *key, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf report = {0};
	const struct issue_paper_options paper = paper_options();
	int r = issue_letters(key, f, &paper, cli_progress(), &report, err);
	cli_progress_end();
	if (r == 0 && report.len > 0)
		fputs((const char *)report.data, stdout);
	yihu_buf_free(&report);
	if (r != 0)
		return r;
	cli_say(_("The letters are in %s: pdf/ for the printer, in walking order; list.csv and qr/ "
		  "for mail merge. They ARE the votes. Print one-sided (a ballot slip must not be "
		  "on the back of a letter), count what came out, then run: "
		  "yihu-issue shred-letters %s --printed NUMBER"),
		f->letters, f->word);
	return publish_charter(f, err);
}

static int run_letters(int argc, char **argv)
{
	static const struct cli_option options[] = {OPT_KEY, OPT_PASSPHRASE_FD, PAPER_LANGUAGE,
						    PAPER_DESK, PAPER_PER_FILE};
	static const struct cli_command c =
		COMMAND("letters DIR", N_("Make every household's letter, and open the register."),
			options, 1);
	return run_with_key(argc, argv, &c, issue_letters_check, do_letters);
}

/* ---- changes ---- */

static int read_serial(uint32_t *serial, const char *word)
{
	uint64_t v;
	struct yihu_span text = yihu_span(word);
	while (text.len > 1 && text.p[0] == '0') {
		text.p++;
		text.len--;
	}
	if (!yihu_decimal(&v, text, UINT32_MAX) || v == 0)
		return cli_usage_error(_("“%s” is no letter number"), word);
	*serial = (uint32_t)v;
	return -1;
}

static void say_change(const struct yihu_folder *f, const struct issue_change *c,
		       uint32_t new_serial)
{
	if (new_serial == 0)
		cli_say(_("Letter %04u is void now."), c->old_serial);
	else if (c->old_serial != 0)
		cli_say(_("Letter %04u is void; letter %04u replaces it: %s/pdf/%04u.pdf"),
			c->old_serial, new_serial, f->letters, new_serial);
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

static int change(const char *dir, const struct issue_change *c)
{
	struct yihu_folder f;
	struct yihu_view v = {0};
	struct yihu_keyfile *key = NULL;
	struct yihu_error err = {0};
	uint32_t new_serial = 0;
	yihu_folder_init(&f, dir);
	int r = tool_look(&v, &f, opt.url, yihu_reach_open, &err);
	if (r == 0)
		r = issue_change_check(&v, c, &err);
	if (r == 0)
		r = tool_open_issuer(&key, &f, opt.key, &opt.keys, &err);
	if (r == 0)
		r = issue_change(key, &v, c, &new_serial, &err);
	if (r == 0)
		r = yihu_view_show(&v, &err);
	if (r == 0)
		say_change(&f, c, new_serial);
	if (r == 0 && c->fresh) {
		say_destroy(&f);
		tool_say_medium(f.root);
	}
	if (r == 0)
		copies_say(&f, false);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	return tool_end(&f, r, &err);
}

static int run_replace(int argc, char **argv)
{
	static const struct cli_command c =
		COMMAND("replace DIR NUMBER",
			N_("Void a letter and make another for its household."), act_options, 2);
	const char *words[2];
	struct issue_change change_of = {.fresh = true};
	int r = cli_parse(&c, argc, argv, words);
	if (r >= 0 || (r = read_serial(&change_of.old_serial, words[1])) >= 0)
		return r;
	return change(words[0], &change_of);
}

static int run_void(int argc, char **argv)
{
	static const struct cli_command c =
		COMMAND("void DIR NUMBER", N_("Void a letter for good."), act_options, 2);
	const char *words[2];
	struct issue_change change_of = {.fresh = false};
	int r = cli_parse(&c, argc, argv, words);
	if (r >= 0 || (r = read_serial(&change_of.old_serial, words[1])) >= 0)
		return r;
	return change(words[0], &change_of);
}

static int run_add(int argc, char **argv)
{
	static const struct cli_command c =
		COMMAND("add DIR HOUSEHOLD",
			N_("Make a letter for a household that was not listed."), act_options, 2);
	const char *words[2];
	int r = cli_parse(&c, argc, argv, words);
	if (r >= 0)
		return r;
	return change(words[0], &(struct issue_change){.household = words[1], .fresh = true});
}

/* ---- results, handover ---- */

static struct yihu_view sign_view; /* looked at once, before the passphrase */

static int look_and_check_sign(const struct yihu_folder *f, struct yihu_error *err)
{
	int r = tool_look(&sign_view, f, opt.url, yihu_reach_open_public, err);
	return r == 0 ? issue_sign_check(&sign_view, err) : r;
}

static int do_sign(struct yihu_keyfile *key, const struct yihu_folder *f, struct yihu_error *err)
{
	(void)f;
	return issue_sign(key, &sign_view, err);
}

static int run_sign(int argc, char **argv)
{
	static const struct cli_command c =
		COMMAND("sign DIR", N_("Recompute the results and sign them."), act_options, 1);
	int status = run_with_key(argc, argv, &c, look_and_check_sign, do_sign);
	yihu_view_finish(&sign_view);
	return status;
}

/* Not before the server serves what this folder has handed over. */
static int end_handover(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_view v = {0};
	int r = tool_look(&v, f, opt.url, yihu_reach_open_public, err);
	if (r == 0 && v.audit->stage < YIHU_STAGE_OPEN)
		r = yihu_fail(err, YIHU_ESTATE, _("the server does not serve the box yet"));
	if (r == 0)
		r = issue_handover_arrived(f, err);
	if (r == 0) {
		cli_say(_("The box is served there. %s/handover.tar is overwritten and removed; "
			  "destroy what carried it to the server."),
			f->root);
		tool_say_medium(f->root);
	}
	yihu_view_finish(&v);
	return r;
}

static int hand_over(const struct yihu_folder *f, struct yihu_error *err)
{
	if (opt.arrived)
		return end_handover(f, err);
	int r = issue_handover(f, opt.url, err);
	if (r == 0)
		cli_say(_("%s/handover.tar holds the box: bring it to the server, unpack it there "
			  "(tar -xf handover.tar), start 'yihu-countd box', and run this again "
			  "with --arrived: that destroys the file here."),
			f->root);
	return r;
}

static int run_handover(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"url", CLI_STRING, &opt.url, "URL", N_("https://HOST where the box will be")},
		{"arrived", CLI_FLAG, &opt.arrived, NULL,
		 N_("it is served there: destroy handover.tar here")}};
	static const struct cli_command c =
		COMMAND("handover DIR --url URL [--arrived]",
			N_("Pack the box for a server; it leaves this folder."), options, 1);
	const char *dir;
	struct yihu_folder f;
	struct yihu_error err = {0};
	int r = cli_parse(&c, argc, argv, &dir);
	if (r >= 0)
		return r;
	if (!opt.url)
		return cli_usage_error(_("handover wants --url URL"));
	yihu_folder_init(&f, dir);
	r = hand_over(&f, &err);
	if (r == 0)
		copies_say(&f, false);
	return tool_end(&f, r, &err);
}

static const struct cli_verb verbs[] = {
	{"init", N_("set up an election's folder"), issue_init_verb},
	{"charter", N_("make the charter"), run_charter},
	{"hand-out", N_("copy onto a stick what a key holder needs now"), carry_run_hand_out},
	{"collect", N_("take from sticks what key holders have made"), carry_run_collect},
	{"letters", N_("make the letters"), run_letters},
	{"walklist", N_("make the list to sign at the doors"), paper_walklist},
	{"poster", N_("make the poster before the vote"), paper_poster},
	{"envelope", N_("make the forms for passphrases in envelopes"), paper_envelope},
	{"backup", N_("copy the clerk's side to a stick"), copies_backup},
	{"restore", N_("make the folder again from a backup"), copies_restore},
	{"reconcile", N_("do the letters' numbers close?"), paper_reconcile},
	{"shred-letters", N_("destroy the letters' files after printing"), paper_shred},
	{"replace", N_("replace a lost letter"), run_replace},
	{"add", N_("add a household"), run_add},
	{"void", N_("void a letter"), run_void},
	{"cancel", N_("call the election off"), issue_cancel_verb},
	{"sign", N_("sign the results"), run_sign},
	{"handover", N_("move the box to a server"), run_handover},
	{"status", N_("how far it is, and what is next"), issue_status},
};

int main(int argc, char **argv)
{
	cli_init("yihu-issue");
	return cli_dispatch(N_("The clerk's part: the folder, the charter, the letters."), verbs,
			    sizeof verbs / sizeof *verbs, argc, argv);
}
