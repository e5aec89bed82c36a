/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of a public folder whose names are known: none is read beyond what one
 * of its kind can have in this election.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/charter.h>
#include <yihu/names.h>

#include "source.h"

struct public_taking {
	struct yihu_public *p;
	const struct public_source *source;
	struct yihu_limits limits;
	struct yihu_definition *definition; /* of an election that is known, else NULL */
	struct yihu_pictures pictures;      /* of the definition */
	bool sized;                         /* the log's size: its own log key has signed it */
	uint64_t size;
	struct yihu_error *err;
};

void public_pass_over(struct yihu_public *p, const char *name)
{
	p->notices = yihu_realloc(p->notices, p->n_notices + 1, sizeof *p->notices);
	char *notice = yihu_strdup(name);
	yihu_text_make_printable(notice);
	p->notices[p->n_notices++] = notice;
}

static int file_order(const void *a, const void *b)
{
	const struct yihu_public_file *x = a, *y = b;
	return strcmp(x->name, y->name);
}

/* What the audit tells or skips by the name alone: a stray, a tile of another
 * size, and pictures and large files of an election that is not known. */
static bool is_told_by_name(const struct public_taking *r, const char *name)
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

static int read_file(struct public_taking *r, struct yihu_public_file *f)
{
	if (f->bytes.len > 0 || is_told_by_name(r, f->name))
		return 0;
	return r->source->read(r->source->context, f->name, yihu_limits_bytes(&r->limits, f->name),
			       &f->bytes, r->err);
}

static int read_named(struct public_taking *r, const char *name)
{
	for (size_t i = 0; i < r->p->n; i++)
		if (strcmp(r->p->files[i].name, name) == 0)
			return read_file(r, &r->p->files[i]);
	return 0;
}

static const struct yihu_buf *bytes_of(const struct public_taking *r, const char *name)
{
	static const struct yihu_buf nothing;
	const struct yihu_buf *b = yihu_public_get(r->p, name);
	return b ? b : &nothing;
}

/* The log's size, when its own key has signed it. */
static void learn_size(struct public_taking *r, const struct yihu_charter *c)
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
static int learn(struct public_taking *r)
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

int public_take(struct yihu_public *p, const struct public_source *source, struct yihu_error *err)
{
	struct public_taking r = {.p = p, .source = source, .err = err};
	if (p->n > 0)
		qsort(p->files, p->n, sizeof *p->files, file_order);
	int rc = learn(&r);
	for (size_t i = 0; i < p->n && rc == 0; i++)
		rc = read_file(&r, &p->files[i]);
	yihu_pictures_free(&r.pictures);
	yihu_definition_free(r.definition);
	return rc;
}
