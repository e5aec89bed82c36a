/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /files: what there is to fetch, a name a line. It proves nothing; it is
 * for people, and for programs that copy a list of addresses.
 */
#include <yihu/names.h>

#include "ask_box.h"
#include "calls.h"
#include "file_calls.h"
#include "front.h"
#include "public_files.h"

/* The list, until something cannot be read. */
struct list {
	struct front *f;
	struct yihu_buf names;
	struct yihu_error err;
};

static void put_name(struct list *l, const char *name)
{
	yihu_buf_fmt(&l->names, "%s\n", name);
}

static void put_if_there(struct list *l, const char *name)
{
	bool has = false;
	if (l->err.code == 0)
		public_has(&has, l->f->public_dir, name, &l->err);
	if (has)
		put_name(l, name);
}

static void put_numbered(struct list *l, enum yihu_public_kind kind)
{
	for (uint32_t i = 1; i <= l->f->election->charter->n; i++)
		put_if_there(l, yihu_public_numbered(kind, i).text);
}

static int put_tile(void *list, const struct yihu_tile *t)
{
	put_name(list, yihu_public_tile(t).text);
	return 0;
}

/* The tiles of the checkpoint that is served, not of a newer one. */
static void put_log(struct list *l, const struct yihu_checkpoint *c)
{
	put_name(l, "log/checkpoint");
	if (box_figures(l->f).ended)
		put_name(l, "log/at-close");
	yihu_tiles_each(c->size, put_tile, l);
}

static void put_pictures(struct list *l)
{
	struct yihu_pictures all = yihu_pictures_of(l->f->election->definition);
	for (size_t i = 0; i < all.n; i++)
		put_if_there(l, yihu_public_picture(all.hashes[i]).text);
	yihu_pictures_free(&all);
}

static void put_kind(struct list *l, enum yihu_public_kind kind, const struct yihu_checkpoint *c)
{
	const struct yihu_public_row *row = yihu_public_row(kind);
	if (kind == YIHU_PUBLIC_CHECKPOINT)
		put_log(l, c);
	else if (kind == YIHU_PUBLIC_PICTURE)
		put_pictures(l);
	else if (row->most > 0)
		put_numbered(l, kind);
	else if (row->writer != YIHU_BY_LOG && kind != YIHU_PUBLIC_SITE)
		put_if_there(l, row->pattern);
}

void file_list_shown(struct exchange *x)
{
	struct yihu_buf *body = &x->answer.body;
	struct list l = {.f = x->f};
	struct yihu_checkpoint c = {0};
	x->answer.for_all = true;
	if (x->answer.status != HTTP_OK)
		return;
	yihu_checkpoint_parse(&c, body->data, body->len, &x->f->election->charter->log, NULL);
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++)
		put_kind(&l, (enum yihu_public_kind)kind, &c);
	if (l.err.code != 0) {
		yihu_buf_free(&l.names);
		file_refuse(x, &l.err);
		return;
	}
	yihu_buf_free(body);
	*body = l.names;
}
