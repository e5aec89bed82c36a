/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-cast: a resident without a browser; also the load generator.
 */
#include <yihu/file.h>

#include "cast/options.h"

#define PATIENCE_MAX_S 86400

static const struct cli_option options[] = {
	{"token-file", CLI_STRING, &opt.token_file, "FILE|-",
	 N_("the letter's code as scanned, in a file or on standard input")},
	{"typed", CLI_FLAG, &opt.typed, NULL, N_("the token file holds the letter's typed code")},
	{"choose-file", CLI_STRING, &opt.choose_file, "FILE|-",
	 N_("the choice, in a file or on standard input, by project ids: 1,3 or 3,1,2 best first "
	    "or 1=yes,2=no or 1:5,3:2; without it you are asked")},
	{"random", CLI_FLAG, &opt.random, NULL, N_("a random ballot, to try things out")},
	{"eid", CLI_STRING, &opt.eid, "ID",
	 N_("the election id on the letter, large or small print: no other is accepted")},
	{"receipt", CLI_STRING, &opt.receipt, "FILE",
	 N_("keep the receipt here (a name like vote.tlog-proof); never over a file")},
	{"ballot-file", CLI_STRING, &opt.ballot_file, "FILE",
	 N_("keep the sealed ballot here, or send the one that is here again")},
	{"yes", CLI_FLAG, &opt.yes, NULL, N_("send without asking")},
	{"check", CLI_FLAG, &opt.check, NULL, N_("tell how the letter stands; send nothing")},
	{"patience", CLI_U32, &opt.patience, "SECONDS",
	 N_("how long to try while there is no answer (60)")},
	{"replay", CLI_STRING, &opt.replay, "VOTES.pb",
	 N_("cast each vote of a Pabulib file, with --letters")},
	{"letters", CLI_STRING, &opt.letters, "LIST", N_("letters/list.csv")},
	{"clients", CLI_U32, &opt.clients, "N", N_("how many vote at once in a replay (1)")},
};
static const struct cli_command command = {
	.usage = "URL --token-file FILE|- [--choose-file FILE|-] | URL --replay VOTES.pb --letters "
		 "LIST",
	.summary = N_("Casts a household's ballot, and verifies that it is recorded."),
	.options = options,
	.n_options = sizeof options / sizeof *options,
	.min_words = 1,
	.max_words = 1,
};

static int check_replay_options(void)
{
	if (!opt.letters)
		return cli_usage_error(_("--replay needs --letters"));
	if (opt.token_file || opt.typed || opt.choose_file || opt.random || opt.receipt ||
	    opt.ballot_file || opt.check)
		return cli_usage_error(
			_("--replay goes with --letters, --clients, --eid and --patience alone"));
	if (opt.clients.given && (opt.clients.value < 1 || opt.clients.value > CAST_CLIENTS_MAX))
		return cli_usage_error(_("--clients must be 1 to %d"), CAST_CLIENTS_MAX);
	return -1;
}

static int check_single_options(void)
{
	int choices = (opt.choose_file != NULL) + opt.random;
	opt.kept = opt.ballot_file && yihu_file_exists(opt.ballot_file);
	if (opt.letters || opt.clients.given)
		return cli_usage_error(_("--letters and --clients go with --replay"));
	if (!opt.token_file && (!opt.kept || opt.check || opt.typed))
		return cli_usage_error(_("name the letter's code with --token-file FILE"));
	if (choices > 1)
		return cli_usage_error(_("give either --choose-file or --random"));
	if (opt.check && (choices > 0 || opt.receipt || opt.ballot_file))
		return cli_usage_error(_("--check sends nothing, so it takes no choice and keeps "
					 "no file"));
	if (choices == 0 && !opt.check && !opt.kept && !cli_interactive())
		return cli_usage_error(
			_("nobody is at a terminal to be asked: give the choice with "
			  "--choose-file FILE"));
	return -1;
}

static int check_options(void)
{
	if (cast_patience() > PATIENCE_MAX_S)
		return cli_usage_error(_("--patience must be at most %d seconds"), PATIENCE_MAX_S);
	return opt.replay ? check_replay_options() : check_single_options();
}

static int vote(const char *url)
{
	struct yihu_error err = {0};
	struct http_client *c = NULL;
	struct yihu_election *e = NULL;
	int status = CLI_FAILED;
	int r = http_client_new(&c, url, &err);
	if (r == 0) {
		http_client_timeout(c, cast_patience() + 5);
		r = cast_fetch_election(&e, c, &err);
	}
	if (r == 0 && opt.eid)
		r = cast_expect_election(e, opt.eid, &err);
	if (r == 0)
		status = opt.replay ? cast_many(url, e) : cast_single(c, e);
	else
		cast_nothing_sent(&err);
	yihu_election_free(e);
	http_client_free(c);
	return status;
}

int main(int argc, char **argv)
{
	const char *url;
	cli_init("yihu-cast");
	int r = cli_parse(&command, argc, argv, &url);
	if (r < 0)
		r = check_options();
	return r < 0 ? vote(url) : r;
}
