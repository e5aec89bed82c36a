/* SPDX-License-Identifier: Apache-2.0
 *
 * Walk list, poster, counting letters and destroying their files.
 */
#include "issue/paper.h"

struct paper_given paper_given;

struct issue_paper_options paper_options(void)
{
	return (struct issue_paper_options){.language = paper_given.language,
					    .desk = paper_given.desk,
					    .per_file = paper_given.per_file.value};
}

typedef int make(const struct yihu_folder *, const struct issue_paper_options *,
		 struct yihu_error *);

static int run_make(int argc, char **argv, const struct cli_command *c, make *do_it,
		    const char *done)
{
	const char *dir;
	struct yihu_folder f;
	struct yihu_error err = {0};
	int r = cli_parse(c, argc, argv, &dir);
	if (r >= 0)
		return r;
	const struct issue_paper_options o = paper_options();
	yihu_folder_init(&f, dir);
	r = tool_check_folder(&f, &err);
	if (r == 0)
		r = do_it(&f, &o, &err);
	if (r == 0)
		cli_say(_(done), f.root);
	return tool_end(&f, r, &err);
}

int paper_walklist(int argc, char **argv)
{
	static const struct cli_option options[] = {PAPER_LANGUAGE};
	static const struct cli_command c = {
		.usage = "walklist DIR",
		.summary = N_("Make the list that households sign, in walking order."),
		.options = options,
		.n_options = 1,
		.min_words = 1,
		.max_words = 1};
	return run_make(argc, argv, &c, issue_walklist,
			N_("The walk list is %s/paper/walklist.pdf."));
}

int paper_poster(int argc, char **argv)
{
	static const struct cli_option options[] = {PAPER_LANGUAGE, PAPER_DESK};
	static const struct cli_command c = {.usage = "poster DIR",
					     .summary = N_("Make the poster before the vote."),
					     .options = options,
					     .n_options = 2,
					     .min_words = 1,
					     .max_words = 1};
	return run_make(argc, argv, &c, issue_poster,
			N_("The poster is in %s/paper: poster-a4.pdf and poster-a3.pdf."));
}

int paper_envelope(int argc, char **argv)
{
	static const struct cli_option options[] = {PAPER_LANGUAGE};
	static const struct cli_command c = {
		.usage = "envelope DIR",
		.summary = N_("Make the forms for passphrases in sealed envelopes."),
		.options = options,
		.n_options = 1,
		.min_words = 1,
		.max_words = 1};
	return run_make(argc, argv, &c, issue_envelopes,
			N_("The forms are in %s/paper/envelopes.pdf, a page for each passphrase. "
			   "Write on them by hand, and keep each envelope apart from its key."));
}

/* ---- counting ---- */

static struct {
	struct cli_u32 delivered, returned, void_letters, printed;
} counts;

static void say_counts(const struct issue_counts *c)
{
	long rest = (long)issue_difference(c);
	cli_say(_("printed %u; delivered %u, returned %u, void %u"), c->printed, c->delivered,
		c->returned, c->void_letters);
	if (rest == 0)
		cli_say(_("The numbers close."));
	else if (rest > 0)
		cli_say(_("The numbers do not close: %ld letters are not accounted for. Look for "
			  "them; what is not found is made void with yihu-issue void."),
			rest);
	else
		cli_say(_("The numbers do not close: %ld letters more than were printed. Count "
			  "again."),
			-rest);
}

int paper_reconcile(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"delivered", CLI_U32, &counts.delivered, "N", N_("letters handed over")},
		{"returned", CLI_U32, &counts.returned, "N", N_("letters brought back")},
		{"void", CLI_U32, &counts.void_letters, "N", N_("letters made void")}};
	static const struct cli_command c = {
		.usage = "reconcile DIR --delivered N --returned N --void N",
		.summary = N_("Say whether printed = delivered + returned + void, and record it."),
		.options = options,
		.n_options = 3,
		.min_words = 1,
		.max_words = 1};
	const char *dir;
	struct yihu_folder f;
	struct yihu_error err = {0};
	int r = cli_parse(&c, argc, argv, &dir);
	if (r >= 0)
		return r;
	if (!counts.delivered.given || !counts.returned.given || !counts.void_letters.given)
		return cli_usage_error(
			_("reconcile wants --delivered N, --returned N and --void N"));
	struct issue_counts n = {.delivered = counts.delivered.value,
				 .returned = counts.returned.value,
				 .void_letters = counts.void_letters.value};
	yihu_folder_init(&f, dir);
	r = tool_check_folder(&f, &err);
	if (r == 0)
		r = issue_reconcile(&f, &n, &err);
	if (r == 0)
		say_counts(&n);
	int status = tool_end(&f, r, &err);
	return status == CLI_DONE && issue_difference(&n) != 0 ? CLI_FAILED : status;
}

static void say_destroyed(const struct yihu_folder *f)
{
	cli_say(_("The letters' files are overwritten and removed. Copies elsewhere (a stick, the "
		  "printer's memory, a backup) are yours to destroy."));
	tool_say_medium(f->root);
}

int paper_shred(int argc, char **argv)
{
	static const struct cli_option options[] = {{"printed", CLI_U32, &counts.printed, "N",
						     N_("letters that came out of the printer")}};
	static const struct cli_command c = {
		.usage = "shred-letters DIR --printed N",
		.summary = N_("Destroy the letters' files, once all of them are printed."),
		.options = options,
		.n_options = 1,
		.min_words = 1,
		.max_words = 1};
	const char *dir;
	struct yihu_folder f;
	struct yihu_error err = {0};
	int r = cli_parse(&c, argc, argv, &dir);
	if (r >= 0)
		return r;
	if (!counts.printed.given)
		return cli_usage_error(_("shred-letters wants --printed N: how many letters came "
					 "out of the printer, counted by hand"));
	yihu_folder_init(&f, dir);
	r = tool_check_folder(&f, &err);
	if (r == 0)
		r = issue_shred(&f, counts.printed.value, &err);
	if (r == 0)
		say_destroyed(&f);
	return tool_end(&f, r, &err);
}
