/* SPDX-License-Identifier: Apache-2.0
 *
 * ElGamal encryption of words, and the caster's proof (PROTOCOL §6).
 */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/elgamal.h>

#include "msm.h"
#include "weight.h"

static_assert(sizeof(struct yihu_ciphertext) == 2 * sizeof(struct yihu_point),
	      "a list of ciphertexts is hashed as it lies in memory");

struct yihu_ciphertext yihu_encrypt(struct yihu_point y, uint64_t m, struct yihu_scalar r)
{
	struct yihu_point shared = yihu_point_mul(r, y);
	struct yihu_ciphertext c = {
		.a = yihu_point_base(r),
		.b = yihu_point_add(yihu_point_base(yihu_scalar_u64(m)), shared),
	};
	sodium_memzero(&shared, sizeof shared);
	return c;
}

struct yihu_ciphertext yihu_reencrypt(struct yihu_point y, struct yihu_ciphertext c,
				      struct yihu_scalar rho)
{
	return (struct yihu_ciphertext){
		.a = yihu_point_add(c.a, yihu_point_base(rho)),
		.b = yihu_point_add(c.b, yihu_point_mul(rho, y)),
	};
}

static struct yihu_scalar challenge(const uint8_t eid[static YIHU_EID_BYTES], uint32_t serial,
				    const uint8_t pk[static 32], size_t w,
				    const struct yihu_ciphertext *words,
				    const struct yihu_point *commitments)
{
	uint8_t who[4 + 32];
	yihu_store_be32(who, serial);
	memcpy(who + 4, pk, 32);

	struct yihu_frame f;
	yihu_frame_init(&f, "ballot-proof");
	yihu_frame_item(&f, eid, YIHU_EID_BYTES);
	yihu_frame_item(&f, who, sizeof who);
	yihu_frame_item(&f, words, w * sizeof *words);
	yihu_frame_item(&f, commitments, w * sizeof *commitments);
	return yihu_frame_scalar(&f);
}

void yihu_ballot_prove(const uint8_t eid[static YIHU_EID_BYTES], uint32_t serial,
		       const uint8_t pk[static 32], size_t w, const struct yihu_ciphertext *words,
		       const struct yihu_scalar *r, const struct yihu_scalar *k,
		       struct yihu_point *commitments, struct yihu_scalar *responses)
{
	assert(w <= YIHU_WIDTH_MAX);
	for (size_t j = 0; j < w; j++)
		commitments[j] = yihu_point_base(k[j]);
	struct yihu_scalar c = challenge(eid, serial, pk, w, words, commitments);
	for (size_t j = 0; j < w; j++)
		responses[j] = yihu_scalar_add(k[j], yihu_scalar_mul(c, r[j]));
}

/* The w equations as one, each times a weight of its own that the maker of the
 * ballot could not foresee: Σ z_j·K_j + Σ z_j·c·A_j − (Σ z_j·s_j)·G = 0. */
bool yihu_ballot_proof_ok(const uint8_t eid[static YIHU_EID_BYTES], uint32_t serial,
			  const uint8_t pk[static 32], size_t w,
			  const struct yihu_ciphertext *words, const struct yihu_point *commitments,
			  const struct yihu_scalar *responses)
{
	assert(w >= 1 && w <= YIHU_WIDTH_MAX);
	struct yihu_scalar c = challenge(eid, serial, pk, w, words, commitments);
	struct yihu_scalar response = yihu_scalar_u64(0);
	struct yihu_scalar *factors = yihu_calloc(2 * w + 1, sizeof *factors);
	struct ed_element *elements = yihu_calloc(2 * w + 1, sizeof *elements);
	for (size_t j = 0; j < w; j++) {
		struct yihu_scalar z = w == 1 ? yihu_scalar_u64(1) : yihu_weight();
		response = yihu_scalar_add(response, yihu_scalar_mul(z, responses[j]));
		factors[j] = z;
		factors[w + j] = yihu_scalar_mul(z, c);
	}
	factors[2 * w] = yihu_scalar_neg(response);
	yihu_decode_all(elements, commitments, 1, w);
	yihu_decode_all(elements + w, &words->a, 2, w);
	elements[2 * w] = ed_generator;
	struct ed_point sum = yihu_msm_elements(2 * w + 1, factors, elements);
	free(elements);
	free(factors);
	return ed_equal(&sum, &ed_identity);
}
