/* SPDX-License-Identifier: Apache-2.0
 *
 * Log entries as bytes (PROTOCOL §7), and the issuer's signatures in them.
 */
#include <assert.h>
#include <string.h>
#include <yihu/entry.h>

#define OPEN_BYTES (YIHU_EID_BYTES + YIHU_REGISTER_HASH_BYTES)
#define CREDENTIAL_BYTES (YIHU_PUBKEY_BYTES + YIHU_SIGNATURE_BYTES)
#define CHANGE_SIGNED_BYTES (4 + 4 + CREDENTIAL_BYTES)
#define CHANGE_BYTES (CHANGE_SIGNED_BYTES + YIHU_SIGNATURE_BYTES)
#define CLOSE_BYTES (8 + YIHU_SIGNATURE_BYTES)

void yihu_entry_put(struct yihu_buf *out, enum yihu_entry_type type, uint64_t time,
		    const void *body, size_t len)
{
	yihu_buf_u8(out, (uint8_t)type);
	yihu_buf_be64(out, time);
	yihu_buf_put(out, body, len);
}

void yihu_entry_open(struct yihu_buf *out, uint64_t time, const struct yihu_election *e)
{
	uint8_t body[OPEN_BYTES];
	assert(e->reg);
	memcpy(body, e->charter->eid, YIHU_EID_BYTES);
	memcpy(body + YIHU_EID_BYTES, e->reg->file_hash, YIHU_REGISTER_HASH_BYTES);
	yihu_entry_put(out, YIHU_ENTRY_OPEN, time, body, sizeof body);
}

/* M("replace"; eid, the body without its signature) */
static void change_message(struct yihu_buf *m, const uint8_t eid[static YIHU_EID_BYTES],
			   const uint8_t signed_part[static CHANGE_SIGNED_BYTES])
{
	yihu_message_label(m, "replace");
	yihu_message_item(m, eid, YIHU_EID_BYTES);
	yihu_message_item(m, signed_part, CHANGE_SIGNED_BYTES);
}

/* M("close"; eid, be64 size, root) */
static void close_message(struct yihu_buf *m, const uint8_t eid[static YIHU_EID_BYTES],
			  uint64_t size, const uint8_t root[static 32])
{
	uint8_t be[8];
	yihu_store_be64(be, size);
	yihu_message_label(m, "close");
	yihu_message_item(m, eid, YIHU_EID_BYTES);
	yihu_message_item(m, be, sizeof be);
	yihu_message_item(m, root, 32);
}

static void change_signed_part(uint8_t out[static CHANGE_SIGNED_BYTES], const struct yihu_change *c)
{
	yihu_store_be32(out, c->old_serial);
	yihu_store_be32(out + 4, c->new_serial);
	memcpy(out + 8, c->credential.pk, YIHU_PUBKEY_BYTES);
	memcpy(out + 8 + YIHU_PUBKEY_BYTES, c->credential.signature, YIHU_SIGNATURE_BYTES);
}

void yihu_change_body(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
		      uint32_t old_serial, uint32_t new_serial,
		      const struct yihu_credential *credential, const struct yihu_keypair *issuer)
{
	assert((new_serial != 0) == (credential != NULL));
	struct yihu_change c = {.old_serial = old_serial, .new_serial = new_serial};
	uint8_t part[CHANGE_SIGNED_BYTES], signature[YIHU_SIGNATURE_BYTES];
	struct yihu_buf m = {0};
	if (credential)
		c.credential = *credential;
	change_signed_part(part, &c);
	change_message(&m, eid, part);
	yihu_sign(signature, issuer, m.data, m.len);
	yihu_buf_put(out, part, sizeof part);
	yihu_buf_put(out, signature, sizeof signature);
	yihu_buf_free(&m);
}

bool yihu_change_signed(const struct yihu_change *c, const uint8_t eid[static YIHU_EID_BYTES],
			const uint8_t issuer_pk[static YIHU_PUBKEY_BYTES])
{
	uint8_t part[CHANGE_SIGNED_BYTES];
	struct yihu_buf m = {0};
	change_signed_part(part, c);
	change_message(&m, eid, part);
	bool ok = yihu_verify(c->issuer_signature, issuer_pk, m.data, m.len);
	yihu_buf_free(&m);
	return ok;
}

void yihu_close_body(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES], uint64_t size,
		     const uint8_t root[static 32], const struct yihu_keypair *issuer)
{
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	struct yihu_buf m = {0};
	close_message(&m, eid, size, root);
	yihu_sign(signature, issuer, m.data, m.len);
	yihu_buf_be64(out, size);
	yihu_buf_put(out, signature, sizeof signature);
	yihu_buf_free(&m);
}

bool yihu_close_signed(const struct yihu_close *c, const uint8_t eid[static YIHU_EID_BYTES],
		       const uint8_t root[static 32],
		       const uint8_t issuer_pk[static YIHU_PUBKEY_BYTES])
{
	struct yihu_buf m = {0};
	close_message(&m, eid, c->size, root);
	bool ok = yihu_verify(c->issuer_signature, issuer_pk, m.data, m.len);
	yihu_buf_free(&m);
	return ok;
}

