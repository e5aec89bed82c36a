/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally sheets: the count desk's batch sheets, before the box is closed.
 */
#include "tally/desk_sheets.h"

#include <string.h>

#include "common/act.h"
#include "tally/verbs.h"

static struct {
	struct cli_list sheet;
} given;

static struct tally_sheet sheets[CLI_LIST_MAX];
static bool desk_only;

static int check(struct tool_call *c)
{
	struct yihu_plan plan = {0};
	int r = yihu_plan_read(&plan, &c->folder, &c->err);
	desk_only = r == 0 && !plan.url && given.sheet.n > 0;
	yihu_plan_finish(&plan);
	for (size_t i = 0; i < given.sheet.n && r == 0; i++)
		r = tally_sheet_read(&sheets[i], given.sheet.at[i], &c->err);
	return r;
}

static void say(const struct tally_sheets_found *f)
{
	char *rest = f->lines.len > 0 ? (char *)f->lines.data : NULL;
	for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"))
		cli_warn("%s", line);
	cli_say(_("Ballots in the log: %llu; on the batch sheets: %llu."),
		(unsigned long long)f->ballots, (unsigned long long)f->on_sheets);
	if (f->differences == 0 && given.sheet.n > 0)
		cli_say(_("The batch sheets go with the log."));
}

static int compare(struct tool_call *c)
{
	struct tally_sheets_found found;
	tally_sheets_compare(&found, sheets, given.sheet.n, c->view.audit->ledger, desk_only);
	yihu_buf_put(&found.lines, "", 1);
	say(&found);
	yihu_buf_free(&found.lines);
	c->status = found.differences == 0 ? CLI_DONE : CLI_FAILED;
	return 0;
}

static const struct cli_option options[] = {
	{"sheet", CLI_LIST, &given.sheet, "N:FIRST:LAST",
	 N_("a batch sheet: how many slips were recorded, the first letter, the last; repeat")},
	TOOL_URL,
};

const struct cli_verb tally_verb_sheets = {
	.name = "sheets",
	.label = N_("hold the count desk's batch sheets against the log"),
	.command =
		CLI_COMMAND("sheets DIR [--sheet N:FIRST:LAST]… [--url URL]",
			    N_("Hold the count desk's batch sheets against the log."), options, 1),
	.reads = CLI_CEREMONY | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_BOX | CLI_PUBLIC,
	.run = tool_run,
	.act =
		&(const struct tool_act){
			.check = check, .look = tool_look_box, .act = compare, .says_next = true},
};
