/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-countd --check, --backup and --rebuild: looking at a box, copying it,
 * making it again.
 */
#ifndef YIHU_TOOLS_COUNTD_COPIES_H
#define YIHU_TOOLS_COUNTD_COPIES_H

#include "cli/cli.h"

/* Neither makes or changes anything in the box. */
int countd_check(const char *box_dir);
int countd_backup(const char *box_dir, const char *path);
int countd_rebuild(const char *box_dir, const struct cli_list *from);

#endif
