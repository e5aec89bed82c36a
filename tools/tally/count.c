/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally count: counts any Pabulib file, without an election around it.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/publish.h>
#include <yihu/results.h>
#include <yihu/text.h>

#include "tally/verbs.h"

static struct {
	struct cli_list rules;
	const char *lot;
	struct cli_u32 entitled;
	bool json, compare;
} opt;

static const struct cli_option options[] = {
	{"rule", CLI_LIST, &opt.rules, "R",
	 N_("count by this rule instead of the file's; may be repeated")},
	{"lot", CLI_STRING, &opt.lot, "HEX", N_("64 hex digits that decide what is equal")},
	{"entitled", CLI_U32, &opt.entitled, "N",
	 N_("how many households could vote, where a quorum or support goes by them")},
	{"json", CLI_FLAG, &opt.json, NULL, N_("one line of JSON for each rule")},
	{"compare", CLI_FLAG, &opt.compare, NULL, N_("every rule that goes, side by side")},
};
static const char *const all_rules[] = {"greedy",      "greedy-no-skip",   "greedy-threshold",
					"equalshares", "equalshares/add1", "equalshares/add1u",
					"phragmen",    "majority"};

static uint8_t lot[32]; /* of --lot */

/* A key of META that the named rule does not take. */
static bool is_of_another_rule(const char *line, const char *rule)
{
	bool shares = strncmp(rule, "equalshares", 11) == 0;
	if (strncmp(line, "threshold;", 10) == 0 ||
	    strncmp(line, "min_project_score_threshold;", 28) == 0)
		return strcmp(rule, "greedy-threshold") != 0;
	return !shares &&
	       (strncmp(line, "comparison;", 11) == 0 || strncmp(line, "eligibility;", 12) == 0);
}

/* The file with another rule, the options of others left out. Lines keep
 * their numbers where none is. */
static void with_rule(struct yihu_buf *out, const struct yihu_buf *file, const char *rule)
{
	const char *at = (const char *)file->data, *end = at + file->len;
	bool meta = true;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const char *next = stop ? stop + 1 : end;
		meta = meta && strncmp(at, "PROJECTS", 8) != 0;
		if (meta && strncmp(at, "rule;", 5) == 0)
			yihu_buf_fmt(out, "rule;%s\n", rule);
		else if (!meta || !is_of_another_rule(at, rule))
			yihu_buf_put(out, at, (size_t)(next - at));
		at = next;
	}
}

static int check_entitled(const struct yihu_definition *d, struct yihu_error *err)
{
	bool needed = d->quorum.den || (d->support.den && d->support_of == YIHU_OF_ENTITLED);
	if (!needed || opt.entitled.given)
		return 0;
	return yihu_fail(err, YIHU_EARG,
			 _("META declares a share of the entitled households: say how many there "
			   "are with --entitled N"));
}

static int count_definition(struct yihu_buf *json, const struct yihu_definition *d,
			    const struct yihu_votes *votes, struct yihu_error *err)
{
	struct yihu_outcome *o = NULL;
	struct yihu_profile p = {.definition = d,
				 .n = votes->n,
				 .digits = votes->digits,
				 .cast = votes->n,
				 .entitled = opt.entitled.value,
				 .has_lot = opt.lot != NULL};
	memcpy(p.lot_seed, lot, sizeof p.lot_seed);
	int r = check_entitled(d, err);
	if (r == 0)
		r = yihu_count(&o, &p, err);
	if (r == 0)
		yihu_count_json(json, &p, o);
	yihu_outcome_free(o);
	return r;
}

/* rule NULL: the file's. */
static int count_by(struct yihu_buf *json, const struct yihu_buf *file, const char *rule,
		    struct yihu_error *err)
{
	struct yihu_buf changed = {0}, strict = {0};
	struct yihu_definition *d = NULL;
	struct yihu_votes votes = {0};
	if (rule) {
		with_rule(&changed, file, rule);
		file = &changed;
	}
	int r = yihu_definition_convert(&strict, NULL, file->data, file->len, err);
	if (r == 0)
		r = yihu_definition_parse(&d, strict.data, strict.len, err);
	if (r == 0)
		r = yihu_votes_read(&votes, d, file->data, file->len, err);
	if (r == 0)
		r = count_definition(json, d, &votes, err);
	yihu_votes_free(&votes);
	yihu_definition_free(d);
	yihu_buf_free(&changed);
	yihu_buf_free(&strict);
	return r;
}

