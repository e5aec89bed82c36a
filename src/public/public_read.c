/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder read from a disk, which may be anybody's: names are judged
 * before content.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yihu/file.h>
#include <yihu/names.h>

#include "source.h"

/* The deepest protocol file is log/tile/0/x001/x234/567.p/5. */
#define DEPTH_MAX 12
#define FILES_MAX (1u << 20)

/* Names are collected as they come. */
struct reading {
	struct yihu_public *p;
	size_t room;
	struct yihu_error *err;
};
static int read_folder(struct reading *r, const char *path, const char *prefix, unsigned depth);

static int refuse(const struct reading *r, int code, const char *name)
{
	switch (code) {
	case YIHU_ESYMLINK:
		return yihu_fail(r->err, code,
				 _("%s is a symbolic link. A public folder holds plain files "
				   "only"),
				 name);
	case YIHU_ESTRAY:
		return yihu_fail(r->err, code, _("%s is neither a file nor a folder. Remove it"),
				 name);
	default:
		return yihu_fail(r->err, code, _("%s: the folder holds too many files or levels"),
				 name);
	}
}

static int add_name(struct reading *r, const char *name)
{
	struct yihu_public *p = r->p;
	if (p->n == FILES_MAX)
		return refuse(r, YIHU_ETOOBIG, name);
	if (p->n == r->room) {
		r->room = r->room == 0 ? 64 : r->room * 2;
		p->files = yihu_realloc(p->files, r->room, sizeof *p->files);
	}
	p->files[p->n++] = (struct yihu_public_file){.name = yihu_strdup(name)};
	return 0;
}

static int read_one(struct reading *r, const char *path, const char *name, unsigned depth)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return yihu_fail(r->err, YIHU_EIO, _("%s cannot be read: %s"), path,
				 strerror(errno));
	if (S_ISLNK(st.st_mode))
		return refuse(r, YIHU_ESYMLINK, name);
	if (S_ISREG(st.st_mode))
		return add_name(r, name);
	if (!S_ISDIR(st.st_mode))
		return refuse(r, YIHU_ESTRAY, name);
	if (depth == DEPTH_MAX)
		return refuse(r, YIHU_ETOOBIG, name);
	char *prefix = yihu_printf("%s/", name);
	bool site = yihu_public_name(prefix).kind == YIHU_PUBLIC_SITE;
	int rc = site ? 0 : read_folder(r, path, prefix, depth + 1);
	free(prefix);
	return rc;
}

/* strcmp and not the locale's order: which fault comes first is the same
 * for everybody. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int read_folder(struct reading *r, const char *path, const char *prefix, unsigned depth)
{
	struct dirent **list = NULL;
	int n = scandir(path, &list, NULL, by_name);
	if (n < 0)
		return yihu_fail(r->err, errno == ENOENT ? YIHU_ENOENT : YIHU_EIO,
				 _("the folder %s cannot be read: %s"), path, strerror(errno));
	int rc = 0;
	for (int i = 0; i < n; i++) {
		const char *entry = list[i]->d_name;
		bool itself = strcmp(entry, ".") == 0 || strcmp(entry, "..") == 0;
		if (rc == 0 && !itself) {
			char *name = yihu_printf("%s%s", prefix, entry);
			char *below = yihu_path(path, entry);
			if (entry[0] == '.')
				public_pass_over(r->p, name);
			else
				rc = read_one(r, below, name, depth);
			free(below);
			free(name);
		}
		free(list[i]);
	}
	free(list);
	return rc;
}

/* ---- bytes ---- */

static int read_bytes(void *context, const char *name, size_t max, struct yihu_buf *out,
		      struct yihu_error *err)
{
	char *path = yihu_path(context, name);
	int rc = yihu_file_read(path, max, out, err);
	free(path);
	return rc;
}

int yihu_public_read(struct yihu_public **out, const char *dir, struct yihu_error *err)
{
	struct reading r = {.p = yihu_public_new(), .err = err};
	char *context = yihu_strdup(dir);
	int rc = read_folder(&r, dir, "", 0);
	if (rc == 0)
		rc = public_take(r.p, &(struct public_source){context, read_bytes}, err);
	free(context);
	if (rc == 0)
		*out = r.p;
	else
		yihu_public_free(r.p);
	return rc;
}
