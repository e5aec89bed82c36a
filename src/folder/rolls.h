/* SPDX-License-Identifier: Apache-2.0
 *
 * Which household has which letter: secret/roll, and secret/roll-changes for
 * letters made later.
 */
#ifndef YIHU_FOLDER_ROLLS_H
#define YIHU_FOLDER_ROLLS_H

#include "folder/folder.h"

/* Both files, one after the other; the caller frees. */
int rolls_read(struct yihu_buf *out, const struct yihu_folder *f, struct yihu_error *err);
/* A line of secret/roll-changes, unless it is there. replaces 0: an addition. */
int rolls_add(const struct yihu_folder *f, uint32_t serial, const char *household,
	      uint32_t replaces, struct yihu_error *err);

struct roll_line {
	uint32_t serial, replaces; /* 0: none */
	struct yihu_span label;    /* borrowed */
};
/* Lines that are not of this form are passed over. */
bool roll_next(struct yihu_lines *lines, struct roll_line *line);

/* The household of a letter; NULL when there is no such letter. Caller frees. */
char *rolls_label(const struct yihu_buf *rolls, uint32_t serial);
/* How many households got a letter that are not in the list of households. */
uint32_t rolls_count_added(const struct yihu_folder *f);

#endif
