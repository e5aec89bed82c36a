/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls to a daemon, and what they must answer.
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "calls.h"
#include "test.h"

static int start_at(void **state, uint64_t now)
{
	struct daemon *w = yihu_calloc(1, sizeof *w);
	daemon_set_up(w, &(const struct fixture_options){.max_withdrawals = 1}, now);
	daemon_start(w, NULL);
	*state = w;
	return 0;
}

int calls_start(void **state)
{
	return start_at(state, DURING);
}

int calls_start_before(void **state)
{
	return start_at(state, BEFORE);
}

int calls_stop(void **state)
{
	daemon_tear_down(*state);
	free(*state);
	return 0;
}

void restart(struct daemon *w)
{
	daemon_stop(w);
	daemon_start(w, NULL);
}

/* Frees the body; wants this status and slug, gives the answer. */
json_t *post(struct daemon *w, const char *path, struct yihu_buf body, int status, const char *slug)
{
	struct reply r = http_post(w, path, &body);
	yihu_buf_free(&body);
	if (r.status == 0)
		fail_msg("POST %s: no answer", path);
	json_t *j = reply_json(&r);
	if (r.status != status || strcmp(json_text(j, "error"), slug) != 0)
		fail_msg("POST %s: %d %s instead of %d %s: %s", path, r.status,
			 json_text(j, "error"), status, slug, json_text(j, "message"));
	if (status == 503)
		assert_non_null(strstr(r.head, "\r\nRetry-After: "));
	reply_free(&r);
	return j;
}

void post_only(struct daemon *w, const char *path, struct yihu_buf body, int status,
	       const char *slug)
{
	json_decref(post(w, path, body, status, slug));
}

json_t *get(struct daemon *w, const char *path, int status)
{
	struct reply r = http_get(w, path);
	if (r.status != status)
		fail_msg("GET %s: %d instead of %d", path, r.status, status);
	json_t *j = reply_json(&r);
	reply_free(&r);
	return j;
}

struct yihu_buf entry(char type, struct yihu_buf body)
{
	struct yihu_buf out = {0};
	yihu_buf_u8(&out, (uint8_t)type);
	yihu_buf_put(&out, body.data, body.len);
	yihu_buf_free(&body);
	return out;
}

static struct yihu_checkpoint served_checkpoint(struct daemon *w)
{
	struct yihu_checkpoint c;
	struct reply r = http_get(w, "/log/checkpoint");
	assert_int_equal(yihu_checkpoint_parse(&c, r.body.data, r.body.len,
					       &w->f->election->charter->log, NULL),
			 0);
	reply_free(&r);
	return c;
}

struct yihu_buf close_entry(struct daemon *w)
{
	struct yihu_checkpoint c = served_checkpoint(w);
	struct yihu_buf body = {0};
	yihu_close_body(&body, w->f->election->charter->eid, c.size, c.root.bytes, &w->f->issuer);
	return entry('C', body);
}

struct yihu_buf cancel_entry(struct daemon *w, const char *reason)
{
	struct yihu_checkpoint c = served_checkpoint(w);
	struct yihu_buf body = {0};
	yihu_cancel_body(&body, w->f->election->charter->eid, c.size, c.root.bytes,
			 yihu_span(reason), &w->f->issuer);
	return entry('X', body);
}

uint32_t receipt_withdraws(struct daemon *w, const json_t *shown)
{
	struct yihu_receipt receipt;
	struct yihu_entry_head h;
	struct yihu_withdrawal read;
	struct yihu_note note;
	const char *text = json_text(shown, "receipt");
	const struct yihu_charter *c = w->f->election->charter;
	fixture_must(yihu_receipt_parse(&receipt, text, strlen(text), &c->log, NULL), NULL);
	assert_true(yihu_entry_head(&h, receipt.entry, receipt.entry_len));
	assert_int_equal(h.type, YIHU_ENTRY_WITHDRAW);
	fixture_must(yihu_withdrawal_parse(&read, &note, h.body, h.body_len, c, NULL), NULL);
	assert_int_equal(receipt.index, json_integer_value(json_object_get(shown, "entry")));
	yihu_receipt_free(&receipt);
	return read.project;
}

struct yihu_buf copy(const struct yihu_buf *b)
{
	struct yihu_buf out = {0};
	yihu_buf_put(&out, b->data, b->len);
	return out;
}

struct yihu_buf resigned(const struct daemon *w, uint32_t serial, struct yihu_buf b)
{
	const uint8_t *eid = w->f->election->charter->eid;
	struct yihu_token t = fixture_token(w->f, serial);
	struct yihu_keypair kp;
	struct yihu_buf m = {0};
	size_t len = b.len - YIHU_SIGNATURE_BYTES;
	yihu_token_keypair(&kp, eid, &t);
	yihu_message_label(&m, "ballot");
	yihu_message_item(&m, eid, YIHU_EID_BYTES);
	yihu_message_item(&m, b.data, len);
	yihu_sign(b.data + len, &kp, m.data, m.len);
	yihu_buf_free(&m);
	return b;
}
