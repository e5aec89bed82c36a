/* SPDX-License-Identifier: Apache-2.0
 *
 * Folder or daemon: whoever has the box.
 */
#include "client/reach.h"
#include "client/remote.h"
#include "fetch/elsewhere.h"
#include "fetch/fetch.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

struct yihu_reach {
	const struct yihu_folder *folder;
	struct http_client *client; /* the daemon's; NULL when the folder is ours */
	struct yihu_box *box;       /* ours; NULL when reading public files alone */
	bool handed_over;           /* the client's URL is box/url: box/public mirrors it */
};

static int open_remote(struct yihu_reach *r, const char *url, struct yihu_error *err)
{
	return http_client_new(&r->client, url, err);
}

/* box/url is written by handover and outlives everything; box/address only
 * counts while somebody holds the box's lock. */
static int open_handed_over(struct yihu_reach *r, bool *done, struct yihu_error *err)
{
	char *url = yihu_box_moved_to(r->folder->box);
	*done = url != NULL;
	int rc = url ? open_remote(r, url, err) : 0;
	r->handed_over = rc == 0 && url;
	free(url);
	return rc;
}

static int open_running_daemon(struct yihu_reach *r, struct yihu_error *err)
{
	char *url = yihu_box_last_address(r->folder->box);
	if (!url)
		return yihu_fail(err, YIHU_ELOCKED,
				 _("%s: another program has the box; try again when it has ended"),
				 r->folder->box);
	int rc = open_remote(r, url, err);
	free(url);
	return rc;
}

static int open_own_box(struct yihu_reach *r, struct yihu_error *err)
{
	int rc = yihu_box_open(&r->box, r->folder->box, yihu_clock(), err);
	return rc == YIHU_ELOCKED ? open_running_daemon(r, err) : rc;
}

/* A daemon that has the box must take what we put, so that it can refuse. */
static int open_own_files(struct yihu_reach *r, struct yihu_error *err)
{
	bool taken = false;
	int code = folder_has(r->folder, F_BOX_LOCK)
			   ? yihu_box_is_taken(r->folder->box, &taken, err)
			   : 0;
	return code == 0 && taken ? open_running_daemon(r, err) : code;
}

static int reach_open(struct yihu_reach **out, const struct yihu_folder *f, const char *url,
		      int (*open_own)(struct yihu_reach *, struct yihu_error *),
		      struct yihu_error *err)
{
	struct yihu_reach *r = yihu_calloc(1, sizeof *r);
	bool done = url != NULL;
	r->folder = f;
	int rc = url ? open_remote(r, url, err) : open_handed_over(r, &done, err);
	if (rc == 0 && !done)
		rc = open_own(r, err);
	if (rc == 0)
		*out = r;
	else
		yihu_reach_close(r);
	return rc;
}

int yihu_reach_open(struct yihu_reach **out, const struct yihu_folder *f, const char *url,
		    struct yihu_error *err)
{
	return reach_open(out, f, url, open_own_box, err);
}

int yihu_reach_open_public(struct yihu_reach **out, const struct yihu_folder *f, const char *url,
			   struct yihu_error *err)
{
	return reach_open(out, f, url, open_own_files, err);
}

int yihu_reach_open_files(struct yihu_reach **out, const struct yihu_folder *f, const char *url,
			  struct yihu_error *err)
{
	(void)url;
	(void)err;
	*out = yihu_calloc(1, sizeof **out);
	(*out)->folder = f;
	return 0;
}

void yihu_reach_close(struct yihu_reach *r)
{
	if (!r)
		return;
	http_client_free(r->client);
	yihu_box_close(r->box);
	free(r);
}

const char *yihu_reach_place(const struct yihu_reach *r)
{
	return r->client ? http_client_url(r->client) : r->folder->pub;
}

static int read_own(struct yihu_reach *r, struct yihu_public **out, struct yihu_error *err)
{
	int rc = r->box ? yihu_box_export(r->box, err) : 0;
	return rc == 0 ? yihu_public_read(out, r->folder->pub, err) : rc;
}

/* Of the election that our own folder is of, when it has its charter. */
static int fetch_remote(struct yihu_reach *r, struct yihu_public **out, struct yihu_error *err)
{
	uint8_t eid[YIHU_EID_BYTES];
	bool known = yihu_folder_eid(eid, r->folder, NULL) == 0;
	const struct fetch_options o = {.eid = known ? eid : NULL};
	return fetch_public(r->client, &o, out, err);
}

