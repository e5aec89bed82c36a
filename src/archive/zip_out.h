/* SPDX-License-Identifier: Apache-2.0
 *
 * A ZIP file of files in memory.
 */
#ifndef YIHU_ARCHIVE_ZIP_OUT_H
#define YIHU_ARCHIVE_ZIP_OUT_H

#include "archive/archive.h"

/* The entries in this order; appended to out. */
int zip_out(struct yihu_buf *out, const struct archive *a, struct yihu_error *err);

#endif
