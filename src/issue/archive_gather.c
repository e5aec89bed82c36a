/* SPDX-License-Identifier: Apache-2.0
 *
 * The public folder as it was audited; of the committee's own files those whose row
 * says it.
 */
#include "issue/archive_gather.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/names.h>

/* Of a file that no program reads whole: papers. */
#define PAPER_BYTES_MAX (256u << 20)
#define SITE "site"

static int unreadable(const char *path, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EIO, _("%s cannot be read: %s"), path, strerror(errno));
}

/* ---- the committee's own ---- */

static bool is_kept(const char *name, enum folder_keep keep, uint64_t *max)
{
	folder_file file;
	if (!folder_find(&file, name) || folder_row(file)->keep != keep)
		return false;
	*max = folder_row(file)->bytes_max;
	if (*max == 0)
		*max = PAPER_BYTES_MAX;
	return true;
}

static int take_kept(struct archive *a, const struct yihu_folder *f, const char *name,
		     enum folder_keep keep, struct yihu_error *err)
{
	uint64_t max;
	if (!is_kept(name, keep, &max))
		return 0;
	char *path = yihu_path(f->root, name);
	int r = yihu_file_read(path, max, archive_add(a, name), err);
	free(path);
	return r;
}

/* Of one room; "" is the folder itself. One that is not there has none. */
static int take_room(struct archive *a, const struct yihu_folder *f, const char *room,
		     enum folder_keep keep, struct yihu_error *err)
{
	char *path = *room ? yihu_path(f->root, room) : yihu_strdup(f->root);
	DIR *dir = opendir(path);
	int r = dir || errno == ENOENT ? 0 : unreadable(path, err);
	for (const struct dirent *e; r == 0 && dir && (e = readdir(dir)) != NULL;) {
		char *name = *room ? yihu_path(room, e->d_name) : yihu_strdup(e->d_name);
		r = take_kept(a, f, name, keep, err);
		free(name);
	}
	if (dir)
		closedir(dir);
	free(path);
	return r;
}

static int take_rooms(struct archive *a, const struct yihu_folder *f, enum folder_keep keep,
		      struct yihu_error *err)
{
	int r = take_room(a, f, "", keep, err);
	for (enum folder_room room = 0; room < R_ROOMS && r == 0; room++)
		r = take_room(a, f, folder_room_row(room)->name, keep, err);
	return r;
}

/* ---- the public folder ---- */

static struct yihu_buf *add_public(struct archive *a, const char *name)
{
	char *whole = yihu_printf(ARCHIVE_PUBLIC "%s", name);
	struct yihu_buf *bytes = archive_add(a, whole);
	free(whole);
	return bytes;
}

/* site/ proves nothing, and so is in no view. Folders in it are none of ours. */
static int take_site(struct archive *a, const struct yihu_folder *f, struct yihu_error *err)
{
	char *site = yihu_path(f->pub, SITE);
	DIR *dir = opendir(site);
	int r = dir || errno == ENOENT ? 0 : unreadable(site, err);
	for (const struct dirent *e; r == 0 && dir && (e = readdir(dir)) != NULL;) {
		char *name = yihu_path(SITE, e->d_name), *path = yihu_path(f->pub, name);
		if (e->d_name[0] != '.' && e->d_type != DT_DIR)
			r = yihu_file_read(path, yihu_public_row(YIHU_PUBLIC_SITE)->limit,
					   add_public(a, name), err);
		free(name);
		free(path);
	}
	if (dir)
		closedir(dir);
	free(site);
	return r;
}

int archive_gather_public(struct archive *a, const struct yihu_view *v, struct yihu_error *err)
{
	for (size_t i = 0; i < v->pub->n; i++) {
		const struct yihu_buf *bytes = &v->pub->files[i].bytes;
		yihu_buf_put(add_public(a, v->pub->files[i].name), yihu_buf_bytes(bytes),
			     bytes->len);
	}
	return take_site(a, v->folder, err);
}

int archive_gather(struct archive *a, const struct yihu_view *v, enum issue_archive_part part,
		   struct yihu_error *err)
{
	bool open = part == ARCHIVE_OPEN;
	int r = open ? archive_gather_public(a, v, err) : 0;
	return r == 0 ? take_rooms(a, v->folder, open ? KEEP_OPEN : KEEP_PERSONAL, err) : r;
}
