/* SPDX-License-Identifier: Apache-2.0
 *
 * The clerk's files, as one string of bytes: for each, in the order of their
 * names, be32 length ‖ name ‖ be64 length ‖ content.
 */
#include "folder/carried.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/names.h>

#define FILE_BYTES_MAX (256u << 20)
#define NAME_BYTES_MAX 128
#define CEREMONY "ceremony/"

/* Beside the committee's own, whose rows say it. */
static const char *const shown[] = {"box/public/cancelled", "box/public/charter",
				    "box/public/election.pb", "box/public/register"};
#define SHOWN "box/public/"
#define PICTURES "box/public/img"

/* A plain name in ceremony/: no folder below it, nothing hidden. */
static bool in_ceremony(const char *name)
{
	if (strncmp(name, CEREMONY, strlen(CEREMONY)) != 0)
		return false;
	const char *own = name + strlen(CEREMONY);
	return *own != '\0' && *own != '.' &&
	       strspn(own, "abcdefghijklmnopqrstuvwxyz0123456789-.") == strlen(own);
}

/* A picture of a project, by its name. */
static bool is_picture(const char *name)
{
	size_t n = strlen(SHOWN);
	return strncmp(name, SHOWN, n) == 0 &&
	       yihu_public_name(name + n).kind == YIHU_PUBLIC_PICTURE;
}

/* Whatever lies in ceremony/ is carried. */
static bool is_carried(const char *name)
{
	folder_file file;
	bool found = in_ceremony(name) || is_picture(name) ||
		     (folder_find(&file, name) && (folder_row(file)->kind & FILE_BACKED_UP) != 0);
	for (size_t i = 0; i < sizeof shown / sizeof *shown && !found; i++)
		found = strcmp(name, shown[i]) == 0;
	return found;
}

/* They can be asked for again, never change, or are of no use to go on. */
static bool is_minor(const char *name)
{
	folder_file file;
	return folder_find(&file, name) && (folder_row(file)->kind & FILE_MINOR) != 0;
}

static struct yihu_buf *add(struct carried *c, const char *name, size_t len)
{
	c->files = yihu_realloc(c->files, c->n + 1, sizeof *c->files);
	c->files[c->n] = (struct carried_file){.name = yihu_strndup(name, len)};
	return &c->files[c->n++].bytes;
}

/* A file that is not there is not carried. */
static int read_one(struct carried *c, const struct yihu_folder *f, const char *name,
		    struct yihu_error *err)
{
	char *path = yihu_path(f->root, name);
	int r = 0;
	if (yihu_file_exists(path))
		r = yihu_file_read(path, FILE_BYTES_MAX, add(c, name, strlen(name)), err);
	free(path);
	return r;
}

/* The files of `room` that are `wanted`; a room that is not there has none. */
static int read_room(struct carried *c, const struct yihu_folder *f, const char *room,
		     bool (*wanted)(const char *), struct yihu_error *err)
{
	char *path = yihu_path(f->root, room);
	DIR *dir = opendir(path);
	struct dirent *e;
	int r = dir || errno == ENOENT ? 0
				       : yihu_fail(err, YIHU_EIO, _("%s cannot be read: %s"), path,
						   strerror(errno));
	while (r == 0 && dir && (e = readdir(dir)) != NULL) {
		char *name = yihu_path(room, e->d_name);
		if (wanted(name))
			r = read_one(c, f, name, err);
		free(name);
	}
	if (dir)
		closedir(dir);
	free(path);
	return r;
}

/* Without a ceremony it is no election's folder. */
static int read_rooms(struct carried *c, const struct yihu_folder *f, struct yihu_error *err)
{
	if (!yihu_file_exists(f->ceremony))
		return yihu_fail(err, YIHU_EIO, _("%s cannot be read: %s"), f->ceremony,
				 strerror(ENOENT));
	int r = read_room(c, f, "ceremony", in_ceremony, err);
	return r == 0 ? read_room(c, f, PICTURES, is_picture, err) : r;
}

