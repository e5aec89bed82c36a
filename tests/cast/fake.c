/* SPDX-License-Identifier: Apache-2.0
 *
 * A daemon on loopback that does as it is told.
 */
#include "fake.h"

#include <arpa/inet.h>
#include <assert.h>
#include <jansson.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A leaf before the ballots, as O is, and one more behind the entry at hand. */
static const char first_leaf[] = "first", last_leaf[] = "last";

static struct yihu_tree *tree_of(const struct fake *f, const struct yihu_buf *entry)
{
	struct yihu_tree *t = yihu_tree_new();
	yihu_tree_append(t, yihu_leaf_hash(first_leaf, strlen(first_leaf)));
	for (size_t i = 0; i < f->n_entries; i++)
		yihu_tree_append(t, yihu_leaf_hash(f->entries[i].data, f->entries[i].len));
	if (entry)
		yihu_tree_append(t, yihu_leaf_hash(entry->data, entry->len));
	yihu_tree_append(t, yihu_leaf_hash(last_leaf, strlen(last_leaf)));
	return t;
}

static void sign_tree(const struct fake *f, const struct yihu_tree *t, struct yihu_buf *note,
		      enum deed deed)
{
	struct yihu_vkey key = f->fixture->election->charter->log;
	struct yihu_checkpoint c = {.size = yihu_tree_size(t)};
	const struct yihu_keypair *kp = &f->fixture->log;
	c.root = yihu_tree_root(t, c.size);
	if (deed == OTHER_TREE)
		c.root.bytes[0] ^= 1;
	char *name = yihu_printf(deed == OTHER_ORIGIN ? "%sx" : "%s", key.name);
	if (deed == OTHER_LOG_KEY)
		kp = &f->fixture->issuer;
	assert(yihu_vkey_make(&key, name, kp->pk, NULL) == 0);
	free(name);
	yihu_checkpoint_sign(note, &key, &c, kp);
	if (deed == BROKEN_SIGNATURE) {
		uint8_t *sign = &note->data[note->len - 20];
		*sign = *sign == 'A' ? 'B' : 'A';
	}
}

/* The receipt of entry at `index`, in the tree with `extra` appended. */
static void put_receipt(const struct fake *f, struct yihu_buf *out, const struct yihu_buf *entry,
			uint64_t index, const struct yihu_buf *extra, enum deed deed)
{
	struct yihu_tree *t = tree_of(f, extra);
	struct yihu_buf note = {0};
	sign_tree(f, t, &note, deed);
	yihu_receipt_make(out, entry->data, entry->len, index, t, yihu_tree_size(t), note.data,
			  note.len);
	yihu_buf_free(&note);
	yihu_tree_free(t);
}

static void put_answer(struct yihu_buf *out, uint64_t index, const struct yihu_buf *receipt)
{
	json_t *j = json_pack("{s:s, s:I, s:s, s:s, s:s%}", "status", "recorded", "index",
			      (json_int_t)index, "time", "2025-12-01T00:00:00Z", "code",
			      "0000-0000-0000-0000", "receipt", (const char *)receipt->data,
			      receipt->len);
	char *text = json_dumps(j, 0);
	yihu_buf_str(out, text);
	free(text);
	json_decref(j);
}

static void answer_entry(const struct fake *f, struct yihu_buf *out, size_t i)
{
	struct yihu_buf receipt = {0};
	put_receipt(f, &receipt, &f->entries[i], i + 1, NULL, HONEST);
	put_answer(out, i + 1, &receipt);
	yihu_buf_free(&receipt);
}

void fake_record(struct fake *f, const struct yihu_buf *ballot)
{
	assert(f->n_entries < FAKE_ENTRIES_MAX);
	yihu_entry_put(&f->entries[f->n_entries], YIHU_ENTRY_BALLOT, FIXTURE_OPENS + f->n_entries,
		       ballot->data, ballot->len);
	f->n_entries++;
}

static uint32_t serial_of(const struct yihu_buf *entry)
{
	return yihu_load_be32(entry->data + YIHU_ENTRY_HEAD_BYTES + 1);
}

static long find(const struct fake *f, uint32_t serial)
{
	for (size_t i = 0; i < f->n_entries; i++)
		if (serial_of(&f->entries[i]) == serial)
			return (long)i;
	return -1;
}

static unsigned put_refusal(struct yihu_buf *out, unsigned status, int code)
{
	yihu_buf_fmt(out, "{\"error\": \"%s\", \"message\": \"refused: %s\"}", yihu_code_slug(code),
		     yihu_code_slug(code));
	return status;
}

static unsigned ask(struct fake *f, struct yihu_buf *out, unsigned bits)
{
	f->asked.nonce[0]++;
	f->asked.bits = bits;
	yihu_buf_str(out, "{\"error\": \"work\", \"message\": \"\", \"work\": {\"nonce\": \"");
	yihu_hex(out, f->asked.nonce, sizeof f->asked.nonce);
	yihu_buf_fmt(out, "\", \"bits\": %u}}", bits);
	return 503;
}

