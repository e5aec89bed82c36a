/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue find: whose letter is meant, and what became of it.
 */
#include "issue/find.h"

#include <stdlib.h>

#include <jansson.h>

#include "cli/say_json.h"
#include "folder/additions.h"
#include "issue/verbs.h"

static struct {
	bool json;
} given;
static struct issue_found found;
static enum language language;

/* ---- in words ---- */

static void put_names(struct yihu_buf *out, const struct change_line *l)
{
	for (size_t i = 0; i < l->n_by; i++)
		yihu_buf_fmt(out, "%s%.*s", i ? ", " : "", (int)l->by[i].len, l->by[i].p);
}

static char *why_of(const struct change_line *l)
{
	return l && l->reasoned ? reason_text(&changed_reasons, language, &l->reason) : NULL;
}

static void say_change(const struct change_line *l)
{
	struct yihu_buf names = {0};
	char *why = why_of(l);
	if (why)
		cli_say(_("  why: %s"), why);
	if (l && l->n_by > 0) {
		put_names(&names, l);
		cli_say(_("  said yes: %s"), (const char *)names.data);
	}
	yihu_buf_free(&names);
	free(why);
}

static void say_state(const struct issue_found_letter *l)
{
	if (l->replaced_by != 0)
		cli_say(_("  void; letter %04u replaces it"), l->replaced_by);
	else if (l->voided)
		cli_say(_("  void"));
	else
		cli_say("  %s", l->voted ? _("has voted") : _("has not voted"));
	if (l->replaces != 0)
		cli_say(_("  it replaces letter %04u"), l->replaces);
	if (l->added)
		cli_say(_("  made later, for a household that was not on the list"));
}

static void say_found(void)
{
	for (size_t i = 0; i < found.n; i++) {
		const struct issue_found_letter *l = &found.at[i];
		cli_say(_("letter %04u: %s%s%s"), l->serial, l->household,
			l->name[0] != '\0' ? " " : "", l->name);
		say_state(l);
		say_change(l->ended);
		say_change(l->made);
	}
	if (found.left_off > 0)
		cli_say(_("and %zu more; say more of the household"), found.left_off);
}

/* ---- as JSON ---- */

static json_t *json_change(const struct change_line *l)
{
	if (!l)
		return json_null();
	json_t *names = json_array();
	char *why = why_of(l);
	for (size_t i = 0; i < l->n_by; i++)
		json_array_append_new(names, json_stringn(l->by[i].p, l->by[i].len));
	json_t *j = json_pack("{s:s?, s:s?, s:o}", "reason",
			      why ? reason_name(&changed_reasons, l->reason.why) : NULL, "words",
			      why, "by", names);
	free(why);
	return j;
}

/* 0: none. */
static json_t *json_serial(uint32_t serial)
{
	return serial == 0 ? json_null() : json_integer(serial);
}

static json_t *json_letter(const struct issue_found_letter *l)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:o, s:o, s:o, s:o}", "letter",
			 (json_int_t)l->serial, "how", issue_found_how_name(l->how), "household",
			 l->household, "building", l->building, "name", l->name, "voted", l->voted,
			 "void", l->voided, "added", l->added, "replaces", json_serial(l->replaces),
			 "replaced_by", json_serial(l->replaced_by), "ended", json_change(l->ended),
			 "made", json_change(l->made));
}

/* But own words, which are nobody's choice. */
static json_t *json_reasons(const struct reasons *list)
{
	json_t *j = json_array();
	for (unsigned i = 0; i < list->n; i++)
		if (!reason_is_own(list, i))
			json_array_append_new(j,
					      json_pack("{s:s, s:s}", "name", reason_name(list, i),
							"words", reason_word(list, language, i)));
	return j;
}

static void print_json(void)
{
	json_t *letters = json_array();
	for (size_t i = 0; i < found.n; i++)
		json_array_append_new(letters, json_letter(&found.at[i]));
	json_t *j = json_pack("{s:s, s:o, s:I, s:{s:o, s:o}}", "version", "yihu-find-v1", "letters",
			      letters, "left_off", (json_int_t)found.left_off, "reasons", "change",
			      json_reasons(&changed_reasons), "add", json_reasons(&added_reasons));
	cli_say_json(j, JSON_COMPACT);
}

/* ---- the verb ---- */

static int find(struct tool_call *c)
{
	int r = words_language(&language, cli_language(), &c->err);
	if (r == 0)
		r = issue_find(&found, &c->view, c->words[1], &c->err);
	if (r == 0 && found.n == 0 && !given.json && c->words[1])
		r = yihu_fail(&c->err, YIHU_EHOUSEHOLD,
			      _("no letter is of “%s”; 'yihu-issue walklist' has all households"),
			      c->words[1]);
	return r;
}

static void say(struct tool_call *c)
{
	if (given.json)
		print_json();
	else if (found.n > 0)
		say_found();
	else
		cli_say(_("no letter was replaced, voided or added"));
	c->says_next = true;
	issue_found_finish(&found);
}

static const struct cli_option options[] = {
	{"json", CLI_FLAG, &given.json, NULL, N_("print one JSON object")},
	TOOL_URL,
};

const struct cli_verb issue_verb_find = {
	.name = "find",
	.label = N_("find a household's letter"),
	.command = {.usage = "find DIR [NUMBER|HOUSEHOLD|NAME] [--json]",
		    .summary = N_("Say whose letter is meant, and what became of it."),
		    .options = options,
		    .n_options = sizeof options / sizeof *options,
		    .min_words = 1,
		    .max_words = 2},
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_BOX, /* what it notes of itself when it is opened */
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_box, .act = find, .say = say},
};
