/* SPDX-License-Identifier: Apache-2.0
 *
 * paper/options: how the letters were printed, for the papers after them.
 */
#include "print/paper.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

char *paper_option(const char *root, const char *key)
{
	struct yihu_buf file = {0};
	struct yihu_span line;
	char *path = yihu_path(root, "paper/options"), *value = NULL;
	size_t n = strlen(key);
	yihu_file_read(path, PAPER_OPTIONS_BYTES_MAX, &file, NULL);
	struct yihu_lines lines = yihu_lines(file.data, file.len);
	while (!value && yihu_lines_next(&lines, &line))
		if (line.len > n && memcmp(line.p, key, n) == 0 && line.p[n] == ' ')
			value = yihu_strndup(line.p + n + 1, line.len - n - 1);
	yihu_buf_free(&file);
	free(path);
	return value;
}
