/* SPDX-License-Identifier: Apache-2.0
 *
 * Key files on the command line: --key FILE, --passphrase-fd N, --unencrypted.
 */
#ifndef YIHU_KEYS_H
#define YIHU_KEYS_H

#include "cli/cli.h"

#include <yihu/keyfile.h>

struct cli_key_options {
	struct cli_u32 passphrase_fd; /* one line a key, in the order they are opened */
	bool unencrypted;             /* new keys without a passphrase: tests only */
};
/* Opens, asking for the passphrase when the file needs one (three tries on a
 * terminal). */
int cli_key_open(struct yihu_keyfile **out, const char *path, const struct cli_key_options *o,
		 struct yihu_error *err);
/* The same, and gives the passphrase, too, for what it seals besides the key;
 * NULL when the file needs none. Freed by cli_passphrase_free. */
int cli_key_open_with(struct yihu_keyfile **out, char **passphrase, const char *path,
		      const struct cli_key_options *o, struct yihu_error *err);
/* Asks for the passphrase of the sealed file at path (that is no key), or for a
 * fresh one. */
int cli_key_passphrase(char **passphrase, const char *path, const struct cli_key_options *o,
		       struct yihu_error *err);
int cli_key_new_passphrase(char **passphrase, const char *prompt, const struct cli_key_options *o,
			   struct yihu_error *err);
/* Makes a new one at path, asking for a fresh passphrase. shown: where it lies in
 * the end, for words; path is in a folder that has another name until it is whole. */
int cli_key_create(struct yihu_keyfile **out, const char *path, const char *shown,
		   enum yihu_key_role role, const char *name, const struct cli_key_options *o,
		   struct yihu_error *err);

#endif
