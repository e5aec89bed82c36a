/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue's verbs about a copy of the clerk's side.
 */
#ifndef YIHU_TOOLS_ISSUE_COPIES_H
#define YIHU_TOOLS_ISSUE_COPIES_H

#include "common/common.h"

int copies_backup(int argc, char **argv);
int copies_restore(int argc, char **argv);

/* How the last backup stands. From the letters to the result: when none was
 * made, or it is too old (and always, if `all`). After the result: that the
 * stick is destroyed, too. */
void copies_say(const struct yihu_folder *f, bool all);

#endif
