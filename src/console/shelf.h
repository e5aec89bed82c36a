/* SPDX-License-Identifier: Apache-2.0
 *
 * Which elections there are on this computer: nobody types a path.
 */
#ifndef YIHU_CONSOLE_SHELF_H
#define YIHU_CONSOLE_SHELF_H

#include <stdbool.h>
#include <stddef.h>

/* A folder with an election in it. A page names it by id. */
struct shelf_book {
	char *path;  /* absolute */
	char id[33]; /* of the path: the same as long as it lies there */
};
struct shelf {
	struct shelf_book *books; /* by path */
	size_t n;
};
/* Every folder that is named, and each that lies in one, where it is an election's; one
 * that is named twice once. The caller finishes *out. */
void shelf_read(struct shelf *out, const char *const *folders, size_t n);
void shelf_finish(struct shelf *s);
/* Borrowed; NULL: there is none. */
const struct shelf_book *shelf_find(const struct shelf *s, const char *id);

#endif
