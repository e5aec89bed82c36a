/* SPDX-License-Identifier: Apache-2.0 */
#include "closing.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/audit.h>

#include "public/authority.h"
#include "test.h"

#define ALL FIXTURE_ALL_HOLDERS

/* By the file that there is of this name, and by the note that there is. */
char *closing_authority(struct closing *x, const char *name)
{
	struct yihu_buf line = {0};
	const struct yihu_buf *file = yihu_public_get(x->files, name);
	if (!file)
		return NULL;
	yihu_buf_str(&line, PUBLIC_AUTHORITY_HEADER ": ");
	size_t none = line.len;
	public_authority_make(&line, yihu_public_name(name).kind, file->data, file->len,
			      yihu_public_get(x->files, "results"));
	if (line.len == none)
		yihu_buf_free(&line);
	else
		yihu_buf_str(&line, "\r\n");
	return (char *)line.data;
}

void closing_post_by(struct closing *x, const char *name, const char *by,
		     const struct yihu_buf *bytes, int status, const char *slug)
{
	char got[64], *path = yihu_printf("/api/public/%s", name), *line = closing_authority(x, by);
	const void *body = yihu_buf_bytes(bytes);
	int code = reply_outcome(http_call_with(&x->w, "POST", path, line, body, bytes->len), got);
	free(line);
	if (code != status || strcmp(got, slug) != 0)
		fail_msg("POST %s: %d %s instead of %d %s", name, code, got, status, slug);
	free(path);
}

void closing_post(struct closing *x, const char *name, const struct yihu_buf *bytes, int status,
		  const char *slug)
{
	closing_post_by(x, name, name, bytes, status, slug);
}

void closing_post_file(struct closing *x, const char *name, int status, const char *slug)
{
	closing_post(x, name, yihu_public_get(x->files, name), status, slug);
}

/* The daemon's entries in a fixture log: the same tree. */
static struct fixture_log *replica(const struct daemon *w)
{
	struct fixture_log *log = fixture_log_new(w->f);
	struct reply r = http_get(w, "/log/tile/entries/000.p/5");
	struct yihu_reader in = yihu_reader(r.body.data, r.body.len);
	struct yihu_error err;
	const uint8_t *entry;
	size_t len;
	assert_int_equal(r.status, 200);
	yihu_ledger_truncate(log->ledger, 0);
	yihu_buf_free(&log->entries[0]);
	log->n = 0;
	while (in.left > 0) {
		assert_true(yihu_bundle_next(&in, &entry, &len));
		fixture_must(fixture_log_put(log, entry, len, &err), &err);
	}
	reply_free(&r);
	return log;
}

void closing_send(const struct closing *x)
{
	const struct yihu_buf *entry = &x->log->entries[5];
	struct yihu_buf body = {0};
	char slug[64];
	yihu_buf_u8(&body, entry->data[0]);
	yihu_buf_put(&body, entry->data + YIHU_ENTRY_HEAD_BYTES,
		     entry->len - YIHU_ENTRY_HEAD_BYTES);
	assert_int_equal(reply_outcome(http_post(&x->w, "/api/entry", &body), slug), 201);
	yihu_buf_free(&body);
}

int closing_start(void **state)
{
	struct closing *x = yihu_calloc(1, sizeof *x);
	char slug[64];
	daemon_set_up(&x->w, &(struct fixture_options){.q = 2}, DURING);
	daemon_start(&x->w, &(struct countd_options){.accept_site = true});
	for (uint32_t i = 1; i <= 4; i++) {
		struct yihu_buf b = boxdir_ballot(x->w.f, i, i);
		assert_int_equal(reply_outcome(http_post(&x->w, "/api/ballot", &b), slug), 201);
		yihu_buf_free(&b);
	}
	x->log = replica(&x->w);
	x->log->time = AFTER;
	fixture_log_close(x->log);
	clock_go(AFTER);
	x->files = fixture_public_new(x->w.f);
	fixture_public_log(x->files, x->log);
	fixture_public_box(x->files, x->log, ALL);
	fixture_public_mix(x->files, x->log, 2);
	fixture_public_mix(x->files, x->log, 3);
	x->files_12 = fixture_public_new(x->w.f);
	fixture_public_box(x->files_12, x->log, 3);
	*state = x;
	return 0;
}

int closing_stop(void **state)
{
	struct closing *x = *state;
	yihu_public_free(x->files);
	yihu_public_free(x->files_12);
	fixture_log_free(x->log);
	daemon_tear_down(&x->w);
	free(x);
	return 0;
}

void closing_open(struct closing *x)
{
	fixture_public_open(x->files, x->log, 1);
	fixture_public_open(x->files, x->log, 3);
}

void closing_results(struct closing *x)
{
	struct yihu_audit_options o = {.eid_bits = 256};
	memcpy(o.eid, x->w.f->election->charter->eid, sizeof o.eid);
	struct yihu_audit *a = yihu_audit_run(x->files, &o);
	struct yihu_error err;
	fixture_must(yihu_audit_verdict(a, &err), &err);
	struct yihu_buf pb = a->results_pb, json = a->results_json, pb_copy = {0}, json_copy = {0};
	yihu_buf_put(&pb_copy, pb.data, pb.len);
	yihu_buf_put(&json_copy, json.data, json.len);
	yihu_audit_free(a);
	fixture_public_results(x->files, x->w.f, &pb_copy, &json_copy, ALL);
	yihu_buf_free(&pb_copy);
	yihu_buf_free(&json_copy);
}
