/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the readers of an election's state.
 */
#ifndef YIHU_FOLDER_INTERNAL_H
#define YIHU_FOLDER_INTERNAL_H

#include "folder/folder.h"

/* Is this file of the folder there? How many of those with the numbers 1 to n
 * ("ceremony/deal-%u")? */
bool folder_has(const struct yihu_folder *f, const char *name);
uint32_t folder_count(const struct yihu_folder *f, const char *format, uint32_t n);

/* Before the poll's end is shown: what to do about a box that takes no ballot any
 * more. NULL: the box is elsewhere, or nothing is known against it. Caller frees. */
char *folder_next_at_lost_box(const struct yihu_folder *f);

/* The next step in state s, as a sentence; caller frees. */
char *folder_next(const struct yihu_folder *f, const struct yihu_plan *p, enum yihu_state s);

#endif
