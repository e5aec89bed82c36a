/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-cast's options, and its two ways of working.
 */
#ifndef YIHU_TOOLS_CAST_H
#define YIHU_TOOLS_CAST_H

#include "cast/cast.h"
#include "cli/program.h"

struct cast_options {
	/* one ballot */
	const char *token_file, *choose_file, *seed_file, *eid, *receipt, *ballot_file;
	bool typed, random, yes, check;
	bool kept; /* the ballot file was there when the program began */
	/* many */
	const char *replay, *letters;
	struct cli_u32 clients, patience;
};
extern struct cast_options cast_given;

#define CAST_N_OPTIONS 14
extern const struct cli_option cast_options[CAST_N_OPTIONS];
/* A verb's check: do they go together? Sees whether the ballot file is there. */
int cast_check_options(const char *const *words);

/* The choice: from a file, at random, or asked on the terminal; of none of w. */
int cast_choose(uint32_t *digits, const struct yihu_definition *d, const struct cast_withdrawn *w,
		struct yihu_error *err);

/* Both give exit statuses and have said everything. */
int cast_single(struct http_client *c, const struct yihu_election *e);
int cast_many(const char *url, const struct yihu_election *e);

/* --patience in seconds, or the default. */
unsigned cast_patience(void);
/* Ends what failed before anything was sent. */
int cast_nothing_sent(const struct yihu_error *err);

#endif
