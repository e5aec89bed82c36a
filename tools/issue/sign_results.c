/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue charter, letters, sign: what the issuer key stands for.
 */
#include <stdio.h>
#include <stdlib.h>

#include <yihu/cancel.h>

#include "folder/rehearsed.h"
#include "issue/paper.h"
#include "issue/verbs.h"

/* ---- charter ---- */

static const struct cli_option charter_options[] = {TOOL_KEY, TOOL_SEEN, TOOL_PASSPHRASE_FD};
static uint8_t seen[YIHU_EID_BYTES]; /* the id of what was shown */

static int check_charter(struct tool_call *c)
{
	return issue_charter_check(&c->folder, &c->err);
}

static int show_charter(struct tool_call *c)
{
	static const char *question = N_("Is all of this right, and shall it be signed? (yes/no)");
	return issue_charter_look(seen, &c->folder, tool_show, &question, &c->err);
}

static int publish_charter(struct tool_call *c)
{
	uint8_t eid[YIHU_EID_BYTES];
	char *missing = NULL;
	int r = issue_charter_publish(&c->folder, &missing, &c->err);
	if (r == 0 && missing)
		cli_say(_("The charter is made; these key holders accept it next: %s"), missing);
	if (r == 0)
		r = yihu_folder_eid(eid, &c->folder, &c->err);
	if (r == 0)
		tool_say_eid(eid);
	free(missing);
	return r;
}

static int charter(struct tool_call *c)
{
	int r = issue_charter_draft(c->keys[0], &c->folder, seen, &c->err);
	return r == 0 ? publish_charter(c) : r;
}

const struct cli_verb issue_verb_charter = {
	.name = "charter",
	.label = N_("make the charter"),
	.command = CLI_COMMAND("charter DIR",
			       N_("Make the charter once all key holders have announced."),
			       charter_options, 1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET,
	.changes = CLI_CEREMONY | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check_charter,
					.may = show_charter,
					.open = tool_open_issuer,
					.act = charter,
					.say = copies_say_due},
};

/* ---- letters ---- */

static struct cli_u32 households;

/* Said by hand, for a list that was not the right one. */
static int check_households(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_plan plan = {0};
	int r = households.given ? yihu_plan_read(&plan, f, err) : 0;
	if (r == 0 && households.given && plan.households != households.value)
		r = yihu_fail(err, YIHU_EARG,
			      _("there are %u households, not %u: look at the list of households "
				"again, before letters are made"),
			      plan.households, households.value);
	yihu_plan_finish(&plan);
	return r;
}

static const char *skip_rehearsal; /* as given, or as typed: why there is none */

/* Of the real election, once: letters that were begun are ended without a word. */
static bool wants_rehearsal(const struct yihu_folder *f)
{
	return !folder_shows(f, "register") && !folder_is_rehearsed(f) && !folder_rehearses(f);
}

static int ask_rehearsal(struct tool_call *c)
{
	if (!skip_rehearsal && wants_rehearsal(&c->folder) && cli_interactive())
		skip_rehearsal = cli_ask(
			_("Nobody has rehearsed this vote. Letters are made once, and a rehearsal "
			  "takes ten minutes.\nTo rehearse first: press Enter. To go on without: "
			  "type why, in one line, for the record:"));
	bool skips = skip_rehearsal && *skip_rehearsal != '\0';
	if (skips && yihu_reason_check(yihu_span(skip_rehearsal), &c->err) != 0)
		return yihu_fail_at(&c->err, c->err.code, "--skip-rehearsal");
	if (skips || !wants_rehearsal(&c->folder))
		return 0;
	return yihu_fail(
		&c->err, YIHU_ESTATE,
		_("this vote was not rehearsed: yihu-issue rehearse %s --to NEW does it in "
		  "ten minutes; or say why there is no rehearsal: --skip-rehearsal WHY"),
		c->folder.word);
}

static int keep_skipped(struct tool_call *c)
{
	return skip_rehearsal && wants_rehearsal(&c->folder)
		       ? rehearsed_put_skipped(&c->folder, skip_rehearsal, &c->err)
		       : 0;
}

static int check_letters(struct tool_call *c)
{
	int r = issue_letters_check(&c->folder, &c->err);
	return r == 0 ? check_households(&c->folder, &c->err) : r;
}

