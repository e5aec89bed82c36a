/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue init --projects: options that say how the vote goes, and what is asked
 * for where one is missing.
 */
#ifndef YIHU_TOOLS_ISSUE_VOTE_H
#define YIHU_TOOLS_ISSUE_VOTE_H

#include "cli/cli.h"
#include "lists/vote_words.h"

extern struct vote_given {
	const char *projects;
	struct vote_words words; /* its numbers are taken from those below by vote_settle */
	struct cli_list sheets;
	uint64_t sheets_found; /* a bit for each that a file has */
	struct cli_u32 choose_up_to, points_each, points_to_share, rank_up_to, at_least,
		votes_at_least;
} vote_given;

/* Asks on a terminal for what is missing; elsewhere a usage error names it. −1, or
 * the exit status. */
int vote_settle(void);
/* Moves the numbers into words; vote_settle does it by itself. */
void vote_take_numbers(void);
/* Was any of them given? Without --projects they say nothing. */
bool vote_any(void);

/* YIHU_EARG: a sheet that --sheet names is in none of the files that were read. */
int vote_check_sheets(struct yihu_error *err);

/* Rows of init's options. */
#define VOTE_OPTIONS                                                                               \
	{"projects", CLI_STRING, &vote_given.projects, "FILE",                                     \
	 N_("what is voted on: a table of projects (.xlsx, .ods, CSV)")},                          \
		{"sheet", CLI_LIST, &vote_given.sheets, "NAME",                                    \
		 N_("the sheet to read where a file has several such tables; may be repeated")},   \
		{"title", CLI_STRING, &vote_given.words.title, "TEXT",                             \
		 N_("what the vote is called, on letters and pages")},                             \
		{"title-en", CLI_STRING, &vote_given.words.title_en, "TEXT",                       \
		 N_("the same in English")},                                                       \
		{"community", CLI_STRING, &vote_given.words.community, "NAME",                     \
		 N_("the estate or community that votes")},                                        \
		{"country", CLI_STRING, &vote_given.words.country, "NAME",                         \
		 N_("its country [中国 where the table is in Chinese]")},                          \
		{"currency", CLI_STRING, &vote_given.words.currency, "CODE",                       \
		 N_("of the amounts, such as EUR [CNY where the table is in Chinese]")},           \
		{"budget", CLI_STRING, &vote_given.words.budget, "SUM",                            \
		 N_("the money there is: 300000, 300,000 or 30万")},                               \
		{"choose-up-to", CLI_U32, &vote_given.choose_up_to, "N",                           \
		 N_("a household chooses at most N projects")},                                    \
		{"choose-any", CLI_FLAG, &vote_given.words.choose_any, NULL,                       \
		 N_("a household chooses as many projects as it likes")},                          \
		{"choose-within", CLI_STRING, &vote_given.words.choose_within, "SUM",              \
		 N_("it chooses projects that cost at most SUM together (or: budget)")},           \
		{"choose-at-least", CLI_U32, &vote_given.at_least, "N",                            \
		 N_("it marks at least N projects [0: a blank ballot is valid]")},                 \
		{"agree-or-against", CLI_FLAG, &vote_given.words.agree_or_against, NULL,           \
		 N_("to each project it says agree, against or abstain")},                         \
		{"points-each", CLI_U32, &vote_given.points_each, "N",                             \
		 N_("it gives each project 0 to N points")},                                       \
		{"points-to-share", CLI_U32, &vote_given.points_to_share, "N",                     \
		 N_("it shares out at most N points among the projects")},                         \
		{"rank-up-to", CLI_U32, &vote_given.rank_up_to, "N",                               \
		 N_("it puts at most N projects in order, the best first")},                       \
		{"winners", CLI_STRING, &vote_given.words.winners, "HOW",                          \
		 N_("most-votes, most-votes-then-stop, fair-shares, fair-shares-then-votes, "      \
		    "fair-shares-once, fair-pace or more-for-than-against")},                      \
		{"votes-at-least", CLI_U32, &vote_given.votes_at_least, "N",                       \
		 N_("a project needs at least N votes")},                                          \
		{"turnout", CLI_STRING, &vote_given.words.turnout, "SHARE",                        \
		 N_("so many households must take part: 2/3, or 'over 1/2'")},                     \
		{"support", CLI_STRING, &vote_given.words.support, "SHARE",                        \
		 N_("so many must be for a project: 2/3, or 'over 1/2'")},                         \
	{                                                                                          \
		"support-of", CLI_STRING, &vote_given.words.support_of, "WHOM",                    \
			N_("of cast, decided or entitled households [cast]")                       \
	}

#endif
