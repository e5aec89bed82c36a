/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the roll and its changes, and adding to these.
 */
#include "folder/rolls.h"

#include <stdlib.h>
#include <string.h>

int rolls_read(struct yihu_buf *out, const struct yihu_folder *f, struct yihu_error *err)
{
	int r = folder_read(f, F_ROLL, out, err);
	return r == 0 ? folder_read_if_there(f, F_ROLL_CHANGES, out, err) : r;
}

int rolls_add(const struct yihu_folder *f, uint32_t serial, const char *household,
	      uint32_t replaces, struct yihu_error *err)
{
	struct yihu_buf line = {0};
	yihu_buf_fmt(&line, "%u\t%s\t%u\n", serial, household, replaces);
	int r = folder_add_line(f, F_ROLL_CHANGES, NULL, &line, err);
	yihu_buf_free(&line);
	return r;
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

char *rolls_label(const struct yihu_buf *rolls, uint32_t serial)
{
	struct yihu_lines lines = yihu_lines(rolls->data, rolls->len);
	struct roll_line line;
	while (roll_next(&lines, &line))
		if (line.serial == serial)
			return yihu_span_dup(line.label);
	return NULL;
}

uint32_t rolls_count_added(const struct yihu_folder *f)
{
	struct yihu_buf changes = {0};
	struct roll_line line;
	uint32_t n = 0;
	folder_read(f, F_ROLL_CHANGES, &changes, NULL);
	struct yihu_lines lines = yihu_lines(changes.data, changes.len);
	while (roll_next(&lines, &line))
		n += line.replaces == 0;
	yihu_buf_free(&changes);
	return n;
}
