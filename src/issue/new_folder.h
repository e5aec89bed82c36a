/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder that is made whole or not at all: beside its place, then moved there.
 */
#ifndef YIHU_ISSUE_NEW_FOLDER_H
#define YIHU_ISSUE_NEW_FOLDER_H

#include "folder/folder.h"

/* Where target is made: always the same name, so that what a killed run left
 * there is removed by the next. Caller frees. */
char *new_folder_path(const struct yihu_folder *target);
/* dir is not there; an empty one is removed. YIHU_EEXIST else. */
int new_folder_check(const char *dir, struct yihu_error *err);
/* Destroys what is left at path, if anything: it has secrets. */
int new_folder_clear(const char *path, struct yihu_error *err);
/* Gives the finished folder at path its name. */
int new_folder_place(const char *path, const char *dir, struct yihu_error *err);

#endif
