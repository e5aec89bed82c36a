/* SPDX-License-Identifier: Apache-2.0
 *
 * The charter: what is fixed before any letter is printed (PROTOCOL §4), the
 * election id and its short print.
 */
#ifndef YIHU_CHARTER_H
#define YIHU_CHARTER_H

#include <yihu/definition.h>
#include <yihu/hash.h>
#include <yihu/threshold.h>

#define YIHU_CHARTER_BYTES_MAX (256u << 10)
#define YIHU_SHORT_PRINT_BYTES 30 /* XXXX-XXXX-XXXX-XXXX-XXXX-XXXX and NUL */

struct yihu_charter {
	char *origin;
	uint8_t definition_hash[32]; /* SHA-256 of election.pb */
	uint32_t households;         /* N */
	uint8_t roll_hash[32];
	uint32_t max_additions, max_replacements;
	uint32_t min_box;
	uint64_t opens, closes;
	struct yihu_vkey issuer, log;
	uint32_t t, n, q;
	struct yihu_holder holders[YIHU_HOLDERS_MAX]; /* [i−1] is holder i */
	struct yihu_point y;
	struct yihu_point share_keys[YIHU_HOLDERS_MAX]; /* X_{i} at [i−1], recomputed */
	uint8_t eid[YIHU_EID_BYTES];
	char *text; /* the note's text with its last LF */
};

/* Writes the text from the fields (y is computed from the holders). */
void yihu_charter_text(struct yihu_buf *out, const struct yihu_charter *c);

/* Reads text and checks all that §3 and §4 ask of it: form, times, numbers,
 * distinct keys and names, every holder's proof, Y. No signatures. */
int yihu_charter_parse_text(struct yihu_charter **out, const void *text, size_t len, struct yihu_error *err);
/* The same, and exactly the signatures of issuer and holders 1..n. */
int yihu_charter_parse(struct yihu_charter **out, const void *bytes, size_t len, struct yihu_error *err);
/* ceremony/charter: the text with the issuer's signature alone. */
int yihu_charter_parse_draft(struct yihu_charter **out, const void *bytes, size_t len, struct yihu_error *err);
void yihu_charter_free(struct yihu_charter *c);

/* eid = H32("charter"; text). Short print: its first 120 bits, 6 groups of 4. */
void yihu_charter_eid(uint8_t eid[static YIHU_EID_BYTES], const void *text, size_t len);
void yihu_short_print(char out[static YIHU_SHORT_PRINT_BYTES], const uint8_t eid[static YIHU_EID_BYTES]);
/* Reads 64 hex digits, or a short print (then only the first 15 bytes are
 * known: *bits says 256 or 120). */
bool yihu_eid_read(uint8_t eid[static YIHU_EID_BYTES], unsigned *bits, const char *text);

/* The verifier keys that sign charter (issuer, holders 1..n): out has n+1. */
void yihu_charter_signers(const struct yihu_charter *c, struct yihu_vkey *out);
/* A schema-less origin for a URL and a name: "vote.example.org/jishan-2025". */
bool yihu_origin_valid(const char *origin);

#endif
