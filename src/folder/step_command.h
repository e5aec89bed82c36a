/* SPDX-License-Identifier: Apache-2.0
 *
 * A step's command, as it is typed for one folder.
 */
#ifndef YIHU_FOLDER_STEP_COMMAND_H
#define YIHU_FOLDER_STEP_COMMAND_H

#include "folder/facts.h"

/* A command of the table (step_table.h) that can be pasted: a path in it is a word of a
 * shell. The caller frees. */
char *folder_step_command(const char *command, const struct folder_facts *x);

#endif