int yihu_reach_public(struct yihu_reach *r, struct yihu_public **out, struct yihu_error *err)
{
	int rc = r->client ? fetch_remote(r, out, err) : read_own(r, out, err);
	if (rc == 0)
		yihu_public_forget_unfinished(*out);
	return rc;
}

bool yihu_reach_mirrors(const struct yihu_reach *r)
{
	return r->handed_over;
}

int yihu_reach_known(const struct yihu_reach *r, struct yihu_buf *checkpoint,
		     struct yihu_error *err)
{
	return r->handed_over ? mirror_checkpoint(checkpoint, r->folder->pub, err) : 0;
}

int yihu_reach_keep(const struct yihu_reach *r, const struct yihu_public *p, struct yihu_error *err)
{
	struct yihu_buf known = {0};
	int rc = yihu_reach_known(r, &known, err);
	if (rc == 0 && known.len > 0)
		rc = mirror_refuse_older(&known, p, yihu_reach_place(r), err);
	if (rc == 0 && r->handed_over)
		rc = mirror_write(r->folder->pub, p, err);
	yihu_buf_free(&known);
	return rc;
}

static int append_own(struct yihu_reach *r, enum yihu_entry_type type, const void *body, size_t len,
		      uint64_t *index, struct yihu_error *err)
{
	struct yihu_submission s = {
		.type = type, .body = body, .body_len = len, .verified = YIHU_VERIFY_NOW};
	uint64_t now;
	int rc = yihu_box_clock(r->box, &now, err);
	if (rc == 0)
		rc = yihu_box_commit(r->box, &s, 1, now, err);
	if (rc == 0 && s.code != 0)
		rc = yihu_fail(err, s.code, "%s", s.err.text);
	if (rc == 0)
		*index = s.index;
	return rc;
}

int yihu_reach_append(struct yihu_reach *r, enum yihu_entry_type type, const void *body, size_t len,
		      uint64_t *index, struct yihu_error *err)
{
	if (r->client)
		return remote_append(r->client, (char)type, body, len, index, err);
	if (!r->box)
		return yihu_fail(err, YIHU_ESTATE, _("%s: the box is not open for writing"),
				 r->folder->box);
	return append_own(r, type, body, len, index, err);
}

/* mix/ and open/ appear with their first file. */
static int make_parent(const char *path, struct yihu_error *err)
{
	char *dir = yihu_strndup(path, (size_t)(strrchr(path, '/') - path));
	int r = yihu_dir_make(dir, 0755, err);
	free(dir);
	return r;
}

static bool holds_same(const char *path, const void *bytes, size_t len)
{
	struct yihu_buf there = {0};
	bool same = yihu_file_read(path, len, &there, NULL) == 0 && there.len == len &&
		    memcmp(there.data, bytes, len) == 0;
	yihu_buf_free(&there);
	return same;
}

int yihu_reach_put_under(struct yihu_reach *r, const char *name, const struct yihu_buf *bytes,
			 const struct yihu_buf *note, struct yihu_error *err)
{
	if (r->client)
		return remote_put(r->client, name, bytes->data, bytes->len, note, err);
	return yihu_reach_put(r, name, bytes->data, bytes->len, false, err);
}

int yihu_reach_put(struct yihu_reach *r, const char *name, const void *bytes, size_t len,
		   bool replace, struct yihu_error *err)
{
	if (r->client)
		return remote_put(r->client, name, bytes, len, NULL, err);
	char *path = yihu_path(r->folder->pub, name);
	int rc = make_parent(path, err);
	if (rc == 0 && replace)
		rc = yihu_file_write(path, bytes, len, 0644, err);
	else if (rc == 0 && !holds_same(path, bytes, len))
		rc = yihu_file_create(path, bytes, len, 0644, err);
	free(path);
	return rc;
}

int yihu_reach_end_poll(struct yihu_reach *r, struct yihu_error *err)
{
	uint64_t now;
	if (!r->box)
		return 0;
	int rc = yihu_box_clock(r->box, &now, err);
	return rc == 0 ? yihu_box_end_poll(r->box, now, err) : rc;
}

int yihu_reach_export(struct yihu_reach *r, struct yihu_error *err)
{
	return r->box ? yihu_box_export(r->box, err) : 0;
}
