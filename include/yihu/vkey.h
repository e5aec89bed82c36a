/* SPDX-License-Identifier: Apache-2.0
 *
 * Verifier keys of signed notes: `name+<8 hex>+base64(0x01 ‖ pk)`, in the
 * narrow form of PROTOCOL §1.
 */
#ifndef YIHU_VKEY_H
#define YIHU_VKEY_H

#include <yihu/api.h>
#include <yihu/error.h>
#include <yihu/sign.h>
#include <yihu/text.h>

YIHU_API_BEGIN

#define YIHU_NAME_MAX 200 /* bytes of UTF-8 in a key's name */

struct yihu_vkey {
	char name[YIHU_NAME_MAX + 1];
	uint8_t pk[YIHU_PUBKEY_BYTES];
	uint8_t id[4]; /* SHA-256(name ‖ 0x0A ‖ 0x01 ‖ pk), first 4 bytes */
};
/* A name holds no white space (Unicode's too), no control, no '+', and is
 * valid UTF-8 of 1 to YIHU_NAME_MAX bytes. */
bool yihu_name_valid(struct yihu_span name);
/* The verifier key of this name and pk. YIHU_EFORMAT: no such name;
 * YIHU_EPUBKEY: yihu_pubkey_valid refuses pk. */
int yihu_vkey_make(struct yihu_vkey *out, const char *name,
		   const uint8_t pk[YIHU_AT_LEAST(YIHU_PUBKEY_BYTES)], struct yihu_error *err);
/* Reads one, and checks that its id is that of name and key. The same codes. */
int yihu_vkey_parse(struct yihu_vkey *out, struct yihu_span text, struct yihu_error *err);
/* Appends it, as yihu_vkey_parse reads it. */
void yihu_vkey_text(struct yihu_buf *out, const struct yihu_vkey *key);
bool yihu_vkey_same(const struct yihu_vkey *a, const struct yihu_vkey *b); /* name and key */

YIHU_API_END

#endif
