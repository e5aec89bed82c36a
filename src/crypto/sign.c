/* SPDX-License-Identifier: Apache-2.0
 *
 * Ed25519. libsodium's verification is the protocol's rule: it refuses s ≥ ℓ,
 * keys that are not canonical or of small order, R of small order, and
 * compares R by its bytes.
 */
#include <sodium.h>
#include <yihu/sign.h>

void yihu_keypair_from_seed(struct yihu_keypair *kp, const uint8_t seed[static YIHU_SEED_BYTES])
{
	crypto_sign_seed_keypair(kp->pk, kp->sk, seed);
}

void yihu_keypair_random(struct yihu_keypair *kp)
{
	crypto_sign_keypair(kp->pk, kp->sk);
}

void yihu_keypair_wipe(struct yihu_keypair *kp)
{
	sodium_memzero(kp, sizeof *kp);
}

bool yihu_pubkey_valid(const uint8_t pk[static YIHU_PUBKEY_BYTES])
{
	return crypto_core_ed25519_is_valid_point(pk) == 1;
}

void yihu_sign(uint8_t sig[static YIHU_SIGNATURE_BYTES], const struct yihu_keypair *kp,
	       const void *message, size_t len)
{
	crypto_sign_detached(sig, NULL, message, len, kp->sk);
}

bool yihu_verify(const uint8_t sig[static YIHU_SIGNATURE_BYTES],
		 const uint8_t pk[static YIHU_PUBKEY_BYTES], const void *message, size_t len)
{
	return crypto_sign_verify_detached(sig, message, len, pk) == 0;
}