static int show(const struct yihu_buf *json, struct yihu_error *err)
{
	struct yihu_buf table = {0};
	int r = 0;
	if (opt.json)
		cli_say("%.*s", (int)json->len - 1, (const char *)json->data);
	else
		r = yihu_results_table(&table, json->data, json->len, cli_language(), err);
	if (table.len > 0)
		cli_say("%s", (const char *)table.data);
	yihu_buf_free(&table);
	return r;
}

static int fail(int r, const struct yihu_error *err)
{
	cli_error(err);
	if (r == YIHU_ETIE)
		cli_warn(_("draw a lot and count again with --lot and its 64 hex digits"));
	return CLI_FAILED;
}

static int count_each(const struct yihu_buf *file)
{
	size_t n = opt.rules.n ? opt.rules.n : 1;
	int status = CLI_DONE;
	for (size_t i = 0; i < n; i++) {
		struct yihu_buf json = {0};
		struct yihu_error err = {0};
		int r = count_by(&json, file, opt.rules.n ? opt.rules.at[i] : NULL, &err);
		if (r == 0)
			r = show(&json, &err);
		if (r != 0)
			status = fail(r, &err);
		yihu_buf_free(&json);
	}
	return status;
}

/* Rules that do not go with this file are named below, and why. */
static int compare(const struct yihu_buf *file)
{
	enum { N = sizeof all_rules / sizeof *all_rules };
	const char *const *rules = opt.rules.n ? opt.rules.at : all_rules;
	size_t n = opt.rules.n ? opt.rules.n : N, counted = 0;
	struct yihu_buf *jsons = yihu_calloc(n, sizeof *jsons), table = {0};
	struct yihu_error err = {0};
	struct yihu_error *why = yihu_calloc(n, sizeof *why);
	for (size_t i = 0; i < n; i++)
		counted += count_by(&jsons[counted], file, rules[i], &why[i]) == 0;
	int r = yihu_results_compare(&table, jsons, counted, cli_language(), &err);
	if (r != 0)
		cli_error(&err);
	else if (opt.json)
		for (size_t i = 0; i < counted; i++)
			show(&jsons[i], &err);
	else if (table.len > 0)
		cli_say("%s", (const char *)table.data);
	for (size_t i = 0; i < n; i++)
		if (why[i].text[0])
			cli_warn("%s: %s", rules[i], why[i].text);
	for (size_t i = 0; i < n; i++)
		yihu_buf_free(&jsons[i]);
	yihu_buf_free(&table);
	free(jsons);
	free(why);
	return r == 0 && counted > 0 ? CLI_DONE : CLI_FAILED;
}

static int check(const char *const *words)
{
	(void)words;
	if (opt.lot && !yihu_unhex(lot, sizeof lot, yihu_span(opt.lot)))
		return cli_usage_error(_("--lot must be 64 hex digits (0-9, a-f)"));
	return -1;
}

static int run(const struct cli_verb *verb, const char *const *words)
{
	struct yihu_buf file = {0};
	struct yihu_error err = {0};
	(void)verb;
	int r = yihu_file_read(words[0], YIHU_DEFINITION_BYTES_MAX, &file, &err);
	if (r != 0)
		r = cli_error(&err);
	else
		r = opt.compare ? compare(&file) : count_each(&file);
	yihu_buf_free(&file);
	return r;
}

const struct cli_verb tally_verb_count = {
	.name = "count",
	.label = N_("count a Pabulib file, without an election"),
	.command = CLI_COMMAND("count FILE.pb [--rule R]… [--lot HEX] [--entitled N] [--json] "
			       "[--compare]",
			       N_("Count a Pabulib file by its rule, or by another."), options, 1),
	.reads = CLI_FILE,
	.check = check,
	.run = run,
};
