/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue cancel: call an election off. State and words are checked and read
 * back before the passphrase is asked.
 */
#include "issue/cancel.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "issue/paper.h"

static struct {
	const char *reason, *confirm, *url, *key;
	bool box_lost;
	struct cli_key_options keys;
} opt;

#define GROUP 4 /* signs of the short print that are typed */

/* What it is about, and how much was done already. */
static void read_back(const struct yihu_view *v, enum issue_cancel_way way)
{
	const struct yihu_election *e = v->audit->election;
	const char *title = yihu_definition_meta(e->definition, "description");
	char print[YIHU_SHORT_PRINT_BYTES];
	yihu_short_print(print, e->charter->eid);
	cli_say(_("You are about to call this election off:"));
	cli_say("  %s", title ? title : "");
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

/* Given, or asked; checked before anything else is asked. Caller frees. */
static int read_reason(char **out, struct yihu_error *err)
{
	*out = opt.reason != NULL  ? yihu_strdup(opt.reason)
	       : cli_interactive() ? cli_ask(_("Why? In one line, as everybody will read it:"))
				   : NULL;
	if (!*out)
		return yihu_fail(err, YIHU_EARG, _("cancel wants --reason TEXT"));
	return yihu_reason_check(yihu_span(*out), err);
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

static int look(struct yihu_view *v, const struct yihu_folder *f, enum issue_cancel_way way,
		struct yihu_error *err)
{
	tool_reach *reach = way == ISSUE_CANCEL_BY_ENTRY ? yihu_reach_open : yihu_reach_open_files;
	int r = tool_look(v, f, opt.url, reach, err);
	return r == 0 ? issue_may_cancel(v, way, yihu_clock(), err) : r;
}

static int act(struct yihu_view *v, enum issue_cancel_way way, const char *reason,
	       struct yihu_error *err)
{
	struct yihu_keyfile *key = NULL;
	int r = tool_open_issuer(&key, v->folder, opt.key, &opt.keys, err);
	if (r == 0)
		r = issue_cancel(key, v, way, yihu_span(reason), err);
	yihu_keyfile_close(key);
	return r;
}

static int print_poster(const struct yihu_view *v, struct yihu_error *err)
{
	const struct issue_paper_options paper = paper_options();
	struct yihu_called_off off = {.time = v->audit->called_off_at};
	memcpy(off.reason, v->audit->reason, sizeof off.reason);
	return issue_cancelled_poster(v->folder, &paper, &off, err);
}

static void say_done(const struct yihu_view *v, enum issue_cancel_way way)
{
	cli_say(_("This election is called off. The poster is %s/paper/cancelled-a4.pdf and "
		  "-a3.pdf: put it up where the first one hangs."),
		v->folder->root);
	if (way != ISSUE_CANCEL_BY_ENTRY)
		cli_say(_("Wherever its public folder is shown, copy %s/cancelled there."),
			v->folder->pub);
}

static int cancel(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_view v = {0};
	enum issue_cancel_way way;
	char *reason = NULL;
	int r = tool_check_folder(f, err);
	if (r == 0)
		r = issue_cancel_way(&way, f, opt.box_lost, err);
	if (r == 0)
		r = look(&v, f, way, err);
	cli_progress_end();
	if (r == 0) {
		read_back(&v, way);
		r = read_reason(&reason, err);
	}
	if (r == 0)
		r = confirm(&v, err);
	if (r == 0)
		r = act(&v, way, reason, err);
	if (r == 0)
		r = print_poster(&v, err);
	if (r == 0)
		say_done(&v, way);
	free(reason);
	yihu_view_finish(&v);
	return r;
}

int issue_cancel_verb(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"reason", CLI_STRING, &opt.reason, "TEXT",
		 N_("why, in one line, for everybody to read")},
		{"confirm", CLI_STRING, &opt.confirm, "XXXX",
		 N_("the first four signs of the election's id, without a question")},
		{"box-lost", CLI_FLAG, &opt.box_lost, NULL,
		 N_("the ballot box is lost for good, with its backups")},
		{"url", CLI_STRING, &opt.url, "URL",
		 N_("the daemon to reach instead of the folder")},
		{"key", CLI_STRING, &opt.key, "FILE",
		 N_("the issuer key, if not DIR/secret/issuer.key")},
		{"passphrase-fd", CLI_U32, &opt.keys.passphrase_fd, "N",
		 N_("read the passphrase from descriptor N")},
		PAPER_LANGUAGE,
	};
	static const struct cli_command c = {
		.usage = "cancel DIR --reason TEXT",
		.summary = N_("Call the election off, before its poll has ended."),
		.options = options,
		.n_options = sizeof options / sizeof *options,
		.min_words = 1,
		.max_words = 1};
	const char *dir;
	struct yihu_folder f;
	struct yihu_error err = {0};
	int r = cli_parse(&c, argc, argv, &dir);
	if (r >= 0)
		return r;
	yihu_folder_init(&f, dir);
	r = cancel(&f, &err);
	return tool_end(&f, r, &err);
}
