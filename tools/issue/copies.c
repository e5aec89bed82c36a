/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue backup and restore: the clerk's side on a stick, and back.
 */
#include "issue/copies.h"

#include "issue/backup.h"
#include "issue/internal.h"
#include "issue/new_folder.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <yihu/box.h>
#include <yihu/file.h>

static struct {
	const char *key;
	struct cli_key_options keys;
} opt;

/* ---- backup ---- */

static void warn_of_same_disk(const struct yihu_folder *f, const char *stick)
{
	struct stat own, other;
	if (stat(f->root, &own) == 0 && stat(stick, &other) == 0 && own.st_dev == other.st_dev)
		cli_warn(_("%s is on the same disk as the election: take it to a stick, for what "
			   "loses the one loses the other"),
			 stick);
}

/* Sealed by the issuer key's own passphrase: one envelope for both. Where that
 * key has none, a new one is asked for. */
static int passphrase_of(char **out, const struct yihu_folder *f, const char *key_path,
			 struct yihu_error *err)
{
	struct yihu_keyfile *key = NULL;
	struct yihu_plan plan = {0};
	int r = yihu_plan_read(&plan, f, err);
	if (r == 0)
		r = cli_key_open_with(&key, out, key_path, &opt.keys, err);
	if (r == 0)
		r = issue_is_issuer(key, &plan.issuer, err);
	if (r == 0 && !*out)
		r = cli_key_new_passphrase(out, _("New passphrase for the backup:"), &opt.keys,
					   err);
	yihu_keyfile_close(key);
	yihu_plan_finish(&plan);
	return r;
}

static int make(const struct yihu_folder *f, const char *stick, char **path, struct yihu_error *err)
{
	struct issue_backup_options o = {.stick = stick, .kdf = &yihu_kdf_moderate};
	char *key = opt.key ? yihu_strdup(opt.key) : yihu_path(f->secret, "issuer.key");
	char *passphrase = NULL;
	int r = issue_backup_check(f, stick, err);
	if (r == 0)
		r = passphrase_of(&passphrase, f, key, err);
	o.key = key;
	o.passphrase = passphrase;
	if (r == 0)
		r = issue_backup(f, &o, path, err);
	cli_passphrase_free(passphrase);
	free(key);
	return r;
}

int copies_backup(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"key", CLI_STRING, &opt.key, "FILE",
		 N_("the issuer key, if not DIR/secret/issuer.key")},
		{"passphrase-fd", CLI_U32, &opt.keys.passphrase_fd, "N",
		 N_("read the passphrase from descriptor N")}};
	static const struct cli_command c = {
		.usage = "backup DIR STICK",
		.summary = N_("Copy the clerk's side to a stick, sealed by the passphrase."),
		.options = options,
		.n_options = sizeof options / sizeof *options,
		.min_words = 2,
		.max_words = 2};
	const char *words[2];
	char *path = NULL;
	struct yihu_folder f;
	struct yihu_error err = {0};
	int r = cli_parse(&c, argc, argv, words);
	if (r >= 0)
		return r;
	yihu_folder_init(&f, words[0]);
	r = make(&f, words[1], &path, &err);
	if (r == 0) {
		warn_of_same_disk(&f, words[1]);
		cli_say(_("The clerk's side is in %s, sealed by the issuer key's passphrase, and "
			  "reads back. It holds the issuer key and which household has which "
			  "number; no letter, no log key and no ballot box, for which there are "
			  "yihu-countd --mirror and --backup. Keep it away from this computer, and "
			  "the passphrase away from both."),
			path);
	}
	free(path);
	return tool_end(&f, r, &err);
}

/* ---- restore ---- */

static int restore(const char *stick, const char *dir, char **path, struct yihu_error *err)
{
	struct issue_backup_head head = {0};
	char *passphrase = NULL;
	int r = new_folder_check(dir, err);
	if (r == 0)
		r = issue_backup_find(path, &head, stick, err);
	if (r != 0)
		return r;
	char *made = yihu_time_local(head.made);
	cli_say(_("A backup of %s, made %s."), head.origin, made);
	r = cli_key_passphrase(&passphrase, *path, &opt.keys, err);
	if (r == 0)
		r = issue_restore(*path, passphrase, dir, err);
	cli_passphrase_free(passphrase);
	issue_backup_head_finish(&head);
	free(made);
	return r;
}

static void say_restored(const struct yihu_folder *f)
{
	char *moved = yihu_box_moved_to(f->box);
	cli_say(_("%s is there again. Letters that were replaced, added or voided after the backup "
		  "are in the log; whose they are has to be written down by hand."),
		f->word);
	if (moved)
		cli_say(_("The ballot box is at its server: %s"), moved);
	else
		cli_say(_("The ballot box is not in a backup: bring back the folder box from its "
			  "computer or its mirror (see yihu-countd), and never make another one."));
	free(moved);
}

int copies_restore(int argc, char **argv)
{
	static const struct cli_option options[] = {{"passphrase-fd", CLI_U32,
						     &opt.keys.passphrase_fd, "N",
						     N_("read the passphrase from descriptor N")}};
	static const struct cli_command c = {
		.usage = "restore STICK DIR",
		.summary = N_("Make the clerk's folder again from a backup."),
		.options = options,
		.n_options = sizeof options / sizeof *options,
		.min_words = 2,
		.max_words = 2};
	const char *words[2];
	char *path = NULL;
	struct yihu_folder f;
	struct yihu_error err = {0};
	int r = cli_parse(&c, argc, argv, words);
	if (r >= 0)
		return r;
	r = restore(words[0], words[1], &path, &err);
	yihu_folder_init(&f, words[1]);
	if (r == 0)
		say_restored(&f);
	free(path);
	return tool_end(&f, r, &err);
}

/* ---- how it stands ---- */

static void say_standing(const struct yihu_folder *f, bool all)
{
	uint64_t made = 0;
	enum issue_backup_standing standing = issue_backup_standing(f, &made);
	char *when = yihu_time_local(made);
	if (standing == ISSUE_BACKUP_NONE)
		cli_say(_("There is no backup of the clerk's side yet; without one a broken "
			  "computer ends the election: yihu-issue backup %s STICK"),
			f->word);
	else if (standing == ISSUE_BACKUP_OLDER)
		cli_say(_("The clerk's backup of %s is older than the last change; make it again: "
			  "yihu-issue backup %s STICK"),
			when, f->word);
	else if (all)
		cli_say(_("the clerk's backup: %s"), when);
	free(when);
}

void copies_say(const struct yihu_folder *f, bool all)
{
	struct yihu_status s;
	uint64_t made;
	if (yihu_status_read(&s, f, yihu_clock(), NULL) != 0)
		return;
	if (s.state >= YIHU_ISSUED && s.state < YIHU_PUBLISHED)
		say_standing(f, all);
	else if (all && s.state >= YIHU_PUBLISHED &&
		 issue_backup_standing(f, &made) != ISSUE_BACKUP_NONE)
		cli_say(_("The backup on the stick has the roll and the issuer key. Once "
			  "complaints "
			  "are over, destroy the stick with it, and %s/secret, too."),
			f->word);
	yihu_status_finish(&s);
}
