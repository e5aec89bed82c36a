/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue status --json, for programs: the manual page has the schema.
 */
#ifndef YIHU_TOOLS_ISSUE_STATUS_JSON_H
#define YIHU_TOOLS_ISSUE_STATUS_JSON_H

#include "folder/facts.h"

/* One JSON object on standard output. votes: how many so far; NULL: not known here. */
void status_print_json(const struct folder_facts *x, const uint64_t *votes);

#endif
