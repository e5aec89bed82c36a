/* SPDX-License-Identifier: Apache-2.0
 *
 * The options, and which go with which.
 */
#include "countd/options.h"

struct countd_given given;

const struct cli_option countd_options[COUNTD_N_OPTIONS] = {
	{"listen", CLI_STRING, &given.listen, "ADDR:PORT",
	 N_("where to listen (127.0.0.1:8080); port 0 takes any that is free")},
	{"metrics", CLI_STRING, &given.metrics, "ADDR:PORT",
	 N_("where Prometheus may ask for /metrics; best an address of this computer alone")},
	{"tls-cert", CLI_STRING, &given.tls_cert, "FILE", N_("certificate chain, PEM")},
	{"tls-key", CLI_STRING, &given.tls_key, "FILE", N_("the certificate's key, PEM")},
	{"user", CLI_STRING, &given.user, "NAME",
	 N_("started as root: whose rights the daemon has from then on")},
	{"trust-proxy", CLI_LIST, &given.trust_proxy, "ADDR",
	 N_("a web server whose X-Forwarded-For is believed: address, range, or unix; repeatable")},
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
	{"always-ask-work", CLI_FLAG, &given.always_ask_work, NULL,
	 N_("ask for work with every ballot, as in a rush: for trials")},
	{"clock-is-right", CLI_FLAG, &given.clock_is_right, NULL,
	 N_("this computer's clock is right: asks for the time that another clock shows")},
	{"end-poll", CLI_FLAG, &given.end_poll, NULL,
	 N_("the poll is over: asks for the time, and signs the end that waited for a person")},
	{"other-clock", CLI_STRING, &given.other_clock, "TIME",
	 N_("what another clock shows, for --clock-is-right and --end-poll: nobody is asked then")},
	{"check", CLI_FLAG, &given.check, NULL,
	 N_("re-verify the whole box, print its figures, and end")},
	{"status", CLI_FLAG, &given.status, NULL,
	 N_("tell how the daemon that has the box does, and what is wrong, and end")},
	{"json", CLI_FLAG, &given.json, NULL,
	 N_("with --status: as one JSON object, for programs")},
	{"backup", CLI_STRING, &given.backup, "FILE",
	 N_("copy the box's database into a new file, and end")},
	{"rebuild", CLI_FLAG, &given.rebuild, NULL,
	 N_("make the database again from what is left of it, and end")},
	{"from", CLI_LIST, &given.from, "PATH",
	 N_("with --rebuild: a mirror, a public folder, receipts, or a folder of them")},
};

int countd_check_options(const char *const *words)
{
	(void)words;
	if (given.json && !given.status)
		return cli_usage_error(_("--json belongs to --status"));
	if (given.other_clock && !given.clock_is_right && !given.end_poll)
		return cli_usage_error(
			_("--other-clock belongs to --clock-is-right or --end-poll"));
	return given.from.n == 0 || given.rebuild
		       ? -1
		       : cli_usage_error(_("--from belongs to --rebuild"));
}

int countd_check_no_daemon(const char *const *words)
{
	int r = countd_check_options(words);
	if (r < 0 && (given.mirror || given.alone || given.moved || given.not_before.n > 0))
		return cli_usage_error(_("--mirror, --alone, --moved and --not-before are for the "
					 "running daemon"));
	return r;
}
