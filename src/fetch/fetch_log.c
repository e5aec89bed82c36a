/* SPDX-License-Identifier: Apache-2.0
 *
 * The log of a public folder: the checkpoint, verified, and the tiles of its
 * size. Full tiles never change: those of an earlier copy are taken from it,
 * and held against the signed root like all others.
 */
#include "fetch/fetch_log.h"

#include <stdlib.h>
#include <string.h>

#include "fetch/copy.h"

/* A web host may be given a newer log while we read the older one. */
#define LOGS_TRIED_MAX 3

struct tiles {
	struct fetch_run *run;
	uint64_t done, all;
	bool from_copy; /* full tiles may come from the copy */
	bool used_copy, missing;
};

static int take_tile(void *context, const struct yihu_tile *t)
{
	struct tiles *x = context;
	struct copy *copy = x->run->o->copy;
	struct yihu_public_text text = yihu_public_tile(t);
	const char *name = text.text;
	bool there = false, full = copy && t->width == YIHU_TILE_WIDTH;
	struct yihu_buf kept = {0};
	int r = 0;
	if (full && x->from_copy && copy_has(copy, name, &kept)) {
		yihu_public_put(x->run->p, name, kept.data, kept.len);
		x->used_copy = there = true;
	} else {
		r = run_fetch(x->run, name, &there);
		if (r == 0 && there && full)
			r = copy_put_aside(copy, name, yihu_public_get(x->run->p, name),
					   x->run->err);
	}
	yihu_progress_step(x->run->o->progress, _("fetching"), ++x->done, x->all);
	x->missing = r == 0 && !there;
	yihu_buf_free(&kept);
	return x->missing ? YIHU_EMISSING : r;
}

static int count_tile(void *context, const struct yihu_tile *t)
{
	(void)t;
	++*(uint64_t *)context;
	return 0;
}

/* *whole: all of them are there. */
static int take_tiles(struct fetch_run *run, const struct yihu_checkpoint *c, bool *whole)
{
	struct tiles x = {.run = run, .from_copy = true};
	yihu_tiles_each(c->size, count_tile, &x.all);
	int r = yihu_tiles_each(c->size, take_tile, &x);
	*whole = r == 0;
	/* Were it the copy that is damaged, the server would be blamed. */
	if (r == 0 && x.used_copy && !copy_log_is(run->p, c)) {
		x = (struct tiles){.run = run, .all = x.all};
		r = yihu_tiles_each(c->size, take_tile, &x);
		*whole = r == 0;
	}
	return x.missing ? 0 : r;
}

static int read_checkpoint(struct fetch_run *run, struct yihu_checkpoint *c)
{
	const struct yihu_buf *b = yihu_public_get(run->p, "log/checkpoint");
	const char *url = http_client_url(run->client);
	int r = yihu_checkpoint_parse(c, b->data, b->len, &run->charter->log, run->err);
	if (r != 0)
		return yihu_fail_at(run->err, r, "%s/log/checkpoint", url);
	if (c->size <= yihu_limits_entries(&run->limits))
		return 0;
	return yihu_fail(run->err, YIHU_ECHECKPOINT,
			 _("%s/log/checkpoint is of %llu entries, and this election can have %llu"),
			 url, (unsigned long long)c->size,
			 (unsigned long long)yihu_limits_entries(&run->limits));
}

static void forget_log(struct yihu_public *p)
{
	for (size_t i = p->n; i-- > 0;)
		if (yihu_public_of_log(p->files[i].name))
			yihu_public_remove(p, p->files[i].name);
}

int fetch_log(struct fetch_run *run)
{
	struct yihu_checkpoint c, before = {0};
	bool there = false, whole = false;
	int r = 0;
	for (int i = 0; i < LOGS_TRIED_MAX && r == 0 && !whole; i++) {
		forget_log(run->p);
		r = run_fetch(run, "log/at-close", &there);
		if (r == 0)
			r = run_fetch(run, "log/checkpoint", &there);
		if (r != 0 || !there)
			return r;
		r = read_checkpoint(run, &c);
		if (r != 0)
			return r;
		/* A tile that is missing of a log that stands still, the audit tells. */
		if (i > 0 && c.size == before.size)
			i = LOGS_TRIED_MAX;
		before = c;
		r = take_tiles(run, &c, &whole);
	}
	return r;
}
