/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue init --json: what the tables and options come to, for programs that lead people
 * to an election. Nothing is made.
 */
#ifndef YIHU_TOOLS_ISSUE_INIT_JSON_H
#define YIHU_TOOLS_ISSUE_INIT_JSON_H

#include <jansson.h>

#include "issue/issue.h"

struct init_asked {
	const char *dir;
	const struct issue_plan_options *plan; /* projects, households and times may be missing */
	const char *proof; /* gets the proof sheet once nothing is missing; or NULL */
	const char *language;
};
/* Prints one object. YIHU_EIO, …: the proof sheet cannot be written. */
int init_print_json(const struct init_asked *a, struct yihu_error *err);

/* list_json.c: one table, with all that was read and asked; NULL path: null. */
json_t *list_json_projects(const struct issue_plan_options *o);
json_t *list_json_households(const struct issue_plan_options *o);

#endif
