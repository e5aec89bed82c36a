/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes next in an election.
 */
#ifndef YIHU_FOLDER_NEXT_H
#define YIHU_FOLDER_NEXT_H

#include "folder/folder.h"

/* The next step in state s, as a sentence; caller frees. */
char *folder_next(const struct yihu_folder *f, const struct yihu_plan *p, enum yihu_stage s);

#endif
