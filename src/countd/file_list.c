/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /files: what there is to fetch, a name a line. It proves nothing; it is
 * for people, and for programs that copy a list of addresses.
 */
#include <yihu/names.h>

#include "calls.h"
#include "daemon.h"
#include "file_calls.h"

static void put_name(struct yihu_buf *out, const char *name)
{
	yihu_buf_fmt(out, "%s\n", name);
}

static void put_if_there(struct countd *d, struct yihu_buf *out, const char *name)
{
	if (countd_has_public(d, name))
		put_name(out, name);
}

static void put_numbered(struct countd *d, struct yihu_buf *out, enum yihu_public_kind kind)
{
	for (uint32_t i = 1; i <= d->election->charter->n; i++)
		put_if_there(d, out, yihu_public_numbered(kind, i).text);
}

static int put_tile(void *context, const struct yihu_tile *t)
{
	put_name(context, yihu_public_tile(t).text);
	return 0;
}

/* The tiles of the checkpoint that is served, not of a newer one. */
static void put_log(struct countd *d, struct yihu_buf *out)
{
	struct yihu_buf note = {0};
	struct yihu_checkpoint c = {0};
	committed_checkpoint(d->committed, &note);
	yihu_checkpoint_parse(&c, note.data, note.len, &d->election->charter->log, NULL);
	yihu_buf_reset(&note);
	put_name(out, "log/checkpoint");
	if (committed_at_close(d->committed, &note))
		put_name(out, "log/at-close");
	yihu_tiles_each(c.size, put_tile, out);
	yihu_buf_free(&note);
}

static void put_pictures(struct countd *d, struct yihu_buf *out)
{
	struct yihu_pictures all = yihu_pictures_of(d->election->definition);
	for (size_t i = 0; i < all.n; i++)
		put_if_there(d, out, yihu_public_picture(all.hashes[i]).text);
	yihu_pictures_free(&all);
}

static void put_kind(struct countd *d, struct yihu_buf *out, enum yihu_public_kind kind)
{
	const struct yihu_public_row *row = yihu_public_row(kind);
	if (kind == YIHU_PUBLIC_CHECKPOINT)
		put_log(d, out);
	else if (kind == YIHU_PUBLIC_PICTURE)
		put_pictures(d, out);
	else if (row->most > 0)
		put_numbered(d, out, kind);
	else if (row->writer != YIHU_BY_LOG && kind != YIHU_PUBLIC_SITE)
		put_if_there(d, out, row->pattern);
}

void file_list_handle(struct request *r)
{
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++)
		put_kind(r->d, &r->answer.body, (enum yihu_public_kind)kind);
	r->answer.for_all = true;
	r->answer.content_type = "text/plain; charset=utf-8";
	r->answer.cache = "no-store";
	r->answer.status = MHD_HTTP_OK;
	r->answered = true;
}
