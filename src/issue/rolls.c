/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the roll and its changes.
 */
#include "issue/rolls.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#define ROLLS_BYTES_MAX (256u << 20)

int rolls_read(struct yihu_buf *out, const struct yihu_folder *f, struct yihu_error *err)
{
	char *roll = yihu_path(f->secret, "roll"), *changes = yihu_path(f->secret, "roll-changes");
	int r = yihu_file_read(roll, ROLLS_BYTES_MAX, out, err);
	if (r == 0)
		r = yihu_file_read(changes, ROLLS_BYTES_MAX, out, err);
	free(roll);
	free(changes);
	return r == YIHU_ENOENT && out->len > 0 ? 0 : r;
}

/* "serial\tlabel", in roll-changes with the replaced serial behind. */
bool roll_next(struct yihu_lines *lines, struct roll_line *line)
{
	struct yihu_span text;
	while (yihu_lines_next(lines, &text)) {
		char *end;
		line->serial = (uint32_t)strtoul(text.p, &end, 10);
		if (*end != '\t')
			continue;
		line->label = (struct yihu_span){end + 1, strcspn(end + 1, "\t\n")};
		const char *after = line->label.p + line->label.len;
		line->replaces = *after == '\t' ? (uint32_t)strtoul(after + 1, NULL, 10) : 0;
		return true;
	}
	return false;
}
