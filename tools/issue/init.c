/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue init: an election's folder, from files and numbers that are given,
 * or from an earlier election's.
 */
#include <stdio.h>
#include <stdlib.h>

#include "issue/again.h"
#include "issue/answers.h"
#include "issue/init_json.h"
#include "issue/paper.h"
#include "issue/verbs.h"
#include "issue/vote.h"

static struct {
	struct issue_plan_options plan;
	struct cli_when opens, closes;
	struct cli_u32 holders, threshold, box_quorum, additions, replacements, withdrawals,
		min_box;
	const char *again;
	struct again old; /* with --again */
	const char *answers_path;
	bool json;
	const char *proof; /* with json */
	struct paper_kept paper;
	struct list_answers answers;
	struct list_asks asks;
} opt;

static int make_issuer_key(void *context, struct yihu_keyfile **out, const char *path,
			   const char *name, struct yihu_error *err)
{
	const struct yihu_folder *made = context;
	char *shown = folder_path(made, F_ISSUER_KEY);
	int r = cli_key_create(out, path, shown, YIHU_ROLE_ISSUER, name, &tool_given.keys, err);
	free(shown);
	return r;
}

/* Which of the two ways to run: asked when nobody said. */
static void choose_way(void)
{
	if (tool_given.url || opt.again || !cli_interactive())
		return;
	char *answer =
		cli_ask(_("Households vote at the count desk only, with no network: press Enter.\n"
			  "With a server too: type its address (https://HOST):"));
	if (answer && *answer != '\0')
		tool_given.url = answer;
	else
		free(answer);
}

static uint32_t or_default(struct cli_u32 n)
{
	return n.given ? n.value : UINT32_MAX;
}

/* One of four may be missing at the count, and two together can read votes. */
#define HOLDERS 4
#define THRESHOLD 2

/* Asked when everybody would have to come, and nobody said that it is meant. */
static void ask_whether_all_come(void)
{
	struct issue_plan_options *p = &opt.plan;
	if (p->nobody_may_miss || !cli_interactive() ||
	    !yihu_threshold_valid(p->threshold, p->holders))
		return;
	uint32_t q = p->box_quorum != 0 ? p->box_quorum : yihu_box_quorum(p->threshold, p->holders);
	if (q < p->holders)
		return;
	char *question =
		p->holders == 1
			? yihu_strdup(_("With these numbers there is one key holder, who must come "
					"to the count. One lost stick or one forgotten passphrase, "
					"and the votes stay shut for ever.\nReally only one? "
					"(yes/no)"))
			: yihu_printf(_("With these numbers all %u key holders must come to the "
					"count. One "
					"lost stick or one forgotten passphrase, and the votes "
					"stay shut for "
					"ever.\nReally nobody may be missing? (yes/no)"),
				      p->holders);
	p->nobody_may_miss = cli_yes(question);
	free(question);
}

/* Which of them do not go together. */
static int check_together(void)
{
	if (vote_given.projects && opt.plan.definition)
		return cli_usage_error(_("what is voted on comes from one file: give --projects "
					 "or --election"));
	if (!vote_given.projects && vote_any())
		return cli_usage_error(_("options about the vote go with --projects FILE; an "
					 "election file says all that itself"));
	if (opt.proof && !opt.json)
		return cli_usage_error(_("--proof goes with --json"));
	if (opt.holders.given != opt.threshold.given)
		return cli_usage_error(_("init needs --holders N and --threshold T, or neither"));
	if (opt.withdrawals.given && opt.withdrawals.value > YIHU_WITHDRAWALS_MAX)
		return cli_usage_error(_("--max-withdrawals is at most %d"), YIHU_WITHDRAWALS_MAX);
	if (opt.box_quorum.given && opt.box_quorum.value == 0)
		return cli_usage_error(_("--box-quorum is at least 1"));
	return -1;
}

