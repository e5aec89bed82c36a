/* SPDX-License-Identifier: Apache-2.0
 *
 * The mark of a half: a folder that bears it is not written without the other
 * half of its box (mirror.c says why).
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "internal.h"

#define MARK "mirrored"
#define MARK_BYTES_MAX 8192

bool yihu_box_is_half(const char *dir)
{
	return yihu_box_has(dir, MARK);
}

char *yihu_box_other_half(const char *dir)
{
	if (!yihu_box_is_half(dir))
		return NULL;
	struct yihu_buf text = {0};
	char *path = yihu_path(dir, MARK);
	int r = yihu_file_read(path, MARK_BYTES_MAX, &text, NULL);
	char *other = yihu_strndup(r ? "?" : (const char *)text.data,
				   r ? 1 : strcspn((const char *)text.data, "\n"));
	yihu_buf_free(&text);
	free(path);
	return other;
}

int yihu_box_check_whole(const char *dir, struct yihu_error *err)
{
	if (!yihu_box_is_half(dir))
		return 0;
	char *other = yihu_box_other_half(dir);
	int r = yihu_fail(
		err, YIHU_ESTATE,
		_("%s is one half of a mirrored box; the other one is %s. Start with both "
		  "(--mirror). Only when the other one is lost for good, go on with --alone"),
		dir, other);
	free(other);
	return r;
}

int yihu_box_stand_alone(const char *dir, struct yihu_error *err)
{
	char *path = yihu_path(dir, MARK);
	int r = 0;
	if (unlink(path) == 0)
		r = yihu_dir_sync(dir, err);
	else if (yihu_file_exists(path))
		r = yihu_fail(err, YIHU_EIO, _("%s cannot be removed"), path);
	free(path);
	return r;
}

int yihu_box_mark_half(const char *dir, const char *other, struct yihu_error *err)
{
	char *path = yihu_path(dir, MARK), *line = yihu_printf("%s\n", other);
	int r = yihu_file_write(path, line, strlen(line), 0600, err);
	free(line);
	free(path);
	return r;
}
