/* SPDX-License-Identifier: Apache-2.0
 *
 * Ed25519 by the strict rule, against what lenient verifiers let through.
 */
#include "vectors.h"

#include <sodium.h>
#include <yihu/sign.h>

/* The points of order 1, 2, 4, 4, 8, 8, 8, 8. */
static const char *const small_order[] = {
	"0100000000000000000000000000000000000000000000000000000000000000",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0000000000000000000000000000000000000000000000000000000000000080",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
};

/* y of p, p+1 and 2^255−1, with both signs: encodings that are not canonical. */
static const char *const not_canonical[] = {
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
};

/* k of the equation: SHA-512(R ‖ A ‖ M) mod ℓ. */
static void challenge(uint8_t k[static 32], const uint8_t *R, const uint8_t *A, const void *m,
		      size_t len)
{
	crypto_hash_sha512_state state;
	uint8_t hash[64];
	crypto_hash_sha512_init(&state);
	crypto_hash_sha512_update(&state, R, 32);
	crypto_hash_sha512_update(&state, A, 32);
	crypto_hash_sha512_update(&state, m, len);
	crypto_hash_sha512_final(&state, hash);
	crypto_core_ed25519_scalar_reduce(k, hash);
}

/* RFC 8032, section 7.1, TEST 1 and 2. */
TEST(the_rfc_answers)
{
	static const struct {
		const char *seed, *pk, *message, *sig;
		size_t len;
	} rows[] = {
		{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		 "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
		 "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
		 "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
		 0},
		{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		 "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "\x72",
		 "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
		 "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
		 1},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct yihu_keypair kp;
		uint8_t seed[32], sig[64];
		unhex(seed, sizeof seed, rows[i].seed);
		yihu_keypair_from_seed(&kp, seed);
		assert_hex(kp.pk, sizeof kp.pk, rows[i].pk);
		yihu_sign(sig, &kp, rows[i].message, rows[i].len);
		assert_hex(sig, sizeof sig, rows[i].sig);
		assert_true(yihu_verify(sig, kp.pk, rows[i].message, rows[i].len));
	}
}

