/* SPDX-License-Identifier: Apache-2.0
 *
 * From the files of a committee to pictures that everybody gets.
 */
#include "issue/pictures.h"

#include <libgen.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/definition.h>
#include <yihu/file.h>

#include "picture/picture.h"

#define COLUMN "image"
#define ROOM "img"

struct taking {
	struct issue_pictures *out;
	struct yihu_definition *d;
	long column;
	const char *path; /* of the election file */
	char *dir;        /* that it lies in */
	struct yihu_buf *problems;
	size_t n_problems;
};

void issue_pictures_finish(struct issue_pictures *p)
{
	for (size_t i = 0; i < p->n; i++)
		yihu_buf_free(&p->all[i].jpeg);
	free(p->all);
	*p = (struct issue_pictures){0};
}

/* ---- where it is ---- */

/* A picture of an earlier election, in its committee's folder or in a public one. */
static char *path_of_hash(const struct taking *t, const char *hash)
{
	char *public = yihu_path(t->dir, "box/public");
	bool committee = yihu_file_exists(public);
	char *path = yihu_printf("%s/" ROOM "/%s", committee ? public : t->dir, hash);
	free(public);
	return path;
}

static bool leads_out(const char *name)
{
	size_t len = strlen(name);
	return name[0] == '/' || strcmp(name, "..") == 0 || strncmp(name, "../", 3) == 0 ||
	       strstr(name, "/../") || (len >= 3 && strcmp(name + len - 3, "/..") == 0);
}

static int find(char **path, const struct taking *t, const char *cell, struct yihu_error *err)
{
	if (strstr(cell, "://"))
		return yihu_fail(err, YIHU_EPROJECT,
				 _("this is an address on the network, and nothing is fetched from "
				   "there; save the picture beside the election file, and put its "
				   "file name here"));
	if (leads_out(cell))
		return yihu_fail(err, YIHU_EPROJECT,
				 _("this leads out of the folder of the election file; put the "
				   "picture beside that file, or into a folder there"));
	*path = yihu_picture_hash(cell) ? path_of_hash(t, cell) : yihu_path(t->dir, cell);
	return 0;
}

static int read_bytes(struct yihu_buf *out, const char *path, struct yihu_error *err)
{
	struct yihu_error why = {0};
	int r = yihu_file_read(path, PICTURE_FILE_BYTES_MAX, out, &why);
	if (r == YIHU_ENOENT)
		return yihu_fail(err, r,
				 _("there is no file %s; put the picture there, or empty the cell"),
				 path);
	if (r == YIHU_ETOOBIG)
		return yihu_fail(err, r, _("the file has more than %u MiB; save it smaller"),
				 PICTURE_FILE_BYTES_MAX >> 20);
	return r == 0 ? 0 : yihu_fail(err, r, "%s", why.text);
}

/* ---- what it becomes ---- */

/* Two projects may have one picture. */
static void keep(struct issue_pictures *p, const char *hash, struct yihu_buf *jpeg)
{
	struct yihu_public_text name = yihu_public_picture(hash);
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->all[i].name.text, name.text) == 0) {
			yihu_buf_free(jpeg);
			return;
		}
	p->all = yihu_realloc(p->all, p->n + 1, sizeof *p->all);
	p->all[p->n++] = (struct issue_picture){.name = name, .jpeg = *jpeg};
}

static void set_cell(char **cell, const struct yihu_buf *jpeg)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	char digits[2 * sizeof hash + 1];
	crypto_hash_sha256(hash, jpeg->data, jpeg->len);
	free(*cell);
	*cell = yihu_strdup(yihu_hex_into(digits, hash, sizeof hash));
}

static int make(struct taking *t, char **cell, const struct yihu_buf *bytes, struct yihu_error *err)
{
	struct yihu_buf jpeg = {0};
	bool sealed = false;
	int r = picture_make(&jpeg, &sealed, bytes->data, bytes->len, YIHU_PICTURE_BYTES_MAX, err);
	if (r != 0)
		return r;
	t->out->unsealed = t->out->unsealed || !sealed;
	set_cell(cell, &jpeg);
	keep(t->out, *cell, &jpeg);
	return 0;
}

static void note_problem(struct taking *t, const struct yihu_project *p,
			 const struct yihu_error *err)
{
	t->n_problems++;
	if (t->problems)
		yihu_buf_fmt(t->problems, _("%s: project “%s”, picture %s: %s\n"), t->path, p->id,
			     p->fields[t->column], err->text);
}

