/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of site/ that can be verified (complaints, page, table) and so may be
 * replaced; all others are stored once, unverified.
 */
#ifndef YIHU_COUNTD_SITE_H
#define YIHU_COUNTD_SITE_H

#include <yihu/bytes.h>
#include <yihu/error.h>

struct front;
/* Is it one of those? */
bool site_is_checked(const char *name);
/* Is it the issuer's note of complaints? */
bool site_is_note(const char *name);
/* 0 for one that is not. YIHU_EEXIST: complaints as late as these are there
 * already; else what is wrong with it. */
int site_check(const struct front *f, const char *name, const struct yihu_buf *body,
	       struct yihu_error *err);

#endif
