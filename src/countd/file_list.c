/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /files: what there is to fetch, a name a line. It proves nothing; it is
 * for people, and for programs that copy a list of addresses.
 */
#include <stdlib.h>

#include <yihu/text.h>

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

static void put_numbered(struct countd *d, struct yihu_buf *out, const char *folder)
{
	for (uint32_t i = 1; i <= d->election->charter->n; i++) {
		char *name = yihu_printf("%s/%u", folder, i);
		put_if_there(d, out, name);
		free(name);
	}
}

static int put_tile(void *context, const struct yihu_tile *t)
{
	char path[YIHU_TILE_PATH_BYTES];
	yihu_tile_path(path, t);
	yihu_buf_fmt(context, "log/%s\n", path);
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

void file_list_handle(struct request *r)
{
	static const char *const first[] = {"charter", "election.pb", "register"};
	static const char *const last[] = {"cancelled", "results", "results.json", "results.pb"};
	struct yihu_buf *out = &r->answer.body;
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		put_if_there(r->d, out, first[i]);
	put_log(r->d, out);
	put_if_there(r->d, out, "box");
	put_numbered(r->d, out, "mix");
	put_numbered(r->d, out, "open");
	for (size_t i = 0; i < sizeof last / sizeof *last; i++)
		put_if_there(r->d, out, last[i]);
	r->answer.for_all = true;
	r->answer.content_type = "text/plain; charset=utf-8";
	r->answer.cache = "no-store";
	r->answer.status = MHD_HTTP_OK;
	r->answered = true;
}
