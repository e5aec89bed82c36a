/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally close, publish, poster, complaints: what is done with the box as
 * the public sees it.
 */
#include <stdlib.h>

#include "common/act.h"
#include "tally/tally.h"
#include "tally/verbs.h"

#include <yihu/file.h>
#include <yihu/publish.h>

#define ANSWERS_BYTES_MAX (64u << 10)

static struct {
	const char *language, *answers;
	struct cli_u32 filed;
} given;

#define LANGUAGE                                                                                   \
	{                                                                                          \
		"lang", CLI_STRING, &given.language, "zh|en",                                      \
			N_("the language of the poster (default: that of the letters)")            \
	}

/* ---- close ---- */

static int may_close(struct tool_call *c)
{
	return tally_close_check(&c->view, yihu_clock(), &c->err);
}

static int close_box(struct tool_call *c)
{
	return tally_close(c->keys[0], &c->view, &c->err);
}

static void say_closed(struct tool_call *c)
{
	const struct yihu_audit *a = c->view.audit;
	struct yihu_ledger_counts n = yihu_ledger_counts(a->ledger);
	cli_say(_("Closed. Ballots: %llu, of %u entitled households. Log entries: %llu."),
		(unsigned long long)n.ballots, n.entitled, (unsigned long long)a->checkpoint.size);
	if (a->not_opened)
		cli_say(_("These are fewer than the charter's min-box: the box stays closed."));
}

static const struct cli_option close_options[] = {TOOL_URL, TOOL_KEY, TOOL_PASSPHRASE_FD};

const struct cli_verb tally_verb_close = {
	.name = "close",
	.label = N_("close the box after the poll"),
	.command = CLI_COMMAND("close DIR [--url URL]",
			       N_("Close the box once the poll has ended."), close_options, 1),
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_box,
					.may = may_close,
					.open = tool_open_issuer,
					.act = close_box,
					.say = say_closed},
};

/* ---- poster ---- */

/* The results may be public and the posters not made: both is said. */
static int make_posters(struct tool_call *c)
{
	int r = tally_poster(&c->view, given.language, &c->err);
	if (r == 0)
		cli_say(_("Posters for the notice board: %s/paper/results-a4.pdf and -a3.pdf"),
			c->folder.root);
	return r;
}

static const struct cli_option poster_options[] = {TOOL_URL, LANGUAGE};

const struct cli_verb tally_verb_poster = {
	.name = "poster",
	.label = N_("make the posters of the results"),
	.command = CLI_COMMAND("poster DIR [--lang zh|en]",
			       N_("Make the posters of the published results."), poster_options, 1),
	.reads = CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PAPER,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public, .act = make_posters},
};

/* ---- publish ---- */

static void say_published(const struct yihu_view *v)
{
	struct yihu_buf table = {0};
	const struct yihu_buf *json = &v->audit->results_json;
	if (yihu_results_table(&table, json->data, json->len, cli_language(), NULL) == 0)
		cli_say("%s", (const char *)table.data);
	yihu_buf_free(&table);
	cli_say(_("Published in %s"), yihu_reach_place(v->reach));
}

static void say_missing(const struct tally_missing *m)
{
	if (m->issuer)
		cli_say(_(
			"Not published yet: the clerk's signature is missing (yihu-issue sign)."));
	if (m->holders > 0)
		cli_say(yihu_ngettext(
				"Not published yet: %u more key holder signs (yihu-trustee sign).",
				"Not published yet: %u more key holders sign (yihu-trustee sign).",
				m->holders),
			m->holders);
}

static int publish(struct tool_call *c)
{
	struct tally_missing missing = {0};
	int r = tally_publish(&c->view, &missing, &c->err);
	if (r != 0)
		return r;
	if (missing.issuer || missing.holders > 0) { /* no error, and not published */
		say_missing(&missing);
		c->status = CLI_FAILED;
		return 0;
	}
	say_published(&c->view);
	r = make_posters(c);
	return r == 0 ? 0
		      : yihu_fail_at(&c->err, r,
				     _("the results are published, but their poster is not made "
				       "(yihu-tally poster %s, once this is mended)"),
				     c->folder.word);
}

static const struct cli_option publish_options[] = {TOOL_URL, LANGUAGE};

const struct cli_verb tally_verb_publish = {
	.name = "publish",
	.label = N_("publish the signed results"),
	.command = CLI_COMMAND("publish DIR [--url URL]",
			       N_("Publish the results once they are signed."), publish_options, 1),
	.reads = CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PUBLIC | CLI_PAPER,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public, .act = publish},
};

/* ---- complaints ---- */

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

static bool writes(void)
{
	return given.filed.given || given.answers;
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
	if (r == 0 && writes())
		r = tally_complaints_check(&complaints, &c->err);
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
	return r == 0 ? make_posters(c) : r;
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
	TOOL_URL,
	TOOL_KEY,
	TOOL_PASSPHRASE_FD,
};

const struct cli_verb tally_verb_complaints = {
	.name = "complaints",
	.label = N_("record complaints and their answers"),
	.command = CLI_COMMAND("complaints DIR [--filed N] [--answers FILE]",
			       N_("Record complaints and their public answers, and show them."),
			       complaints_options, 1),
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_PUBLIC | CLI_FILE,
	.changes = CLI_CEREMONY | CLI_PUBLIC | CLI_PAPER,
	.asks = CLI_OLD_PASSPHRASE,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public,
					.may = read_complaints,
					.open = open_to_write,
					.act = record_complaints},
};
