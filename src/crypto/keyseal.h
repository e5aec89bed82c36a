/* SPDX-License-Identifier: Apache-2.0
 *
 * The seal of an open key file, and files under it: for keyfile.c and what
 * makes copies.
 */
#ifndef YIHU_CRYPTO_KEYSEAL_H
#define YIHU_CRYPTO_KEYSEAL_H

#include "keybody.h"

/* What an open key file needs to be saved and closed. */
struct yihu_keyfile_seal {
	char *path;
	int lock;
	struct yihu_seal with;
};

/* Writes kf, as its fields are, to path; fresh: never over another file. */
int yihu_keyseal_put(const struct yihu_keyfile *kf, const char *path, bool fresh,
		     struct yihu_error *err);
/* The body of the file at path, when it is one of this key under this seal
 * (else YIHU_EKEYS). Secret: freed by yihu_buf_free, which wipes. */
int yihu_keyseal_body(struct yihu_buf *out, const struct yihu_keyfile *kf, const char *path,
		      struct yihu_error *err);

#endif
