/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of verbs as JSON.
 */
#ifndef YIHU_CLI_VERBS_JSON_H
#define YIHU_CLI_VERBS_JSON_H

#include "cli/verb.h"

/* --verbs: onto standard output. The exit status. */
int cli_print_verbs(const struct cli_program *p);

#endif
