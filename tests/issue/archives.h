/* SPDX-License-Identifier: Apache-2.0
 *
 * Archives of a committee's election, as tests make them.
 */
#ifndef YIHU_TEST_ARCHIVES_H
#define YIHU_TEST_ARCHIVES_H

#include "committee.h"
#include "issue/archived.h"

/* The public folder, audited; yihu_view_finish ends it. */
void archives_look(struct yihu_view *v, struct committee *c);
/* Onto that folder of the temp folder. */
int archives_make(struct committee *c, const char *stick,
		  struct issue_archived made[static ARCHIVE_PARTS]);
/* Onto "stick", which is there. */
void archives_must_make(struct committee *c);
/* The last error of c has this in its words. */
void archives_assert_says(const struct committee *c, const char *text);

#endif
