/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally's verbs about published results.
 */
#include "published.h"

#include <stdlib.h>

#include "common/common.h"
#include "tally/tally.h"

#include <yihu/file.h>
#include <yihu/publish.h>

#define ANSWERS_BYTES_MAX (64u << 10)

static struct {
	const char *url, *key, *language, *answers;
	struct cli_key_options keys;
	struct cli_u32 filed;
} opt;

#define OPTION_URL                                                                                 \
	{                                                                                          \
		"url", CLI_STRING, &opt.url, "URL",                                                \
			N_("the daemon to reach instead of the folder")                            \
	}
#define OPTION_LANGUAGE                                                                            \
	{                                                                                          \
		"lang", CLI_STRING, &opt.language, "zh|en",                                        \
			N_("the language of the poster (default: that of the letters)")            \
	}

/* What a verb does over the folder as the public sees it. */
typedef int view_act(struct yihu_view *v, struct yihu_error *err);

static int run(const struct cli_command *c, int argc, char **argv, view_act *act)
{
	const char *dir;
	struct yihu_folder f;
	struct yihu_view v = {0};
	struct yihu_error err = {0};
	int r = cli_parse(c, argc, argv, &dir);
	if (r >= 0)
		return r;
	yihu_folder_init(&f, dir);
	r = tool_look(&v, &f, opt.url, yihu_reach_open_public, &err);
	if (r == 0)
		r = act(&v, &err);
	yihu_view_finish(&v);
	return tool_end(&f, r, &err);
}

/* The results may be public and the posters not made: both is said. */
static int make_posters(struct yihu_view *v, struct yihu_error *err)
{
	int r = tally_poster(v, opt.language, err);
	if (r == 0)
		cli_say(_("Posters for the notice board: %s/paper/results-a4.pdf and -a3.pdf"),
			v->folder->root);
	return r;
}

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

static bool waits; /* signatures are missing: no error, and not published */

static int publish(struct yihu_view *v, struct yihu_error *err)
{
	struct tally_missing missing = {0};
	int r = tally_publish(v, &missing, err);
	waits = r == 0 && (missing.issuer || missing.holders > 0);
	if (r != 0)
		return r;
	if (waits) {
		say_missing(&missing);
		return 0;
	}
	say_published(v);
	r = make_posters(v, err);
	return r == 0 ? 0
		      : yihu_fail_at(err, r,
				     _("the results are published, but their poster is not made "
				       "(yihu-tally poster %s, once this is mended)"),
				     v->folder->word);
}

int tally_run_publish(int argc, char **argv)
{
	static const struct cli_option options[] = {OPTION_URL, OPTION_LANGUAGE};
	static const struct cli_command c = {
		.usage = "publish DIR [--url URL]",
		.summary = N_("Publish the results once they are signed."),
		.options = options,
		.n_options = sizeof options / sizeof *options,
		.min_words = 1,
		.max_words = 1};
	int status = run(&c, argc, argv, publish);
	return waits ? CLI_FAILED : status;
}

/* ---- poster ---- */

int tally_run_poster(int argc, char **argv)
{
	static const struct cli_option options[] = {OPTION_URL, OPTION_LANGUAGE};
	static const struct cli_command c = {
		.usage = "poster DIR [--lang zh|en]",
		.summary = N_("Make the posters of the published results."),
		.options = options,
		.n_options = sizeof options / sizeof *options,
		.min_words = 1,
		.max_words = 1};
	return run(&c, argc, argv, make_posters);
}

/* ---- complaints ---- */

static int take_answers(struct yihu_complaints *c, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int r = yihu_file_read(opt.answers, ANSWERS_BYTES_MAX, &text, err);
	if (r == 0)
		r = yihu_complaints_take_answers(c, text.data, text.len, err);
	if (r != 0)
		yihu_fail_at(err, r, "%s", opt.answers);
	yihu_buf_free(&text);
	return r;
}

static int write_complaints(struct yihu_complaints *c, const struct yihu_view *v,
			    struct yihu_error *err)
{
	struct yihu_keyfile *key = NULL;
	if (opt.filed.given)
		c->filed = opt.filed.value;
	int r = opt.answers ? take_answers(c, err) : 0;
	if (r == 0)
		r = tally_complaints_check(c, err);
	if (r == 0)
		r = tool_open_issuer(&key, v->folder, opt.key, &opt.keys, err);
	if (r == 0)
		r = tally_complaints_write(key, v->folder, v->audit->election->charter, c, err);
	yihu_keyfile_close(key);
	return r;
}

static void say_complaints(const struct yihu_complaints *c)
{
	if (c->made == 0)
		cli_say(_("No complaints are recorded."));
	else
		cli_say(_("Complaints: %u filed, %zu answered in public."), c->filed, c->n_answers);
}

/* Records what was given, and shows it where there are results to show it with. */
static int complaints(struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_complaints c;
	struct yihu_buf note = {0};
	struct tally_missing missing;
	bool write = opt.filed.given || opt.answers;
	bool published = v->audit->stage == YIHU_STAGE_PUBLISHED;
	int r = tally_complaints_read(&c, &note, v->folder, v->audit->election->charter, err);
	if (r == 0 && write)
		r = write_complaints(&c, v, err);
	if (r == 0)
		say_complaints(&c);
	if (r == 0 && write && published)
		r = tally_publish(v, &missing, err);
	if (r == 0 && write && published)
		r = make_posters(v, err);
	else if (r == 0 && write)
		cli_say(_("They are shown with the results once those are published."));
	yihu_complaints_free(&c);
	yihu_buf_free(&note);
	return r;
}

int tally_run_complaints(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"filed", CLI_U32, &opt.filed, "N", N_("how many complaints were filed in all")},
		{"answers", CLI_STRING, &opt.answers, "FILE",
		 N_("all public answers, an empty line between one and the next")},
		OPTION_URL,
		{"key", CLI_STRING, &opt.key, "FILE",
		 N_("the issuer key, if not DIR/secret/issuer.key")},
		{"passphrase-fd", CLI_U32, &opt.keys.passphrase_fd, "N",
		 N_("read the passphrase from descriptor N")},
	};
	static const struct cli_command c = {
		.usage = "complaints DIR [--filed N] [--answers FILE]",
		.summary = N_("Record complaints and their public answers, and show them."),
		.options = options,
		.n_options = sizeof options / sizeof *options,
		.min_words = 1,
		.max_words = 1};
	return run(&c, argc, argv, complaints);
}
