/* SPDX-License-Identifier: Apache-2.0
 *
 * A ZIP file in memory and the XML in it, read as events: a part that unfolds
 * too far is refused while it is read, and no part is ever whole in memory.
 */
#ifndef YIHU_TABLE_PACK_H
#define YIHU_TABLE_PACK_H

#include <stddef.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

#define PACK_PARTS_MAX 5000
#define PACK_PART_MAX (256u << 20) /* bytes of one, unfolded */
#define PACK_ALL_MAX (512u << 20)  /* and of all that are read */
/* Beyond the first bytes a part may be so many times what it takes packed. */
#define PACK_FREE (8u << 20)
#define PACK_RATIO 200
#define PACK_DEPTH_MAX 100

struct pack;
/* Borrows the bytes. pack_close closes. */
int pack_open(struct pack **out, const void *bytes, size_t len, struct yihu_error *err);
void pack_close(struct pack *p);
/* Is there a part of that name? */
bool pack_has(const struct pack *p, const char *name);

/* Of an element: names as the file has them, without what stands before a colon. */
struct pack_attributes {
	const char *const *at; /* libxml2's: name, prefix, URI, value, its end */
	size_t n;
};
/* A copy of its value; NULL: it has none. Caller frees. */
char *pack_attribute(const struct pack_attributes *a, const char *name);
/* Its value as a whole number up to max; otherwise, or when there is none, `or`. */
uint32_t pack_number(const struct pack_attributes *a, const char *name, uint32_t max, uint32_t or);

/* What a reader does on the way. An event that returns not 0 ends the reading,
 * and pack_read gives its code and err. */
struct pack_events {
	void *context;
	int (*start)(void *context, const char *element, const struct pack_attributes *a,
		     struct yihu_error *err);
	int (*end)(void *context, const char *element, struct yihu_error *err);
	int (*text)(void *context, const char *text, size_t len, struct yihu_error *err);
};
/* A part from its beginning to its end. YIHU_EMISSING when there is none. */
int pack_read(struct pack *p, const char *name, const struct pack_events *e,
	      struct yihu_error *err);

#endif
