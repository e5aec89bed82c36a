/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue archive, copy-public: what is kept of an election, and what anybody may have.
 */
#include "issue/archived.h"
#include "issue/copy_public.h"
#include "issue/verbs.h"

#include <stdlib.h>

#include "issue/on_stick.h"

/* ---- archive ---- */

static struct issue_archived made[ARCHIVE_PARTS];

static int check_archive(struct tool_call *c)
{
	return issue_archive_check_stick(&c->folder, c->words[1], &c->err);
}

/* What is made, and what an archive of today would lack. */
static char *what_is_made(const struct tool_call *c, const char *left)
{
	struct yihu_buf text = {0};
	const char *slug = c->folder.slug;
	yihu_buf_fmt(&text, _("Two files are made in %s:\n"), c->words[1]);
	yihu_buf_fmt(&text,
		     _("  %s-public.zip: the public folder, posters and results, for anybody\n"),
		     slug);
	yihu_buf_fmt(&text,
		     _("  %s-personal.zip: the list of households, the walk list, what was "
		       "counted of the letters, which were added, replaced or made void, why "
		       "and who said yes, the objections; for whoever is in charge\n"),
		     slug);
	yihu_buf_str(&text, _("In neither: keys, passphrases, letters, the roll.\n"));
	if (*left)
		yihu_buf_fmt(&text, _("Not done yet:\n%s"), left);
	yihu_buf_u8(&text, 0);
	return (char *)text.data;
}

static int may_archive(struct tool_call *c)
{
	char *left = NULL;
	int r = issue_archive_check(&c->view, &c->err);
	if (r == 0)
		r = issue_archive_left(&left, &c->folder, &c->err);
	if (r != 0)
		return r;
	char *shown = what_is_made(c, left);
	r = cli_seen(shown,
		     *left ? _("Make the archive all the same? It can be made again later.")
			   : _("Make the archive?"),
		     &tool_given.seen, &c->err);
	free(shown);
	free(left);
	return r;
}

static int archive(struct tool_call *c)
{
	return issue_archive(&c->view, c->words[1], made, &c->err);
}

static void say_archived(struct tool_call *c)
{
	char hex[65];
	for (int i = 0; i < ARCHIVE_PARTS; i++) {
		cli_say(_("%s: %zu files, as it reads back"), made[i].path, made[i].files);
		cli_say("  SHA-256 %s", yihu_hex_into(hex, made[i].hash, sizeof made[i].hash));
	}
	cli_say(_("Write the two hashes into the minutes. Anybody checks the public part: "
		  "yihu-audit "
		  "%s-public.zip --eid ID. README.txt in each says what else is kept, and what is "
		  "destroyed."),
		c->folder.slug);
	issue_archived_finish(made);
}

static const struct cli_option archive_options[] = {TOOL_SEEN, TOOL_URL};

const struct cli_verb issue_verb_archive = {
	.name = "archive",
	.label = N_("make the archive of an election that is over"),
	.command = CLI_COMMAND("archive DIR STICK",
			       N_("Make the archive of an election that is over: a public file, "
				  "and one with personal data."),
			       archive_options, 2),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC | CLI_STICK,
	.changes = CLI_STICK | CLI_PAPER,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check_archive,
					.look = tool_look_public,
					.may = may_archive,
					.act = archive,
					.say = say_archived},
};

/* ---- copy-public ---- */

static int check_copy(struct tool_call *c)
{
	return on_stick_check(&c->folder, c->words[1], &c->err);
}

static int copy_public(struct tool_call *c)
{
	char *path = NULL;
	int r = issue_copy_public(&c->view, c->words[1], &path, &c->err);
	if (r == 0)
		cli_say(_("The public folder is in %s, and reads back. Anybody checks it: "
			  "yihu-audit %s --eid ID, or the page to verify"),
			path, path);
	free(path);
	return r;
}

static const struct cli_option copy_options[] = {TOOL_URL};

const struct cli_verb issue_verb_copy_public = {
	.name = "copy-public",
	.label = N_("copy the public folder to a stick"),
	.command = CLI_COMMAND("copy-public DIR STICK",
			       N_("Copy the public folder to a stick, for whoever wants to check "
				  "it, and read it back."),
			       copy_options, 2),
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_STICK,
	.changes = CLI_STICK,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check_copy,
					.look = tool_look_public,
					.act = copy_public},
};
