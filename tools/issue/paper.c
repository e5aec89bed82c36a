/* SPDX-License-Identifier: Apache-2.0
 *
 * Walk list, poster, forms, and destroying the letters' files.
 */
#include "issue/paper.h"
#include "issue/verbs.h"

struct paper_given paper_given;

struct issue_paper_options paper_options(void)
{
	return (struct issue_paper_options){.language = paper_given.language,
					    .desk = paper_given.desk,
					    .sender = paper_given.sender,
					    .phone = paper_given.phone,
					    .place = paper_given.place,
					    .per_file = paper_given.per_file.value,
					    .duplex = paper_given.duplex};
}

static const struct cli_option language_option[] = {PAPER_LANGUAGE};
static const struct cli_option walklist_options[] = {PAPER_LANGUAGE, PAPER_SENDER};

static int walklist(struct tool_call *c)
{
	const struct issue_paper_options o = paper_options();
	return issue_walklist(&c->folder, &o, &c->err);
}

const struct cli_verb issue_verb_walklist = {
	.name = "walklist",
	.label = N_("make the list to sign at the doors"),
	.command = CLI_COMMAND("walklist DIR",
			       N_("Make the list that households sign, in walking order."),
			       walklist_options, 1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PAPER,
	.run = tool_run,
	.act = &(const struct tool_act){.act = walklist,
					.done = N_("The walk list is %s/paper/walklist.pdf.")},
};

static const struct cli_option poster_options[] = {PAPER_LANGUAGE, PAPER_DESK, PAPER_SENDER};

static int poster(struct tool_call *c)
{
	const struct issue_paper_options o = paper_options();
	return issue_poster(&c->folder, &o, &c->err);
}

const struct cli_verb issue_verb_poster = {
	.name = "poster",
	.label = N_("make the poster before the vote"),
	.command = CLI_COMMAND("poster DIR", N_("Make the poster before the vote."), poster_options,
			       1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PAPER | CLI_PUBLIC,
	.run = tool_run,
	.act =
		&(const struct tool_act){
			.act = poster,
			.done = N_("The poster is in %s/paper: poster-a4.pdf and poster-a3.pdf.")},
};

static int envelope(struct tool_call *c)
{
	const struct issue_paper_options o = paper_options();
	return issue_envelopes(&c->folder, &o, &c->err);
}

const struct cli_verb issue_verb_envelope = {
	.name = "envelope",
	.label = N_("make the forms for passphrases in envelopes"),
	.command = CLI_COMMAND("envelope DIR",
			       N_("Make the forms for passphrases in sealed envelopes."),
			       language_option, 1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PAPER,
	.run = tool_run,
	.act = &(const struct tool_act){.act = envelope,
					.done = N_("The forms are in %s/paper/envelopes.pdf, a "
						   "page for each passphrase. "
						   "Write on them by hand, and keep each envelope "
						   "apart from its key.")},
};

static int proof(struct tool_call *c)
{
	const struct issue_paper_options o = paper_options();
	return issue_proof(&c->folder, &o, &c->err);
}

const struct cli_verb issue_verb_proof = {
	.name = "proof",
	.label = N_("make the proof sheet, to check and sign"),
	.command = CLI_COMMAND("proof DIR",
			       N_("Make the proof sheet: what the charter fixes, to be checked "
				  "and signed on paper."),
			       language_option, 1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PAPER,
	.run = tool_run,
	.act = &(const struct tool_act){.act = proof,
					.done = N_("The proof sheet is %s/paper/proof.pdf: a line "
						   "for everybody who signs the charter.")},
};

/* ---- destroying ---- */

static struct {
	struct cli_u32 printed;
} given;

static struct yihu_buf kept; /* jobs that the spooler may have still */

static int shred(struct tool_call *c)
{
	return issue_shred(&c->folder, given.printed.value, &kept, &c->err);
}

static void say_destroyed(struct tool_call *c)
{
	cli_say(_("The letters' files are overwritten and removed. Copies elsewhere (a stick, the "
		  "printer's memory, a backup) are yours to destroy."));
	if (kept.len > 0)
		cli_say(_("The printing system of this computer may still have letters, in the "
			  "jobs below: destroy each with cancel -x JOB, as administrator if need "
			  "be.\n%.*s"),
			(int)kept.len - 1, (const char *)kept.data);
	yihu_buf_free(&kept);
	tool_say_medium(c->folder.root);
}

static const struct cli_option shred_options[] = {
	{"printed", CLI_U32, &given.printed, "N",
	 N_("letters that came out of the printer, counted by hand")},
};

const struct cli_verb issue_verb_shred = {
	.name = "shred-letters",
	.label = N_("destroy the letters' files after printing"),
	.command = {.usage = "shred-letters DIR --printed N",
		    .summary = N_("Destroy the letters' files, once all of them are printed."),
		    .options = shred_options,
		    .n_options = 1,
		    .min_words = 1,
		    .max_words = 1,
		    .needed = "printed"},
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_LETTERS | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_SECRET | CLI_LETTERS | CLI_PAPER,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.act = shred, .say = say_destroyed},
};
