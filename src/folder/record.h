/* SPDX-License-Identifier: Apache-2.0
 *
 * paper/record: what was counted of the letters, a line each time.
 */
#ifndef YIHU_FOLDER_RECORD_H
#define YIHU_FOLDER_RECORD_H

#include <inttypes.h>

#include "folder/folder.h"

/* Letters printed, delivered, returned, void; printed less the others. */
#define RECORD_LETTERS "reconcile printed %u delivered %u returned %u void %u difference %" PRId64

/* Adds a line, with the time before it. */
int record_add(const struct yihu_folder *f, const struct yihu_buf *line, struct yihu_error *err);
/* Were the letters counted, and were all there the last time? */
bool record_balances(const struct yihu_folder *f);

#endif