static int letters(struct tool_call *c)
{
	struct yihu_buf report = {0};
	const struct issue_paper_options paper = paper_options();
	int r = keep_skipped(c);
	if (r == 0)
		r = issue_letters(c->keys[0], &c->folder, &paper, cli_progress(), &report, &c->err);
	cli_progress_end();
	if (r == 0 && report.len > 0)
		fputs((const char *)report.data, stdout);
	yihu_buf_free(&report);
	if (r != 0)
		return r;
	cli_say(paper.duplex
			? _("The letters are in %s: pdf/ for the printer, in walking order; "
			    "list.csv and qr/ for mail merge. They ARE the votes. Print on both "
			    "sides: each back is blank. Count the letters that came out, then run: "
			    "yihu-issue shred-letters %s --printed NUMBER")
			: _("The letters are in %s: pdf/ for the printer, in walking order; "
			    "list.csv and qr/ for mail merge. They ARE the votes. Print one-sided "
			    "(a ballot slip must not be on the back of a letter), count what came "
			    "out, then run: yihu-issue shred-letters %s --printed NUMBER"),
		c->folder.letters, c->folder.word);
	if (folder_letters_apart(&c->folder))
		tool_say_medium(c->folder.letters);
	return publish_charter(c);
}

static const struct cli_option letters_options[] = {
	{"households", CLI_U32, &households, "N",
	 N_("how many there are, as somebody counted: with another number nothing is made")},
	TOOL_KEY,
	TOOL_PASSPHRASE_FD,
	PAPER_LANGUAGE,
	PAPER_DESK,
	PAPER_SENDER,
	PAPER_PER_FILE,
	PAPER_DUPLEX,
	{"skip-rehearsal", CLI_STRING, &skip_rehearsal, "WHY",
	 N_("why there is no rehearsal, for the record")}};

const struct cli_verb issue_verb_letters = {
	.name = "letters",
	.label = N_("make the letters"),
	.command = CLI_COMMAND("letters DIR",
			       N_("Make every household's letter, and open the register."),
			       letters_options, 1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER,
	.changes = CLI_LETTERS | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check_letters,
					.may = ask_rehearsal,
					.open = tool_open_issuer,
					.act = letters,
					.say = copies_say_due},
};

/* ---- sign ---- */

static struct {
	const char *until;
	bool none;
} objections;

/* 0 where none are taken. */
static int objections_until(uint64_t *until, struct yihu_error *err)
{
	*until = objections.none ? 0 : issue_objections_until(yihu_clock(), ISSUE_OBJECTION_DAYS);
	if (!objections.until)
		return 0;
	if (objections.none)
		return yihu_fail(err, YIHU_EARG,
				 _("--objections-until and --no-objections: give one of the two"));
	return yihu_time_parse_local(until, objections.until)
		       ? 0
		       : yihu_fail(err, YIHU_EARG,
				   _("--objections-until: “%s” is no time such as "
				     "“2026-06-09 20:00”"),
				   objections.until);
}

static int may_sign(struct tool_call *c)
{
	uint64_t until;
	int r = objections_until(&until, &c->err);
	if (r == 0)
		r = issue_sign_check(&c->view, until, &c->err);
	return r == 0 ? tool_show_result(&c->view,
					 N_("Is this the result, and do you sign it? "
					    "(yes/no)"),
					 until, &c->err)
		      : r;
}

static int sign(struct tool_call *c)
{
	uint64_t until = 0;
	int r = objections_until(&until, &c->err);
	if (r == 0)
		r = issue_sign(c->keys[0], &c->view, until, &c->err);
	if (r != 0 || until == 0)
		return r;
	char *when = yihu_time_local(until);
	cli_say(_("Once published, the result is open to objections until %s."), when);
	free(when);
	return 0;
}

static const struct cli_option sign_options[] = {
	{"objections-until", CLI_STRING, &objections.until, "TIME",
	 N_("until when objections are taken (default: the end of the 7th day from now)")},
	{"no-objections", CLI_FLAG, &objections.none, NULL,
	 N_("the result is final as soon as it is published")},
	TOOL_SEEN,
	TOOL_KEY,
	TOOL_URL,
	TOOL_PASSPHRASE_FD,
};

const struct cli_verb issue_verb_sign = {
	.name = "sign",
	.label = N_("sign the results"),
	.command = CLI_COMMAND("sign DIR", N_("Recompute the results and sign them."), sign_options,
			       1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_CEREMONY,
	.asks = CLI_OLD_PASSPHRASE,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public,
					.may = may_sign,
					.open = tool_open_issuer,
					.act = sign,
					.say = copies_say_due},
};
