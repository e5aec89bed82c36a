/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading, writing and removing a file of the table, as its row says.
 */
#include "folder/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>
#include <yihu/secret.h>

static bool is_secret(folder_file file)
{
	return (folder_row(file)->kind & FILE_SECRET) != 0;
}

bool folder_has(const struct yihu_folder *f, folder_file file)
{
	char *path = folder_path(f, file);
	bool yes = yihu_file_exists(path);
	free(path);
	return yes;
}

uint32_t folder_bits(const struct yihu_folder *f, folder_file family, uint32_t n)
{
	uint32_t bits = 0;
	for (uint32_t i = 1; i <= n; i++)
		if (folder_has(f, folder_nth(family, i)))
			bits |= UINT32_C(1) << (i - 1);
	return bits;
}

folder_file folder_definition(const struct yihu_folder *f)
{
	return folder_has(f, F_DEFINITION) ? F_DEFINITION : F_OWN_DEFINITION;
}

/* ---- reading ---- */

int folder_read(const struct yihu_folder *f, folder_file file, struct yihu_buf *out,
		struct yihu_error *err)
{
	char *path = folder_path(f, file);
	int r = yihu_file_read(path, folder_row(file)->bytes_max, out, err);
	free(path);
	return r;
}

int folder_read_if_there(const struct yihu_folder *f, folder_file file, struct yihu_buf *out,
			 struct yihu_error *err)
{
	int r = folder_read(f, file, out, err);
	return r == YIHU_ENOENT ? 0 : r;
}

int folder_fail_at(struct yihu_error *err, int r, const struct yihu_folder *f, folder_file file)
{
	if (r == 0)
		return 0;
	char *path = folder_path(f, file);
	yihu_fail_at(err, r, "%s", path);
	free(path);
	return r;
}

/* ---- writing ---- */

/* As its row says. */
static int write_at(const struct yihu_folder *f, folder_file row, const char *path,
		    const struct yihu_buf *bytes, struct yihu_error *err)
{
	int r = folder_make_for(f, row, err);
	if (r == 0 && is_secret(row))
		r = yihu_secret_write(path, bytes->data, bytes->len, err);
	else if (r == 0)
		r = yihu_file_write(path, bytes->data, bytes->len, folder_row(row)->mode, err);
	return r;
}

int folder_write(const struct yihu_folder *f, folder_file file, const struct yihu_buf *bytes,
		 struct yihu_error *err)
{
	char *path = folder_path(f, file);
	int r = write_at(f, file, path, bytes, err);
	free(path);
	return r;
}

int folder_write_named(const struct yihu_folder *f, folder_file family, const char *name,
		       const struct yihu_buf *bytes, struct yihu_error *err)
{
	char *path = folder_path_named(f, family, name);
	int r = write_at(f, family, path, bytes, err);
	free(path);
	return r;
}

int folder_create(const struct yihu_folder *f, folder_file file, const struct yihu_buf *bytes,
		  struct yihu_error *err)
{
	char *path = folder_path(f, file);
	int r = folder_make_for(f, file, err);
	if (r == 0 && is_secret(file))
		r = yihu_secret_create(path, bytes->data, bytes->len, err);
	else if (r == 0)
		r = yihu_file_create(path, bytes->data, bytes->len, folder_row(file)->mode, err);
	free(path);
	return r;
}

int folder_stage(const struct yihu_folder *f, folder_file file, const struct yihu_buf *bytes,
		 struct yihu_error *err)
{
	char *path = folder_path(f, file);
	int r = yihu_file_stage(path, bytes->data, bytes->len, folder_row(file)->mode, err);
	free(path);
	return r;
}

int folder_add_line(const struct yihu_folder *f, folder_file file, const struct yihu_buf *head,
		    const struct yihu_buf *line, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int r = folder_read_if_there(f, file, &text, err);
	if (r == 0 && text.len == 0 && head)
		yihu_buf_put(&text, head->data, head->len);
	if (r == 0) {
		bool there =
			text.len > 0 && strstr((const char *)text.data, (const char *)line->data);
		yihu_buf_put(&text, line->data, line->len);
		r = there ? 0 : folder_write(f, file, &text, err);
	}
	yihu_buf_free(&text);
	return r;
}

/* ---- removing ---- */

static int remove_plain(const char *path, struct yihu_error *err)
{
	if (unlink(path) == 0 || errno == ENOENT)
		return 0;
	return yihu_fail(err, YIHU_EIO, _("%s cannot be removed: %s"), path, strerror(errno));
}

int folder_erase(const struct yihu_folder *f, folder_file file, struct yihu_error *err)
{
	char *path = folder_path(f, file);
	bool zeroed = (folder_row(file)->kind & (FILE_SECRET | FILE_ZEROED)) != 0;
	int r = zeroed ? yihu_secret_erase(path, err) : remove_plain(path, err);
	free(path);
	return r;
}

int folder_erase_room(const struct yihu_folder *f, enum folder_room room, struct yihu_error *err)
{
	char *path = folder_room_path(f, room);
	int r = yihu_secret_erase_dir(path, err);
	free(path);
	return r;
}

/* ---- the public folder ---- */

bool folder_shows(const struct yihu_folder *f, const char *name)
{
	char *path = yihu_path(f->pub, name);
	bool yes = yihu_file_exists(path);
	free(path);
	return yes;
}

uint32_t folder_shows_bits(const struct yihu_folder *f, const char *kind, uint32_t n)
{
	uint32_t bits = 0;
	for (uint32_t i = 1; i <= n; i++) {
		char *name = yihu_printf("%s/%u", kind, i);
		bits |= folder_shows(f, name) ? UINT32_C(1) << (i - 1) : 0;
		free(name);
	}
	return bits;
}

int folder_read_public(const struct yihu_folder *f, const char *name, size_t max_bytes,
		       struct yihu_buf *out, struct yihu_error *err)
{
	char *path = yihu_path(f->pub, name);
	int r = yihu_file_read(path, max_bytes, out, err);
	free(path);
	return r;
}

int folder_write_public(const struct yihu_folder *f, const char *name, const struct yihu_buf *bytes,
			struct yihu_error *err)
{
	char *path = yihu_path(f->pub, name);
	int r = yihu_file_write(path, bytes->data, bytes->len, 0644, err);
	free(path);
	return r;
}

int folder_create_public(const struct yihu_folder *f, const char *name,
			 const struct yihu_buf *bytes, struct yihu_error *err)
{
	char *path = yihu_path(f->pub, name);
	int r = yihu_file_create(path, bytes->data, bytes->len, 0644, err);
	free(path);
	return r;
}
