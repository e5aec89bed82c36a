/* SPDX-License-Identifier: Apache-2.0
 *
 * The daemon's own process: what it may do, and when it ends.
 */
#include "countd/serve.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cli/cli.h"

static void allow_files(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

/* SIGTERM or SIGINT, or the daemon's own end. SIGHUP is none: a certificate was renewed,
 * or a terminal was closed. SIGTERM is what a computer sends that goes down, SIGINT is a
 * person's. */
static void wait_for_end(struct countd *d, const sigset_t *heard)
{
	const struct timespec second = {.tv_sec = 1};
	while (!countd_failed(d)) {
		int is = sigtimedwait(heard, NULL, &second);
		if (is == SIGHUP)
			countd_reload(d);
		else if (is == SIGINT)
			countd_stopped_by_hand(d);
		if (is == SIGINT || is == SIGTERM)
			return;
	}
}

/* Where nobody is there to ask, the option itself is the claim. */
static bool claims_moved(const struct countd_options *o)
{
	if (!o->moved || !cli_interactive())
		return true;
	char *question = yihu_printf(
		_("%s: is every other copy of this box stopped, never to be started again? No "
		  "program can find that out. If one is started after all, two histories bear the "
		  "same signature, and receipts will prove it. If it is so, type: stopped"),
		o->box_dir);
	char *answer = cli_ask(question);
	bool claimed =
		answer && (strcmp(answer, "stopped") == 0 || strcmp(answer, _("stopped")) == 0);
	if (!claimed)
		cli_warn(_("nothing was started"));
	free(question);
	free(answer);
	return claimed;
}

int countd_serve(const struct countd_options *o)
{
	struct yihu_error err = {0};
	struct countd *d;
	sigset_t heard;
	if (!claims_moved(o))
		return CLI_FAILED;
	/* Blocked here, so blocked in every thread: only this one waits for them. */
	sigemptyset(&heard);
	sigaddset(&heard, SIGTERM);
	sigaddset(&heard, SIGINT);
	sigaddset(&heard, SIGHUP);
	sigprocmask(SIG_BLOCK, &heard, NULL);
	/* A client that goes ends nothing. It fails for no signal that there is. */
	(void)signal(SIGPIPE, SIG_IGN);
	allow_files();
	if (countd_start(&d, o, &err))
		return cli_error(&err);
	cli_say("%s", countd_url(d));
	wait_for_end(d, &heard);
	return countd_stop(d, &err) ? cli_error(&err) : CLI_DONE;
}