/* Those of the table that lie elsewhere; the key is where somebody says. */
static int read_rows(struct carried *c, const struct yihu_folder *f, struct yihu_error *err)
{
	int r = 0;
	for (folder_file i = 0; i < F_ROWS && r == 0; i++) {
		const struct folder_row *row = folder_row(i);
		if ((row->kind & FILE_BACKED_UP) != 0 && i != F_ISSUER_KEY &&
		    strncmp(row->name, CEREMONY, strlen(CEREMONY)) != 0)
			r = read_one(c, f, row->name, err);
	}
	return r;
}

static int read_key(struct carried *c, const char *path, struct yihu_error *err)
{
	char *name = folder_name(F_ISSUER_KEY);
	int r = yihu_file_read(path, FILE_BYTES_MAX, add(c, name, strlen(name)), err);
	free(name);
	return r;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct carried_file *)a)->name,
		      ((const struct carried_file *)b)->name);
}

int carried_read(struct carried *out, const struct yihu_folder *f, const char *key,
		 struct yihu_error *err)
{
	struct carried c = {0};
	int r = read_rooms(&c, f, err);
	if (r == 0)
		r = read_rows(&c, f, err);
	for (size_t i = 0; i < sizeof shown / sizeof *shown && r == 0; i++)
		r = read_one(&c, f, shown[i], err);
	if (r == 0 && key)
		r = read_key(&c, key, err);
	if (r != 0) {
		carried_finish(&c);
		return r;
	}
	qsort(c.files, c.n, sizeof *c.files, by_name);
	*out = c;
	return 0;
}

void carried_finish(struct carried *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->files[i].name);
		yihu_buf_free(&c->files[i].bytes);
	}
	free(c->files);
	*c = (struct carried){0};
}

const struct yihu_buf *carried_bytes(const struct carried *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->files[i].name, name) == 0)
			return &c->files[i].bytes;
	return NULL;
}

void carried_hash(uint8_t out[static 32], const struct carried *c)
{
	struct yihu_frame frame;
	yihu_frame_init(&frame, "backup");
	for (size_t i = 0; i < c->n; i++) {
		const struct carried_file *file = &c->files[i];
		if (is_minor(file->name))
			continue;
		yihu_frame_item(&frame, file->name, strlen(file->name));
		yihu_frame_item(&frame, file->bytes.data, file->bytes.len);
	}
	yihu_frame_hash32(&frame, out);
}

/* ---- as bytes ---- */

void carried_pack(struct yihu_buf *body, const struct carried *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct carried_file *file = &c->files[i];
		yihu_buf_be32(body, (uint32_t)strlen(file->name));
		yihu_buf_str(body, file->name);
		yihu_buf_be64(body, file->bytes.len);
		yihu_buf_put(body, file->bytes.data, file->bytes.len);
	}
}

/* One file off r; false when it is none that is carried, or out of order. */
static bool unpack_one(struct carried *c, struct yihu_reader *r)
{
	uint32_t name_len = yihu_read_be32(r);
	const uint8_t *name = name_len <= NAME_BYTES_MAX ? yihu_read(r, name_len) : NULL;
	uint64_t len = yihu_read_be64(r);
	const uint8_t *bytes = len <= FILE_BYTES_MAX ? yihu_read(r, (size_t)len) : NULL;
	if (!name || !bytes || memchr(name, '\0', name_len))
		return false;
	yihu_buf_put(add(c, (const char *)name, name_len), bytes, (size_t)len);
	const char *last = c->files[c->n - 1].name;
	return is_carried(last) && (c->n == 1 || strcmp(c->files[c->n - 2].name, last) < 0);
}

int carried_unpack(struct carried *out, const struct yihu_buf *body, struct yihu_error *err)
{
	struct carried c = {0};
	struct yihu_reader r = yihu_reader(body->data, body->len);
	bool sound = true;
	while (sound && r.left > 0)
		sound = unpack_one(&c, &r);
	if (!sound) {
		carried_finish(&c);
		return yihu_fail(err, YIHU_EFORMAT,
				 _("there is a file in the backup that this program does not know; "
				   "a newer one made it"));
	}
	*out = c;
	return 0;
}
