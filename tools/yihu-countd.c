/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-countd: the counting daemon. It takes ballots over HTTP, keeps them in
 * the box, and serves the public folder. Exit status: 0 stopped as asked (or
 * --check found the box sound), 1 not, 2 usage.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <yihu/box.h>

#include "cli/cli.h"
#include "countd/clock.h"
#include "countd/copies.h"
#include "countd/countd.h"

static struct {
	const char *listen, *tls_cert, *tls_key, *backup, *mirror;
	bool check, site, alone, moved, clock_is_right, end_poll, rebuild;
	struct cli_list not_before, from;
} given;

static const struct cli_option options[] = {
	{"listen", CLI_STRING, &given.listen, "ADDR:PORT",
	 N_("where to listen (127.0.0.1:8080); port 0 takes any that is free")},
	{"tls-cert", CLI_STRING, &given.tls_cert, "FILE", N_("certificate chain, PEM")},
	{"tls-key", CLI_STRING, &given.tls_key, "FILE", N_("the certificate's key, PEM")},
	{"mirror", CLI_STRING, &given.mirror, "DIR",
	 N_("keep a second box on another disk; nothing is acknowledged before it is in both")},
	{"alone", CLI_FLAG, &given.alone, NULL,
	 N_("the other half of this mirrored box is lost for good: go on without it")},
	{"moved", CLI_FLAG, &given.moved, NULL,
	 N_("this box was moved here, and every other copy is stopped for good: once, by hand")},
	{"not-before", CLI_LIST, &given.not_before, "FILE",
	 N_("a receipt or checkpoint that the log must contain, else do not start; repeatable")},
	{"site-uploads", CLI_FLAG, &given.site, NULL,
	 N_("take pages for public/site over HTTP once results are published")},
	{"clock-is-right", CLI_FLAG, &given.clock_is_right, NULL,
	 N_("this computer's clock is right: asks for the time that another clock shows")},
	{"end-poll", CLI_FLAG, &given.end_poll, NULL,
	 N_("the poll is over: asks for the time, and signs the end that waited for a person")},
	{"check", CLI_FLAG, &given.check, NULL,
	 N_("re-verify the whole box, print its figures, and end")},
	{"backup", CLI_STRING, &given.backup, "FILE",
	 N_("copy the box's database into a new file, and end")},
	{"rebuild", CLI_FLAG, &given.rebuild, NULL,
	 N_("make the database again from what is left of it, and end")},
	{"from", CLI_LIST, &given.from, "PATH",
	 N_("with --rebuild: a mirror, a public folder, receipts, or a folder of them")},
};
static const struct cli_command command = {
	.usage = "BOX_DIR [--listen ADDR:PORT] [--mirror DIR]",
	.summary = N_("Takes ballots over HTTP, keeps them in the box, serves the public folder."),
	.options = options,
	.n_options = sizeof options / sizeof *options,
	.min_words = 1,
	.max_words = 1,
};

/* No privilege gained, and as many files as there may be. */
static int harden(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	int r = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (r == 0)
		return CLI_DONE;
	cli_warn(_("the sandbox cannot be set up: %s"), strerror(errno));
	return CLI_FAILED;
}

/* SIGTERM or SIGINT, or the daemon's own end. */
static void wait_for_end(struct countd *d, const sigset_t *ends)
{
	const struct timespec second = {.tv_sec = 1};
	while (!countd_failed(d))
		if (sigtimedwait(ends, NULL, &second) > 0)
			return;
}

/* Where nobody is there to ask, the option itself is the claim. */
static bool claims_moved(const char *dir)
{
	if (!given.moved || !cli_interactive())
		return true;
	char *question = yihu_printf(
		_("%s: is every other copy of this box stopped, never to be started again? No "
		  "program can find that out. If one is started after all, two histories bear the "
		  "same signature, and receipts will prove it. If it is so, type: stopped"),
		dir);
	char *answer = cli_ask(question);
	bool claimed =
		answer && (strcmp(answer, "stopped") == 0 || strcmp(answer, _("stopped")) == 0);
	if (!claimed)
		cli_warn(_("nothing was started"));
	free(question);
	free(answer);
	return claimed;
}

static int serve(const char *dir)
{
	struct yihu_error err = {0};
	struct countd *d;
	sigset_t ends;
	/* Blocked here, so blocked in every thread: only this one waits for them. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	(void)signal(SIGPIPE, SIG_IGN); /* fails for no signal that there is */
	int r = harden();
	if (r != 0)
		return r;
	const struct countd_options o = {
		.box_dir = dir,
		.listen = given.listen ? given.listen : "127.0.0.1:8080",
		.tls_cert = given.tls_cert,
		.tls_key = given.tls_key,
		.accept_site = given.site,
		.mirror = given.mirror,
		.alone = given.alone,
		.moved = given.moved,
		.not_before = given.not_before.at,
		.n_not_before = given.not_before.n,
	};
	if (countd_start(&d, &o, &err))
		return cli_error(&err);
	cli_say("%s", countd_url(d));
	wait_for_end(d, &ends);
	return countd_stop(d, &err) ? cli_error(&err) : CLI_DONE;
}

int main(int argc, char **argv)
{
	const char *dir;
	cli_init("yihu-countd");
	int r = cli_parse(&command, argc, argv, &dir);
	if (r >= 0)
		return r;
	if (given.check + (given.backup != NULL) + given.clock_is_right + given.end_poll +
		    given.rebuild >
	    1)
		return cli_usage_error(_("--check, --backup, --clock-is-right, --end-poll and "
					 "--rebuild are different calls"));
	if (given.from.n > 0 && !given.rebuild)
		return cli_usage_error(_("--from belongs to --rebuild"));
	if ((given.check || given.backup || given.rebuild) &&
	    (given.mirror || given.alone || given.moved || given.not_before.n > 0))
		return cli_usage_error(_("--mirror, --alone, --moved and --not-before are for the "
					 "running daemon"));
	if (given.check)
		return countd_check(dir);
	if (given.clock_is_right)
		return countd_clock_is_right(dir);
	if (given.end_poll)
		return countd_end_poll(dir, given.mirror);
	if (given.rebuild)
		return countd_rebuild(dir, &given.from);
	if (given.backup)
		return countd_backup(dir, given.backup);
	return claims_moved(dir) ? serve(dir) : CLI_FAILED;
}