TEST(every_flipped_bit_is_refused)
{
	struct yihu_keypair kp;
	uint8_t sig[64], message[20] = "a vote of household";
	yihu_keypair_random(&kp);
	yihu_sign(sig, &kp, message, sizeof message);
	assert_true(yihu_verify(sig, kp.pk, message, sizeof message));
	for (size_t bit = 0; bit < 8 * sizeof sig; bit++) {
		sig[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(yihu_verify(sig, kp.pk, message, sizeof message));
		sig[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < 8 * sizeof message; bit++) {
		message[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(yihu_verify(sig, kp.pk, message, sizeof message));
		message[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < 256; bit++) {
		kp.pk[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(yihu_verify(sig, kp.pk, message, sizeof message));
		kp.pk[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_false(yihu_verify(sig, kp.pk, message, sizeof message - 1));
	yihu_keypair_wipe(&kp);
	assert_true(sodium_is_zero(kp.sk, sizeof kp.sk) == 1);
}

/* s and s + ℓ satisfy the same equation: only one of them is a signature. */
TEST(s_plus_the_order_is_refused)
{
	struct yihu_keypair kp;
	uint8_t sig[64], order[32];
	unhex(order, sizeof order,
	      "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
	yihu_keypair_random(&kp);
	yihu_sign(sig, &kp, "m", 1);
	for (int times = 1; times <= 7; times++) {
		sodium_add(sig + 32, order, sizeof order);
		assert_false(yihu_verify(sig, kp.pk, "m", 1));
	}
}

/* R = s·B verifies under a key T of small order whenever k·T is the identity:
 * anybody can make such a signature, over a message of their choice. */
TEST(keys_of_small_order_are_refused)
{
	for (size_t i = 0; i < COUNT(small_order); i++) {
		uint8_t pk[32], sig[64], s[32], k[32];
		uint32_t message = 0;
		unhex(pk, sizeof pk, small_order[i]);
		assert_false(yihu_pubkey_valid(pk));
		crypto_core_ed25519_scalar_random(s);
		assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(sig, s), 0);
		memcpy(sig + 32, s, sizeof s);
		do {
			message++;
			challenge(k, sig, pk, &message, sizeof message);
		} while (k[0] % 8 != 0);
		assert_false(yihu_verify(sig, pk, &message, sizeof message));
	}
}

TEST(keys_that_are_not_canonical_are_refused)
{
	for (size_t i = 0; i < COUNT(not_canonical); i++) {
		uint8_t pk[32], sig[64];
		struct yihu_keypair kp;
		unhex(pk, sizeof pk, not_canonical[i]);
		yihu_keypair_random(&kp);
		yihu_sign(sig, &kp, "m", 1);
		assert_false(yihu_pubkey_valid(pk));
		assert_false(yihu_verify(sig, pk, "m", 1));
	}
}

/* The scalar a of a seed: SHA-512, clamped, reduced. */
static void secret_scalar(uint8_t a[static 32], const struct yihu_keypair *kp)
{
	uint8_t hash[64], wide[64] = {0};
	crypto_hash_sha512(hash, kp->sk, 32);
	memcpy(wide, hash, 32);
	wide[0] &= 248;
	wide[31] = (uint8_t)((wide[31] & 127) | 64);
	crypto_core_ed25519_scalar_reduce(a, wide);
}

/* With R the identity and s = k·a the equation holds; so it does for R in a
 * second spelling as far as the points go. The rule refuses both. */
TEST(R_of_small_order_or_not_canonical_is_refused)
{
	struct yihu_keypair kp;
	uint8_t a[32], k[32], sig[64];
	yihu_keypair_random(&kp);
	secret_scalar(a, &kp);
	const char *const identities[] = {small_order[0], not_canonical[2], not_canonical[3]};
	for (size_t i = 0; i < COUNT(identities); i++) {
		unhex(sig, 32, identities[i]);
		challenge(k, sig, kp.pk, "m", 1);
		crypto_core_ed25519_scalar_mul(sig + 32, k, a);
		assert_false(yihu_verify(sig, kp.pk, "m", 1));
	}
	/* The same making with an honest R is a signature. */
	uint8_t r[32];
	crypto_core_ed25519_scalar_random(r);
	assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(sig, r), 0);
	challenge(k, sig, kp.pk, "m", 1);
	crypto_core_ed25519_scalar_mul(sig + 32, k, a);
	crypto_core_ed25519_scalar_add(sig + 32, sig + 32, r);
	assert_true(yihu_verify(sig, kp.pk, "m", 1));
}

/* R + T with T of order 2 passes where the equation is multiplied by 8. */
TEST(torsion_in_R_is_refused)
{
	struct yihu_keypair kp;
	uint8_t a[32], r[32], k[32], T[32], sig[64];
	yihu_keypair_random(&kp);
	secret_scalar(a, &kp);
	unhex(T, sizeof T, small_order[1]);
	crypto_core_ed25519_scalar_random(r);
	assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(sig, r), 0);
	assert_int_equal(crypto_core_ed25519_add(sig, sig, T), 0);
	challenge(k, sig, kp.pk, "m", 1);
	crypto_core_ed25519_scalar_mul(sig + 32, k, a);
	crypto_core_ed25519_scalar_add(sig + 32, sig + 32, r);
	assert_false(yihu_verify(sig, kp.pk, "m", 1));
}

/* A + T is no small point, so a signature can verify under it; charter,
 * register and R entries do not take it. */
TEST(keys_with_torsion_are_not_valid)
{
	for (size_t i = 1; i < COUNT(small_order); i++) {
		struct yihu_keypair kp;
		uint8_t T[32], mixed[32];
		yihu_keypair_random(&kp);
		unhex(T, sizeof T, small_order[i]);
		assert_true(yihu_pubkey_valid(kp.pk));
		assert_int_equal(crypto_core_ed25519_add(mixed, kp.pk, T), 0);
		assert_false(yihu_pubkey_valid(mixed));
	}
}

static void write_file(const char *folder, const char *name, const void *data, size_t len)
{
	char *path = yihu_path(folder, name);
	assert_int_equal(yihu_file_write(path, data, len, 0600, NULL), YIHU_OK);
	free(path);
}

static int run(const char *folder, const char *command)
{
	char *line = yihu_printf("cd %s && %s >/dev/null 2>&1", folder, command);
	int status = system(line);
	free(line);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* Another implementation, from the formats of RFC 8410. */
static void openssl_agrees(void **state)
{
	static const uint8_t spki[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
				       0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
	static const uint8_t pkcs8[] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
					0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
	static const char verify[] = "openssl pkeyutl -verify -pubin -keyform DER -inkey pk "
				     "-rawin -in message -sigfile sig";
	struct yihu_keypair kp;
	struct yihu_buf der = {0};
	uint8_t sig[64];
	if (run(*state, "openssl version") != 0) {
		print_message("# openssl is not here: its check was skipped\n");
		skip();
	}
	yihu_keypair_random(&kp);
	yihu_sign(sig, &kp, "message", 7);
	yihu_buf_put(&der, spki, sizeof spki);
	yihu_buf_put(&der, kp.pk, sizeof kp.pk);
	write_file(*state, "pk", der.data, der.len);
	write_file(*state, "message", "message", 7);
	write_file(*state, "sig", sig, sizeof sig);
	assert_int_equal(run(*state, verify), 0);
	write_file(*state, "message", "massage", 7);
	assert_int_not_equal(run(*state, verify), 0);

	yihu_buf_reset(&der);
	yihu_buf_put(&der, pkcs8, sizeof pkcs8);
	yihu_buf_put(&der, kp.sk, 32);
	write_file(*state, "sk", der.data, der.len);
	yihu_buf_reset(&der);
	assert_int_equal(run(*state, "openssl pkeyutl -sign -keyform DER -inkey sk "
				     "-rawin -in message -out theirs"),
			 0);
	char *path = yihu_path(*state, "theirs");
	assert_int_equal(yihu_file_read(path, 64, &der, NULL), YIHU_OK);
	assert_int_equal(der.len, 64);
	assert_true(yihu_verify(der.data, kp.pk, "massage", 7));
	assert_false(yihu_verify(der.data, kp.pk, "message", 7));
	yihu_buf_free(&der);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rfc_answers),
		cmocka_unit_test(every_flipped_bit_is_refused),
		cmocka_unit_test(s_plus_the_order_is_refused),
		cmocka_unit_test(keys_of_small_order_are_refused),
		cmocka_unit_test(keys_that_are_not_canonical_are_refused),
		cmocka_unit_test(R_of_small_order_or_not_canonical_is_refused),
		cmocka_unit_test(torsion_in_R_is_refused),
		cmocka_unit_test(keys_with_torsion_are_not_valid),
		cmocka_unit_test_setup_teardown(openssl_agrees, folder_make, folder_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
