/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists as files: those of tests/data, and what spreadsheets are made of.
 */
#ifndef YIHU_TEST_LIST_FILES_H
#define YIHU_TEST_LIST_FILES_H

#include <stdlib.h>
#include <yihu/file.h>

#include "test.h"

/* Of tests/data/lists. Caller frees. */
static inline struct yihu_buf data_file(const char *name)
{
	struct yihu_buf file = {0};
	char *path = yihu_printf("%s/lists/%s", getenv("YIHU_TEST_DATA"), name);
	assert_int_equal(yihu_file_read(path, 1 << 20, &file, NULL), 0);
	free(path);
	return file;
}

/* Text as the sheets of a workbook have it. */
static inline void put_xml(struct yihu_buf *out, const char *text)
{
	for (const char *p = text; *p; p++)
		if (*p == '&' || *p == '<')
			yihu_buf_str(out, *p == '&' ? "&amp;" : "&lt;");
		else
			yihu_buf_put(out, p, 1);
}

#endif
