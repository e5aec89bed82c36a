/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose rights the daemon has while it serves.
 */
#ifndef YIHU_COUNTD_PRIVILEGES_H
#define YIHU_COUNTD_PRIVILEGES_H

#include <stdbool.h>
#include <yihu/error.h>

/* Who listens, and to whom the box belongs. */
struct privileges {
	const char *user;    /* whose rights it is to have from now on; NULL: nobody said */
	bool local;          /* it serves this computer alone */
	const char *url;     /* where; for words */
	const char *box_dir; /* must be that user's */
};
/* Before any thread. As root: takes that user's rights and groups for good; without a
 * user, root serves this computer alone, and nobody else (YIHU_EARG). As anybody else
 * there is nothing to give up, and another user cannot be had. */
int privileges_leave(const struct privileges *p, struct yihu_error *err);
/* Is it root's? */
bool privileges_are_roots(void);
/* Can memory of ours be kept from being written to a disk? */
bool privileges_lock_memory(void);

#endif
