/* SPDX-License-Identifier: Apache-2.0
 *
 * How far an election is, by the files of the committee's folder.
 */
#ifndef YIHU_FOLDER_STAGE_READ_H
#define YIHU_FOLDER_STAGE_READ_H

#include "folder/folder.h"

/* now: wall clock. *ceremony is what was read where the stage is the ceremony's
 * (the caller finishes and frees it), else NULL. */
int folder_stage_read(enum yihu_stage *out, struct yihu_ceremony **ceremony,
		      const struct yihu_folder *f, const struct yihu_plan *p, uint64_t now,
		      struct yihu_error *err);

#endif
