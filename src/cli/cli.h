/* SPDX-License-Identifier: Apache-2.0
 *
 * What every program of ours does alike on a terminal: language, options and
 * help from one table, errors, questions, passphrases, a progress bar.
 * Exit statuses: 0 done, 1 not done (said why), 2 usage.
 */
#ifndef YIHU_CLI_H
#define YIHU_CLI_H

#include <yihu/error.h>
#include <yihu/text.h>

#include "cli/progress.h"

#define CLI_DONE 0
#define CLI_FAILED 1
#define CLI_USAGE 2
#define CLI_SHOWN 3 /* what nobody does unseen was shown, and nobody was there to answer */

/* First call of main: libsodium, locale and catalogue, line-buffered stdout,
 * umask 077, no core dumps, memory that no other process of the user reads. */
void cli_init(const char *program);
/* The name that cli_init was given. */
const char *cli_program(void);
/* The verb in hand, for "see 'program verb --help'"; borrowed; NULL: none. cli_main says it. */
void cli_set_verb(const char *verb);
const char *cli_verb_name(void);
/* "zh" or "en": the language that messages come in. */
const char *cli_language(void);

/* A line for the user on standard error: "program: …". */
void cli_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same for an error; returns CLI_FAILED, of YIHU_EUNSEEN CLI_SHOWN. */
int cli_error(const struct yihu_error *err);
/* "program: …" and "see 'program [verb] --help'"; returns CLI_USAGE. */
int cli_usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A line on standard output. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Options: long only, "--name VALUE" or "--name=VALUE". */
enum cli_kind {
	CLI_FLAG,   /* bool */
	CLI_STRING, /* const char * */
	CLI_LIST,   /* struct cli_list: may be repeated */
	CLI_U32,    /* struct cli_u32 */
	CLI_WHEN,   /* struct cli_when: a time, local or exact */
	CLI_SEEN,   /* struct cli_seen: --seen, or --seen=NUMBER */
};
#define CLI_LIST_MAX 64
struct cli_list {
	const char *at[CLI_LIST_MAX];
	size_t n;
};
struct cli_u32 {
	bool given;
	uint32_t value;
};
struct cli_when {
	bool given;
	uint64_t value;
};
/* Somebody has looked at what is shown; with its number, at that and at nothing else. */
struct cli_seen {
	bool given;
	const char *number; /* or NULL */
};
struct cli_option {
	const char *name; /* without the hyphens */
	enum cli_kind kind;
	void *value;
	const char *argument; /* "FILE", NULL for a flag */
	const char *help;     /* N_() text */
};
/* One command: a whole program, or one verb of a program. */
struct cli_command {
	const char *usage;                /* "letters DIR [--url URL]", after the program's name */
	const char *summary;              /* N_() one sentence */
	const struct cli_option *options; /* --help and --version are everywhere */
	size_t n_options;
	size_t min_words, max_words; /* positional arguments */
	const char *needed;          /* "to from": options it cannot do without, or NULL */
};
/* Reads argv (argv[0] is the program's or verb's name). On success words[]
 * (max_words of them; unset NULL) and options are filled and −1 is returned;
 * else the exit status: 0 after --help or --version, 2 after a usage error. */
int cli_parse(const struct cli_command *c, int argc, char **argv, const char **words);

/* Is somebody there to answer? (stdin and stderr are terminals) */
bool cli_interactive(void);
/* Asks on the terminal; caller frees. NULL at the end of input. */
char *cli_ask(const char *question);
/* The same; was the answer “yes” or “是”? */
bool cli_yes(const char *question);
/* What nobody does unseen: shows the text, lines on standard error, and asks. 0: yes, or
 * `seen` (the option --seen; NULL: it is none of its questions) says that somebody has looked
 * at it. YIHU_EARG: no; YIHU_EUNSEEN: nobody is there to answer, and the text's number is
 * told. Then nothing is to be done. */
int cli_seen(const char *shown, const char *question, const struct cli_seen *seen,
	     struct yihu_error *err);

/* SECRET. A passphrase in guarded memory: from `fd` (one line a call) when
 * fd ≥ 0, else from the terminal without echo. A fresh one must pass
 * cli_passphrase_check; on the terminal it is asked twice, in three tries, and
 * Enter alone has one made and shown. Freed by cli_passphrase_free. */
int cli_passphrase(char **out, int fd, const char *prompt, bool fresh, struct yihu_error *err);
/* Wipes it, too. NULL is fine. */
void cli_passphrase_free(char *p);

/* YIHU_EPASS, and why, when it is too easy to guess. */
int cli_passphrase_check(const char *p, struct yihu_error *err);
#define CLI_PASSPHRASE_MADE_BYTES 25
/* SECRET. Five groups of two syllables, 60 random bits: "bafe-kotu-muda-pehu-sona". */
void cli_passphrase_make(char out[static CLI_PASSPHRASE_MADE_BYTES]);

#endif
