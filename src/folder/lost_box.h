/* SPDX-License-Identifier: Apache-2.0
 *
 * A box that takes no ballot any more.
 */
#ifndef YIHU_FOLDER_LOST_BOX_H
#define YIHU_FOLDER_LOST_BOX_H

#include "folder/folder.h"

/* Before the poll's end is shown: what to do about a box that takes no ballot any
 * more. NULL: the box is elsewhere, or nothing is known against it. Caller frees. */
char *folder_next_at_lost_box(const struct yihu_folder *f);

#endif
