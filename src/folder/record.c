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

/* A line without the time before it; NULL: it has none. Caller frees. */
static char *said(struct yihu_span line)
{
	const char *space = memchr(line.p, ' ', line.len);
	return space ? yihu_strndup(space + 1, line.len - (size_t)(space + 1 - line.p)) : NULL;
}

typedef bool reads(void *out, const char *line);

/* Has each line read, so that the last one holds; false: none was of that form. */
static bool read_all(const struct yihu_folder *f, reads *read, void *out)
{
	struct yihu_buf record = {0};
	struct yihu_span line;
	bool found = false;
	folder_read_if_there(f, F_RECORD, &record, NULL);
	struct yihu_lines lines = yihu_lines(record.data, record.len);
	while (yihu_lines_next(&lines, &line)) {
		char *text = said(line);
		found |= text && read(out, text);
		free(text);
	}
	yihu_buf_free(&record);
	return found;
}

static bool read_difference(void *difference, const char *line)
{
	unsigned n[4];
	return sscanf(line, RECORD_LETTERS, &n[0], &n[1], &n[2], &n[3], (int64_t *)difference) == 5;
}

bool record_balances(const struct yihu_folder *f)
{
	int64_t difference = -1;
	return read_all(f, read_difference, &difference) && difference == 0;
}

static bool read_test(void *out, const char *line)
{
	const char **how = out;
	if (strcmp(line, RECORD_TEST RECORD_TEST_READ) == 0)
		*how = RECORD_TEST_READ;
	else if (strcmp(line, RECORD_TEST RECORD_TEST_SEEN) == 0)
		*how = RECORD_TEST_SEEN;
	else
		return false;
	return true;
}

const char *record_test(const struct yihu_folder *f)
{
	const char *how = NULL;
	read_all(f, read_test, &how);
	return how;
}

struct building_counts {
	const char *name;
	uint32_t printed, delivered, returned, voided;
};

static bool read_building(void *out, const char *line)
{
	struct building_counts *wanted = out, b = {0};
	int at = 0;
	sscanf(line, RECORD_BUILDING "%n", &b.printed, &b.delivered, &b.returned, &b.voided, &at);
	if (at == 0 || strcmp(line + at, wanted->name) != 0)
		return false;
	b.name = wanted->name;
	*wanted = b;
	return true;
}

bool record_building(const struct yihu_folder *f, const char *name, uint32_t *delivered,
		     uint32_t *returned)
{
	struct building_counts b = {.name = name};
	bool found = read_all(f, read_building, &b);
	*delivered = b.delivered;
	*returned = b.returned;
	return found;
}
