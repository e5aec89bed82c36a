/* SPDX-License-Identifier: Apache-2.0
 *
 * How paper looks, as the options of several verbs say it.
 */
#ifndef YIHU_TOOLS_ISSUE_PAPER_H
#define YIHU_TOOLS_ISSUE_PAPER_H

#include "cli/cli.h"
#include "issue/issue.h"

/* What the options below were given as. */
extern struct paper_given {
	const char *language, *desk, *sender, *phone, *place;
	struct cli_u32 per_file;
	bool duplex;
} paper_given;
/* As they were given, borrowed from the command line. */
struct issue_paper_options paper_options(void);

#define PAPER_LANGUAGE                                                                             \
	{                                                                                          \
		"lang", CLI_STRING, &paper_given.language, "zh|en",                                \
			N_("the language on paper (default: zh)")                                  \
	}
#define PAPER_DESK                                                                                 \
	{                                                                                          \
		"desk", CLI_STRING, &paper_given.desk, "TEXT",                                     \
			N_("place and hours of the count desk, as printed")                        \
	}
/* Who answers for it: three options. */
#define PAPER_SENDER                                                                               \
	{"sender", CLI_STRING, &paper_given.sender, "TEXT", N_("who sends it, as signed")},        \
		{"phone", CLI_STRING, &paper_given.phone, "TEXT", N_("the sender's telephone")},   \
	{                                                                                          \
		"place", CLI_STRING, &paper_given.place, "TEXT", N_("where the sender is found")   \
	}
#define PAPER_DUPLEX                                                                               \
	{                                                                                          \
		"duplex", CLI_FLAG, &paper_given.duplex, NULL,                                     \
			N_("leave each back blank, for a printer that prints on both sides")       \
	}
#define PAPER_PER_FILE                                                                             \
	{                                                                                          \
		"per-file", CLI_U32, &paper_given.per_file, "N",                                   \
			N_("letters a PDF file (default: a file a building)")                      \
	}

#endif
