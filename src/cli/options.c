/* SPDX-License-Identifier: Apache-2.0
 *
 * Options and help from one table.
 */
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

/* Columns of the help's left half. */
#define HELP_COLUMN 30

static void print_option(const char *name, const char *argument, const char *help)
{
	int width = printf("  --%s%s%s", name, argument ? " " : "", argument ? argument : "");
	if (width >= HELP_COLUMN) {
		putchar('\n');
		width = 0;
	}
	printf("%*s%s\n", HELP_COLUMN - width, "", help);
}

void cli_print_common_options(void)
{
	print_option("help", NULL, _("print this and end"));
	print_option("version", NULL, _("print the version and end"));
	if (!cli_verb_name())
		print_option(
			"verbs", NULL,
			_("print what this program does, as JSON for other programs, and end"));
}

static int help(const struct cli_command *c)
{
	printf(_("usage: %s %s\n\n%s\n\n"), cli_program(), c->usage, yihu_gettext(c->summary));
	for (size_t i = 0; i < c->n_options; i++)
		print_option(c->options[i].name, c->options[i].argument,
			     yihu_gettext(c->options[i].help));
	cli_print_common_options();
	return CLI_DONE;
}

int cli_print_version(void)
{
	printf("%s %s\n", cli_program(), YIHU_VERSION);
	return CLI_DONE;
}

const struct cli_option *cli_find_option(const struct cli_command *c, struct yihu_span name)
{
	for (size_t i = 0; i < c->n_options; i++)
		if (yihu_span_is(name, c->options[i].name))
			return &c->options[i];
	return NULL;
}

static int store_number(const struct cli_option *o, const char *text)
{
	struct cli_u32 *out = o->value;
	uint64_t v;
	if (!yihu_decimal(&v, yihu_span(text), UINT32_MAX))
		return cli_usage_error(_("--%s: “%s” is not a whole number"), o->name, text);
	*out = (struct cli_u32){.given = true, .value = (uint32_t)v};
	return -1;
}

static int store_time(const struct cli_option *o, const char *text)
{
	struct cli_when *out = o->value;
	uint64_t v;
	if (!yihu_time_parse_local(&v, text))
		return cli_usage_error(
			_("--%s: “%s” is not a time; write it like '2026-06-01 20:00'"), o->name,
			text);
	*out = (struct cli_when){.given = true, .value = v};
	return -1;
}

static int store_list(const struct cli_option *o, const char *text)
{
	struct cli_list *out = o->value;
	if (out->n == CLI_LIST_MAX)
		return cli_usage_error(_("--%s: given more than %d times"), o->name, CLI_LIST_MAX);
	out->at[out->n++] = text;
	return -1;
}

static int store(const struct cli_option *o, const char *text)
{
	switch (o->kind) {
	case CLI_FLAG:
		*(bool *)o->value = true;
		return -1;
	case CLI_STRING:
		*(const char **)o->value = text;
		return -1;
	case CLI_LIST:
		return store_list(o, text);
	case CLI_U32:
		return store_number(o, text);
	case CLI_WHEN:
		return store_time(o, text);
	case CLI_SEEN:
		*(struct cli_seen *)o->value = (struct cli_seen){true, text};
		return -1;
	}
	return -1;
}

/* One "--…" argument; *i moves over a value of its own. */
static int take_option(const struct cli_command *c, int argc, char **argv, int *i)
{
	if (strncmp(argv[*i], "--", 2) != 0)
		return cli_usage_error(_("unknown option '%s'"), argv[*i]);
	const char *arg = argv[*i] + 2;
	const char *equals = strchr(arg, '=');
	struct yihu_span name = {arg, equals ? (size_t)(equals - arg) : strlen(arg)};
	if (yihu_span_is(name, "help"))
		return help(c);
	if (yihu_span_is(name, "version"))
		return cli_print_version();
	const struct cli_option *o = cli_find_option(c, name);
	if (!o)
		return cli_usage_error(_("unknown option '%s'"), argv[*i]);
	if (o->kind == CLI_FLAG)
		return !equals ? store(o, NULL)
			       : cli_usage_error(_("--%s takes no value"), o->name);
	if (equals || o->kind == CLI_SEEN)
		return store(o, equals ? equals + 1 : NULL);
	if (*i + 1 >= argc)
		return cli_usage_error(_("--%s needs a value (%s)"), o->name, o->argument);
	return store(o, argv[++*i]);
}

bool cli_given(const struct cli_option *o)
{
	switch (o->kind) {
	case CLI_FLAG:
		return *(const bool *)o->value;
	case CLI_STRING:
		return *(const char *const *)o->value != NULL;
	case CLI_LIST:
		return ((const struct cli_list *)o->value)->n > 0;
	case CLI_U32:
		return ((const struct cli_u32 *)o->value)->given;
	case CLI_WHEN:
		return ((const struct cli_when *)o->value)->given;
	case CLI_SEEN:
		return ((const struct cli_seen *)o->value)->given;
	}
	return false;
}

bool cli_is_needed(const struct cli_command *c, const struct cli_option *o)
{
	struct yihu_span name, left = yihu_span(c->needed ? c->needed : "");
	while (left.len > 0 && yihu_field_next(&left, &name))
		if (yihu_span_is(name, o->name))
			return true;
	return false;
}

/* The needed options that are not there, as they are typed. */
static int check_needed(const struct cli_command *c)
{
	struct yihu_buf missing = {0};
	for (size_t i = 0; i < c->n_options; i++) {
		const struct cli_option *o = &c->options[i];
		if (cli_is_needed(c, o) && !cli_given(o))
			yihu_buf_fmt(&missing, "%s--%s %s", missing.len > 0 ? _(", ") : "", o->name,
				     o->argument);
	}
	int r = missing.len == 0
			? -1
			: cli_usage_error(_("%s needs %s"),
					  cli_verb_name() ? cli_verb_name() : cli_program(),
					  (const char *)missing.data);
	yihu_buf_free(&missing);
	return r;
}

int cli_parse(const struct cli_command *c, int argc, char **argv, const char **words)
{
	size_t n = 0;
	bool only_words = false;
	for (size_t w = 0; w < c->max_words; w++)
		words[w] = NULL;
	for (int i = 1; i < argc; i++) {
		bool option = !only_words && argv[i][0] == '-' && argv[i][1] != '\0';
		if (option && strcmp(argv[i], "--") == 0) {
			only_words = true;
		} else if (option) {
			int r = take_option(c, argc, argv, &i);
			if (r >= 0)
				return r;
		} else if (n == c->max_words) {
			return cli_usage_error(_("“%s” is one argument too many"), argv[i]);
		} else {
			words[n++] = argv[i];
		}
	}
	if (n < c->min_words)
		return cli_usage_error(_("too few arguments; usage: %s %s"), cli_program(),
				       c->usage);
	return check_needed(c);
}
