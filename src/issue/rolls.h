/* SPDX-License-Identifier: Apache-2.0
 *
 * Which household has which letter: secret/roll, and secret/roll-changes for
 * letters made later.
 */
#ifndef YIHU_ISSUE_ROLLS_H
#define YIHU_ISSUE_ROLLS_H

#include "issue/issue.h"

/* Both files, one after the other. */
int rolls_read(struct yihu_buf *out, const struct yihu_folder *f, struct yihu_error *err);

struct roll_line {
	uint32_t serial, replaces; /* 0: none */
	struct yihu_span label;
};
/* Lines that are not of this form are passed over. */
bool roll_next(struct yihu_lines *lines, struct roll_line *line);

#endif
