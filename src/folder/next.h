/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes next in an election, as a sentence.
 */
#ifndef YIHU_FOLDER_NEXT_H
#define YIHU_FOLDER_NEXT_H

#include "folder/facts.h"

/* The steps that are due and by which the election goes on, with who takes them
 * and, if wanted, by which command; caller frees. */
char *folder_next(const struct folder_facts *x, bool with_commands);

#endif
