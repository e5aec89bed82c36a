/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of public/, as they are, and how long one may keep those of the log.
 */
#include "file_calls.h"

#include "answer.h"
#include "ask_box.h"
#include "calls.h"
#include "front.h"
#include "public_files.h"
#include "route.h"

#define FOREVER "public, max-age=31536000, immutable"
#define ASK_AGAIN "no-cache"
/* For what never changes: long enough that a proxy asks once for a whole estate, and
 * short enough for the next election under this address. */
#define A_WHILE "public, max-age=60"
/* Posters bear their styles within; a script would run with the pages' origin. */
#define CSP_SITE                                                                                   \
	"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "                    \
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-downloads"

/* Which files never change once they are there; "box" may gain signatures. */
static const char *cache_of(enum yihu_public_kind kind)
{
	if (kind == YIHU_PUBLIC_PICTURE)
		return FOREVER;
	return kind == YIHU_PUBLIC_SITE || kind == YIHU_PUBLIC_BOX ? ASK_AGAIN : A_WHILE;
}

int file_answer(struct exchange *x, const char *path, struct yihu_error *err)
{
	struct answer *a = &x->answer;
	struct public_name name;
	struct stat st;
	if (!public_name_parse(&name, path))
		return yihu_fail(err, YIHU_ENOENT, _("there is no %s"), path);
	int r = public_open(&a->fd, &st, x->f->public_dir, path, err);
	if (r != 0)
		return r;
	a->fd_bytes = (uint64_t)st.st_size;
	a->etag = etag_of_file(&st);
	a->content_type = name.content_type;
	a->cache = cache_of(name.is.kind);
	a->csp = name.is.kind == YIHU_PUBLIC_SITE ? CSP_SITE : NULL;
	a->status = HTTP_OK;
	a->made = true;
	return 0;
}

void file_refuse(struct exchange *x, const struct yihu_error *err)
{
	answer_refusal(&x->answer, err);
	if (x->answer.status == HTTP_SERVICE_UNAVAILABLE)
		countd_warn(&x->f->log, "%s", err->text);
}

static void answer_file(struct exchange *x, const char *path)
{
	struct yihu_error err = {0};
	if (file_answer(x, path, &err))
		file_refuse(x, &err);
}

void file_handle(struct exchange *x)
{
	x->answer.for_all = true;
	answer_file(x, x->path + 1);
}

void results_table_handle(struct exchange *x)
{
	answer_file(x, "site/results.csv");
}

/* A full tile never changes. Nor does a partial one, but soon nobody asks for it any
 * more: it is not worth a place in anybody's store. */
static bool is_full_tile(const struct exchange *x)
{
	struct yihu_public_name name = yihu_public_name(x->path + 1);
	return name.kind == YIHU_PUBLIC_TILE && name.tile.width == YIHU_TILE_WIDTH;
}

static bool answer_exported(struct exchange *x)
{
	struct answer *a = &x->answer;
	struct yihu_error err = {0};
	struct stat st;
	if (!is_full_tile(x) || public_open(&a->fd, &st, x->f->public_dir, x->path + 1, &err))
		return false;
	a->fd_bytes = (uint64_t)st.st_size;
	a->content_type = "application/octet-stream";
	a->cache = FOREVER;
	a->for_all = true;
	a->status = HTTP_OK;
	a->made = true;
	return true;
}

void tile_handle(struct exchange *x)
{
	if (box_takes_calls(x) && !answer_exported(x))
		box_handle(x);
}

void log_shown(struct exchange *x)
{
	struct answer *a = &x->answer;
	a->for_all = true;
	if (a->status != HTTP_OK || x->route->call == CALL_CHECKPOINT)
		return;
	bool full = x->route->call == CALL_TILE && is_full_tile(x);
	a->cache = full ? FOREVER : ASK_AGAIN;
	if (!full)
		a->etag = etag_of_bytes(a->body.data, a->body.len);
}
