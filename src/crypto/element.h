/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs of points and scalars in the files of mixers and openers. The reader's
 * length was checked before, so these never run short.
 */
#ifndef YIHU_CRYPTO_ELEMENT_H
#define YIHU_CRYPTO_ELEMENT_H

#include <yihu/bytes.h>
#include <yihu/elgamal.h>
#include <yihu/error.h>

/* `name` is the protocol's letter for the run, for the error. */
struct yihu_points_part {
	const char *name;
	struct yihu_point *to;
	uint64_t n;
};
struct yihu_scalars_part {
	const char *name;
	struct yihu_scalar *to;
	uint64_t n;
};
/* Reads a run into part->to. YIHU_EPOINT and YIHU_ESCALAR name the first value
 * that is not canonical. */
int yihu_read_points(struct yihu_reader *r, const struct yihu_points_part *part,
		     struct yihu_error *err);
int yihu_read_scalars(struct yihu_reader *r, const struct yihu_scalars_part *part,
		      struct yihu_error *err);
/* n ballots of w words; the error names ballot and word. */
int yihu_read_ciphertexts(struct yihu_reader *r, struct yihu_ciphertext *list, uint64_t n,
			  uint32_t w, struct yihu_error *err);

#endif
