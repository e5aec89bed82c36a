/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking at a box, copying it, making it again.
 */
#include "countd/copies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/box.h>
#include <yihu/file.h>

int countd_check(const char *dir)
{
	struct yihu_error err = {0};
	struct yihu_box *b;
	if (yihu_box_look(&b, dir, &err))
		return cli_error(&err);
	const struct yihu_ledger *l = yihu_box_ledger(b);
	struct yihu_ledger_counts c = yihu_ledger_counts(l);
	cli_say(_("%s is sound: %llu entries, every signature and proof verified."), dir,
		(unsigned long long)yihu_ledger_size(l));
	cli_say(_("Entitled households: %u (register %u, additions %u). Replacements: %u. "
		  "Voids: %u."),
		c.entitled, c.households, c.additions, c.replacements, c.voids);
	cli_say(_("Ballots: %llu."), (unsigned long long)c.ballots);
	if (yihu_ledger_closed(l))
		cli_say(_("The log is closed."));
	else if (yihu_ledger_sealed(l))
		cli_say(_("The poll is over; the log is not closed yet."));
	yihu_box_close(b);
	return CLI_DONE;
}

/* Into a folder the copy goes under a name that says what it is for. */
static char *copy_path(const char *path)
{
	struct stat st;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return yihu_path(path, "copy-of-box.db-never-start-from-this");
	return yihu_strdup(path);
}

/* Beside a running daemon the copy is taken without verifying; without one
 * everything is verified first. */
static int copy(const char *dir, const char *path, struct yihu_error *err)
{
	struct yihu_box *b;
	int r = yihu_box_look(&b, dir, err);
	if (r == YIHU_ELOCKED)
		return yihu_box_backup_live(dir, path, err);
	if (r != 0)
		return r;
	r = yihu_box_backup(b, path, err);
	yihu_box_close(b);
	return r;
}

int countd_backup(const char *dir, const char *given_path)
{
	struct yihu_error err = {0};
	char *path = copy_path(given_path);
	int r = copy(dir, path, &err);
	if (r == 0)
		cli_say(_("%s: the copy is complete. It is for --rebuild --from alone: a daemon "
			  "that is started from an older copy signs a second history."),
			path);
	free(path);
	return r ? cli_error(&err) : CLI_DONE;
}

static void say_start(const char *dir, bool at_home)
{
	char *word = yihu_shell_word(dir);
	if (at_home)
		cli_say(_("Start the daemon as before."));
	else
		cli_say(_("Nothing was left that says where this box lived. When every other copy "
			  "of it is stopped for good, start it once so: yihu-countd %s --moved"),
			word);
	free(word);
}

int countd_rebuild(const char *dir, const struct cli_list *from)
{
	struct yihu_error err = {0};
	struct yihu_rebuilt r;
	int rc = yihu_box_rebuild(dir, from->at, from->n, &r, &err);
	if (r.told.len > 0)
		printf("%s", (const char *)r.told.data);
	yihu_buf_free(&r.told);
	if (rc != 0)
		return cli_error(&err);
	cli_say(_("%s was made again: %llu entries, every signature and proof verified; %llu are "
		  "known to have been signed."),
		dir, (unsigned long long)r.size, (unsigned long long)r.known);
	if (!r.whole)
		return cli_error(&err);
	cli_say(_("It has all that its log key is known to have signed."));
	say_start(dir, r.at_home);
	return CLI_DONE;
}
