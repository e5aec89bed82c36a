/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally count: counts any Pabulib file, without an election around it.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/publish.h>
#include <yihu/results.h>
#include <yihu/text.h>

#include "tally/held.h"
#include "tally/verbs.h"

static struct {
	struct cli_list rules, withdrawn;
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
	{"withdrawn", CLI_LIST, &opt.withdrawn, "ID",
	 N_("this project was withdrawn and cannot be funded; may be repeated")},
	{"json", CLI_FLAG, &opt.json, NULL, N_("one line of JSON for each rule")},
	{"compare", CLI_FLAG, &opt.compare, NULL, N_("every rule that goes, side by side")},
};
static const char *const all_rules[] = {"greedy",
					"greedy-no-skip",
					"greedy-exclusive",
					"greedy-threshold",
					"equalshares",
					"equalshares/add1",
					"equalshares/add1u",
					"equalshares/add1e",
					"equalshares/add1eu",
					"phragmen",
					"majority"};

static uint8_t lot[32]; /* of --lot */

static int check_entitled(const struct yihu_definition *d, struct yihu_error *err)
{
	bool needed = d->quorum.den || (d->support.den && d->support_of == YIHU_OF_ENTITLED);
	if (!needed || opt.entitled.given)
		return 0;
	return yihu_fail(err, YIHU_EARG,
			 _("META declares a share of the entitled households: say how many there "
			   "are with --entitled N"));
}

static int take_withdrawn(struct yihu_withdrawn *out, const struct yihu_definition *d,
			  struct yihu_error *err)
{
	for (size_t i = 0; i < opt.withdrawn.n; i++) {
		long at = yihu_definition_find(d, opt.withdrawn.at[i]);
		if (at < 0)
			return yihu_fail(err, YIHU_EARG, _("--withdrawn: there is no project “%s”"),
					 opt.withdrawn.at[i]);
		out[i] = (struct yihu_withdrawn){.project = (uint32_t)at};
	}
	return 0;
}

static int count_definition(struct yihu_buf *json, const struct yihu_definition *d,
			    const struct yihu_votes *votes, struct yihu_error *err)
{
	struct yihu_outcome *o = NULL;
	struct yihu_profile p = {.definition = d,
				 .n = votes->n,
				 .digits = votes->digits,
				 .cast = votes->n + votes->void_votes.n,
				 .entitled = opt.entitled.value,
				 .has_lot = opt.lot != NULL};
	struct yihu_withdrawn *withdrawn = yihu_calloc(opt.withdrawn.n + 1, sizeof *withdrawn);
	memcpy(p.lot_seed, lot, sizeof p.lot_seed);
	int r = check_entitled(d, err);
	if (r == 0)
		r = take_withdrawn(withdrawn, d, err);
	p.withdrawn = withdrawn;
	p.n_withdrawn = opt.withdrawn.n;
	if (r == 0)
		r = yihu_count(&o, &p, err);
	if (r == 0)
		yihu_count_json(json, &p, o);
	yihu_outcome_free(o);
	free(withdrawn);
	return r;
}

/* rule NULL: the file's. */
static int count_by(struct yihu_buf *json, struct held *h, const char *rule, struct yihu_error *err)
{
	struct yihu_definition *d = NULL;
	int r = held_by_rule(&d, h, rule, err);
	if (r == 0)
		r = count_definition(json, d, &h->votes, err);
	if (r == 0)
		held_say(h);
	yihu_definition_free(d);
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

static int count_each(struct held *h)
{
	size_t n = opt.rules.n ? opt.rules.n : 1;
	int status = CLI_DONE;
	for (size_t i = 0; i < n; i++) {
		struct yihu_buf json = {0};
		struct yihu_error err = {0};
		int r = count_by(&json, h, opt.rules.n ? opt.rules.at[i] : NULL, &err);
		if (r == 0)
			r = show(&json, &err);
		if (r == 0)
			held_say_told(h, &json);
		if (r != 0)
			status = fail(r, &err);
		yihu_buf_free(&json);
	}
	return status;
}

/* Rules that do not go with this file, and why: each reason once. */
static void say_why_not(const char *const *rules, const struct yihu_error *why, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct yihu_buf names = {0};
		bool said = why[i].text[0] == '\0';
		for (size_t k = 0; k < n; k++) {
			bool same = strcmp(why[k].text, why[i].text) == 0;
			said = said || (same && k < i);
			if (same)
				yihu_buf_fmt(&names, "%s%s", names.len ? ", " : "", rules[k]);
		}
		if (!said)
			cli_warn("%s: %s", (const char *)names.data, why[i].text);
		yihu_buf_free(&names);
	}
}

static int compare(struct held *h)
{
	enum { N = sizeof all_rules / sizeof *all_rules };
	const char *const *rules = opt.rules.n ? opt.rules.at : all_rules;
	size_t n = opt.rules.n ? opt.rules.n : N, counted = 0;
	struct yihu_buf *jsons = yihu_calloc(n, sizeof *jsons), table = {0};
	struct yihu_error err = {0};
	struct yihu_error *why = yihu_calloc(n, sizeof *why);
	for (size_t i = 0; i < n; i++)
		counted += count_by(&jsons[counted], h, rules[i], &why[i]) == 0;
	int r = yihu_results_compare(&table, jsons, counted, cli_language(), &err);
	if (r != 0)
		cli_error(&err);
	else if (opt.json)
		for (size_t i = 0; i < counted; i++)
			show(&jsons[i], &err);
	else if (table.len > 0)
		cli_say("%s", (const char *)table.data);
	say_why_not(rules, why, n);
	if (r == 0)
		held_say_agree(h, jsons, counted);
	for (size_t i = 0; i < n; i++)
		yihu_buf_free(&jsons[i]);
	yihu_buf_free(&table);
	free(jsons);
	free(why);
	return r == 0 && counted > 0 ? CLI_DONE : CLI_FAILED;
}

/* Where the file names no rule, each may have been it. */
static bool by_each(const struct held *h)
{
	bool unnamed = opt.rules.n == 0 && held_is_unnamed(h);
	if (unnamed && !opt.compare)
		cli_warn(_("the file names no rule by which it can be counted: here is every rule "
			   "that goes with it; --rule counts by one"));
	return opt.compare || unnamed;
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
	struct held h = {0};
	struct yihu_error err = {0};
	(void)verb;
	int r = held_read(&h, words[0], &err);
	if (r != 0)
		r = cli_error(&err);
	else
		r = by_each(&h) ? compare(&h) : count_each(&h);
	held_finish(&h);
	return r;
}

const struct cli_verb tally_verb_count = {
	.name = "count",
	.label = N_("count a Pabulib file, without an election"),
	.command = CLI_COMMAND("count FILE.pb [--rule R]… [--lot HEX] [--entitled N] "
			       "[--withdrawn ID]… [--json] [--compare]",
			       N_("Count a Pabulib file by its rule, or by another."), options, 1),
	.reads = CLI_FILE,
	.check = check,
	.run = run,
};
