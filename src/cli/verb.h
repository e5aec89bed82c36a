/* SPDX-License-Identifier: Apache-2.0
 *
 * A program as a table of its verbs.
 */
#ifndef YIHU_CLI_VERB_H
#define YIHU_CLI_VERB_H

#include "cli/cli.h"

/* What a verb reads or changes: parts of an election's folder, or what the
 * command line names. Each has a word in --verbs. Where the box was handed over,
 * whoever looks also brings box/public up to its server's; no verb says so. */
#define CLI_PLACES(X)                                                                              \
	X(LISTS, "lists")       /* DIR/election.pb, households.csv */                              \
	X(CEREMONY, "ceremony") /* DIR/ceremony */                                                 \
	X(SECRET, "secret")     /* DIR/secret: the issuer key, the roll */                         \
	X(LETTERS, "letters")   /* DIR/letters */                                                  \
	X(PAPER, "paper")       /* DIR/paper */                                                    \
	X(BOX, "box")           /* DIR/box or the daemon that has it: the log that grows */        \
	X(PUBLIC, "public")     /* DIR/box/public, or what a server shows of it */                 \
	X(PACK, "handover.tar") /* DIR/handover.tar */                                             \
	X(KEY, "key")           /* key files, and copies of them */                                \
	X(STICK, "stick")       /* the folders that are named as STICK */                          \
	X(FILE, "file")         /* other files and folders that the command line names */
enum cli_place_bit {
#define X(place, word) CLI_BIT_##place,
	CLI_PLACES(X)
#undef X
		CLI_N_PLACES
};
enum cli_place {
#define X(place, word) CLI_##place = 1 << CLI_BIT_##place,
	CLI_PLACES(X)
#undef X
};

enum cli_asks {
	CLI_OLD_PASSPHRASE = 1, /* of a file that is there */
	CLI_NEW_PASSPHRASE = 2, /* for one that is made */
};

struct cli_verb {
	const char *name;  /* NULL in a program without verbs */
	const char *label; /* N_(): its line in the program's help */
	const char *mode;  /* in a program without verbs: the option that chooses it, NULL
			    * for what it does without any */
	struct cli_command command;
	unsigned reads, changes; /* enum cli_place */
	unsigned asks;           /* enum cli_asks: for which passphrases */
	bool for_good;           /* what it did cannot be taken back */
	/* Do these words and options go together? −1, or the exit status. May be NULL. */
	int (*check)(const char *const *words);
	/* The exit status. words: command.max_words, NULL where none was given. */
	int (*run)(const struct cli_verb *verb, const char *const *words);
	const void *act; /* for run */
};
#define CLI_WORDS_MAX 16

/* A command of n words, with a table of options. */
#define CLI_COMMAND(usage_, summary_, options_, n)                                                 \
	{                                                                                          \
		.usage = (usage_), .summary = (summary_), .options = (options_),                   \
		.n_options = sizeof(options_) / sizeof *(options_), .min_words = (n),              \
		.max_words = (n)                                                                   \
	}

struct cli_program {
	const char *name;
	const char *summary; /* N_() */
	const struct cli_verb *const *verbs;
	size_t n;
};

#endif
