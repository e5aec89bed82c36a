/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue reconcile: printed = delivered + returned + void, of all letters or a
 * building at a time.
 */
#include "issue/buildings.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "cli/say_json.h"
#include "issue/issue.h"
#include "issue/verbs.h"

static struct {
	struct cli_u32 delivered, returned, void_letters;
	struct cli_list buildings;
	bool json;
} given;
static struct issue_buildings found;

/* ---- all letters ---- */

static void say_rest(long rest)
{
	if (rest == 0)
		cli_say(_("All letters are accounted for."));
	else if (rest > 0)
		cli_say(_("The numbers do not close: %ld letters are not accounted for. Look for "
			  "them; what is not found is made void with yihu-issue void."),
			rest);
	else
		cli_say(_("The numbers do not close: %ld letters more than were printed. Count "
			  "again."),
			-rest);
}

static int count_all(struct tool_call *c, struct issue_counts *n)
{
	int r = issue_reconcile(&c->folder, n, &c->err);
	if (r != 0)
		return r;
	if (!given.json) {
		cli_say(_("printed %u; delivered %u, returned %u, void %u"), n->printed,
			n->delivered, n->returned, n->void_letters);
		say_rest((long)issue_difference(n));
	}
	if (issue_difference(n) != 0)
		c->status = CLI_FAILED;
	return 0;
}

/* ---- a building at a time ---- */

static const char *called(const struct issue_building *b)
{
	return strcmp(b->name, ISSUE_NO_BUILDING) == 0 ? _("without a building") : b->name;
}

static void say_building(const struct issue_building *b)
{
	if (!b->counted)
		cli_say(_("%s: printed %u, void %u; not counted yet"), called(b), b->printed,
			b->ended);
	else
		cli_say(_("%s: printed %u; delivered %u, returned %u, void %u; not accounted for: "
			  "%ld"),
			called(b), b->printed, b->delivered, b->returned, b->ended,
			(long)issue_building_difference(b));
}

static void print_json(void)
{
	json_t *list = json_array();
	for (size_t i = 0; i < found.n; i++) {
		const struct issue_building *b = &found.at[i];
		json_t *difference =
			b->counted ? json_integer(issue_building_difference(b)) : json_null();
		json_array_append_new(list,
				      json_pack("{s:s, s:I, s:I, s:b, s:I, s:I, s:o}", "name",
						b->name, "printed", (json_int_t)b->printed, "void",
						(json_int_t)b->ended, "counted", b->counted,
						"delivered", (json_int_t)b->delivered, "returned",
						(json_int_t)b->returned, "difference", difference));
	}
	json_t *j = json_pack("{s:s, s:o}", "version", "yihu-reconcile-v1", "buildings", list);
	cli_say_json(j, JSON_COMPACT);
}

static bool all_counted(struct issue_counts *sum)
{
	bool all = found.n > 0;
	for (size_t i = 0; i < found.n; i++) {
		all = all && found.at[i].counted;
		sum->delivered += found.at[i].delivered;
		sum->returned += found.at[i].returned;
		sum->void_letters += found.at[i].ended;
	}
	return all;
}

static int count_buildings(struct tool_call *c)
{
	struct issue_counts sum = {0};
	int r = issue_buildings_read(&found, &c->view, &c->err);
	for (size_t i = 0; r == 0 && i < given.buildings.n; i++)
		r = issue_building_count(&found, &c->folder, given.buildings.at[i], &c->err);
	for (size_t i = 0; r == 0 && !given.json && i < found.n; i++)
		say_building(&found.at[i]);
	if (r == 0 && given.buildings.n > 0 && all_counted(&sum))
		r = count_all(c, &sum);
	if (r == 0 && given.json)
		print_json();
	c->says_next = given.json;
	issue_buildings_finish(&found);
	return r;
}

/* ---- the verb ---- */

static bool by_building(void)
{
	return given.json || given.buildings.n > 0;
}

static int check(struct tool_call *c)
{
	bool all = given.delivered.given && given.returned.given && given.void_letters.given;
	bool any = given.delivered.given || given.returned.given || given.void_letters.given;
	if (by_building() && any)
		return yihu_fail(&c->err, YIHU_EARG,
				 _("--building counts a building at a time, and takes what is void "
				   "from the log: leave out --delivered, --returned and --void"));
	if (!by_building() && !all)
		return yihu_fail(&c->err, YIHU_EARG,
				 _("say --delivered, --returned and --void, or --building"));
	return 0;
}

static int look(struct tool_call *c)
{
	/* What the programs append for letters is exported at once: who counts need not have the
	 * box, nor wait for it. */
	return by_building() ? tool_look_public(c) : 0;
}

static int reconcile(struct tool_call *c)
{
	struct issue_counts n = {.delivered = given.delivered.value,
				 .returned = given.returned.value,
				 .void_letters = given.void_letters.value};
	return by_building() ? count_buildings(c) : count_all(c, &n);
}

static const struct cli_option options[] = {
	{"delivered", CLI_U32, &given.delivered, "N", N_("letters handed over")},
	{"returned", CLI_U32, &given.returned, "N", N_("letters brought back")},
	{"void", CLI_U32, &given.void_letters, "N", N_("letters made void")},
	{"building", CLI_LIST, &given.buildings, "NAME=DELIVERED/RETURNED",
	 N_("of one building; returned and not void. Again for the next")},
	{"json", CLI_FLAG, &given.json, NULL, N_("print one JSON object: each building")},
	TOOL_URL,
};

const struct cli_verb issue_verb_reconcile = {
	.name = "reconcile",
	.label = N_("reconcile printed, delivered, returned and void letters"),
	.command = CLI_COMMAND("reconcile DIR --delivered N --returned N --void N",
			       N_("Say whether printed = delivered + returned + void, and record "
				  "it."),
			       options, 1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PAPER,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check, .look = look, .act = reconcile},
};
