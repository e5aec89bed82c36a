/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue like: an earlier election as the tables and options that a new one begins with.
 * No key, no number and no time of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <yihu/file.h>

#include "cli/say_json.h"
#include "folder/paper_options.h"
#include "issue/like.h"
#include "issue/verbs.h"
#include "lists/csv_cell.h"
#include "lists/money.h"

static struct {
	const char *projects, *households;
	bool json;
} given;

/* ---- options ---- */

static void put(struct like *x, const char *name, char *text)
{
	if (text && *text)
		json_object_set_new(x->options, name, json_string(text));
	free(text);
}

static void put_meta(struct like *x, const char *name, const char *key)
{
	const char *value = yihu_definition_meta(x->d, key);
	put(x, name, value ? yihu_strdup(value) : NULL);
}

static void put_flag(struct like *x, const char *name)
{
	json_object_set_new(x->options, name, json_true());
}

static void put_marks(struct like *x)
{
	const struct yihu_definition *d = x->d;
	bool all = d->max_length >= d->n_projects;
	switch (d->kind) {
	case YIHU_CONSENT:
		put_flag(x, "agree-or-against");
		return;
	case YIHU_SCORING:
		put(x, "points-each", yihu_printf("%u", d->radix - 1));
		break;
	case YIHU_CUMULATIVE:
		put(x, "points-to-share",
		    yihu_printf("%llu", (unsigned long long)d->max_sum_points));
		break;
	case YIHU_ORDINAL:
		put(x, "rank-up-to", yihu_printf("%u", d->max_length));
		break;
	default:
		if (!all)
			put(x, "choose-up-to", yihu_printf("%u", d->max_length));
		else if (!d->has_max_sum_cost)
			put_flag(x, "choose-any");
		if (d->has_max_sum_cost)
			put(x, "choose-within", money_plain(d->max_sum_cost));
	}
	if (d->min_length > 0)
		put(x, "choose-at-least", yihu_printf("%u", d->min_length));
}

static char *share_text(const struct yihu_fraction *f)
{
	return f->den == 0 ? NULL
			   : yihu_printf("%s%u/%u", f->strict ? "over " : "", f->num, f->den);
}

static void put_count(struct like *x)
{
	static const char *const bases[] = {"cast", "decided", "entitled"};
	const struct yihu_definition *d = x->d;
	const struct vote_rule *rule = vote_rule_named(d->rule);
	put(x, "winners", yihu_strdup(rule ? rule->word : d->rule));
	put(x, "budget", d->has_budget ? money_plain(d->budget) : NULL);
	if (d->has_threshold)
		put(x, "votes-at-least", yihu_printf("%llu", (unsigned long long)d->threshold));
	put(x, "turnout", share_text(&d->quorum));
	put(x, "support", share_text(&d->support));
	if (d->support.den)
		put(x, "support-of", yihu_strdup(bases[d->support_of]));
}

static void put_people(struct like *x, const struct yihu_folder *f, const struct yihu_plan *p)
{
	static const char *const papers[] = {"sender", "phone", "place", "desk"};
	put(x, "holders", yihu_printf("%u", p->n));
	put(x, "threshold", yihu_printf("%u", p->t));
	if (p->q != yihu_box_quorum(p->t, p->n))
		put(x, "box-quorum", yihu_printf("%u", p->q));
	if (p->min_box != issue_usual_min_box(p->households))
		put(x, "min-box", yihu_printf("%u", p->min_box));
	put(x, "url", p->url ? yihu_strdup(p->url) : NULL);
	for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
		put(x, papers[i], paper_option(f, papers[i]));
}

/* Keys that no option stands for: such an election begins anew with --again. */
static void put_unsaid(struct like *x)
{
	const struct yihu_definition *d = x->d;
	const struct {
		const char *what;
		bool there;
	} all[] = {{"category", d->divisions[YIHU_BY_CATEGORY].n > 0},
		   {"neighborhood", d->divisions[YIHU_BY_NEIGHBORHOOD].n > 0},
		   {"exclusive", d->n_exclusive > 0},
		   {"comparison", d->comparison},
		   {"eligibility", d->eligibility},
		   {"min_sum_cost", d->min_sum_cost > 0},
		   {"min_sum_points", d->min_sum_points > 0}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].there)
			json_array_append_new(x->unsaid, json_string(all[i].what));
}

/* ---- all of it ---- */

static int read_definition(struct like *x, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	int r = folder_read(f, F_OWN_DEFINITION, &file, err);
	if (r == 0)
		r = yihu_definition_parse(&x->d, file.data, file.len, err);
	yihu_buf_free(&file);
	const char *language = r == 0 ? yihu_definition_meta(x->d, "language") : NULL;
	const char *name = r == 0 ? x->d->projects[0].name : "";
	x->chinese = language ? strncmp(language, "zh", 2) == 0 : (unsigned char)name[0] >= 0x80;
	return r;
}

