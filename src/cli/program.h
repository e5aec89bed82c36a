/* SPDX-License-Identifier: Apache-2.0
 *
 * Main of a program that is a table of its verbs (verb.h). What --help prints,
 * what --verbs prints for other programs, and what is run, all come from it.
 */
#ifndef YIHU_CLI_PROGRAM_H
#define YIHU_CLI_PROGRAM_H

#include "cli/verb.h"

/* All of main: begins by cli_init; the exit status. A program whose first verb
 * has no name is that verb and, by their options, the others. */
int cli_main(const struct cli_program *p, int argc, char **argv);

#endif
