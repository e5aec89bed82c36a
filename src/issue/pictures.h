/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures of a new election's projects: files beside the definition on the way
 * in, files of the public folder on the way out (PROTOCOL §2.5).
 */
#ifndef YIHU_ISSUE_PICTURES_H
#define YIHU_ISSUE_PICTURES_H

#include "folder/folder.h"

#include <yihu/names.h>

struct issue_picture {
	struct yihu_public_text name; /* "img/…" */
	struct yihu_buf jpeg;
};
struct issue_pictures {
	struct issue_picture *all; /* each once */
	size_t n;
	bool unsealed; /* the kernel had no filter for the child that read them */
};
/* Leaves p empty. */
void issue_pictures_finish(struct issue_pictures *p);

/* Reads what the column `image` of the definition names, beside the file at path,
 * and names there the pictures that were made of it instead. problems gets a line
 * for each that cannot be taken, and err says how many they are (YIHU_EPROJECT). */
int issue_pictures_take(struct issue_pictures *out, struct yihu_buf *definition, const char *path,
			struct yihu_buf *problems, struct yihu_error *err);
/* Into the public folder of f, which is there. */
int issue_pictures_write(const struct issue_pictures *p, const struct yihu_folder *f,
			 struct yihu_error *err);
/* Are all that the definition names still there, as they were made? YIHU_EPICTURE. */
int issue_pictures_check(const struct yihu_folder *f, const struct yihu_buf *definition,
			 struct yihu_error *err);
/* A line for the user, where there are any. */
void issue_pictures_say(struct yihu_buf *notices, const struct issue_pictures *p);

#endif
