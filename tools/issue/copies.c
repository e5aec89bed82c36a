/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue backup and restore: the clerk's side on a stick, and back.
 */
#include "issue/backup.h"
#include "issue/internal.h"
#include "issue/new_folder.h"
#include "issue/verbs.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <yihu/box.h>

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
		r = cli_key_open_with(&key, out, key_path, &tool_given.keys, err);
	if (r == 0)
		r = issue_is_issuer(key, &plan.issuer, err);
	if (r == 0 && !*out)
		r = cli_key_new_passphrase(out, _("New passphrase for the backup:"),
					   &tool_given.keys, err);
	yihu_keyfile_close(key);
	yihu_plan_finish(&plan);
	return r;
}

static char *backup_path; /* of the one that was made */

static int check_backup(struct tool_call *c)
{
	return issue_backup_check(&c->folder, c->words[1], &c->err);
}

static int backup(struct tool_call *c)
{
	char *key = tool_given.key ? yihu_strdup(tool_given.key)
				   : folder_path(&c->folder, F_ISSUER_KEY);
	char *passphrase = NULL;
	int r = passphrase_of(&passphrase, &c->folder, key, &c->err);
	const struct issue_backup_options o = {.stick = c->words[1],
					       .kdf = &yihu_kdf_moderate,
					       .key = key,
					       .passphrase = passphrase};
	if (r == 0)
		r = issue_backup(&c->folder, &o, &backup_path, &c->err);
	cli_passphrase_free(passphrase);
	free(key);
	return r;
}

static void say_backup(struct tool_call *c)
{
	warn_of_same_disk(&c->folder, c->words[1]);
	cli_say(_("The clerk's side is in %s, sealed by the issuer key's passphrase, and "
		  "reads back. It holds the issuer key and which household has which "
		  "number; no letter, no log key and no ballot box, for which there are "
		  "yihu-countd --mirror and --backup. Keep it away from this computer, and "
		  "the passphrase away from both."),
		backup_path);
}

static const struct cli_option backup_options[] = {TOOL_KEY, TOOL_PASSPHRASE_FD};

const struct cli_verb issue_verb_backup = {
	.name = "backup",
	.label = N_("copy the clerk's side to a stick"),
	.command = CLI_COMMAND("backup DIR STICK",
			       N_("Copy the clerk's side to a stick, sealed by the passphrase."),
			       backup_options, 2),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_SECRET | CLI_STICK,
	.asks = CLI_OLD_PASSPHRASE | CLI_NEW_PASSPHRASE,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check_backup, .act = backup, .say = say_backup},
};

/* ---- restore ---- */

static int check_restore(struct tool_call *c)
{
	return new_folder_check(c->words[1], &c->err);
}

static int restore_from(const char *path, struct tool_call *c)
{
	char *passphrase = NULL;
	int r = cli_key_passphrase(&passphrase, path, &tool_given.keys, &c->err);
	if (r == 0)
		r = issue_restore(path, passphrase, c->words[1], &c->err);
	cli_passphrase_free(passphrase);
	return r;
}

static int restore(struct tool_call *c)
{
	struct issue_backup_head head = {0};
	char *path = NULL;
	int r = issue_backup_find(&path, &head, c->words[0], &c->err);
	if (r != 0)
		return r;
	char *when = yihu_time_local(head.made);
	cli_say(_("A backup of %s, made %s."), head.origin, when);
	r = restore_from(path, c);
	issue_backup_head_finish(&head);
	free(when);
	free(path);
	return r;
}

static void say_restored(struct tool_call *c)
{
	const struct yihu_folder *f = &c->folder;
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

static const struct cli_option restore_options[] = {TOOL_PASSPHRASE_FD};

const struct cli_verb issue_verb_restore = {
	.name = "restore",
	.label = N_("make the folder again from a backup"),
	.command =
		CLI_COMMAND("restore STICK DIR", N_("Make the clerk's folder again from a backup."),
			    restore_options, 2),
	.reads = CLI_STICK,
	.changes = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.run = tool_run,
	.act = &(const struct tool_act){.folder = 1,
					.makes_folder = true,
					.check = check_restore,
					.act = restore,
					.say = say_restored},
};

/* ---- how it stands ---- */

static void say_standing(const struct yihu_folder *f, bool all)
{
	uint64_t made = 0;
	enum carried_standing standing = carried_standing(f, &made);
	char *when = yihu_time_local(made);
	if (standing == CARRIED_NONE)
		cli_say(_("There is no backup of the clerk's side yet; without one a broken "
			  "computer ends the election: yihu-issue backup %s STICK"),
			f->word);
	else if (standing == CARRIED_OLDER)
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
	if (s.stage >= YIHU_STAGE_ISSUED && s.stage < YIHU_STAGE_PUBLISHED)
		say_standing(f, all);
	else if (all && s.stage >= YIHU_STAGE_PUBLISHED &&
		 carried_standing(f, &made) != CARRIED_NONE)
		cli_say(_("The backup on the stick has the roll and the issuer key. Once "
			  "complaints "
			  "are over, destroy the stick with it, and %s/secret, too."),
			f->word);
	yihu_status_finish(&s);
}

void copies_say_due(struct tool_call *c)
{
	copies_say(&c->folder, false);
}
