/* SPDX-License-Identifier: Apache-2.0
 *
 * Is a file of a box there?
 */
#ifndef YIHU_BOX_HAS_H
#define YIHU_BOX_HAS_H

#include <stdbool.h>

/* Anything of that name in dir counts. */
bool yihu_box_has(const char *dir, const char *name);

#endif