static unsigned honest(struct fake *f, struct yihu_buf *out, const struct yihu_buf *ballot)
{
	long at = find(f, yihu_load_be32(ballot->data + 1));
	const struct yihu_buf *there = at >= 0 ? &f->entries[at] : NULL;
	bool same = there && there->len == YIHU_ENTRY_HEAD_BYTES + ballot->len &&
		    memcmp(there->data + YIHU_ENTRY_HEAD_BYTES, ballot->data, ballot->len) == 0;
	if (there && !same)
		return put_refusal(out, 409, YIHU_EVOTED);
	if (!there)
		fake_record(f, ballot);
	answer_entry(f, out, there ? (size_t)at : f->n_entries - 1);
	return there ? 200 : 201;
}

/* The entry that a forged receipt is for. */
static void forged_entry(struct yihu_buf *out, const struct yihu_buf *ballot, enum deed deed)
{
	uint64_t time = deed == BEFORE_POLL  ? FIXTURE_OPENS - 1
			: deed == AFTER_POLL ? FIXTURE_CLOSES
					     : FIXTURE_OPENS;
	yihu_entry_put(out, YIHU_ENTRY_BALLOT, time, ballot->data, ballot->len);
	if (deed == OTHER_TYPE)
		out->data[0] = 'R';
	if (deed == OTHER_BYTES)
		out->data[out->len - 1] ^= 1;
	if (deed == LONGER_BYTES)
		yihu_buf_u8(out, 0);
}

static unsigned forged(struct fake *f, struct yihu_buf *out, const struct yihu_buf *ballot,
		       enum deed deed)
{
	struct yihu_buf entry = {0}, receipt = {0};
	uint64_t index = f->n_entries + 1;
	forged_entry(&entry, ballot, deed);
	if (deed == OTHER_ENTRY)
		put_receipt(f, &receipt, &f->entries[0], 1, NULL, deed);
	else
		put_receipt(f, &receipt, &entry, index, &entry, deed);
	if (deed == WRONG_INDEX) {
		char *at = strstr((char *)receipt.data, "\nindex ");
		at[7] = at[7] == '1' ? '2' : '1';
	}
	if (deed == CUT_RECEIPT)
		receipt.len--;
	put_answer(out, index, &receipt);
	yihu_buf_free(&entry);
	yihu_buf_free(&receipt);
	return 201;
}

/* The status; 0: cut the connection. */
static unsigned take_ballot(struct fake *f, struct yihu_buf *out, const struct yihu_buf *ballot)
{
	enum deed deed = f->at < f->n_script ? f->script[f->at++] : HONEST;
	struct yihu_buf unsaid = {0};
	switch (deed) {
	case HONEST:
		return honest(f, out, ballot);
	case BUSY:
		return put_refusal(out, 503, YIHU_EBUSY);
	case ASK:
		return ask(f, out, 10);
	case ASK_TOO_MUCH:
		return ask(f, out, WORK_BITS_MAX + 1);
	case RECORD_BUSY:
	case CUT:
	case NO_RECEIPT:
		honest(f, &unsaid, ballot);
		yihu_buf_free(&unsaid);
		if (deed == CUT)
			return 0;
		if (deed == RECORD_BUSY)
			return put_refusal(out, 503, YIHU_EUNKNOWN);
		yihu_buf_str(out, "{\"status\": \"recorded\", \"index\": 1}");
		return 201;
	case CUT_BEFORE:
		return 0;
	case BAD_GATEWAY:
		yihu_buf_str(out, "<html>bad gateway</html>");
		return 502;
	case PORTAL_REFUSES:
	case PORTAL_TAKES:
		yihu_buf_str(out, "<html>log in first</html>");
		return deed == PORTAL_TAKES ? 200 : 403;
	case REFUSE_OVER:
		return put_refusal(out, 403, YIHU_EOVER);
	case REFUSE_FORM:
		return put_refusal(out, 400, YIHU_EFORMAT);
	case REFUSE_VOTED:
		return put_refusal(out, 409, YIHU_EVOTED);
	default:
		return forged(f, out, ballot, deed);
	}
}

static unsigned give_credential(const struct fake *f, struct yihu_buf *out, uint32_t serial)
{
	struct yihu_credential c = fixture_credential(f->fixture, serial);
	c.pk[0] ^= f->other_pk;
	c.signature[0] ^= f->other_signature;
	yihu_buf_str(out, "{\"pk\": \"");
	yihu_base64(out, c.pk, sizeof c.pk);
	yihu_buf_str(out, "\", \"signature\": \"");
	yihu_base64(out, c.signature, sizeof c.signature);
	yihu_buf_str(out, "\"}");
	return 200;
}

static unsigned give_serial(const struct fake *f, struct yihu_buf *out, uint32_t serial)
{
	long at = f->lies_about_serial ? 0 : find(f, serial);
	if (at >= 0)
		answer_entry(f, out, (size_t)at);
	else
		yihu_buf_fmt(out, "{\"status\": \"not-recorded\", \"voided\": %s}",
			     f->voided ? "true" : "false");
	return 200;
}

