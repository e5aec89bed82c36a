/* SPDX-License-Identifier: Apache-2.0
 *
 * Our own arithmetic for public values against others': the field against GMP,
 * points, elements of a hash and sums of products against libsodium.
 */
#include <assert.h>
#include <gmp.h>
#include <sodium.h>
#include <string.h>

#include "crypto/msm.h"
#include "fuzz.h"

#define TERMS_MAX 12
#define LOOSE_MASK ((UINT64_C(1) << 54) - 1)
#define TIGHT_END ((UINT64_C(1) << 51) + (UINT64_C(1) << 18))

/* Any loose limbs, those at the very bounds more often than by chance. */
static struct fe read_fe(struct yihu_reader *r)
{
	struct fe a;
	uint8_t extremes = yihu_read_u8(r);
	for (size_t i = 0; i < 5; i++)
		a.v[i] = extremes >> i & 1 ? LOOSE_MASK : yihu_read_be64(r) & LOOSE_MASK;
	return a;
}

static void value_of(mpz_t out, struct fe a)
{
	mpz_set_ui(out, 0);
	for (size_t i = 5; i-- > 0;) {
		mpz_mul_2exp(out, out, FE_LIMB_BITS);
		mpz_add_ui(out, out, a.v[i]);
	}
}

static void expect(struct fe got, mpz_t wanted, const mpz_t p)
{
	uint8_t bytes[32] = {0}, sure[32];
	mpz_t value;
	mpz_init(value);
	for (size_t i = 0; i < 5; i++)
		assert(got.v[i] < TIGHT_END);
	value_of(value, got);
	assert(mpz_congruent_p(value, wanted, p));
	mpz_mod(wanted, wanted, p);
	mpz_export(bytes, NULL, -1, 1, 0, 0, wanted);
	fe_to_bytes(sure, got);
	assert(memcmp(bytes, sure, sizeof sure) == 0);
	mpz_clear(value);
}

static void check_field(struct yihu_reader *r)
{
	struct fe a = read_fe(r), b = read_fe(r);
	mpz_t p, x, y, z;
	mpz_inits(p, x, y, z, NULL);
	mpz_ui_pow_ui(p, 2, 255);
	mpz_sub_ui(p, p, 19);
	value_of(x, a);
	value_of(y, b);
	mpz_mul(z, x, y);
	expect(fe_mul(a, b), z, p);
	mpz_mul(z, x, x);
	expect(fe_sq(a), z, p);
	struct fe inverse = a, room;
	fe_invert_all(&inverse, &room, 1);
	if (!mpz_invert(z, x, p))
		mpz_set_ui(z, 0);
	expect(inverse, z, p);
	mpz_clears(p, x, y, z, NULL);
}

/* Bytes as they come: canonical for both or for neither. */
static void check_decoding(struct yihu_reader *r)
{
	struct yihu_point p, again;
	struct ed_element e;
	struct ed_point at = ed_identity;
	yihu_read_into(r, p.bytes, sizeof p.bytes);
	bool ok = ed_decode(&e, &p);
	assert(ok == yihu_point_valid(&p));
	/* libsodium ignores bit 255. */
	assert(ok == (p.bytes[31] < 0x80 && crypto_core_ristretto255_is_valid_point(p.bytes) == 1));
	if (!ok)
		return;
	ed_add_element(&at, &e);
	again = ed_encode(&at);
	assert(yihu_point_equal(&p, &again));
	assert(ed_is_element(&at, &e));
	ed_sub_element(&at, &e);
	assert(ed_equal(&at, &ed_identity));
}

static struct yihu_point read_point(struct yihu_reader *r)
{
	uint8_t hash[64];
	struct yihu_point p, ours;
	yihu_read_into(r, hash, sizeof hash);
	crypto_core_ristretto255_from_hash(p.bytes, hash);
	struct ed_point e = ed_from_hash(hash);
	ours = ed_encode(&e);
	assert(yihu_point_equal(&p, &ours));
	return p;
}

/* Below q; short ones, and negatives of short ones, more often than by chance. */
static struct yihu_scalar read_scalar(struct yihu_reader *r)
{
	uint8_t wide[64] = {0};
	struct yihu_scalar s;
	uint8_t shape = yihu_read_u8(r);
	yihu_read_into(r, wide, shape & 1 ? 8 : 32);
	crypto_core_ristretto255_scalar_reduce(s.bytes, wide);
	return shape & 2 ? yihu_scalar_neg(s) : s;
}

static void check_sum(struct yihu_reader *r)
{
	size_t n = yihu_read_u8(r) % (TERMS_MAX + 1);
	struct yihu_scalar s[TERMS_MAX];
	struct yihu_point p[TERMS_MAX], sum = yihu_point_identity, ours;
	struct ed_element e[TERMS_MAX];
	for (size_t i = 0; i < n; i++) {
		s[i] = read_scalar(r);
		p[i] = i > 0 && s[i].bytes[0] % 8 == 0 ? p[0] : read_point(r);
		bool ok = ed_decode(&e[i], &p[i]);
		assert(ok);
		sum = yihu_point_add(sum, yihu_point_mul(s[i], p[i]));
	}
	struct ed_point got = yihu_msm_elements(n, s, e);
	ours = ed_encode(&got);
	assert(yihu_point_equal(&sum, &ours));
	ours = yihu_msm(n, s, p);
	assert(yihu_point_equal(&sum, &ours));
	ed_encode_doubled(&ours, &got, 1);
	sum = yihu_point_add(sum, sum);
	assert(yihu_point_equal(&sum, &ours));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t choice = fuzz_take(&data, &size) % 3;
	struct yihu_reader r = yihu_reader(data, size);
	if (choice == 0)
		check_field(&r);
	else if (choice == 1)
		check_decoding(&r);
	else
		check_sum(&r);
	return 0;
}
