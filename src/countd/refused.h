/* SPDX-License-Identifier: Apache-2.0
 *
 * What the audit has refused of the folder as it is: the same bytes under the same
 * name are refused again, and nothing is run for them.
 */
#ifndef YIHU_COUNTD_REFUSED_H
#define YIHU_COUNTD_REFUSED_H

#include <yihu/bytes.h>
#include <yihu/error.h>

#define REFUSED_MAX 32

struct refused_file {
	uint8_t hash[32];
	struct yihu_error err;
};
struct refused {
	struct refused_file *files; /* a ring; NULL: none yet */
	size_t n;                   /* ever kept since it was forgotten */
};
/* 0, or the error that it had. */
int refused_before(const struct refused *x, const char *name, const struct yihu_buf *bytes,
		   struct yihu_error *err);
/* Copies err. The oldest of too many goes. */
void refused_keep(struct refused *x, const char *name, const struct yihu_buf *bytes,
		  const struct yihu_error *err);
/* The folder has changed. */
void refused_forget(struct refused *x);

#endif
