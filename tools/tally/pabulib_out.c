/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally export: the results in forms that others ask for.
 */
#include "common/act.h"
#include "folder/files.h"
#include "tally/verbs.h"

#include <yihu/publish.h>
#include <yihu/results.h>

static bool pabulib;

static int check(const char *const *words)
{
	(void)words;
	return pabulib ? -1 : cli_usage_error(_("say the form: --pabulib"));
}

static int may_export(struct tool_call *c)
{
	const struct yihu_audit *a = c->view.audit;
	if (a->stage != YIHU_STAGE_PUBLISHED)
		return yihu_fail(&c->err, YIHU_ESTATE, _("the results are not published yet"));
	if (!a->tally.opened)
		return yihu_fail(&c->err, YIHU_ESTATE,
				 _("the box stayed closed: there are no votes to export"));
	return 0;
}

static int export(struct tool_call *c)
{
	struct yihu_buf file = {0};
	struct yihu_outcome *o = NULL;
	const struct yihu_tally *t = &c->view.audit->tally;
	int r = yihu_tally_count(&o, t, &c->err);
	if (r == 0)
		yihu_results_pabulib(&file, t, o);
	if (r == 0)
		r = folder_write(&c->folder, F_PABULIB, &file, &c->err);
	if (r == 0)
		cli_say(_("Written for the Pabulib collection: %s/paper/pabulib.pb"),
			c->folder.root);
	yihu_outcome_free(o);
	yihu_buf_free(&file);
	return r;
}

static const struct cli_option options[] = {
	{"pabulib", CLI_FLAG, &pabulib, NULL, N_("as a file of the Pabulib collection")},
	TOOL_URL,
};

const struct cli_verb tally_verb_export = {
	.name = "export",
	.label = N_("write the results as others want them"),
	.command = CLI_COMMAND("export DIR --pabulib",
			       N_("Write the published results in another form."), options, 1),
	.reads = CLI_CEREMONY | CLI_PUBLIC,
	.changes = CLI_PAPER,
	.check = check,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public, .may = may_export, .act = export},
};
