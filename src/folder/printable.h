/* SPDX-License-Identifier: Apache-2.0
 *
 * The PDF files of the folder that are made to be printed.
 */
#ifndef YIHU_FOLDER_PRINTABLE_H
#define YIHU_FOLDER_PRINTABLE_H

#include "folder/files.h"

/* Is it one of them, by its name below the folder ("letters/pdf/001.pdf")? */
bool printable_is(const char *name);
struct printables {
	char **names; /* as people count: 2 before 10; papers first */
	size_t n;
};
/* Those that are there; printables_finish frees. */
void printables_list(struct printables *out, const struct yihu_folder *f);
/* Leaves p empty. */
void printables_finish(struct printables *p);

#endif