static int read_old(struct like *x, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_plan plan = {0};
	int r = yihu_plan_read(&plan, f, err);
	if (r == 0)
		r = read_definition(x, f, err);
	if (r == 0) {
		put_meta(x, "title", "description");
		put_meta(x, "title-en", "description_en");
		put_meta(x, "community", "unit");
		put_meta(x, "country", "country");
		put_meta(x, "currency", "currency");
		put_marks(x);
		put_count(x);
		put_people(x, f, &plan);
		put_unsaid(x);
		like_projects(x);
		r = like_households(x, f, err);
	}
	yihu_plan_finish(&plan);
	return r;
}

/* ---- out ---- */

static int write_table(const char *path, const json_t *table, struct yihu_error *err)
{
	struct yihu_buf out = {0};
	size_t i, k;
	json_t *row, *cell;
	if (!path)
		return 0;
	csv_begin(&out);
	json_array_foreach(table, i, row)
	{
		const char *cells[N_PROPOSAL_TEXTS + 1];
		json_array_foreach(row, k, cell) cells[k] = json_string_value(cell);
		csv_row(&out, cells, json_array_size(row));
	}
	int r = yihu_file_create(path, out.data, out.len, 0600, err);
	yihu_buf_free(&out);
	return r;
}

static void print_json(const struct like *x)
{
	json_t *j = json_pack("{s:s, s:O, s:O, s:O, s:O, s:I}", "version", "yihu-like-v1",
			      "options", x->options, "projects", x->projects, "households",
			      x->households, "unsaid", x->unsaid, "added", (json_int_t)x->added);
	cli_say_json(j, JSON_COMPACT);
}

/* The command to go on with; times and the new folder are to be said. */
static void print_command(const struct like *x)
{
	struct yihu_buf line = {0};
	const char *name;
	json_t *value;
	yihu_buf_fmt(&line, "yihu-issue init DIR --projects %s --households %s",
		     given.projects ? given.projects : "FILE",
		     given.households ? given.households : "FILE");
	json_object_foreach(x->options, name, value)
	{
		char *word =
			json_is_string(value) ? yihu_shell_word(json_string_value(value)) : NULL;
		yihu_buf_fmt(&line, " --%s%s%s", name, word ? " " : "", word ? word : "");
		free(word);
	}
	yihu_buf_u8(&line, 0);
	cli_say("%s --opens TIME --closes TIME", (const char *)line.data);
	yihu_buf_free(&line);
}

static void say_rest(const struct like *x)
{
	size_t i;
	json_t *one;
	if (x->added > 0)
		cli_warn(yihu_ngettext("%zu household was added to the list after it was fixed, "
				       "and is its last row: is it still there?",
				       "%zu households were added to the list after it was fixed, "
				       "and are its last rows: are they still there?",
				       x->added),
			 x->added);
	json_array_foreach(x->unsaid, i, one)
		cli_warn(_("no option says “%s”, which that election had; init --again takes what "
			   "is voted on as it was"),
			 json_string_value(one));
}

static int act(struct tool_call *c)
{
	struct like x = {.options = json_object(),
			 .projects = json_array(),
			 .households = json_array(),
			 .unsaid = json_array()};
	int r = read_old(&x, &c->folder, &c->err);
	if (r == 0)
		r = write_table(given.projects, x.projects, &c->err);
	if (r == 0)
		r = write_table(given.households, x.households, &c->err);
	if (r == 0 && given.json)
		print_json(&x);
	else if (r == 0)
		print_command(&x);
	if (r == 0 && !given.json)
		say_rest(&x);
	yihu_definition_free(x.d);
	json_decref(x.options);
	json_decref(x.projects);
	json_decref(x.households);
	json_decref(x.unsaid);
	return r;
}

static const struct cli_option options[] = {
	{"projects", CLI_STRING, &given.projects, "FILE.csv", N_("write its projects as a table")},
	{"households", CLI_STRING, &given.households, "FILE.csv",
	 N_("write its households as a table, those too that were added later")},
	{"json", CLI_FLAG, &given.json, NULL, N_("print all of it as JSON")},
};

const struct cli_verb issue_verb_like = {
	.name = "like",
	.label = N_("begin from an earlier election's tables"),
	.command = CLI_COMMAND("like DIR",
			       N_("Say with which tables and options an election like this one "
				  "begins."),
			       options, 1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER,
	.changes = CLI_FILE,
	.run = tool_run,
	.act = &(const struct tool_act){.act = act, .says_next = true},
};
