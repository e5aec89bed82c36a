/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding the verb, parsing for it, running it.
 */
#include "cli/program.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "cli/options.h"
#include "cli/verbs_json.h"

static int print_help(const struct cli_program *p)
{
	printf(_("usage: %s VERB …\n\n%s\n\n"), p->name, yihu_gettext(p->summary));
	for (size_t i = 0; i < p->n; i++)
		printf("  %-12s %s\n", p->verbs[i]->name, yihu_gettext(p->verbs[i]->label));
	putchar('\n');
	cli_print_common_options();
	printf(_("\n'%s VERB --help' tells more of one.\n"), p->name);
	return CLI_DONE;
}

static int run(const struct cli_verb *v, const char *const *words)
{
	int r = v->check ? v->check(words) : -1;
	return r >= 0 ? r : v->run(v, words);
}

static int run_named(const struct cli_program *p, int argc, char **argv)
{
	const char *words[CLI_WORDS_MAX];
	if (argc < 2)
		return cli_usage_error(_("say what to do"));
	if (strcmp(argv[1], "--help") == 0)
		return print_help(p);
	if (strcmp(argv[1], "--version") == 0)
		return cli_print_version();
	for (size_t i = 0; i < p->n; i++) {
		const struct cli_verb *v = p->verbs[i];
		if (strcmp(argv[1], v->name) != 0)
			continue;
		cli_set_verb(v->name);
		int r = cli_parse(&v->command, argc - 1, argv + 1, words);
		return r >= 0 ? r : run(v, words);
	}
	return cli_usage_error(_("unknown verb '%s'"), argv[1]);
}

/* The one that an option chose; NULL, after saying so: two did. */
static const struct cli_verb *chosen(const struct cli_program *p)
{
	const struct cli_verb *found = p->verbs[0];
	for (size_t i = 1; i < p->n; i++) {
		const struct cli_verb *v = p->verbs[i];
		const struct cli_option *o =
			cli_find_option(&p->verbs[0]->command, yihu_span(v->mode));
		assert(o != NULL);
		if (!cli_given(o))
			continue;
		if (found->mode) {
			cli_usage_error(_("--%s and --%s are different calls"), found->mode,
					v->mode);
			return NULL;
		}
		found = v;
	}
	return found;
}

static int run_only(const struct cli_program *p, int argc, char **argv)
{
	const char *words[CLI_WORDS_MAX];
	int r = cli_parse(&p->verbs[0]->command, argc, argv, words);
	if (r >= 0)
		return r;
	const struct cli_verb *v = chosen(p);
	return v ? run(v, words) : CLI_USAGE;
}

int cli_main(const struct cli_program *p, int argc, char **argv)
{
	cli_init(p->name);
	if (argc == 2 && strcmp(argv[1], "--verbs") == 0)
		return cli_print_verbs(p);
	return p->verbs[0]->name ? run_named(p, argc, argv) : run_only(p, argc, argv);
}
