/* SPDX-License-Identifier: Apache-2.0
 *
 * The charter: what is fixed before any letter is printed (PROTOCOL §4), the
 * election id and its short print.
 */
#ifndef YIHU_CHARTER_H
#define YIHU_CHARTER_H

#include <yihu/api.h>
#include <yihu/definition.h>
#include <yihu/hash.h>
#include <yihu/threshold.h>

YIHU_API_BEGIN

#define YIHU_CHARTER_BYTES_MAX (256u << 10)
#define YIHU_WITHDRAWALS_MAX 9    /* the most that a charter can allow */
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
	uint32_t max_withdrawals; /* of projects; 0: no line of it, and none */
	struct yihu_point share_keys[YIHU_HOLDERS_MAX]; /* X_{i} at [i−1], recomputed */
	uint8_t eid[YIHU_EID_BYTES];
	char *text; /* the note's text with its last LF */
};

/* Writes the text from the fields (y is computed from the holders). */
void yihu_charter_text(struct yihu_buf *out, const struct yihu_charter *c);

/* Reads the charter and checks all that §3 and §4 ask of it, and exactly the
 * signatures of issuer and holders 1..n (YIHU_ESIGNERS, YIHU_ESIGNATURE). Errors
 * name the line: YIHU_ECHARTER form and order, YIHU_EFORMAT (text, keys, trustee
 * lines), YIHU_EVERSION, YIHU_ETRAILING,
 * YIHU_EORIGIN (also when the log key's name is another), YIHU_EHOUSEHOLD (N not in
 * 1..YIHU_HOUSEHOLDS_MAX), YIHU_EMINBOX, YIHU_ETIME, YIHU_ETHRESHOLD, YIHU_EPUBKEY,
 * YIHU_EKEYS, YIHU_EPOINT, YIHU_ESCALAR, YIHU_EIDENTITY, YIHU_EPROOF, YIHU_EKEY (Y is
 * not the sum). */
int yihu_charter_parse(struct yihu_charter **out, const void *bytes, size_t len,
		       struct yihu_error *err);
/* ceremony/charter: the text with the issuer's signature alone. */
int yihu_charter_parse_draft(struct yihu_charter **out, const void *bytes, size_t len,
			     struct yihu_error *err);
/* NULL is fine. */
void yihu_charter_free(struct yihu_charter *c);

/* eid = H32("charter"; text). Short print: its first 120 bits, 6 groups of 4. */
void yihu_charter_eid(uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], const void *text, size_t len);
void yihu_short_print(char out[YIHU_AT_LEAST(YIHU_SHORT_PRINT_BYTES)],
		      const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)]);
/* Reads 64 hex digits, or a short print (then only the first 15 bytes are
 * known, the others zero: *bits says 256 or 120). From people: case, spaces and
 * hyphens do not matter. */
bool yihu_eid_read(uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)], unsigned *bits, const char *text);

/* The verifier keys that sign charter (issuer, holders 1..n): out has n+1. */
void yihu_charter_signers(const struct yihu_charter *c, struct yihu_vkey *out);
/* Text that deceives (PROTOCOL §2.4): YIHU_ELOOKS when a name has a sign that
 * nobody sees, or when two of the n + 2 names look alike. */
int yihu_charter_check_looks(const struct yihu_charter *c, struct yihu_error *err);

/* A schema-less URL that can be a key's name: "vote.example.org/jishan-2025".
 * A host in lower case (with a port, if any), then path segments of RFC 3986
 * without '+', none empty, "." or ".."; no query or fragment. */
bool yihu_origin_valid(const char *origin);
/* RFC 2606: a name that no network resolves, the host of elections without a server. */
#define YIHU_DESK_HOST "desk.invalid"

/* ---- for auditors ---- */

/* As yihu_charter_parse of the text alone, without signatures: before anybody has
 * signed it. */
int yihu_charter_parse_text(struct yihu_charter **out, const void *text, size_t len,
			    struct yihu_error *err);

YIHU_API_END

#endif
