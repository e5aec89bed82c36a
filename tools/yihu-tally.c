/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally: close the box after the poll, publish the results after the
 * count; and count any file.
 */
#include "common/common.h"
#include "tally/count.h"
#include "tally/published.h"
#include "tally/tally.h"

#include <stdlib.h>

static struct {
	const char *url, *key;
	struct cli_key_options keys;
} opt;

static const struct cli_option close_options[] = {
	{"url", CLI_STRING, &opt.url, "URL", N_("the daemon to reach instead of the folder")},
	{"key", CLI_STRING, &opt.key, "FILE", N_("the issuer key, if not DIR/secret/issuer.key")},
	{"passphrase-fd", CLI_U32, &opt.keys.passphrase_fd, "N",
	 N_("read the passphrase from descriptor N")},
};
static void say_closed(const struct yihu_view *v)
{
	struct yihu_ledger_counts n = yihu_ledger_counts(v->audit->ledger);
	cli_say(_("Closed. Ballots: %llu, of %u entitled households. Log entries: %llu."),
		(unsigned long long)n.ballots, n.entitled,
		(unsigned long long)v->audit->checkpoint.size);
	if (v->audit->not_opened)
		cli_say(_("These are fewer than the charter's min-box: the box stays closed."));
}

static int run_close(int argc, char **argv)
{
	static const struct cli_command c = {
		.usage = "close DIR [--url URL]",
		.summary = N_("Close the box once the poll has ended."),
		.options = close_options,
		.n_options = sizeof close_options / sizeof *close_options,
		.min_words = 1,
		.max_words = 1};
	const char *dir;
	struct yihu_folder f;
	struct yihu_view v = {0};
	struct yihu_keyfile *key = NULL;
	struct yihu_error err = {0};
	int r = cli_parse(&c, argc, argv, &dir);
	if (r >= 0)
		return r;
	yihu_folder_init(&f, dir);
	r = tool_look(&v, &f, opt.url, yihu_reach_open, &err);
	if (r == 0)
		r = tally_close_check(&v, yihu_clock(), &err);
	if (r == 0)
		r = tool_open_issuer(&key, &f, opt.key, &opt.keys, &err);
	if (r == 0)
		r = tally_close(key, &v, &err);
	if (r == 0)
		say_closed(&v);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	return tool_end(&f, r, &err);
}

static const struct cli_verb verbs[] = {
	{"close", N_("close the box after the poll"), run_close},
	{"publish", N_("publish the signed results"), tally_run_publish},
	{"poster", N_("make the posters of the results"), tally_run_poster},
	{"complaints", N_("record complaints and their answers"), tally_run_complaints},
	{"count", N_("count a Pabulib file, without an election"), tally_run_count},
};

int main(int argc, char **argv)
{
	cli_init("yihu-tally");
	return cli_dispatch(N_("The tally team's part: close the box, publish the results."), verbs,
			    sizeof verbs / sizeof *verbs, argc, argv);
}
