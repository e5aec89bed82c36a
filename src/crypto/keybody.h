/* SPDX-License-Identifier: Apache-2.0
 *
 * The body of a key file: the bytes that are sealed.
 *
 *   seed(32), and for a trustee: be32 index, be32 n, be32 t,
 *   polynomial? t × scalar(32), share? scalar(32), S? (64), eid? (32),
 *   box? be32 length and its text, retired(1)
 *
 * where "x?" is a byte 1 and then x, or a byte 0. For every role items follow,
 * tag(1) ‖ be32 length ‖ bytes, tags ascending (PROTOCOL §15, §18); a state
 * that needs none has none.
 */
#ifndef YIHU_CRYPTO_KEYBODY_H
#define YIHU_CRYPTO_KEYBODY_H

#include <yihu/keyfile.h>

/* Appends the body of kf as its fields are. SECRET. */
void yihu_keybody_write(struct yihu_buf *out, const struct yihu_keyfile *kf);

/* Fills kf, whose role and vkey are known. YIHU_EFORMAT when the body is not
 * exactly what keybody_write makes for some state, or its seed is not vkey's;
 * YIHU_EVERSION when all is well but for an item of a tag that is not known. */
int yihu_keybody_read(struct yihu_keyfile *kf, const struct yihu_buf *body);

#endif
