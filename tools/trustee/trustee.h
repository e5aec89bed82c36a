/* SPDX-License-Identifier: Apache-2.0
 *
 * What the verbs of yihu-trustee share: options, the open keys, the last word.
 */
#ifndef YIHU_TRUSTEE_H
#define YIHU_TRUSTEE_H

#include "common/common.h"
#include "holder/holder.h"

struct trustee_options {
	struct cli_list key, name, backup;
	struct cli_u32 index;
	const char *heard, *url, *eid, *to;
	bool again;
	struct cli_key_options keys;
};
extern struct trustee_options opt;

#define OPT_KEY                                                                                    \
	{                                                                                          \
		"key", CLI_LIST, &opt.key, "FILE", N_("your key file")                             \
	}
#define OPT_KEYS                                                                                   \
	{                                                                                          \
		"key", CLI_LIST, &opt.key, "FILE", N_("each holder's key file, in order (repeat)") \
	}
#define OPT_BACKUP                                                                                 \
	{                                                                                          \
		"backup", CLI_LIST, &opt.backup, "FILE",                                           \
			N_("where the second file of each key goes, in order (repeat)")            \
	}
#define OPT_URL                                                                                    \
	{                                                                                          \
		"url", CLI_STRING, &opt.url, "URL",                                                \
			N_("the daemon to reach instead of the folder")                            \
	}
#define OPT_PASSPHRASE_FD                                                                          \
	{                                                                                          \
		"passphrase-fd", CLI_U32, &opt.keys.passphrase_fd, "N",                            \
			N_("read passphrases from descriptor N, a line each")                      \
	}
#define OPT_UNENCRYPTED                                                                            \
	{                                                                                          \
		"unencrypted", CLI_FLAG, &opt.keys.unencrypted, NULL,                              \
			N_("make key files without a passphrase (tests only)")                     \
	}

/* A command of one word, DIR. */
#define COMMAND(u, s, o)                                                                           \
	{                                                                                          \
		.usage = (u), .summary = (s), .options = (o),                                      \
		.n_options = sizeof(o) / sizeof *(o), .min_words = 1, .max_words = 1               \
	}

/* One run of a verb: the folder and the keys that are open. */
struct trustee {
	struct yihu_folder folder;
	struct yihu_keyfile *keys[YIHU_KEY_FILES_MAX]; /* holders', or files of one */
	size_t n_keys;
	struct yihu_error err;
};
/* Parses, and sets up the folder. −1, or the exit status. */
int trustee_begin(struct trustee *t, const struct cli_command *c, int argc, char **argv);
/* Before any passphrase: between 1 and max files are named with --key, they are
 * key holders', and the folder has an election. */
int trustee_check_keys(struct trustee *t, size_t max);
/* Opens every key of --key; the key at path, made when `name` allows. */
int trustee_open_keys(struct trustee *t);
int trustee_open_key(struct trustee *t, const char *path);
int trustee_open_or_create(struct trustee *t, const char *path, const char *name);
/* What several keys on one computer mean. */
void trustee_say_one_computer(void);
/* A second file of a key, made and read back, or found to be there. */
int trustee_copy(struct trustee *t, struct yihu_keyfile *key, const char *from, const char *to);
/* The same for every key of the ceremony, as --backup says or somebody answers. */
int trustee_check_backups(struct trustee *t);
int trustee_back_up(struct trustee *t);
/* Closes; says the error, or the state and the next step. The exit status. */
int trustee_end(struct trustee *t, int r);

int run_announce(int argc, char **argv);
int run_deal(int argc, char **argv);
int run_accept(int argc, char **argv);
int run_ceremony(int argc, char **argv);
int run_box(int argc, char **argv);
int run_shuffle(int argc, char **argv);
int run_open(int argc, char **argv);
int run_sign(int argc, char **argv);
int run_retire(int argc, char **argv);
int run_count(int argc, char **argv);
int run_check(int argc, char **argv);
int run_copy(int argc, char **argv);

#endif
