/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder in memory.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yihu/file.h>
#include <yihu/public.h>

#include "work.h"

/* The deepest protocol file is log/tile/0/x001/x234/567.p/5. */
#define DEPTH_MAX 12
#define FILES_MAX (1u << 20)
/* A mix of a million ballots of ten words each is well below. */
#define FILE_BYTES_MAX ((size_t)1 << 31)

struct yihu_public *yihu_public_new(void)
{
	return yihu_calloc(1, sizeof(struct yihu_public));
}

static void file_free(struct yihu_public_file *f)
{
	free(f->name);
	yihu_buf_free(&f->bytes);
}

void yihu_public_free(struct yihu_public *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++)
		file_free(&p->files[i]);
	for (size_t i = 0; i < p->n_notices; i++)
		free(p->notices[i]);
	free(p->files);
	free(p->notices);
	free(p);
}

/* The place of name: where it is (*found) or where it would be put. */
static size_t place(const struct yihu_public *p, const char *name, bool *found)
{
	size_t low = 0, high = p->n;
	*found = false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(p->files[mid].name, name);
		if (order == 0) {
			*found = true;
			return mid;
		}
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct yihu_buf *yihu_public_get(const struct yihu_public *p, const char *name)
{
	bool found;
	size_t at = place(p, name, &found);
	return found ? &p->files[at].bytes : NULL;
}

void yihu_public_put(struct yihu_public *p, const char *name, const void *bytes, size_t len)
{
	bool found;
	size_t at = place(p, name, &found);
	if (!found) {
		p->files = yihu_realloc(p->files, p->n + 1, sizeof *p->files);
		memmove(&p->files[at + 1], &p->files[at], (p->n - at) * sizeof *p->files);
		p->files[at] = (struct yihu_public_file){.name = yihu_strdup(name)};
		p->n++;
	}
	/* Copied aside first: the bytes may be the file's own. */
	struct yihu_buf copy = {0};
	if (len > 0)
		yihu_buf_put(&copy, bytes, len);
	yihu_buf_free(&p->files[at].bytes);
	p->files[at].bytes = copy;
}

void yihu_public_remove(struct yihu_public *p, const char *name)
{
	bool found;
	size_t at = place(p, name, &found);
	if (!found)
		return;
	file_free(&p->files[at]);
	p->n--;
	memmove(&p->files[at], &p->files[at + 1], (p->n - at) * sizeof *p->files);
}

/* Reading a disk: files are appended as they come and sorted once. */
struct reading {
	struct yihu_public *p;
	size_t room;
	struct yihu_error *err;
};
static int read_folder(struct reading *r, const char *path, const char *prefix, unsigned depth);

static void note(struct yihu_public *p, const char *name)
{
	p->notices = yihu_realloc(p->notices, p->n_notices + 1, sizeof *p->notices);
	p->notices[p->n_notices++] = audit_printable(name);
}

static int refuse(const struct reading *r, int code, const char *name)
{
	switch (code) {
	case YIHU_ESYMLINK:
		return yihu_fail(r->err, code,
				 _("%s is a symbolic link. A public folder holds plain files "
				   "only."),
				 name);
	case YIHU_ESTRAY:
		return yihu_fail(r->err, code, _("%s is neither a file nor a folder. Remove it."),
				 name);
	default:
		return yihu_fail(r->err, code, _("%s: the folder holds too many files or levels."),
				 name);
	}
}

static int read_file(struct reading *r, const char *path, const char *name)
{
	struct yihu_public *p = r->p;
	if (p->n == FILES_MAX)
		return refuse(r, YIHU_ETOOBIG, name);
	if (p->n == r->room) {
		r->room = r->room == 0 ? 64 : r->room * 2;
		p->files = yihu_realloc(p->files, r->room, sizeof *p->files);
	}
	struct yihu_public_file f = {0};
	int rc = yihu_file_read(path, FILE_BYTES_MAX, &f.bytes, r->err);
	if (rc != YIHU_OK)
		return rc;
	f.name = yihu_strdup(name);
	p->files[p->n++] = f;
	return YIHU_OK;
}

static int read_one(struct reading *r, const char *path, const char *name, unsigned depth)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return yihu_fail(r->err, YIHU_EIO, _("%s cannot be read: %s."), path,
				 strerror(errno));
	if (S_ISLNK(st.st_mode))
		return refuse(r, YIHU_ESYMLINK, name);
	if (S_ISREG(st.st_mode))
		return read_file(r, path, name);
	if (!S_ISDIR(st.st_mode))
		return refuse(r, YIHU_ESTRAY, name);
	if (strcmp(name, "site") == 0)
		return YIHU_OK;
	if (depth == DEPTH_MAX)
		return refuse(r, YIHU_ETOOBIG, name);
	char *prefix = yihu_printf("%s/", name);
	int rc = read_folder(r, path, prefix, depth + 1);
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
				 _("The folder %s cannot be read: %s."), path, strerror(errno));
	int rc = YIHU_OK;
	for (int i = 0; i < n; i++) {
		const char *entry = list[i]->d_name;
		bool itself = strcmp(entry, ".") == 0 || strcmp(entry, "..") == 0;
		if (rc == YIHU_OK && !itself) {
			char *name = yihu_printf("%s%s", prefix, entry);
			char *below = yihu_path(path, entry);
			if (entry[0] == '.')
				note(r->p, name);
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

static int file_order(const void *a, const void *b)
{
	const struct yihu_public_file *x = a, *y = b;
	return strcmp(x->name, y->name);
}

int yihu_public_read(struct yihu_public **out, const char *dir, struct yihu_error *err)
{
	struct reading r = {.p = yihu_public_new(), .err = err};
	int rc = read_folder(&r, dir, "", 0);
	if (rc != YIHU_OK) {
		yihu_public_free(r.p);
		return rc;
	}
	if (r.p->n > 0)
		qsort(r.p->files, r.p->n, sizeof *r.p->files, file_order);
	*out = r.p;
	return YIHU_OK;
}
