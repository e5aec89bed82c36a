/* SPDX-License-Identifier: Apache-2.0
 *
 * The election that is being prepared, as files: SHELF/.draft, which nobody else reads. It
 * has names of residents, and is overwritten when it goes.
 */
#ifndef YIHU_CONSOLE_DRAFT_H
#define YIHU_CONSOLE_DRAFT_H

#include <jansson.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

/* Where it lies on this shelf; of a file in it. The caller frees. */
char *draft_dir(const char *shelf);
char *draft_path(const char *shelf, const char *name);
/* What was kept, for json_decref; NULL: nothing. One whose folder has become an election is
 * destroyed. YIHU_EFORMAT: what was kept is damaged. */
int draft_read(json_t **out, const char *shelf, struct yihu_error *err);
/* Mode 0600; the folder is made when it is not there. */
int draft_write(const char *shelf, const char *name, const void *bytes, size_t len,
		struct yihu_error *err);
/* Zeroes and removes all of it. None there is fine. */
int draft_destroy(const char *shelf, struct yihu_error *err);

#endif
