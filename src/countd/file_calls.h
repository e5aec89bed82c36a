/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of public/, for those who answer with them.
 */
#ifndef YIHU_COUNTD_FILE_CALLS_H
#define YIHU_COUNTD_FILE_CALLS_H

#include "request.h"

/* Is there a file of this name in public/? Links are not followed. */
bool countd_has_public(struct countd *d, const char *name);
/* false, nothing said: there is no such file. */
bool file_answer(struct request *r, const char *path);

#endif
