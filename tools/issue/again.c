/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading an earlier election's folder for a new one: one that was called off,
 * or last year's.
 */
#include "issue/again.h"

#include <stdlib.h>

#include <yihu/file.h>

#define CHANGES_BYTES_MAX (64u << 20)

/* secret/roll-changes: the lines that end in TAB 0 are additions. */
static uint32_t count_added(const struct yihu_folder *f)
{
	struct yihu_buf file = {0};
	struct yihu_span line;
	uint32_t n = 0;
	char *path = yihu_path(f->secret, "roll-changes");
	if (yihu_file_read(path, CHANGES_BYTES_MAX, &file, NULL) == 0) {
		struct yihu_lines lines = yihu_lines(file.data, file.len);
		while (yihu_lines_next(&lines, &line))
			n += line.len > 2 && line.p[line.len - 2] == '\t' &&
			     line.p[line.len - 1] == '0';
	}
	yihu_buf_free(&file);
	free(path);
	return n;
}

int again_read(struct again *out, const char *dir, struct yihu_error *err)
{
	struct yihu_folder f;
	yihu_folder_init(&f, dir);
	*out = (struct again){0};
	int r = yihu_plan_read(&out->plan, &f, err);
	if (r == 0) {
		out->definition = yihu_path(f.root, "election.pb");
		out->households = yihu_path(f.root, "households.csv");
		out->past = out->plan.opens <= yihu_clock();
		out->added = count_added(&f);
	}
	yihu_folder_finish(&f);
	return r;
}

void again_finish(struct again *a)
{
	free(a->definition);
	free(a->households);
	yihu_plan_finish(&a->plan);
}
