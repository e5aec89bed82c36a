/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit's report as text.
 */
#include <yihu/publish.h>

#include "audit/report.h"
#include "cli/cli.h"

static void say_step(const struct yihu_audit *a, enum yihu_check c)
{
	const struct yihu_step *s = &a->steps[c];
	const char *mark = s->ran ? "✓" : "–";
	for (size_t i = 0; i < a->n_faults; i++)
		if (a->faults[i].check == c)
			mark = "✗";
	/* Translators: a mark (✓, ✗ or –), the name of a check, what it found. */
	cli_say(_("%s %s: %s"), mark, yihu_check_title(c), s->text);
	for (size_t i = 0; i < a->n_faults; i++)
		if (a->faults[i].check == c)
			cli_say("    %s", a->faults[i].text);
}

static void say_figures(const struct yihu_audit *a)
{
	if (!a->ledger)
		return;
	struct yihu_ledger_counts c = yihu_ledger_counts(a->ledger);
	cli_say(_("Entitled households: %u. Cast: %llu."), c.entitled,
		(unsigned long long)c.ballots);
	cli_say(_("Additions: %u. Replacements: %u. Voids: %u."), c.additions, c.replacements,
		c.voids);
	if (a->mixes > 0)
		cli_say(_("Mixes: %u. Openings: %u."), a->mixes, a->openings);
	if (a->tally.opened)
		cli_say(_("Valid ballots: %llu. Void ballots: %llu."),
			(unsigned long long)a->tally.n_valid, (unsigned long long)a->tally.n_void);
	if (a->not_opened)
		cli_say(_("Not opened: fewer ballots than the charter asks for."));
}

static void say_result(const struct yihu_audit *a)
{
	struct yihu_buf table = {0};
	struct yihu_error err = {0};
	if (a->results_json.len == 0)
		return;
	int r = yihu_results_table(&table, a->results_json.data, a->results_json.len,
				   cli_language(), &err);
	if (r == 0)
		cli_say("\n%s", (const char *)table.data);
	else
		cli_error(&err);
	yihu_buf_free(&table);
}

static void say_verdict(const struct yihu_audit *a, int status)
{
	char print[YIHU_SHORT_PRINT_BYTES] = "";
	if (status == EXIT_FAULT) {
		cli_say(yihu_ngettext("NOT VERIFIED: %zu fault.", "NOT VERIFIED: %zu faults.",
				      a->n_faults),
			a->n_faults);
		return;
	}
	yihu_short_print(print, a->election->charter->eid);
	if (status == EXIT_VERIFIED)
		cli_say(_("VERIFIED under the election id %s."), print);
	else
		cli_say(_("No fault, but no election id was given: the folder agrees with itself, "
			  "and may still be another election's. Run this again with --eid and the "
			  "64 digits on any letter of %s."),
			print);
}

void report_text(const struct yihu_audit *a, int status)
{
	for (int c = 0; c < YIHU_N_CHECKS; c++)
		say_step(a, (enum yihu_check)c);
	for (size_t i = 0; i < a->n_doubts; i++)
		cli_say(_("Look at this: %s"), a->doubts[i].text);
	if (a->election)
		cli_say(_("Stage: %s."), yihu_stage_sentence(a->stage));
	if (a->election && yihu_definition_rehearses(a->election->definition))
		cli_say(_("This is a rehearsal: its votes count nowhere."));
	say_figures(a);
	if (a->n_faults == 0)
		say_result(a);
	say_verdict(a, status);
}

void report_text_unread(const struct yihu_error *err)
{
	cli_say(_("%s %s: %s"), "✗", yihu_check_title(YIHU_CHECK_FILES), err->text);
	cli_say(_("NOT VERIFIED: the folder cannot be audited."));
}
