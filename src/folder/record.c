/* SPDX-License-Identifier: Apache-2.0
 *
 * A file that only grows; the last count of the letters is the one that holds.
 */
#include "folder/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int record_add(const struct yihu_folder *f, const struct yihu_buf *line, struct yihu_error *err)
{
	struct yihu_buf record = {0};
	char time[21];
	int r = folder_read_if_there(f, F_RECORD, &record, err);
	yihu_buf_fmt(&record, "%s %s\n", yihu_time_text(time, yihu_clock()),
		     (const char *)line->data);
	if (r == 0)
		r = folder_write(f, F_RECORD, &record, err);
	yihu_buf_free(&record);
	return r;
}

/* false: the line is of something else. */
static bool read_difference(struct yihu_span line, int64_t *difference)
{
	char *text = yihu_strndup((const char *)line.p, line.len);
	const char *space = strchr(text, ' ');
	unsigned n[4];
	bool is = space &&
		  sscanf(space + 1, RECORD_LETTERS, &n[0], &n[1], &n[2], &n[3], difference) == 5;
	free(text);
	return is;
}

bool record_balances(const struct yihu_folder *f)
{
	struct yihu_buf record = {0};
	struct yihu_span line;
	int64_t difference = -1;
	bool found = false;
	if (folder_read_if_there(f, F_RECORD, &record, NULL) == 0) {
		struct yihu_lines lines = yihu_lines(record.data, record.len);
		while (yihu_lines_next(&lines, &line))
			found |= read_difference(line, &difference);
	}
	yihu_buf_free(&record);
	return found && difference == 0;
}
