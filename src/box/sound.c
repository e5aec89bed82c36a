/* SPDX-License-Identifier: Apache-2.0
 *
 * What SQLite's own check of the database file says.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* SQLite puts a page that it cannot read among the faults that it found. */
static bool is_of_disk(const char *fault)
{
	static const char code[] = "error code=";
	const char *at = strstr(fault, code);
	int rc = at ? atoi(at + sizeof code - 1) & 0xff : SQLITE_OK;
	return (at && rc != SQLITE_CORRUPT && rc != SQLITE_NOTADB) ||
	       strstr(fault, "ailed to get page");
}

int yihu_box_judge_check(const struct yihu_box *b, const char *answer, struct yihu_error *err)
{
	if (!answer || is_of_disk(answer))
		return yihu_fail(err, YIHU_EIO,
				 _("%s/box.db: the database file cannot be read: %s"), b->dir,
				 answer ? answer : sqlite3_errstr(SQLITE_NOMEM));
	if (strcmp(answer, "ok") == 0)
		return 0;
	return yihu_fail(err, YIHU_EDATABASE,
			 _("%s/box.db: the database file is damaged (integrity_check)"), b->dir);
}
