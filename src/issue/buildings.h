/* SPDX-License-Identifier: Apache-2.0
 *
 * The letters counted a building at a time, as they are carried.
 */
#ifndef YIHU_ISSUE_BUILDINGS_H
#define YIHU_ISSUE_BUILDINGS_H

#include "client/view.h"

#define ISSUE_NO_BUILDING "-" /* how letters are called whose household has none */

struct issue_building {
	char *name;              /* or ISSUE_NO_BUILDING */
	uint32_t printed, ended; /* all that were made; those that the log has as void */
	bool counted;            /* and what was counted the last time */
	uint32_t delivered, returned;
	size_t place; /* in the list of households */
};
struct issue_buildings {
	struct issue_building *at; /* in walking order */
	size_t n;
};
/* v has been looked at. issue_buildings_finish frees, also after a failure. */
int issue_buildings_read(struct issue_buildings *out, const struct yihu_view *v,
			 struct yihu_error *err);
/* Leaves b empty. */
void issue_buildings_finish(struct issue_buildings *b);
/* Takes what was counted ("3栋=20/1": delivered, and returned but not void) into b and
 * into paper/record. YIHU_EARG: it is no count, or no such building. */
int issue_building_count(struct issue_buildings *b, const struct yihu_folder *f, const char *text,
			 struct yihu_error *err);
/* printed − (delivered + returned + void). */
int64_t issue_building_difference(const struct issue_building *b);

#endif
