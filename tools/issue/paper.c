/* SPDX-License-Identifier: Apache-2.0
 *
 * Walk list, poster, counting letters and destroying their files.
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

/* ---- counting ---- */

static struct {
	struct cli_u32 delivered, returned, void_letters, printed;
} given;

static void say_counts(const struct issue_counts *c)
{
	long rest = (long)issue_difference(c);
	cli_say(_("printed %u; delivered %u, returned %u, void %u"), c->printed, c->delivered,
		c->returned, c->void_letters);
	if (rest == 0)
		cli_say(_("All letters are accounted for."));
	else if (rest > 0)
		cli_say(_("The numbers do not close: %ld letters are not accounted for. Look for "
			  "them; what is not found is made void with yihu-issue void."),
			rest);
	else
		cli_say(_("The numbers do not close: %ld letters more than were printed. Count "
			  "again."),
			-rest);
}

static int reconcile(struct tool_call *c)
{
	struct issue_counts n = {.delivered = given.delivered.value,
				 .returned = given.returned.value,
				 .void_letters = given.void_letters.value};
	int r = issue_reconcile(&c->folder, &n, &c->err);
	if (r != 0)
		return r;
	say_counts(&n);
	if (issue_difference(&n) != 0)
		c->status = CLI_FAILED;
	return 0;
}

static const struct cli_option reconcile_options[] = {
	{"delivered", CLI_U32, &given.delivered, "N", N_("letters handed over")},
	{"returned", CLI_U32, &given.returned, "N", N_("letters brought back")},
	{"void", CLI_U32, &given.void_letters, "N", N_("letters made void")},
};

const struct cli_verb issue_verb_reconcile = {
	.name = "reconcile",
	.label = N_("reconcile printed, delivered, returned and void letters"),
	.command = {.usage = "reconcile DIR --delivered N --returned N --void N",
		    .summary = N_("Say whether printed = delivered + returned + void, and record "
				  "it."),
		    .options = reconcile_options,
		    .n_options = sizeof reconcile_options / sizeof *reconcile_options,
		    .min_words = 1,
		    .max_words = 1,
		    .needed = "delivered returned void"},
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_PUBLIC,
	.changes = CLI_PAPER,
	.run = tool_run,
	.act = &(const struct tool_act){.act = reconcile},
};

/* ---- destroying ---- */

static int shred(struct tool_call *c)
{
	return issue_shred(&c->folder, given.printed.value, &c->err);
}

static void say_destroyed(struct tool_call *c)
{
	cli_say(_("The letters' files are overwritten and removed. Copies elsewhere (a stick, the "
		  "printer's memory, a backup) are yours to destroy."));
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
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_LETTERS | CLI_PUBLIC,
	.changes = CLI_SECRET | CLI_LETTERS | CLI_PAPER,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.act = shred, .say = say_destroyed},
};
