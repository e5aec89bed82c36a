/* SPDX-License-Identifier: Apache-2.0
 *
 * Ballots and entries that look right and are not, against load_election.
 */
#ifndef YIHU_BENCH_PAYLOADS_H
#define YIHU_BENCH_PAYLOADS_H

#include <yihu/bytes.h>

#define PAYLOADS 64 /* of each kind */

enum payload {
	PAYLOAD_BAD_PROOF,     /* an own letter's key and vote signature, a false proof */
	PAYLOAD_BAD_SIGNATURE, /* a letter's key and token signature, which are public */
	PAYLOAD_FOREIGN,       /* a stranger's key under a serial that has not voted */
	PAYLOAD_VOTED,         /* the same under one that has */
	PAYLOAD_ENTRY,         /* 169 bytes that look like an R entry */
	PAYLOAD_UPLOAD,        /* one byte, as the public file box */
	PAYLOAD_SCAN,          /* questions for letters, codes, tiles, and paths of nothing */
	N_PAYLOADS
};
/* Who is who among the letters of load_election. */
struct letters_used {
	uint32_t voted, n_voted;   /* from this serial on, so many have voted */
	uint32_t honest, n_honest; /* will vote in earnest: their serials are known to all */
	uint32_t own, n_own;       /* the attacker's own letters */
};
/* Whole requests over HTTP; the caller frees each of the PAYLOADS. */
void payloads_make(struct yihu_buf *out, enum payload kind, const struct letters_used *l);

#endif
