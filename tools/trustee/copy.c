/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee copy, and the copies that accept and ceremony make.
 */
#include "trustee.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A stick that is lost takes both with it. Said once a run. */
static void warn_same_disk(const char *from, const char *to)
{
	static bool said;
	struct stat a, b;
	bool same = stat(from, &a) == 0 && stat(to, &b) == 0 && a.st_dev == b.st_dev;
	if (same && !said)
		cli_warn(_("%s and %s are on one disk or stick, and are lost together. Make the "
			   "copy on another one"),
			 from, to);
	said |= same;
}

static int copy_key(struct tool_call *c, struct yihu_keyfile *key, const char *from, const char *to)
{
	bool made;
	int r = holder_copy(key, &c->folder, to, &made, &c->err);
	if (r != 0)
		return r;
	if (made)
		cli_say(_("%s: a second file of the key of %s, read back; the same passphrase "
			  "opens "
			  "it. Keep it in another place than the first."),
			to, key->vkey.name);
	else
		cli_say(_("%s: already a second file of the key of %s; it can be read."), to,
			key->vkey.name);
	warn_same_disk(from, to);
	return 0;
}

static const char *target;

static int copy(struct tool_call *c)
{
	return copy_key(c, c->keys[0], trustee_given.key.at[0], target);
}

static const struct cli_option options[] = {
	TRUSTEE_KEY,
	{"to", CLI_STRING, &target, "FILE", N_("the new file, on another stick")},
	TRUSTEE_PASSPHRASE_FD,
};

const struct cli_verb trustee_verb_copy = {
	.name = "copy",
	.label = N_("make a second file of your key"),
	.command = {.usage = "copy DIR --key FILE --to FILE",
		    .summary = N_("Make a second file of your key, and read it back."),
		    .options = options,
		    .n_options = sizeof options / sizeof *options,
		    .min_words = 1,
		    .max_words = 1,
		    .needed = "key to"},
	.reads = CLI_CEREMONY | CLI_KEY,
	.changes = CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE,
	.check = trustee_check_one_key,
	.run = tool_run,
	.act = &(const struct tool_act){.check = trustee_check_keys,
					.open = trustee_open_keys,
					.act = copy},
};

/* ---- the step of the ceremony ---- */

int trustee_check_backups(struct tool_call *c)
{
	if (trustee_given.backup.n != 0 && trustee_given.backup.n != trustee_given.key.n)
		return yihu_fail(&c->err, YIHU_EARG,
				 _("give one --backup for each --key, in the same order"));
	for (size_t i = 0; i < trustee_given.backup.n; i++)
		for (size_t k = 0; k < trustee_given.key.n; k++)
			if (strcmp(trustee_given.backup.at[i], trustee_given.key.at[k]) == 0 ||
			    (k < i &&
			     strcmp(trustee_given.backup.at[i], trustee_given.backup.at[k]) == 0))
				return yihu_fail(
					&c->err, YIHU_EARG,
					_("--backup %s: each key and each copy is a file of "
					  "its own"),
					trustee_given.backup.at[i]);
	return 0;
}

/* Where the copy goes: as --backup says, or as somebody answers; NULL: nowhere. */
static char *backup_path(size_t i, const struct yihu_keyfile *key)
{
	if (i < trustee_given.backup.n)
		return yihu_strdup(trustee_given.backup.at[i]);
	if (!cli_interactive() || key->n_files > 0)
		return NULL;
	char *question = yihu_printf(
		_("A second file of the key of %s, on another stick. Its path (Enter for none):"),
		key->vkey.name);
	char *path = cli_ask(question);
	free(question);
	if (path && *path == '\0') {
		free(path);
		path = NULL;
	}
	return path;
}

static void warn_no_copy(const struct tool_call *c, const struct yihu_keyfile *key,
			 const char *path)
{
	char *word = yihu_shell_word(path);
	cli_warn(_("the key of %s has no second file: if it is lost, it cannot be made again. Make "
		   "one: yihu-trustee copy %s --key %s --to FILE"),
		 key->vkey.name, c->folder.word, word);
	free(word);
}

static int back_up_key(struct tool_call *c, size_t i)
{
	struct yihu_keyfile *key = c->keys[i];
	char *path = backup_path(i, key);
	int r = path ? copy_key(c, key, trustee_given.key.at[i], path) : 0;
	if (!path && key->n_files == 0)
		warn_no_copy(c, key, trustee_given.key.at[i]);
	free(path);
	return r;
}

int trustee_back_up(struct tool_call *c)
{
	int r = 0;
	for (size_t i = 0; i < c->n_keys && r == 0; i++)
		r = back_up_key(c, i);
	return r;
}
