/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-countd: the counting daemon. It takes ballots over HTTP, keeps them in
 * the box, and serves the public folder. Exit status: 0 stopped as asked (or
 * --check found the box sound), 1 not, 2 usage.
 */
#include "countd/clock.h"
#include "countd/copies.h"
#include "countd/daemon_status.h"
#include "countd/options.h"
#include "countd/serve.h"

static int serve(const struct cli_verb *verb, const char *const *words)
{
	(void)verb;
	const struct countd_options o = {
		.box_dir = words[0],
		.listen = given.listen,
		.metrics = given.metrics,
		.tls_cert = given.tls_cert,
		.tls_key = given.tls_key,
		.user = given.user,
		.trust_proxy = given.trust_proxy.at,
		.n_trust_proxy = given.trust_proxy.n,
		.accept_site = given.site,
		.always_ask_work = given.always_ask_work,
		.mirror = given.mirror,
		.alone = given.alone,
		.confined = true,
		.moved = given.moved,
		.not_before = given.not_before.at,
		.n_not_before = given.not_before.n,
	};
	return countd_serve(&o);
}

static int clock_is_right(const struct cli_verb *verb, const char *const *words)
{
	(void)verb;
	return countd_clock_is_right(words[0], given.other_clock);
}

static int end_poll(const struct cli_verb *verb, const char *const *words)
{
	(void)verb;
	return countd_end_poll(words[0], given.mirror, given.other_clock);
}

static int check(const struct cli_verb *verb, const char *const *words)
{
	(void)verb;
	return countd_check(words[0]);
}

static int status(const struct cli_verb *verb, const char *const *words)
{
	(void)verb;
	return countd_status(words[0], given.json);
}

static int backup(const struct cli_verb *verb, const char *const *words)
{
	(void)verb;
	return countd_backup(words[0], given.backup);
}

static int rebuild(const struct cli_verb *verb, const char *const *words)
{
	(void)verb;
	return countd_rebuild(words[0], &given.from);
}

/* ---- the table ---- */

static const struct cli_verb verb_serve = {
	.label = N_("run the counting daemon"),
	.command = CLI_COMMAND("BOX_DIR [--listen ADDR:PORT] [--mirror DIR]",
			       N_("Takes ballots over HTTP, keeps them in the box, serves the "
				  "public folder."),
			       countd_options, 1),
	.reads = CLI_BOX | CLI_PUBLIC | CLI_FILE,
	.changes = CLI_BOX | CLI_PUBLIC | CLI_FILE,
	.check = countd_check_options,
	.run = serve,
};
static const struct cli_verb verb_clock = {
	.label = N_("say that this computer's clock is right"),
	.mode = "clock-is-right",
	.reads = CLI_PUBLIC,
	.changes = CLI_BOX,
	.check = countd_check_options,
	.run = clock_is_right,
};
static const struct cli_verb verb_end = {
	.label = N_("sign the poll's end, which waited for a person"),
	.mode = "end-poll",
	.reads = CLI_BOX | CLI_PUBLIC,
	.changes = CLI_BOX | CLI_PUBLIC | CLI_FILE,
	.for_good = true,
	.check = countd_check_options,
	.run = end_poll,
};
static const struct cli_verb verb_check = {
	.label = N_("verify the whole box"),
	.mode = "check",
	.reads = CLI_BOX | CLI_PUBLIC,
	.check = countd_check_no_daemon,
	.run = check,
};
static const struct cli_verb verb_status = {
	.label = N_("tell how the daemon does"),
	.mode = "status",
	.reads = CLI_BOX | CLI_PUBLIC,
	.check = countd_check_no_daemon,
	.run = status,
};
static const struct cli_verb verb_backup = {
	.label = N_("copy the box's database"),
	.mode = "backup",
	.reads = CLI_BOX | CLI_PUBLIC,
	.changes = CLI_FILE,
	.check = countd_check_no_daemon,
	.run = backup,
};
static const struct cli_verb verb_rebuild = {
	.label = N_("make the box's database again from what is left"),
	.mode = "rebuild",
	.reads = CLI_BOX | CLI_PUBLIC | CLI_FILE,
	.changes = CLI_BOX | CLI_PUBLIC,
	.for_good = true,
	.check = countd_check_no_daemon,
	.run = rebuild,
};

static const struct cli_verb *const verbs[] = {
	&verb_serve, &verb_clock, &verb_end, &verb_check, &verb_status, &verb_backup, &verb_rebuild,
};
static const struct cli_program program = {
	.name = "yihu-countd",
	.summary = N_("Takes ballots over HTTP, keeps them in the box, serves the public folder."),
	.verbs = verbs,
	.n = sizeof verbs / sizeof *verbs,
};

int main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
