/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder read from a disk, which may be anybody's: names are judged
 * before content, and no file is read beyond what one of its kind can have.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yihu/charter.h>
#include <yihu/file.h>
#include <yihu/names.h>
#include <yihu/public.h>

/* The deepest protocol file is log/tile/0/x001/x234/567.p/5. */
#define DEPTH_MAX 12
#define FILES_MAX (1u << 20)

/* Names are collected as they come, and sorted once; then files are read. */
struct reading {
	struct yihu_public *p;
	size_t room;
	const char *dir;
	struct yihu_limits limits;
	struct yihu_definition *definition; /* of an election that is known, else NULL */
	struct yihu_pictures pictures;      /* of the definition */
	bool sized;                         /* the log's size: its own log key has signed it */
	uint64_t size;
	struct yihu_error *err;
};
static int read_folder(struct reading *r, const char *path, const char *prefix, unsigned depth);

static void note(struct yihu_public *p, const char *name)
{
	p->notices = yihu_realloc(p->notices, p->n_notices + 1, sizeof *p->notices);
	char *notice = yihu_strdup(name);
	yihu_text_make_printable(notice);
	p->notices[p->n_notices++] = notice;
}

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

/* What the audit tells or skips by the name alone: a stray, a tile of another
 * size, and pictures and large files of an election that is not known. */
static bool is_told_by_name(const struct reading *r, const char *name)
{
	struct yihu_public_name n = yihu_public_name(name);
	if (n.kind == YIHU_PUBLIC_TILE)
		return r->sized && !yihu_tile_belongs(&n.tile, r->size);
	if (n.kind == YIHU_PUBLIC_PICTURE)
		return !yihu_pictures_have(&r->pictures, n.hash);
	if (n.kind >= YIHU_N_PUBLIC_KINDS)
		return n.kind == YIHU_PUBLIC_STRAY;
	return yihu_public_row(n.kind)->limit == 0 && !r->definition;
}

static int read_file(struct reading *r, struct yihu_public_file *f)
{
	if (f->bytes.len > 0 || is_told_by_name(r, f->name))
		return 0;
	char *path = yihu_path(r->dir, f->name);
	int rc = yihu_file_read(path, yihu_limits_bytes(&r->limits, f->name), &f->bytes, r->err);
	free(path);
	return rc;
}

static int read_named(struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->p->n; i++)
		if (strcmp(r->p->files[i].name, name) == 0)
			return read_file(r, &r->p->files[i]);
	return 0;
}

static const struct yihu_buf *bytes_of(const struct reading *r, const char *name)
{
	static const struct yihu_buf nothing;
	const struct yihu_buf *b = yihu_public_get(r->p, name);
	return b ? b : &nothing;
}

/* The log's size, when its own key has signed it. */
static void learn_size(struct reading *r, const struct yihu_charter *c)
{
	struct yihu_checkpoint checkpoint;
	const struct yihu_buf *b = bytes_of(r, "log/checkpoint");
	r->sized =
		yihu_checkpoint_parse(&checkpoint, yihu_buf_bytes(b), b->len, &c->log, NULL) == 0;
	if (r->sized)
		r->size = checkpoint.size;
}

/* What the election's own files say of how large the others are. What they
 * leave open the audit reports. */
static int learn(struct reading *r)
{
	static const char *const names[] = {"charter", "election.pb", "log/checkpoint"};
	struct yihu_charter *c = NULL;
	struct yihu_definition *d = NULL;
	int rc = 0;
	r->limits = yihu_limits_of(NULL, NULL);
	for (size_t i = 0; i < sizeof names / sizeof *names && rc == 0; i++)
		rc = read_named(r, names[i]);
	if (rc != 0)
		return rc;
	const struct yihu_buf *charter = bytes_of(r, "charter"), *pb = bytes_of(r, "election.pb");
	if (yihu_charter_parse(&c, yihu_buf_bytes(charter), charter->len, NULL) == 0 &&
	    yihu_definition_parse(&d, yihu_buf_bytes(pb), pb->len, NULL) == 0) {
		r->definition = d;
		r->pictures = yihu_pictures_of(d);
		r->limits = yihu_limits_of(c, d);
		learn_size(r, c);
	}
	yihu_charter_free(c);
	return 0;
}

int yihu_public_read(struct yihu_public **out, const char *dir, struct yihu_error *err)
{
	struct reading r = {.p = yihu_public_new(), .dir = dir, .err = err};
	int rc = read_folder(&r, dir, "", 0);
	if (r.p->n > 0)
		qsort(r.p->files, r.p->n, sizeof *r.p->files, file_order);
	if (rc == 0)
		rc = learn(&r);
	for (size_t i = 0; i < r.p->n && rc == 0; i++)
		rc = read_file(&r, &r.p->files[i]);
	yihu_pictures_free(&r.pictures);
	yihu_definition_free(r.definition);
	if (rc == 0)
		*out = r.p;
	else
		yihu_public_free(r.p);
	return rc;
}
