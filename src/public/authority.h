/* SPDX-License-Identifier: Apache-2.0
 *
 * By whose authority a large file comes, said before its bytes: the header
 * Yihu-Authority of POST /api/public/NAME (src/countd/API.md). It is made of
 * signatures that the file, or the note over it, bears already, so whoever
 * brings the file needs no key.
 */
#ifndef YIHU_PUBLIC_AUTHORITY_H
#define YIHU_PUBLIC_AUTHORITY_H

#include <yihu/charter.h>
#include <yihu/hash.h>
#include <yihu/names.h>

#define PUBLIC_AUTHORITY_HEADER "Yihu-Authority"

struct public_authority {
	uint32_t who;                            /* as yihu_public_signed_by says it */
	uint8_t hash[YIHU_HASH_BYTES];           /* that the bytes must have */
	uint8_t signature[YIHU_SIGNATURE_BYTES]; /* of a mix or an opening: its last bytes */
};

/* Does a file of this kind come with one? Mixes and openings, by their holder;
 * results.pb and results.json, by the note `results`. */
bool public_authority_needed(enum yihu_public_kind kind);
/* Appends the header's value for these bytes; nothing where none is needed, or
 * where they cannot be such a file. note: `results`, for its two bodies (else NULL). */
void public_authority_make(struct yihu_buf *out, enum yihu_public_kind kind, const void *bytes,
			   size_t len, const struct yihu_buf *note);
/* Reads and verifies a value (NULL: there was none) against the charter's keys:
 * YIHU_ESIGNATURE, YIHU_EFORMAT, or what the reader of the note says. */
int public_authority_read(struct public_authority *out, enum yihu_public_kind kind,
			  const char *value, const struct yihu_charter *c, struct yihu_error *err);
/* Are these the bytes that it was given for? */
bool public_authority_covers(const struct public_authority *a, enum yihu_public_kind kind,
			     const void *bytes, size_t len);

#endif
