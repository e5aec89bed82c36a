/* SPDX-License-Identifier: Apache-2.0
 *
 * The entry that calls an election off, as bytes (PROTOCOL §7.1).
 */
#include <assert.h>
#include <yihu/cancel.h>

#define HEAD_BYTES (8 + YIHU_SIGNATURE_BYTES)

/* M("cancel"; eid, be64 size, root, reason) */
static void message(struct yihu_buf *m, const uint8_t eid[static YIHU_EID_BYTES], uint64_t size,
		    const uint8_t root[static 32], struct yihu_span reason)
{
	uint8_t be[8];
	yihu_store_be64(be, size);
	yihu_message_label(m, "cancel");
	yihu_message_item(m, eid, YIHU_EID_BYTES);
	yihu_message_item(m, be, sizeof be);
	yihu_message_item(m, root, 32);
	yihu_message_item(m, reason.p, reason.len);
}

void yihu_cancel_body(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES], uint64_t size,
		      const uint8_t root[static 32], struct yihu_span reason,
		      const struct yihu_keypair *issuer)
{
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	struct yihu_buf m = {0};
	message(&m, eid, size, root, reason);
	yihu_sign(signature, issuer, m.data, m.len);
	yihu_buf_be64(out, size);
	yihu_buf_put(out, signature, sizeof signature);
	yihu_buf_put(out, reason.p, reason.len);
	yihu_buf_free(&m);
}

bool yihu_cancel_signed(const struct yihu_cancel *c, const uint8_t eid[static YIHU_EID_BYTES],
			const uint8_t root[static 32],
			const uint8_t issuer_pk[static YIHU_PUBKEY_BYTES])
{
	struct yihu_buf m = {0};
	message(&m, eid, c->size, root, c->reason);
	bool ok = yihu_verify(c->issuer_signature, issuer_pk, m.data, m.len);
	yihu_buf_free(&m);
	return ok;
}

int yihu_cancel_parse(struct yihu_cancel *out, const void *body, size_t len, struct yihu_error *err)
{
	if (len <= HEAD_BYTES || len > HEAD_BYTES + YIHU_REASON_BYTES_MAX)
		return yihu_fail(err, YIHU_EENTRY,
				 _("a cancellation holds %d to %d bytes, but this one holds %zu"),
				 HEAD_BYTES + 1, HEAD_BYTES + YIHU_REASON_BYTES_MAX, len);
	struct yihu_reader r = yihu_reader(body, len);
	struct yihu_cancel c;
	c.size = yihu_read_be64(&r);
	yihu_read_into(&r, c.issuer_signature, sizeof c.issuer_signature);
	assert(!r.bad);
	c.reason = (struct yihu_span){.p = (const char *)r.p, .len = r.left};
	*out = c;
	return 0;
}
