/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of verbs as JSON, for programs that offer them to people. Texts are
 * in the user's language; all other words are the same in each.
 */
#include "cli/verbs_json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "cli/say_json.h"

static const char *const kinds[] = {
	[CLI_FLAG] = "flag",  [CLI_STRING] = "text", [CLI_LIST] = "list",
	[CLI_U32] = "number", [CLI_WHEN] = "time",   [CLI_SEEN] = "seen",
};

/* The names of the words that must be there, as the usage has them. */
static json_t *json_words(const struct cli_command *c, bool named)
{
	json_t *list = json_array();
	const char *at = c->usage;
	for (size_t i = 0; i < c->min_words + (named ? 1 : 0); i++) {
		size_t len = strcspn(at, " ");
		if (i > 0 || !named)
			json_array_append_new(list, json_stringn(at, len));
		at += len + strspn(at + len, " ");
	}
	return list;
}

static json_t *json_options(const struct cli_command *c)
{
	json_t *list = json_array();
	for (size_t i = 0; i < c->n_options; i++) {
		const struct cli_option *o = &c->options[i];
		json_array_append_new(list, json_pack("{s:s, s:s, s:s?, s:b, s:s}", "name", o->name,
						      "kind", kinds[o->kind], "argument",
						      o->argument, "needed", cli_is_needed(c, o),
						      "help", yihu_gettext(o->help)));
	}
	return list;
}

static json_t *json_bits(unsigned bits, const char *const *words, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++)
		if (bits >> i & 1)
			json_array_append_new(list, json_string(words[i]));
	return list;
}

static json_t *json_places(unsigned bits)
{
#define X(place, word) word,
	static const char *const words[CLI_N_PLACES] = {CLI_PLACES(X)};
#undef X
	return json_bits(bits, words, CLI_N_PLACES);
}

/* What an option chooses takes the words and options of the first. */
static json_t *json_verb(const struct cli_program *p, const struct cli_verb *v)
{
	static const char *const asks[] = {"existing", "new"};
	const struct cli_command *c = &(v->mode ? p->verbs[0] : v)->command;
	return json_pack("{s:s?, s:s?, s:s, s:s, s:s, s:o, s:I, s:o, s:o, s:o, s:o, s:b}", "verb",
			 v->name, "mode", v->mode, "label", yihu_gettext(v->label), "summary",
			 yihu_gettext(v->mode ? v->label : c->summary), "usage", c->usage, "words",
			 json_words(c, v->name != NULL), "max_words", (json_int_t)c->max_words,
			 "options", json_options(c), "reads", json_places(v->reads), "changes",
			 json_places(v->changes), "passphrases", json_bits(v->asks, asks, 2),
			 "for_good", v->for_good);
}

int cli_print_verbs(const struct cli_program *p)
{
	json_t *list = json_array();
	for (size_t i = 0; i < p->n; i++)
		json_array_append_new(list, json_verb(p, p->verbs[i]));
	json_t *table = json_pack("{s:s, s:s, s:s, s:o}", "version", "yihu-verbs-v1", "program",
				  p->name, "summary", yihu_gettext(p->summary), "verbs", list);
	cli_say_json(table, JSON_INDENT(1));
	return CLI_DONE;
}
