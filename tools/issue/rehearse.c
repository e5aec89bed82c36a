/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue rehearse, rehearsed: a whole vote with specimens, and that it was held.
 */
#include <stdlib.h>

#include "issue/paper.h"
#include "issue/verbs.h"
#include "rehearse/rehearse.h"

static struct {
	const char *to;
	struct cli_u32 minutes, specimens;
} given;

static uint32_t or_usual(struct cli_u32 n, uint32_t usual)
{
	return n.given ? n.value : usual;
}

static int read_options(struct rehearse_options *o, struct yihu_error *err)
{
	*o = (struct rehearse_options){
		.to = given.to,
		.url = tool_given.url,
		.minutes = or_usual(given.minutes, REHEARSE_MINUTES),
		.specimens = or_usual(given.specimens, REHEARSE_SPECIMENS),
		.paper = LANGUAGE_DEFAULT,
		.progress = cli_progress(),
	};
	return paper_given.language ? words_language(&o->paper, paper_given.language, err) : 0;
}

static int check(struct tool_call *c)
{
	struct rehearse_options o;
	int r = read_options(&o, &c->err);
	return r == 0 ? rehearse_check(&c->folder, &o, &c->err) : r;
}

static int rehearse(struct tool_call *c)
{
	struct rehearse_options o;
	int r = read_options(&o, &c->err);
	return r == 0 ? rehearse_prepare(&c->folder, &o, &c->err) : r;
}

/* What comes next is the rehearsal's. */
static void say_made(struct tool_call *c)
{
	struct yihu_folder made;
	yihu_folder_init(&made, given.to);
	cli_say(_("The rehearsal is in %s, and its poll is open: every page and sheet of it is "
		  "marked. Start its daemon, vote with the specimens in %s, and count once its end "
		  "has come. Then: yihu-issue rehearsed %s %s"),
		made.root, made.letters, c->folder.word, made.word);
	tool_say_state(&made);
	yihu_folder_finish(&made);
}

static const struct cli_option options[] = {
	{"to", CLI_STRING, &given.to, "NEW", N_("the rehearsal's folder, which is made")},
	{"minutes", CLI_U32, &given.minutes, "N", N_("how long its poll is open [10]")},
	{"specimens", CLI_U32, &given.specimens, "N", N_("how many households it has [5]")},
	{"url", CLI_STRING, &tool_given.url, "URL",
	 N_("where its letters lead (default: a port of this computer)")},
	PAPER_LANGUAGE,
};

const struct cli_verb issue_verb_rehearse = {
	.name = "rehearse",
	.label = N_("rehearse the vote with specimens"),
	.command = {.usage = "rehearse DIR --to NEW",
		    .summary =
			    N_("Make a rehearsal: an election of its own with the same projects, "
			       "specimens of letters, and keys to throw away."),
		    .options = options,
		    .n_options = sizeof options / sizeof *options,
		    .min_words = 1,
		    .max_words = 1,
		    .needed = "to"},
	.reads = CLI_CEREMONY | CLI_PUBLIC,
	.changes = CLI_FILE,
	.run = tool_run,
	.act =
		&(const struct tool_act){
			.check = check, .act = rehearse, .say = say_made, .says_next = true},
};

/* ---- that it was held ---- */

static int rehearsed(struct tool_call *c)
{
	struct yihu_folder rehearsal;
	uint32_t ballots = 0;
	yihu_folder_init(&rehearsal, c->words[1]);
	int r = rehearse_held(&c->folder, &rehearsal, cli_progress(), &ballots, &c->err);
	cli_progress_end();
	yihu_folder_finish(&rehearsal);
	if (r == 0)
		cli_say(_("The rehearsal passed the audit, with %u votes. It is remembered in %s; "
			  "its folder is not needed any more."),
			ballots, c->folder.root);
	return r;
}

const struct cli_verb issue_verb_rehearsed = {
	.name = "rehearsed",
	.label = N_("say that a rehearsal was held"),
	.command = {.usage = "rehearsed DIR REHEARSAL",
		    .summary = N_("Audit a rehearsal that was held to its end, and remember it: "
				  "letters wait for that."),
		    .min_words = 2,
		    .max_words = 2},
	.reads = CLI_CEREMONY | CLI_FILE,
	.changes = CLI_PAPER,
	.run = tool_run,
	.act = &(const struct tool_act){.act = rehearsed},
};
