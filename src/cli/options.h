/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader of options, for that of verbs.
 */
#ifndef YIHU_CLI_OPTIONS_H
#define YIHU_CLI_OPTIONS_H

#include "cli/cli.h"

/* The last lines of help. */
void cli_print_common_options(void);
/* On standard output. CLI_DONE. */
int cli_print_version(void);
/* Was the option on the command line? */
bool cli_given(const struct cli_option *o);
/* By its name without hyphens. NULL: the command has none such. */
const struct cli_option *cli_find_option(const struct cli_command *c, struct yihu_span name);
/* Is the option one that the command cannot do without? */
bool cli_is_needed(const struct cli_command *c, const struct cli_option *o);

#endif
