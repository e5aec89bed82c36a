/* SPDX-License-Identifier: Apache-2.0
 *
 * The options, which go with which, and what both ways of working ask of them.
 */
#include "cast/options.h"

#include <yihu/file.h>

#define DEFAULT_PATIENCE_S 60
#define PATIENCE_MAX_S 86400

struct cast_options cast_given;

const struct cli_option cast_options[CAST_N_OPTIONS] = {
	{"token-file", CLI_STRING, &cast_given.token_file, "FILE|-",
	 N_("the letter's code as scanned, in a file or on standard input")},
	{"typed", CLI_FLAG, &cast_given.typed, NULL,
	 N_("the token file holds the letter's typed code")},
	{"choose-file", CLI_STRING, &cast_given.choose_file, "FILE|-",
	 N_("the choice, in a file or on standard input, by project ids: 1,3 or 3,1,2 best first "
	    "or 1=yes,2=no or 1:5,3:2; without it you are asked")},
	{"random", CLI_FLAG, &cast_given.random, NULL, N_("a random ballot, to try things out")},
	{"seed-file", CLI_STRING, &cast_given.seed_file, "FILE",
	 N_("with --random: draw it from this file, the same each time, for a household that likes "
	    "some projects better")},
	{"eid", CLI_STRING, &cast_given.eid, "ID",
	 N_("the election id on the letter, large or small print: no other is accepted")},
	{"receipt", CLI_STRING, &cast_given.receipt, "FILE",
	 N_("keep the receipt here (a name like vote.tlog-proof); never over a file")},
	{"ballot-file", CLI_STRING, &cast_given.ballot_file, "FILE",
	 N_("keep the sealed ballot here, or send the one that is here again")},
	{"yes", CLI_FLAG, &cast_given.yes, NULL, N_("send without asking")},
	{"check", CLI_FLAG, &cast_given.check, NULL,
	 N_("tell how the letter stands; send nothing")},
	{"patience", CLI_U32, &cast_given.patience, "SECONDS",
	 N_("how long to try while there is no answer (60)")},
	{"replay", CLI_STRING, &cast_given.replay, "VOTES.pb",
	 N_("cast each vote of a Pabulib file, with --letters")},
	{"letters", CLI_STRING, &cast_given.letters, "LIST", N_("letters/list.csv")},
	{"clients", CLI_U32, &cast_given.clients, "N", N_("how many vote at once in a replay (1)")},
};

/* ---- which go together ---- */

static int check_replay_options(void)
{
	if (!cast_given.letters)
		return cli_usage_error(_("--replay needs --letters"));
	if (cast_given.token_file || cast_given.typed || cast_given.choose_file ||
	    cast_given.random || cast_given.seed_file || cast_given.receipt ||
	    cast_given.ballot_file || cast_given.check)
		return cli_usage_error(
			_("--replay goes with --letters, --clients, --eid and --patience alone"));
	if (cast_given.clients.given &&
	    (cast_given.clients.value < 1 || cast_given.clients.value > CAST_CLIENTS_MAX))
		return cli_usage_error(_("--clients must be 1 to %d"), CAST_CLIENTS_MAX);
	return -1;
}

static int check_single_options(void)
{
	int choices = (cast_given.choose_file != NULL) + cast_given.random;
	cast_given.kept = cast_given.ballot_file && yihu_file_exists(cast_given.ballot_file);
	if (cast_given.letters || cast_given.clients.given)
		return cli_usage_error(_("--letters and --clients go with --replay"));
	if (!cast_given.token_file && (!cast_given.kept || cast_given.check || cast_given.typed))
		return cli_usage_error(_("name the letter's code with --token-file FILE"));
	if (choices > 1)
		return cli_usage_error(_("give either --choose-file or --random"));
	if (cast_given.seed_file && !cast_given.random)
		return cli_usage_error(_("--seed-file goes with --random"));
	if (cast_given.check && (choices > 0 || cast_given.receipt || cast_given.ballot_file))
		return cli_usage_error(_("--check sends nothing, so it takes no choice and keeps "
					 "no file"));
	if (choices == 0 && !cast_given.check && !cast_given.kept && !cli_interactive())
		return cli_usage_error(
			_("nobody is at a terminal to be asked: give the choice with "
			  "--choose-file FILE"));
	return -1;
}

int cast_check_options(const char *const *words)
{
	(void)words;
	if (cast_patience() > PATIENCE_MAX_S)
		return cli_usage_error(_("--patience must be at most %d seconds"), PATIENCE_MAX_S);
	return cast_given.replay ? check_replay_options() : check_single_options();
}

unsigned cast_patience(void)
{
	return cast_given.patience.given ? cast_given.patience.value : DEFAULT_PATIENCE_S;
}

int cast_nothing_sent(const struct yihu_error *err)
{
	cli_error(err);
	if (!cast_given.check)
		cli_say(_("Not recorded: nothing was sent."));
	return CLI_FAILED;
}
