/* SPDX-License-Identifier: Apache-2.0
 *
 * Keeping the public files of a box that is elsewhere.
 */
#include "fetch/elsewhere.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/checkpoint.h>
#include <yihu/file.h>
#include <yihu/names.h>

static bool is_there(const struct yihu_public *p, const struct yihu_public_file *file)
{
	const struct yihu_buf *has = yihu_public_get(p, file->name);
	return has && has->len == file->bytes.len &&
	       (has->len == 0 || memcmp(has->data, file->bytes.data, has->len) == 0);
}

static bool is_checkpoint(const struct yihu_public_file *file)
{
	return yihu_public_name(file->name).kind == YIHU_PUBLIC_CHECKPOINT;
}

static int write_one(const char *dir, const struct yihu_public_file *file, struct yihu_error *err)
{
	char *path = yihu_path(dir, file->name);
	char *parent = yihu_strndup(path, (size_t)(strrchr(path, '/') - path));
	int r = yihu_dir_make(parent, 0755, err);
	if (r == 0)
		r = yihu_file_write(path, file->bytes.data, file->bytes.len, 0644, err);
	free(parent);
	free(path);
	return r;
}

static int remove_one(const char *dir, const char *name, struct yihu_error *err)
{
	char *path = yihu_path(dir, name);
	int r = unlink(path) == 0 ? 0
				  : yihu_fail(err, YIHU_EIO, _("%s cannot be removed: %s"), path,
					      strerror(errno));
	free(path);
	return r;
}

int mirror_write(const char *dir, const struct yihu_public *p, struct yihu_error *err)
{
	struct yihu_public *old;
	int r = yihu_public_read(&old, dir, err);
	if (r != 0)
		return r;
	/* The checkpoint after the tiles that it is of. */
	for (int last = 0; last < 2; last++)
		for (size_t i = 0; i < p->n && r == 0; i++)
			if (is_checkpoint(&p->files[i]) == last && !is_there(old, &p->files[i]))
				r = write_one(dir, &p->files[i], err);
	for (size_t i = 0; i < old->n && r == 0; i++)
		if (yihu_public_of_log(old->files[i].name) &&
		    !yihu_public_get(p, old->files[i].name))
			r = remove_one(dir, old->files[i].name, err);
	yihu_public_free(old);
	return r;
}

int mirror_checkpoint(struct yihu_buf *out, const char *dir, struct yihu_error *err)
{
	char *path = yihu_path(dir, "log/checkpoint");
	int r = yihu_file_read(path, YIHU_CHECKPOINT_BYTES_MAX, out, err);
	free(path);
	return r == YIHU_ENOENT ? 0 : r;
}

/* The second line, a size; 0 when there is none. Who signed it the audit asks. */
static uint64_t size_of(const struct yihu_buf *note)
{
	struct yihu_lines lines = yihu_lines(note->data, note->len);
	struct yihu_span line;
	uint64_t size = 0;
	bool origin = yihu_lines_next(&lines, &line);
	bool sized =
		origin && yihu_lines_next(&lines, &line) && yihu_decimal(&size, line, UINT64_MAX);
	return sized ? size : 0;
}

int mirror_refuse_older(const struct yihu_buf *known, const struct yihu_public *p,
			const char *place, struct yihu_error *err)
{
	const struct yihu_buf *shown = yihu_public_get(p, "log/checkpoint");
	uint64_t now = shown ? size_of(shown) : 0, before = size_of(known);
	if (now >= before)
		return 0;
	return yihu_fail(err, YIHU_EHISTORY,
			 _("%s shows a log of %llu entries; this folder has seen %llu. The server "
			   "went back to an old copy of its box; nothing was done"),
			 place, (unsigned long long)now, (unsigned long long)before);
}
