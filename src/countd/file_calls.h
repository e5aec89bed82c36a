/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of public/, for those who answer with them.
 */
#ifndef YIHU_COUNTD_FILE_CALLS_H
#define YIHU_COUNTD_FILE_CALLS_H

#include "exchange.h"

/* Fills the answer in. YIHU_ENOENT, YIHU_EIO (public_files.h): nothing is said yet. */
int file_answer(struct exchange *x, const char *path, struct yihu_error *err);
/* Says it: 404, or 503 and a line in the log. */
void file_refuse(struct exchange *x, const struct yihu_error *err);

#endif
