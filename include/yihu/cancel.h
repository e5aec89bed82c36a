/* SPDX-License-Identifier: Apache-2.0
 *
 * Calling an election off (PROTOCOL §7.1 and §7.4): a log entry while there is
 * a log that can take one, else the public note `cancelled`. Both are the
 * issuer's word, with a reason that everybody reads.
 */
#ifndef YIHU_CANCEL_H
#define YIHU_CANCEL_H

#include <yihu/api.h>
#include <yihu/checkpoint.h>

YIHU_API_BEGIN

/* ---- the reason ---- */

#define YIHU_REASON_BYTES_MAX 1000
/* 1 to 1000 bytes of UTF-8 in one line, without controls and without signs that
 * cannot be seen or turn the writing around, no space at either end; else
 * YIHU_EREASON. */
int yihu_reason_check(struct yihu_span reason, struct yihu_error *err);

/* ---- the entry X ---- */

struct yihu_cancel {
	uint64_t size;
	uint8_t issuer_signature[YIHU_SIGNATURE_BYTES]; /* M("cancel"; eid, be64 size, root,
							 * reason) */
	struct yihu_span reason;                        /* borrows the body */
};
/* A body to be sent; the daemon puts type and time before it. */
void yihu_cancel_body(struct yihu_buf *out, const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
		      uint64_t size, const uint8_t root[YIHU_AT_LEAST(32)], struct yihu_span reason,
		      const struct yihu_keypair *issuer);
/* Length only; the ledger asks yihu_reason_check in its turn. */
int yihu_cancel_parse(struct yihu_cancel *out, const void *body, size_t len,
		      struct yihu_error *err);
/* Did the issuer sign this? root is the log's at c->size. */
bool yihu_cancel_signed(const struct yihu_cancel *c,
			const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			const uint8_t root[YIHU_AT_LEAST(32)],
			const uint8_t issuer_pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)]);

/* ---- the note `cancelled` ---- */

#define YIHU_CANCELLED_NOTE_BYTES_MAX (8u << 10)

struct yihu_cancelled_note {
	bool has_log;               /* false: no log was ever opened */
	struct yihu_checkpoint log; /* with has_log: as it was published last */
	struct yihu_span reason;    /* borrows the bytes */
};
/* Appends the signed note. The reason has passed yihu_reason_check; issuer is
 * the charter's, and kp its key pair. */
void yihu_cancelled_note_sign(struct yihu_buf *out,
			      const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			      const struct yihu_cancelled_note *n, const struct yihu_vkey *issuer,
			      const struct yihu_keypair *kp);
/* Form, eid, reason, and the signature of the charter's issuer alone. */
int yihu_cancelled_note_parse(struct yihu_cancelled_note *out, const void *bytes, size_t len,
			      const struct yihu_charter *c, struct yihu_error *err);

YIHU_API_END

#endif
