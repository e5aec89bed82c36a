/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of the public folder that the daemon serves from there or takes. A name is
 * one of these spellings or it is none: no path of a request ever reaches the
 * disk unread.
 */
#ifndef YIHU_COUNTD_PUBLIC_NAME_H
#define YIHU_COUNTD_PUBLIC_NAME_H

#include <yihu/names.h>

struct public_name {
	struct yihu_public_name is; /* none of the log's files: the box has those */
	const char *content_type;   /* static */
};
/* false: none of those names. */
bool public_name_parse(struct public_name *out, const char *name);
/* Does the path lead to where such files are? Whether there can be one of that
 * name is not asked. */
bool public_path(const char *path);

#endif