static int check_there(void)
{
	if ((!opt.plan.definition && !vote_given.projects) || !opt.plan.households)
		return cli_usage_error(_("init needs --projects FILE (or --election FILE) and "
					 "--households FILE"));
	if (!opt.opens.given || !opt.closes.given)
		return cli_usage_error(_("init needs --opens TIME and --closes TIME"));
	return -1;
}

/* As later papers are to look; nothing when nothing was said. */
static void fill_paper(void)
{
	opt.paper = (struct paper_kept){.language = words_brief(LANGUAGE_DEFAULT),
					.desk = paper_given.desk,
					.sender = paper_given.sender,
					.phone = paper_given.phone,
					.place = paper_given.place};
	if (paper_given.desk || paper_given.sender || paper_given.phone || paper_given.place)
		opt.plan.paper = &opt.paper;
}

static void fill_plan(void)
{
	fill_paper();
	opt.plan.url = tool_given.url;
	opt.plan.projects = vote_given.projects;
	opt.plan.vote = &vote_given.words;
	opt.plan.sheets = vote_given.sheets.at;
	opt.plan.n_sheets = vote_given.sheets.n;
	opt.plan.sheets_found = &vote_given.sheets_found;
	opt.plan.opens = opt.opens.value;
	opt.plan.closes = opt.closes.value;
	opt.plan.holders = opt.holders.given ? opt.holders.value : HOLDERS;
	opt.plan.threshold = opt.threshold.given ? opt.threshold.value : THRESHOLD;
	opt.plan.box_quorum = opt.box_quorum.value;
	opt.plan.max_additions = or_default(opt.additions);
	opt.plan.max_replacements = or_default(opt.replacements);
	opt.plan.max_withdrawals = or_default(opt.withdrawals);
	opt.plan.min_box = or_default(opt.min_box);
}

static void take_u32(struct cli_u32 *to, uint32_t value)
{
	if (!to->given)
		*to = (struct cli_u32){.given = true, .value = value};
}

static void take_when(struct cli_when *to, uint64_t value)
{
	if (!to->given)
		*to = (struct cli_when){.given = true, .value = value};
}

/* Numbers of the list go with the list, those of the key holders together. The
 * usual min-box is one that nobody chose: it is the usual one again. */
static void take_numbers(const struct yihu_plan *p)
{
	if (!opt.plan.households) {
		take_u32(&opt.additions, p->max_additions);
		take_u32(&opt.replacements, p->max_replacements);
		if (p->min_box != issue_usual_min_box(p->households))
			take_u32(&opt.min_box, p->min_box);
	}
	if (!opt.plan.definition && p->max_withdrawals != 0)
		take_u32(&opt.withdrawals, p->max_withdrawals);
	if (!opt.holders.given && !opt.threshold.given) {
		take_u32(&opt.holders, p->n);
		take_u32(&opt.threshold, p->t);
		take_u32(&opt.box_quorum, p->q);
	}
}

/* What --again gives; what was given by hand stands. Times that are past are
 * not taken: whoever begins anew says when. */
static int take_old(struct yihu_error *err)
{
	struct again *old = &opt.old;
	int r = opt.again ? again_read(old, opt.again, err) : 0;
	if (r != 0 || !opt.again)
		return r;
	take_numbers(&old->plan);
	if (!opt.plan.definition && !vote_given.projects)
		opt.plan.definition = old->definition;
	if (!opt.plan.households)
		opt.plan.households = old->households;
	if (!tool_given.url)
		tool_given.url = old->plan.url;
	if (old->past && opt.json)
		return 0;
	if (old->past && (!opt.opens.given || !opt.closes.given))
		return yihu_fail(err, YIHU_EARG,
				 _("the poll of %s has begun: give --opens TIME and --closes TIME"),
				 opt.again);
	take_when(&opt.opens, old->plan.opens);
	take_when(&opt.closes, old->plan.closes);
	return 0;
}

