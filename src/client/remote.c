/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder behind a daemon.
 */
#include "client/remote.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/checkpoint.h>
#include <yihu/threshold.h>

#define PUBLIC_FILE_BYTES_MAX (1u << 30)

/* Fetches one file into p. Absent (404) is fine: *there says. */
static int fetch(struct http_client *c, struct yihu_public *p, const char *name, bool *there,
		 struct yihu_error *err)
{
	struct http_answer a = {0};
	char *path = yihu_printf("/%s", name);
	int r = http_get(c, path, PUBLIC_FILE_BYTES_MAX, &a, err);
	if (r == 0) {
		*there = a.status == 200;
		if (*there)
			yihu_public_put(p, name, a.body.data, a.body.len);
		else if (a.status != 404)
			r = http_refusal(&a, err);
		http_answer_finish(&a);
	}
	free(path);
	return r;
}

/* name is "mix/%u": from 1 on, until one is absent (or all of n when sparse). */
static int fetch_numbered(struct http_client *c, struct yihu_public *p, const char *format,
			  bool sparse, struct yihu_error *err)
{
	bool there = true;
	int r = 0;
	for (unsigned i = 1; i <= YIHU_HOLDERS_MAX && r == 0 && (there || sparse); i++) {
		char *name = yihu_printf(format, i);
		r = fetch(c, p, name, &there, err);
		free(name);
	}
	return r;
}

struct tile_fetch {
	struct http_client *client;
	struct yihu_public *folder;
	struct yihu_error *err;
};

static int fetch_tile(void *context, const struct yihu_tile *t)
{
	struct tile_fetch *x = context;
	char path[YIHU_TILE_PATH_BYTES];
	bool there;
	yihu_tile_path(path, t);
	char *name = yihu_printf("log/%s", path);
	int r = fetch(x->client, x->folder, name, &there, x->err);
	if (r == 0 && !there)
		r = yihu_fail(x->err, YIHU_EMISSING, _("%s: the daemon does not have it"), name);
	free(name);
	return r;
}

/* The size that a checkpoint claims; the audit verifies it later. */
static bool claimed_size(const struct yihu_buf *note, uint64_t *size)
{
	struct yihu_lines lines = yihu_lines(note->data, note->len);
	struct yihu_span line;
	bool origin = yihu_lines_next(&lines, &line);
	return origin && yihu_lines_next(&lines, &line) && yihu_decimal(size, line, UINT32_MAX);
}

static int fetch_log(struct http_client *c, struct yihu_public *p, struct yihu_error *err)
{
	bool there = false;
	uint64_t size;
	int r = fetch(c, p, "log/at-close", &there, err);
	if (r == 0)
		r = fetch(c, p, "log/checkpoint", &there, err);
	if (r != 0 || !there)
		return r;
	if (!claimed_size(yihu_public_get(p, "log/checkpoint"), &size))
		return yihu_fail(err, YIHU_ECHECKPOINT,
				 _("log/checkpoint: its second line is no size"));
	struct tile_fetch x = {.client = c, .folder = p, .err = err};
	return yihu_tiles_each(size, fetch_tile, &x);
}

static int fetch_each(struct http_client *c, struct yihu_public *p, const char *const *names,
		      size_t n, struct yihu_error *err)
{
	bool there;
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = fetch(c, p, names[i], &there, err);
	return r;
}

/* The folder grows while we read: what is written last is fetched first, so
 * that whatever came has all that it stands on. */
static int fetch_all(struct http_client *c, struct yihu_public *p, struct yihu_error *err)
{
	static const char *const last[] = {"results", "results.json", "results.pb", "cancelled"};
	static const char *const first[] = {"register", "charter", "election.pb"};
	bool there;
	int r = fetch_each(c, p, last, sizeof last / sizeof *last, err);
	if (r == 0)
		r = fetch_numbered(c, p, "open/%u", true, err);
	if (r == 0)
		r = fetch_numbered(c, p, "mix/%u", false, err);
	if (r == 0)
		r = fetch(c, p, "box", &there, err);
	if (r == 0)
		r = fetch_log(c, p, err);
	return r == 0 ? fetch_each(c, p, first, sizeof first / sizeof *first, err) : r;
}

int remote_public(struct http_client *c, struct yihu_public **out, struct yihu_error *err)
{
	struct yihu_public *p = yihu_public_new();
	int r = fetch_all(c, p, err);
	if (r == 0)
		*out = p;
	else
		yihu_public_free(p);
	return r;
}

int remote_put(struct http_client *c, const char *name, const void *bytes, size_t len,
	       struct yihu_error *err)
{
	struct http_answer a = {0};
	char *path = yihu_printf("/api/public/%s", name);
	int r = http_post(c, path, bytes, len, &a, err);
	if (r == 0 && a.status / 100 != 2)
		r = http_refusal(&a, err);
	http_answer_finish(&a);
	free(path);
	return r;
}

static int index_of_answer(const struct http_answer *a, uint64_t *index, struct yihu_error *err)
{
	json_t *j =
		json_loadb((const char *)a->body.data, a->body.len, JSON_REJECT_DUPLICATES, NULL);
	json_t *at = json_object_get(j, "index");
	int r = 0;
	if (json_is_integer(at) && json_integer_value(at) >= 0)
		*index = (uint64_t)json_integer_value(at);
	else
		r = yihu_fail(err, YIHU_ENET, _("the daemon's answer has no index"));
	json_decref(j);
	return r;
}

int remote_append(struct http_client *c, char type, const void *body, size_t len, uint64_t *index,
		  struct yihu_error *err)
{
	struct http_answer a = {0};
	struct yihu_buf message = {0};
	yihu_buf_u8(&message, (uint8_t)type);
	yihu_buf_put(&message, body, len);
	int r = http_post(c, "/api/entry", message.data, message.len, &a, err);
	if (r == 0)
		r = a.status / 100 == 2 ? index_of_answer(&a, index, err) : http_refusal(&a, err);
	http_answer_finish(&a);
	yihu_buf_free(&message);
	return r;
}
