/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee's verbs, each beside what it does, and what they share.
 */
#ifndef YIHU_TRUSTEE_H
#define YIHU_TRUSTEE_H

#include "common/act.h"
#include "holder/holder.h"

extern const struct cli_verb trustee_verb_announce, trustee_verb_deal, trustee_verb_accept,
	trustee_verb_ceremony, trustee_verb_check;
extern const struct cli_verb trustee_verb_copy;
extern const struct cli_verb trustee_verb_box, trustee_verb_shuffle, trustee_verb_open,
	trustee_verb_sign, trustee_verb_count, trustee_verb_retire, trustee_verb_withdraw;

/* ---- options ---- */

extern struct trustee_options {
	struct cli_list key, name, backup;
} trustee_given;

#define TRUSTEE_KEY                                                                                \
	{                                                                                          \
		"key", CLI_LIST, &trustee_given.key, "FILE", N_("your key file")                   \
	}
#define TRUSTEE_KEYS                                                                               \
	{                                                                                          \
		"key", CLI_LIST, &trustee_given.key, "FILE",                                       \
			N_("each holder's key file, in order (repeat)")                            \
	}
#define TRUSTEE_BACKUP                                                                             \
	{                                                                                          \
		"backup", CLI_LIST, &trustee_given.backup, "FILE",                                 \
			N_("where the second file of each key goes, in order (repeat)")            \
	}
#define TRUSTEE_PASSPHRASE_FD                                                                      \
	{                                                                                          \
		"passphrase-fd", CLI_U32, &tool_given.keys.passphrase_fd, "N",                     \
			N_("read passphrases from descriptor N, a line each")                      \
	}
#define TRUSTEE_UNENCRYPTED                                                                        \
	{                                                                                          \
		"unencrypted", CLI_FLAG, &tool_given.keys.unencrypted, NULL,                       \
			N_("make key files without a passphrase (tests only)")                     \
	}

/* A command of one word, DIR, that needs a key file. */
#define TRUSTEE_COMMAND(usage_, summary_, options_)                                                \
	{                                                                                          \
		.usage = (usage_), .summary = (summary_), .options = (options_),                   \
		.n_options = sizeof(options_) / sizeof *(options_), .min_words = 1,                \
		.max_words = 1, .needed = "key"                                                    \
	}

/* ---- steps ---- */

/* One file is named with --key. A verb's check of its words. */
int trustee_check_one_key(const char *const *words);
/* Not more than so many; not more than there can be key holders. */
int trustee_check_number(size_t max);
int trustee_check_some_keys(const char *const *words);
/* Every file of --key is a key holder's, by what it shows without a passphrase. */
int trustee_check_keys(struct tool_call *c);
/* Opens every key of --key; the key at path; makes it, where `name` allows. */
int trustee_open_keys(struct tool_call *c);
int trustee_open_key(struct tool_call *c, const char *path);
int trustee_open_or_create(struct tool_call *c, const char *path, const char *name);
/* The public files, audited. That it is the election which the keys accepted is asked
 * of each key as it is opened: none of them acts when one is a stranger, and no more
 * passphrases are asked for then. */
int trustee_look(struct tool_call *c);
int trustee_open_held(struct tool_call *c);
/* What several keys on one computer mean. */
void trustee_say_one_computer(void);

/* A file of its own for each --backup, one for each key? YIHU_EARG. */
int trustee_check_backups(struct tool_call *c);
/* A second file of every key of the ceremony, as --backup says or somebody answers:
 * made and read back, or found to be there. */
int trustee_back_up(struct tool_call *c);

#endif