/* What is the same, and what never is. */
static void say_again(void)
{
	const struct again *old = &opt.old;
	if (!opt.again)
		return;
	cli_say(opt.plan.definition && opt.plan.definition == old->definition
			? _("from %s: what is voted on, unchanged")
			: _("what is voted on is not that of %s"),
		opt.again);
	cli_say(opt.plan.households == old->households ? _("from %s: its list of households")
						       : _("the list is not that of %s"),
		opt.again);
	if (opt.plan.households == old->households && old->added > 0)
		cli_warn(_("%s added households that are not in its list: %u. Enter them in a "
			   "copy of %s, and give it with --households"),
			 opt.again, old->added, old->households);
	cli_say(_("new in any case: keys, letters and their numbers; the letters of %s do not vote "
		  "here"),
		opt.again);
}

static const struct cli_option options[] = {
	VOTE_OPTIONS,
	{"election", CLI_STRING, &opt.plan.definition, "FILE", N_("what is voted on (Pabulib)")},
	{"households", CLI_STRING, &opt.plan.households, "FILE",
	 N_("who may vote: a table (.xlsx, .ods, CSV)")},
	{"answers", CLI_STRING, &opt.answers_path, "FILE",
	 N_("a sheet with answers to what the tables leave open; made when it is not there")},
	{"columns", CLI_STRING, &opt.plan.columns, "COLUMNS",
	 N_("what columns of the households hold: B=building,C=room,D=-,from=3")},
	{"project-columns", CLI_STRING, &opt.plan.project_columns, "COLUMNS",
	 N_("what columns of the projects hold: B=name,C=cost,from=3")},
	{"again", CLI_STRING, &opt.again, "OLD",
	 N_("begin anew: all that is not given is taken from this election's folder")},
	{"url", CLI_STRING, &tool_given.url, "URL",
	 N_("https://HOST of the server; none: count desk only")},
	{"opens", CLI_WHEN, &opt.opens, "TIME", N_("'2026-06-01 08:00', local time")},
	{"closes", CLI_WHEN, &opt.closes, "TIME", N_("'2026-06-07 20:00', local time")},
	{"holders", CLI_U32, &opt.holders, "N", N_("how many key holders [4]")},
	{"threshold", CLI_U32, &opt.threshold, "T", N_("how many of them open the box [2]")},
	{"box-quorum", CLI_U32, &opt.box_quorum, "Q", N_("how many sign the box")},
	{"nobody-may-miss", CLI_FLAG, &opt.plan.nobody_may_miss, NULL,
	 N_("all key holders must come to the count: that is meant")},
	{"max-additions", CLI_U32, &opt.additions, "N", N_("households that may be added")},
	{"max-replacements", CLI_U32, &opt.replacements, "N",
	 N_("letters replaced or voided at most")},
	{"max-withdrawals", CLI_U32, &opt.withdrawals, "N",
	 N_("projects that may be withdrawn at most [1]")},
	{"min-box", CLI_U32, &opt.min_box, "N", N_("fewest ballots that may be opened")},
	PAPER_DESK,
	PAPER_SENDER,
	{"json", CLI_FLAG, &opt.json, NULL,
	 N_("print what was read, what is asked and what is missing as JSON; make nothing")},
	{"proof", CLI_STRING, &opt.proof, "FILE.pdf",
	 N_("with --json: the proof sheet, once nothing is missing")},
	TOOL_SEEN,
	{"passphrase-fd", CLI_U32, &tool_given.keys.passphrase_fd, "N",
	 N_("read the issuer key's passphrase from descriptor N")},
	{"unencrypted", CLI_FLAG, &tool_given.keys.unencrypted, NULL,
	 N_("make the issuer key without a passphrase (tests only)")},
};

