/* SPDX-License-Identifier: Apache-2.0
 *
 * The results page: what is decided of each project, by which rule, and how
 * it came so.
 */
#ifndef YIHU_PUBLISH_HTML_PROJECTS_H
#define YIHU_PUBLISH_HTML_PROJECTS_H

#include "publish/html_put.h"

/* Appends it. */
void html_projects(struct html *g);

#endif
