/* SPDX-License-Identifier: Apache-2.0
 *
 * What making and verifying an opening share: its file's bytes.
 */
#ifndef YIHU_CRYPTO_OPENING_FILE_H
#define YIHU_CRYPTO_OPENING_FILE_H

#include <yihu/opening.h>

/* An opening with its array in place; freed by yihu_opening_free. */
struct yihu_opening *yihu_opening_new(uint64_t n, uint32_t w);
/* Appends the file without its signature. */
void yihu_opening_write(struct yihu_buf *out, const struct yihu_opening *o);
/* Appends what the holder signs: M("open-file"; eid, SHA-512 of the file so far). */
void yihu_opening_message(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
			  const uint8_t digest[static 64]);
/* Is that, of a file with this digest, signed by pk? */
bool yihu_opening_signature_ok(const uint8_t eid[static YIHU_EID_BYTES],
			       const uint8_t digest[static 64],
			       const uint8_t signature[static YIHU_SIGNATURE_BYTES],
			       const uint8_t pk[static YIHU_PUBKEY_BYTES]);

#endif