/* All that is known; the exit status. */
static int print_json(const char *dir)
{
	struct yihu_error err = {0};
	fill_plan();
	vote_take_numbers();
	const struct init_asked asked = {
		.dir = dir, .plan = &opt.plan, .proof = opt.proof, .language = cli_language()};
	int r = answers_read(&opt.answers, opt.answers_path, &err);
	opt.plan.answers = &opt.answers;
	if (r == 0)
		r = init_print_json(&asked, &err);
	list_answers_finish(&opt.answers);
	again_finish(&opt.old);
	return r == 0 ? CLI_DONE : cli_error(&err);
}

static int take_options(const char *const *words)
{
	struct yihu_error err = {0};
	if (take_old(&err) != 0)
		return cli_error(&err);
	int r = check_together();
	if (r < 0 && opt.json)
		return print_json(words[0]);
	if (r < 0)
		r = check_there();
	if (r < 0 && vote_given.projects)
		r = vote_settle();
	fill_plan();
	return r;
}

/* Each line of problems, before the error that counts them. */
static void say_problems(struct yihu_buf *problems)
{
	if (problems->len > 0)
		fputs((const char *)problems->data, stderr);
	yihu_buf_free(problems);
}

static void forget_asks(void)
{
	list_asks_finish(&opt.asks);
	list_answers_finish(&opt.answers);
}

/* Until all is settled, or somebody has to look first. */
static int check(struct tool_call *c)
{
	struct yihu_buf problems = {0};
	int r = answers_read(&opt.answers, opt.answers_path, &c->err);
	opt.plan.answers = &opt.answers;
	opt.plan.asks = &opt.asks;
	opt.plan.problems = &problems;
	bool again = r == 0;
	while (again) {
		list_asks_finish(&opt.asks);
		yihu_buf_reset(&problems);
		r = issue_init_check(c->words[0], &opt.plan, &c->err);
		again = r != 0 && opt.asks.n_open > 0 && answers_ask(&opt.asks, &opt.answers);
	}
	say_problems(&problems);
	if (r == 0)
		r = vote_check_sheets(&c->err);
	if (r != 0 && opt.asks.n_open > 0)
		r = answers_leave(&opt.asks, opt.answers_path, &c->err);
	if (r != 0)
		forget_asks();
	return r;
}

/* What was read and what it comes to, before a key is made for it. */
static int show(void *context, const struct yihu_definition *d, const struct yihu_charter *charter,
		struct yihu_error *err)
{
	static const char *question = N_("Is all of this right? (yes/no)");
	const struct yihu_buf *notices = context;
	if (notices->len > 0)
		fputs((const char *)notices->data, stdout);
	return tool_show(&question, d, charter, err);
}

static int make(struct tool_call *c)
{
	struct yihu_buf notices = {0}, problems = {0};
	choose_way();
	fill_plan();
	ask_whether_all_come();
	opt.plan.problems = &problems;
	opt.plan.look = show;
	opt.plan.look_context = &notices;
	int r = issue_init(c->words[0], &opt.plan, make_issuer_key, &c->folder, &notices, &c->err);
	if (r == 0)
		say_again();
	say_problems(&problems);
	again_finish(&opt.old);
	forget_asks();
	yihu_buf_free(&notices);
	return r;
}

static void say(struct tool_call *c)
{
	if (!tool_given.keys.unencrypted)
		cli_say(_("Without the passphrase nobody closes the poll. Write it down and seal "
			  "it "
			  "in an envelope; forms for everybody: yihu-issue envelope %s"),
			c->folder.word);
	tool_say_medium(c->folder.root); /* before letters are made here */
}

const struct cli_verb issue_verb_init = {
	.name = "init",
	.label = N_("set up an election's folder"),
	.command = CLI_COMMAND("init DIR --projects FILE --households FILE --opens T --closes T",
			       N_("Set up an election's folder."), options, 1),
	.reads = CLI_FILE,
	.changes = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_FILE,
	.asks = CLI_NEW_PASSPHRASE,
	.check = take_options,
	.run = tool_run,
	.act =
		&(const struct tool_act){
			.makes_folder = true, .check = check, .act = make, .say = say},
};
