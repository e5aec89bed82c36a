/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee copy, and the copies that accept and ceremony make.
 */
#include "trustee.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yihu/file.h>

/* A stick that is lost takes both with it. Said once a run. */
static void warn_same_disk(const char *from, const char *to)
{
	static bool said;
	struct stat a, b;
	bool same = stat(from, &a) == 0 && stat(to, &b) == 0 && a.st_dev == b.st_dev;
	if (same && !said)
		cli_warn(_("%s and %s are on one disk or stick, and are lost together. Make the "
			   "copy on another one."),
			 from, to);
	said |= same;
}

int trustee_copy(struct trustee *t, struct yihu_keyfile *key, const char *from, const char *to)
{
	bool made;
	int r = holder_copy(key, &t->folder, to, &made, &t->err);
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

int run_copy(int argc, char **argv)
{
	static const struct cli_option options[] = {
		OPT_KEY,
		{"to", CLI_STRING, &opt.to, "FILE", N_("the new file, on another stick")},
		OPT_PASSPHRASE_FD};
	static const struct cli_command c =
		COMMAND("copy DIR --key FILE --to FILE",
			N_("Make a second file of your key, and read it back."), options);
	struct trustee t;
	int r = trustee_begin(&t, &c, argc, argv);
	if (r >= 0)
		return r;
	if (!opt.to) {
		yihu_folder_finish(&t.folder);
		return cli_usage_error(_("copy wants --to FILE"));
	}
	r = trustee_check_keys(&t, 1);
	if (r == 0)
		r = trustee_open_keys(&t);
	if (r == 0)
		r = trustee_copy(&t, t.keys[0], opt.key.at[0], opt.to);
	return trustee_end(&t, r);
}

/* ---- the step of the ceremony ---- */

int trustee_check_backups(struct trustee *t)
{
	if (opt.backup.n != 0 && opt.backup.n != opt.key.n)
		return yihu_fail(&t->err, YIHU_EARG,
				 _("give one --backup for each --key, in the same order"));
	for (size_t i = 0; i < opt.backup.n; i++)
		for (size_t k = 0; k < opt.key.n; k++)
			if (strcmp(opt.backup.at[i], opt.key.at[k]) == 0 ||
			    (k < i && strcmp(opt.backup.at[i], opt.backup.at[k]) == 0))
				return yihu_fail(
					&t->err, YIHU_EARG,
					_("--backup %s: each key and each copy is a file of "
					  "its own"),
					opt.backup.at[i]);
	return 0;
}

/* Where the copy goes: as --backup says, or as somebody answers; NULL: nowhere. */
static char *backup_path(size_t i, const struct yihu_keyfile *key)
{
	if (i < opt.backup.n)
		return yihu_strdup(opt.backup.at[i]);
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

static void warn_no_copy(const struct trustee *t, const struct yihu_keyfile *key, const char *path)
{
	char *word = yihu_shell_word(path);
	cli_warn(_("The key of %s has no second file: if it is lost, it cannot be made again. Make "
		   "one: yihu-trustee copy %s --key %s --to FILE"),
		 key->vkey.name, t->folder.word, word);
	free(word);
}

static int back_up_key(struct trustee *t, size_t i)
{
	struct yihu_keyfile *key = t->keys[i];
	char *path = backup_path(i, key);
	int r = path ? trustee_copy(t, key, opt.key.at[i], path) : 0;
	if (!path && key->n_files == 0)
		warn_no_copy(t, key, opt.key.at[i]);
	free(path);
	return r;
}

int trustee_back_up(struct trustee *t)
{
	int r = 0;
	for (size_t i = 0; i < t->n_keys && r == 0; i++)
		r = back_up_key(t, i);
	return r;
}
