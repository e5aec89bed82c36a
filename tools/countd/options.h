/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-countd's options.
 */
#ifndef YIHU_TOOLS_COUNTD_OPTIONS_H
#define YIHU_TOOLS_COUNTD_OPTIONS_H

#include "cli/program.h"

struct countd_given {
	const char *listen, *metrics, *tls_cert, *tls_key, *backup, *mirror, *user, *other_clock;
	bool check, status, json, site, alone, moved, clock_is_right, end_poll, rebuild,
		always_ask_work;
	struct cli_list not_before, from, trust_proxy;
};
extern struct countd_given given;

#define COUNTD_N_OPTIONS 21
extern const struct cli_option countd_options[COUNTD_N_OPTIONS];

/* Do they go together? Checks of a verb: of the daemon, and of what is done
 * while none runs. */
int countd_check_options(const char *const *words);
int countd_check_no_daemon(const char *const *words);

#endif
