/* SPDX-License-Identifier: Apache-2.0
 *
 * Weights for checking many equations as one random linear combination
 * (PROTOCOL §1): where one of them fails, the combination holds with
 * probability 2^-128, over weights drawn after the equations were fixed.
 */
#ifndef YIHU_CRYPTO_WEIGHT_H
#define YIHU_CRYPTO_WEIGHT_H

#include <sodium.h>
#include <yihu/group.h>

static inline struct yihu_scalar yihu_weight(void)
{
	struct yihu_scalar z = {{0}};
	randombytes_buf(z.bytes, 16);
	return z;
}

#endif
