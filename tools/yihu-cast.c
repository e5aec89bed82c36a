/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-cast: a resident without a browser; also the load generator.
 */
#include "cast/options.h"

static int vote(const struct cli_verb *verb, const char *const *words)
{
	const char *url = words[0];
	struct yihu_error err = {0};
	struct http_client *c = NULL;
	struct yihu_election *e = NULL;
	int status = CLI_FAILED;
	(void)verb;
	int r = http_client_new(&c, url, &err);
	if (r == 0) {
		http_client_timeout(c, cast_patience() + 5);
		http_client_patience(c, cast_patience());
		r = cast_fetch_election(&e, c, &err);
	}
	if (r == 0 && cast_given.eid)
		r = cast_expect_election(e, cast_given.eid, &err);
	if (r == 0)
		status = cast_given.replay ? cast_many(url, e) : cast_single(c, e);
	else
		cast_nothing_sent(&err);
	yihu_election_free(e);
	http_client_free(c);
	return status;
}

static const struct cli_verb cast = {
	.label = N_("cast a household's ballot"),
	.command = {.usage = "URL --token-file FILE|- [--choose-file FILE|-] | URL --replay "
			     "VOTES.pb --letters LIST",
		    .summary = N_("Casts a household's ballot, and verifies that it is recorded."),
		    .options = cast_options,
		    .n_options = CAST_N_OPTIONS,
		    .min_words = 1,
		    .max_words = 1},
	.reads = CLI_PUBLIC | CLI_FILE,
	.changes = CLI_BOX | CLI_PUBLIC | CLI_FILE,
	.for_good = true,
	.check = cast_check_options,
	.run = vote,
};

static const struct cli_verb check = {
	.label = N_("tell how a letter stands"),
	.mode = "check",
	.reads = CLI_PUBLIC | CLI_FILE,
	.check = cast_check_options,
	.run = vote,
};

static const struct cli_verb replay = {
	.label = N_("cast every vote of a file"),
	.mode = "replay",
	.reads = CLI_PUBLIC | CLI_FILE,
	.changes = CLI_BOX | CLI_PUBLIC,
	.for_good = true,
	.check = cast_check_options,
	.run = vote,
};

static const struct cli_verb *const verbs[] = {&cast, &check, &replay};
static const struct cli_program program = {
	.name = "yihu-cast",
	.summary = N_("Casts a household's ballot, and verifies that it is recorded."),
	.verbs = verbs,
	.n = sizeof verbs / sizeof *verbs,
};

int main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