static unsigned get(struct fake *f, struct yihu_buf *out, const char *path)
{
	unsigned serial;
	if (f->starting > 0 && f->starting--)
		return put_refusal(out, 503, YIHU_EBUSY);
	if (strcmp(path, "/charter") == 0)
		yihu_buf_put(out, f->charter.data, f->charter.len);
	else if (strcmp(path, "/election.pb") == 0)
		yihu_buf_put(out, f->definition.data, f->definition.len);
	else if (sscanf(path, "/api/credential/%u", &serial) == 1)
		return give_credential(f, out, serial);
	else if (sscanf(path, "/api/serial/%u", &serial) == 1)
		return give_serial(f, out, serial);
	else
		return put_refusal(out, 404, YIHU_ENOENT);
	return 200;
}

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status,
			     struct yihu_buf *body)
{
	struct MHD_Response *r =
		MHD_create_response_from_buffer(body->len, body->data, MHD_RESPMEM_MUST_COPY);
	if (status == 503)
		MHD_add_response_header(r, "Retry-After", "1");
	enum MHD_Result result = MHD_queue_response(connection, status, r);
	MHD_destroy_response(r);
	return result;
}

static void note_work(struct fake *f, const char *header, const struct yihu_buf *body)
{
	struct work_ask ask = {.bits = f->asked.bits};
	uint64_t c;
	if (!header)
		return;
	f->works++;
	f->works_right += work_read(&ask, &c, yihu_span(header)) &&
			  memcmp(ask.nonce, f->asked.nonce, sizeof ask.nonce) == 0 &&
			  work_done(&ask, body->data, body->len, c);
}

static void note_post(struct fake *f, const struct yihu_buf *body)
{
	if (f->posts++ == 0)
		yihu_buf_put(&f->first, body->data, body->len);
	yihu_buf_reset(&f->last);
	yihu_buf_put(&f->last, body->data, body->len);
}

static enum MHD_Result take_request(void *cls, struct MHD_Connection *connection, const char *path,
				    const char *method, const char *version, const char *data,
				    size_t *data_len, void **request)
{
	struct fake *f = cls;
	struct yihu_buf *body = *request, out = {0};
	bool post = strcmp(method, "POST") == 0;
	unsigned status;
	(void)version;
	if (!body) {
		*request = yihu_calloc(1, sizeof *body);
		return MHD_YES;
	}
	if (*data_len > 0) {
		yihu_buf_put(body, data, *data_len);
		*data_len = 0;
		return MHD_YES;
	}
	pthread_mutex_lock(&f->lock);
	f->gets += !post;
	if (post)
		note_post(f, body);
	if (post)
		note_work(f, MHD_lookup_connection_value(connection, MHD_HEADER_KIND, WORK_HEADER),
			  body);
	status = post ? take_ballot(f, &out, body) : get(f, &out, path);
	pthread_mutex_unlock(&f->lock);
	enum MHD_Result result = status ? reply(connection, status, &out) : MHD_NO;
	yihu_buf_free(&out);
	return result;
}

static void completed(void *cls, struct MHD_Connection *connection, void **request,
		      enum MHD_RequestTerminationCode why)
{
	(void)cls;
	(void)connection;
	(void)why;
	if (*request)
		yihu_buf_free(*request);
	free(*request);
}

struct fake *fake_new(const struct fixture_options *o)
{
	struct fake *f = yihu_calloc(1, sizeof *f);
	f->fixture = fixture_new(o);
	yihu_buf_put(&f->charter, f->fixture->charter.data, f->fixture->charter.len);
	yihu_buf_put(&f->definition, f->fixture->definition.data, f->fixture->definition.len);
	pthread_mutex_init(&f->lock, NULL);
	struct sockaddr_in loopback = {.sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	f->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, take_request,
				     f, MHD_OPTION_SOCK_ADDR, &loopback,
				     MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_END);
	assert_non_null(f->daemon);
	f->url = yihu_printf("http://127.0.0.1:%u",
			     MHD_get_daemon_info(f->daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	return f;
}

void fake_free(struct fake *f)
{
	MHD_stop_daemon(f->daemon);
	for (size_t i = 0; i < f->n_entries; i++)
		yihu_buf_free(&f->entries[i]);
	yihu_buf_free(&f->charter);
	yihu_buf_free(&f->definition);
	yihu_buf_free(&f->first);
	yihu_buf_free(&f->last);
	pthread_mutex_destroy(&f->lock);
	fixture_free(f->fixture);
	free(f->url);
	free(f);
}

void fake_script(struct fake *f, const enum deed *deeds, size_t n)
{
	assert_true(n <= FAKE_DEEDS_MAX);
	if (n > 0)
		memcpy(f->script, deeds, n * sizeof *deeds);
	f->n_script = n;
	f->at = 0;
}