static int wrong_length(size_t len, size_t right, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EENTRY,
			 _("a log entry of this kind holds %zu bytes, but this one holds %zu"),
			 right, len);
}

static int change_parse(struct yihu_change *out, const void *body, size_t len,
			struct yihu_error *err)
{
	if (len != CHANGE_BYTES)
		return wrong_length(len, CHANGE_BYTES, err);
	struct yihu_reader r = yihu_reader(body, len);
	struct yihu_change c;
	c.old_serial = yihu_read_be32(&r);
	c.new_serial = yihu_read_be32(&r);
	yihu_read_into(&r, c.credential.pk, sizeof c.credential.pk);
	yihu_read_into(&r, c.credential.signature, sizeof c.credential.signature);
	yihu_read_into(&r, c.issuer_signature, sizeof c.issuer_signature);
	assert(yihu_reader_end(&r));
	*out = c;
	return 0;
}

static int close_parse(struct yihu_close *out, const void *body, size_t len, struct yihu_error *err)
{
	if (len != CLOSE_BYTES)
		return wrong_length(len, CLOSE_BYTES, err);
	struct yihu_reader r = yihu_reader(body, len);
	struct yihu_close c;
	c.size = yihu_read_be64(&r);
	yihu_read_into(&r, c.issuer_signature, sizeof c.issuer_signature);
	assert(yihu_reader_end(&r));
	*out = c;
	return 0;
}

static int open_parse(struct yihu_entry *e, struct yihu_error *err)
{
	if (e->body_len != OPEN_BYTES)
		return wrong_length(e->body_len, OPEN_BYTES, err);
	memcpy(e->u.open.eid, e->body, YIHU_EID_BYTES);
	memcpy(e->u.open.register_hash, e->body + YIHU_EID_BYTES, YIHU_REGISTER_HASH_BYTES);
	return 0;
}

/* Some w from 1 to 255; whether it is the election's is asked elsewhere. */
static int ballot_length(size_t len, struct yihu_error *err)
{
	size_t none = YIHU_BALLOT_BYTES(0), step = YIHU_BALLOT_BYTES(1) - none;
	if (len <= none || len > YIHU_BALLOT_BYTES_MAX || (len - none) % step != 0)
		return yihu_fail(err, YIHU_EENTRY, _("a ballot cannot hold %zu bytes"), len);
	return 0;
}

static int withdrawal_length(size_t len, struct yihu_error *err)
{
	if (len > 0 && len <= YIHU_WITHDRAWAL_BYTES_MAX)
		return 0;
	return yihu_fail(err, YIHU_EENTRY,
			 _("a withdrawal holds 1 to %u bytes, but this one holds %zu"),
			 YIHU_WITHDRAWAL_BYTES_MAX, len);
}

static int body_parse(struct yihu_entry *e, struct yihu_error *err)
{
	switch (e->type) {
	case YIHU_ENTRY_OPEN:
		return open_parse(e, err);
	case YIHU_ENTRY_BALLOT:
		return ballot_length(e->body_len, err);
	case YIHU_ENTRY_CHANGE:
		return change_parse(&e->u.change, e->body, e->body_len, err);
	case YIHU_ENTRY_CLOSE:
		return close_parse(&e->u.close, e->body, e->body_len, err);
	case YIHU_ENTRY_CANCEL:
		return yihu_cancel_parse(&e->u.cancel, e->body, e->body_len, err);
	case YIHU_ENTRY_WITHDRAW:
		return withdrawal_length(e->body_len, err);
	}
	return yihu_fail(err, YIHU_EENTRY,
			 _("the log entry is of a kind that this program does not know"));
}

bool yihu_entry_head(struct yihu_entry_head *out, const void *bytes, size_t len)
{
	struct yihu_reader r = yihu_reader(bytes, len);
	*out = (struct yihu_entry_head){.type = yihu_read_u8(&r)};
	uint64_t time = yihu_read_be64(&r);
	if (r.bad)
		return false;
	out->time = time;
	out->body = r.p;
	out->body_len = r.left;
	return true;
}

int yihu_entry_parse(struct yihu_entry *out, const void *bytes, size_t len, struct yihu_error *err)
{
	struct yihu_entry_head h;
	bool whole = yihu_entry_head(&h, bytes, len);
	struct yihu_entry e = {.type = (enum yihu_entry_type)h.type,
			       .time = h.time,
			       .body = h.body,
			       .body_len = h.body_len};
	if (!whole)
		return yihu_fail(err, YIHU_EENTRY, _("the log entry breaks off after %zu bytes"),
				 len);
	if (e.time > YIHU_TIME_MAX)
		return yihu_fail(err, YIHU_ETIME,
				 _("the log entry's time is beyond any that a log can hold"));
	int rc = body_parse(&e, err);
	if (rc == 0)
		*out = e;
	return rc;
}
