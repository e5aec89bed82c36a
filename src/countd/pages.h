/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether there is a page at a path.
 */
#ifndef YIHU_COUNTD_PAGES_H
#define YIHU_COUNTD_PAGES_H

#include "built_pages.h"

/* NULL when there is no such page. */
const struct built_page *page_find(const char *path);

#endif
