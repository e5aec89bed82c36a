/* SPDX-License-Identifier: Apache-2.0
 *
 * Log entries (PROTOCOL §7): type(1) ‖ be64 unix seconds ‖ body.
 */
#ifndef YIHU_ENTRY_H
#define YIHU_ENTRY_H

#include <yihu/api.h>
#include <yihu/ballot.h>
#include <yihu/cancel.h>
#include <yihu/withdraw.h>

YIHU_API_BEGIN

#define YIHU_ENTRY_HEAD_BYTES 9
#define YIHU_ENTRY_BYTES_MAX (YIHU_ENTRY_HEAD_BYTES + YIHU_BALLOT_BYTES_MAX)
#define YIHU_REGISTER_HASH_BYTES 32 /* SHA-256 of the register file */

enum yihu_entry_type {
	YIHU_ENTRY_OPEN = 'O',
	YIHU_ENTRY_BALLOT = 'B',
	YIHU_ENTRY_CHANGE = 'R',
	YIHU_ENTRY_CLOSE = 'C',
	YIHU_ENTRY_CANCEL = 'X',
	YIHU_ENTRY_WITHDRAW = 'W',
};

/* A change: replacement (both), addition (old_serial 0) or void (new_serial 0). */
struct yihu_change {
	uint32_t old_serial, new_serial;
	struct yihu_credential credential; /* of new_serial; zero when it is 0 */
	uint8_t issuer_signature[YIHU_SIGNATURE_BYTES];
};
struct yihu_close {
	uint64_t size;
	uint8_t issuer_signature[YIHU_SIGNATURE_BYTES]; /* M("close"; eid, be64 size, root) */
};

/* An entry taken apart; body borrows from the bytes. For a ballot only the
 * body is given: yihu_ballot_parse reads it; a withdrawal's is a note, which
 * yihu_withdrawal_parse reads. */
struct yihu_entry {
	enum yihu_entry_type type;
	uint64_t time;
	const uint8_t *body;
	size_t body_len;
	union {
		struct {
			uint8_t eid[YIHU_EID_BYTES];
			uint8_t register_hash[YIHU_REGISTER_HASH_BYTES];
		} open;
		struct yihu_change change;
		struct yihu_close close;
		struct yihu_cancel cancel;
	} u;
};
/* Form: known type and exact length (YIHU_EENTRY), time below 2^38 (YIHU_ETIME).
 * A ballot's length is that of some width; yihu_ballot_parse knows which. */
int yihu_entry_parse(struct yihu_entry *out, const void *bytes, size_t len, struct yihu_error *err);

/* The head of an entry by itself; the body is not looked at. type is its first
 * byte, any byte, and 0 where there is none. body borrows from the bytes. */
struct yihu_entry_head {
	uint8_t type;
	uint64_t time;
	const uint8_t *body;
	size_t body_len;
};
/* false: the bytes end within the head; all but the type is zero then. */
bool yihu_entry_head(struct yihu_entry_head *out, const void *bytes, size_t len);

/* Appends the whole O entry. e must have a register. */
void yihu_entry_open(struct yihu_buf *out, uint64_t time, const struct yihu_election *e);
/* A body to be sent; the daemon puts type and time before it. credential is
 * NULL when new_serial is 0. */
void yihu_change_body(struct yihu_buf *out, const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
		      uint32_t old_serial, uint32_t new_serial,
		      const struct yihu_credential *credential, const struct yihu_keypair *issuer);
void yihu_close_body(struct yihu_buf *out, const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
		     uint64_t size, const uint8_t root[YIHU_AT_LEAST(32)],
		     const struct yihu_keypair *issuer);
/* Appends any entry: type ‖ time ‖ body. */
void yihu_entry_put(struct yihu_buf *out, enum yihu_entry_type type, uint64_t time,
		    const void *body, size_t len);
/* Did the issuer sign this? root is the log's at c->size. */
bool yihu_change_signed(const struct yihu_change *c,
			const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			const uint8_t issuer_pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)]);
bool yihu_close_signed(const struct yihu_close *c, const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
		       const uint8_t root[YIHU_AT_LEAST(32)],
		       const uint8_t issuer_pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)]);

YIHU_API_END

#endif