static void take_one(struct taking *t, struct yihu_project *p)
{
	struct yihu_error err = {0};
	struct yihu_buf bytes = {0};
	char **cell = &p->fields[t->column], *path = NULL;
	if (**cell == '\0')
		return;
	int r = find(&path, t, *cell, &err);
	if (r == 0)
		r = read_bytes(&bytes, path, &err);
	if (r == 0)
		r = make(t, cell, &bytes, &err);
	if (r != 0)
		note_problem(t, p, &err);
	free(path);
	yihu_buf_free(&bytes);
}

/* ---- all of them ---- */

static long column_of(const struct yihu_definition *d)
{
	for (size_t c = 0; c < d->n_columns; c++)
		if (strcmp(d->columns[c], COLUMN) == 0)
			return (long)c;
	return -1;
}

static int take_all(struct taking *t, struct yihu_buf *definition, struct yihu_error *err)
{
	for (size_t i = 0; i < t->d->n_projects; i++)
		take_one(t, &t->d->projects[i]);
	if (t->n_problems > 0)
		return yihu_fail(err, YIHU_EPROJECT,
				 yihu_ngettext("%zu picture cannot be taken",
					       "%zu pictures cannot be taken", t->n_problems),
				 t->n_problems);
	yihu_buf_reset(definition);
	yihu_definition_write(definition, t->d);
	return 0;
}

int issue_pictures_take(struct issue_pictures *out, struct yihu_buf *definition, const char *path,
			struct yihu_buf *problems, struct yihu_error *err)
{
	struct taking t = {.out = out, .path = path, .problems = problems};
	int r = yihu_definition_parse(&t.d, definition->data, definition->len, err);
	if (r != 0)
		return r;
	t.column = column_of(t.d);
	char *copy = yihu_strdup(path);
	t.dir = dirname(copy);
	if (t.column >= 0)
		r = take_all(&t, definition, err);
	free(copy);
	yihu_definition_free(t.d);
	return r;
}

int issue_pictures_write(const struct issue_pictures *p, const struct yihu_folder *f,
			 struct yihu_error *err)
{
	char *room = yihu_path(f->pub, ROOM);
	int r = p->n > 0 ? yihu_dir_make(room, 0755, err) : 0;
	for (size_t i = 0; i < p->n && r == 0; i++)
		r = folder_write_public(f, p->all[i].name.text, &p->all[i].jpeg, err);
	free(room);
	return r;
}

static int check_one(const struct yihu_folder *f, const char *hash, struct yihu_error *err)
{
	struct yihu_public_text name = yihu_public_picture(hash);
	struct yihu_buf file = {0};
	uint8_t is[crypto_hash_sha256_BYTES];
	char digits[2 * sizeof is + 1];
	int r = folder_read_public(f, name.text, YIHU_PICTURE_BYTES_MAX, &file, err);
	crypto_hash_sha256(is, yihu_buf_bytes(&file), file.len);
	if (r == 0 && strcmp(yihu_hex_into(digits, is, sizeof is), hash) != 0)
		r = yihu_fail(err, YIHU_EPICTURE,
			      _("%s/%s was changed since yihu-issue init; start a new election for "
				"another picture"),
			      f->pub, name.text);
	yihu_buf_free(&file);
	return r;
}

int issue_pictures_check(const struct yihu_folder *f, const struct yihu_buf *definition,
			 struct yihu_error *err)
{
	struct yihu_definition *d = NULL;
	int r = yihu_definition_parse(&d, definition->data, definition->len, err);
	struct yihu_pictures all = yihu_pictures_of(d);
	for (size_t i = 0; i < all.n && r == 0; i++)
		r = check_one(f, all.hashes[i], err);
	yihu_pictures_free(&all);
	yihu_definition_free(d);
	return r;
}

void issue_pictures_say(struct yihu_buf *notices, const struct issue_pictures *p)
{
	size_t bytes = 0;
	for (size_t i = 0; i < p->n; i++)
		bytes += p->all[i].jpeg.len;
	if (p->n > 0)
		yihu_buf_fmt(notices,
			     yihu_ngettext("%zu picture was made anew without what a camera writes "
					   "into it (place, time, names): %zu KiB.\n",
					   "%zu pictures were made anew without what a camera "
					   "writes into them (place, time, names): %zu KiB.\n",
					   p->n),
			     p->n, bytes >> 10);
	if (p->unsealed)
		yihu_buf_fmt(notices,
			     _("This kernel has no seccomp: the program that read the pictures was "
			       "held to so much time and memory, and no further.\n"));
}
