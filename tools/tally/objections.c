/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally complaints: what people object, and what is answered.
 */
#include "common/act.h"
#include "tally/objection_book.h"
#include "tally/tally.h"
#include "tally/verbs.h"

#include <yihu/file.h>

#define ANSWERS_BYTES_MAX (64u << 10)

static struct {
	const char *answers;
	struct cli_u32 filed;
	bool recorded;
} given;

static struct yihu_complaints complaints; /* as recorded, then with what is given */

static int take_answers(struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int r = yihu_file_read(given.answers, ANSWERS_BYTES_MAX, &text, err);
	if (r == 0)
		r = yihu_complaints_take_answers(&complaints, text.data, text.len, err);
	if (r != 0)
		yihu_fail_at(err, r, "%s", given.answers);
	yihu_buf_free(&text);
	return r;
}

static int take_recorded(const struct yihu_folder *f, struct yihu_error *err)
{
	struct objection_book book = {0};
	int r = objection_book_read(&book, f, err);
	if (r == 0)
		objection_book_shown(&complaints, &book);
	objection_book_finish(&book);
	return r;
}

static bool writes(void)
{
	return given.filed.given || given.answers || given.recorded;
}

static int check_complaints(const char *const *words)
{
	(void)words;
	return given.recorded && (given.filed.given || given.answers)
		       ? cli_usage_error(_("--recorded says both, --filed and --answers"))
		       : -1;
}

static int too_late(struct yihu_error *err)
{
	return yihu_fail(err, YIHU_ESTATE,
			 _("the final statement is made, with the objections and answers of its "
			   "time: nothing can be added to it"));
}

/* Before the passphrase. */
static int read_complaints(struct tool_call *c)
{
	struct yihu_buf note = {0};
	int r = tally_complaints_read(&complaints, &note, &c->folder,
				      c->view.audit->election->charter, &c->err);
	if (r == 0 && given.filed.given)
		complaints.filed = given.filed.value;
	if (r == 0 && given.answers)
		r = take_answers(&c->err);
	if (r == 0 && given.recorded)
		r = take_recorded(&c->folder, &c->err);
	if (r == 0 && writes())
		r = c->view.audit->final_at > 0 ? too_late(&c->err)
						: tally_complaints_check(&complaints, &c->err);
	yihu_buf_free(&note);
	return r;
}

static int open_to_write(struct tool_call *c)
{
	return writes() ? tool_open_issuer(c) : 0;
}

static void say_complaints(void)
{
	if (complaints.made == 0)
		cli_say(_("No complaints are recorded."));
	else
		cli_say(_("Complaints: %u filed, %zu answered in public."), complaints.filed,
			complaints.n_answers);
}

/* Where there are results to show them with. */
static int show_complaints(struct tool_call *c)
{
	struct tally_missing missing;
	if (c->view.audit->stage != YIHU_STAGE_PUBLISHED) {
		cli_say(_("They are shown with the results once those are published."));
		return 0;
	}
	int r = tally_publish(&c->view, &missing, &c->err);
	return r == 0 ? tally_make_posters(c) : r;
}

static int record_complaints(struct tool_call *c)
{
	int r = 0;
	if (writes())
		r = tally_complaints_write(c->keys[0], &c->folder, c->view.audit->election->charter,
					   &complaints, &c->err);
	if (r == 0)
		say_complaints();
	if (r == 0 && writes())
		r = show_complaints(c);
	yihu_complaints_free(&complaints);
	return r;
}

static const struct cli_option complaints_options[] = {
	{"filed", CLI_U32, &given.filed, "N", N_("how many complaints were filed in all")},
	{"answers", CLI_STRING, &given.answers, "FILE",
	 N_("all public answers, an empty line between one and the next")},
	{"recorded", CLI_FLAG, &given.recorded, NULL,
	 N_("both as they are written down (yihu-tally objection)")},
	TOOL_URL,
	TOOL_KEY,
	TOOL_PASSPHRASE_FD,
};

const struct cli_verb tally_verb_complaints = {
	.name = "complaints",
	.label = N_("record complaints and their answers"),
	.command = CLI_COMMAND("complaints DIR [--recorded | [--filed N] [--answers FILE]]",
			       N_("Record complaints and their public answers, and show them."),
			       complaints_options, 1),
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_PUBLIC | CLI_FILE,
	.changes = CLI_CEREMONY | CLI_PUBLIC | CLI_PAPER,
	.asks = CLI_OLD_PASSPHRASE,
	.check = check_complaints,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public,
					.may = read_complaints,
					.open = open_to_write,
					.act = record_complaints},
};
