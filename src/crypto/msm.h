/* SPDX-License-Identifier: Apache-2.0
 *
 * Sums of many products, Σ s_i·p_i, of decoded public elements.
 *
 * Nothing here is constant time: not one of the scalars or points may be
 * secret or tell of a secret. Private to src/crypto.
 */
#ifndef YIHU_CRYPTO_MSM_H
#define YIHU_CRYPTO_MSM_H

#include "edwards25519.h"

/* From so many terms on, sums use all cores. A ballot's proof stays below, so
 * that the daemon's verifiers make no threads. */
#define YIHU_MSM_PARALLEL 1024

/* Σ s_i·p_i; n may be 0. Short scalars, and those just below q, cost less. */
struct ed_point yihu_msm_elements(size_t n, const struct yihu_scalar *s,
				  const struct ed_element *p);

/* Points that were read strictly, or that we made, decoded: out[i] is
 * p[i·stride], counted in points. On all cores when there are many. */
void yihu_decode_all(struct ed_element *out, const struct yihu_point *p, size_t stride, size_t n);

#endif
