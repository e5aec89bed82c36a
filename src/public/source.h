/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the bytes of a public folder come from, when its names are known: a disk
 * (public_read.c) or an archive.
 */
#ifndef YIHU_PUBLIC_SOURCE_H
#define YIHU_PUBLIC_SOURCE_H

#include <yihu/public.h>

struct public_source {
	void *context;
	/* Appends the file's bytes; YIHU_ETOOBIG when it has more than max. */
	int (*read)(void *context, const char *name, size_t max, struct yihu_buf *out,
		    struct yihu_error *err);
};
/* Reads the files of p, which has their names alone, in any order and none twice: those
 * that yihu_public_read would, up to what one of its kind can have. */
int public_take(struct yihu_public *p, const struct public_source *source, struct yihu_error *err);
/* Notes a name that is passed over. */
void public_pass_over(struct yihu_public *p, const char *name);

#endif
