/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof of work: what a daemon asks for while it is overloaded, before it looks
 * at a ballot that it knows nothing of (countd/API.md). Who sends it looks for a
 * counter c for which
 *
 *	SHA-256("yihu/work/v1" ‖ nonce ‖ SHA-256(ballot) ‖ be64 c)
 *
 * begins with as many zero bits as are asked for: 2^bits tries in the middle.
 * Nothing here is secret, and nothing of it is kept in the log.
 */
#ifndef YIHU_PROOF_OF_WORK_H
#define YIHU_PROOF_OF_WORK_H

#include <stdbool.h>
#include <yihu/text.h>

#define WORK_NONCE_BYTES 16
/* Nobody does more for a daemon: a phone would be at it for half a minute. */
#define WORK_BITS_MAX 20
/* The header that a ballot brings its work in: NONCE-C, 32 hex digits and a decimal. */
#define WORK_HEADER "Yihu-Work"

struct work_ask {
	uint8_t nonce[WORK_NONCE_BYTES];
	unsigned bits; /* 0..WORK_BITS_MAX */
};

/* Is c the work that was asked for, of this ballot? */
bool work_done(const struct work_ask *ask, const void *ballot, size_t len, uint64_t c);
/* The smallest such c. */
uint64_t work_do(const struct work_ask *ask, const void *ballot, size_t len);

/* Appends what the header says of it. */
void work_write(struct yihu_buf *out, const struct work_ask *ask, uint64_t c);
/* Reads it; false for any other spelling. ask->bits is the reader's own to set. */
bool work_read(struct work_ask *ask, uint64_t *c, struct yihu_span value);

#endif
