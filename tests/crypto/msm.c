/* SPDX-License-Identifier: Apache-2.0
 *
 * Sums of products and decoded points against libsodium, which has no code in
 * common with them.
 */
#include "vectors.h"

#include "../../src/crypto/msm.h"

#include <sodium.h>

static struct yihu_point point_hex(const char *hex)
{
	struct yihu_point p;
	unhex(p.bytes, sizeof p.bytes, hex);
	return p;
}

static struct yihu_scalar scalar_of(const uint8_t bytes[static 32])
{
	struct yihu_scalar s;
	memcpy(s.bytes, bytes, sizeof s.bytes);
	return s;
}

static struct ed_element decoded(struct yihu_point p)
{
	struct ed_element e;
	assert_true(ed_decode(&e, &p));
	return e;
}

static struct ed_point point_of(struct yihu_point p)
{
	struct ed_point sum = ed_identity;
	struct ed_element e = decoded(p);
	ed_add_element(&sum, &e);
	return sum;
}

/* 0, 1, q − 1, a weight, minus a weight, 2^k, −2^k, and any. */
static struct yihu_scalar any_scalar(void)
{
	struct yihu_scalar weight = {{0}}, power = {{0}};
	randombytes_buf(weight.bytes, 16);
	uint32_t k = randombytes_uniform(252);
	power.bytes[k / 8] = (uint8_t)(1 << k % 8);
	switch (randombytes_uniform(12)) {
	case 0:
		return yihu_scalar_u64(0);
	case 1:
		return yihu_scalar_u64(1);
	case 2:
		return yihu_scalar_neg(yihu_scalar_u64(1));
	case 3:
		return weight;
	case 4:
		return yihu_scalar_neg(weight);
	case 5:
		return power;
	case 6:
		return yihu_scalar_neg(power);
	default:
		return yihu_scalar_random();
	}
}

/* The identity, G, an earlier one, minus an earlier one, and any. */
static struct yihu_point any_point(const struct yihu_point *before, size_t n)
{
	uint32_t earlier = n == 0 ? 0 : randombytes_uniform((uint32_t)n);
	uint32_t kind = randombytes_uniform(10);
	if (kind == 0)
		return yihu_point_identity;
	if (kind == 1)
		return yihu_point_base(yihu_scalar_u64(1));
	if (kind == 2 && n > 0)
		return before[earlier];
	if (kind == 3 && n > 0)
		return yihu_point_sub(yihu_point_identity, before[earlier]);
	return yihu_point_base(yihu_scalar_random());
}

static void check_sum(size_t n)
{
	struct yihu_scalar *s = yihu_calloc(n, sizeof *s);
	struct yihu_point *p = yihu_calloc(n, sizeof *p), want = yihu_point_identity;
	for (size_t i = 0; i < n; i++) {
		s[i] = any_scalar();
		p[i] = any_point(p, i);
		want = yihu_point_add(want, yihu_point_mul(s[i], p[i]));
	}
	struct yihu_point got = yihu_msm(n, s, p);
	assert_memory_equal(&got, &want, sizeof want);
	free(s);
	free(p);
}

TEST(sums_of_any_length_agree_with_libsodium)
{
	static const struct {
		size_t n, times;
	} rows[] = {
		{0, 1},   {1, 600}, {2, 400},  {3, 300},  {31, 20},  {32, 20},  {99, 5},
		{300, 2}, {700, 1}, {1000, 2}, {1023, 1}, {1024, 1}, {2500, 1},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t k = 0; k < rows[i].times; k++)
			check_sum(rows[i].n);
}

/* All terms alike put everything into one bucket and one digit. */
static void check_alike(size_t n, struct yihu_scalar one)
{
	struct yihu_scalar *s = yihu_calloc(n, sizeof *s);
	struct yihu_point *p = yihu_calloc(n, sizeof *p), base = any_point(NULL, 0);
	for (size_t i = 0; i < n; i++) {
		s[i] = one;
		p[i] = base;
	}
	struct yihu_point got = yihu_msm(n, s, p);
	struct yihu_point want = yihu_point_mul(yihu_scalar_mul(yihu_scalar_u64(n), one), base);
	assert_memory_equal(&got, &want, sizeof want);
	free(s);
	free(p);
}

TEST(sums_of_equal_terms)
{
	static const size_t lengths[] = {1, 2, 32, 1000, 1500};
	for (size_t i = 0; i < COUNT(lengths); i++) {
		check_alike(lengths[i], yihu_scalar_u64(0));
		check_alike(lengths[i], yihu_scalar_u64(1));
		check_alike(lengths[i], yihu_scalar_neg(yihu_scalar_u64(1)));
		check_alike(lengths[i], yihu_scalar_random());
	}
}

/* Scalars at the ends of every length, and around q/2, where s turns to q − s,
 * alone and among so many that they are cut into digits of any width. */
TEST(scalars_of_every_length)
{
	static const size_t lengths[] = {1, 40, 400, 1100};
	struct yihu_scalar half = yihu_scalar_inv(yihu_scalar_u64(2));
	for (size_t l = 0; l < COUNT(lengths); l++) {
		for (unsigned k = 0; k < 253; k += l < 2 ? 1 : 23) {
			uint8_t top[32] = {0}, ones[32] = {0};
			top[k / 8] = (uint8_t)(1 << k % 8);
			for (unsigned b = 0; b < k; b++)
				ones[b / 8] |= (uint8_t)(1 << b % 8);
			check_alike(lengths[l], scalar_of(top));
			check_alike(lengths[l], scalar_of(ones));
		}
		check_alike(lengths[l], half);
		check_alike(lengths[l], yihu_scalar_sub(half, yihu_scalar_u64(1)));
	}
}

/* RFC 9496, appendix A.1 */
static const char *const multiples[] = {
	"0000000000000000000000000000000000000000000000000000000000000000",
	"e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
	"6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
	"94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
	"da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57",
	"e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e",
	"f64746d3c92b13050ed8d80236a7f0007c3b3f962f5ba793d19a601ebb1df403",
	"44f53520926ec81fbd5a387845beb7df85a96a24ece18738bdcfa6a7822a176d",
	"903293d8f2287ebe10e2374dc1a53e0bc887e592699f02d077d5263cdd55601c",
	"02622ace8f7303a31cafc63f8fc48fdc16e1c8c8d234b2f0d6685282a9076031",
	"20706fd788b2720a1ed2a5dad4952b01f413bcf0e7564de8cdc816689e2db95f",
	"bce83f8ba5dd2fa572864c24ba1810f9522bc6004afe95877ac73241cafdab42",
	"e4549ee16b9aa03099ca208c67adafcafa4c3f3e4e5303de6026e3ca8ff84460",
	"aa52e000df2e16f55fb1032fc33bc42742dad6bd5a8fc0be0167436c5948501f",
	"46376b80f409b29dc2b5f6f0c52591990896e5716f41477cd30085ab7f10301e",
	"e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e",
};

TEST(multiples_of_the_generator)
{
	struct ed_point at = ed_identity, halves[COUNT(multiples)];
	struct yihu_point doubled[COUNT(multiples)];
	for (size_t i = 0; i < COUNT(multiples); i++) {
		struct yihu_point want = point_hex(multiples[i]), got = ed_encode(&at);
		struct ed_element read = decoded(want);
		assert_memory_equal(&got, &want, sizeof want);
		assert_true(ed_is_element(&at, &read));
		assert_int_equal(ed_is_element(&ed_identity, &read), i == 0);
		halves[i] = at;
		ed_add_element(&at, &ed_generator);
	}
	ed_encode_doubled(doubled, halves, COUNT(multiples));
	for (size_t i = 0; i < COUNT(multiples) / 2; i++)
		assert_hex(doubled[i].bytes, 32, multiples[2 * i]);
}

/* RFC 9496, appendix A.2 */
static const char *const refused[] = {
	/* not below p */
	"00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	/* negative */
	"0100000000000000000000000000000000000000000000000000000000000000",
	"01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
	"c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
	"c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78",
	"47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24",
	"f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72",
	"87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309",
	/* x² is no square */
	"26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
	"4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
	"de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad87",
	"bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042",
	"2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08",
	"f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22",
	"8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731",
	"2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b",
	/* x·y is negative */
	"3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
	"a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220",
	"d483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e",
	"8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32",
	"32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b",
	"227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165",
	"5c37cc491da847cfeb9281d407efc41e15144c876e0170b499a96a22ed31e01e",
	"445425117cb8c90edcbc7c1cc0e74f747f2c1efa5630a967c64f287792a48a4b",
	/* s = −1, so that y = 0 */
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

TEST(invalid_encodings_are_refused)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct yihu_point p = point_hex(refused[i]);
		struct ed_element e;
		assert_false(yihu_point_valid(&p));
		assert_false(ed_decode(&e, &p));
	}
}

TEST(decoding_accepts_what_is_a_valid_point)
{
	size_t accepted = 0;
	for (size_t i = 0; i < 100000; i++) {
		struct yihu_point p;
		struct ed_element e;
		randombytes_buf(p.bytes, sizeof p.bytes);
		if (i % 4 != 0) /* else hardly any would be canonical */
			p.bytes[0] &= 0xfe;
		if (i % 5 != 0)
			p.bytes[31] &= 0x7f;
		bool valid = yihu_point_valid(&p);
		assert_int_equal(ed_decode(&e, &p), valid);
		if (!valid)
			continue;
		struct ed_point sum = ed_identity;
		ed_add_element(&sum, &e);
		struct yihu_point again = ed_encode(&sum);
		assert_memory_equal(&again, &p, sizeof p);
		accepted++;
	}
	assert_true(accepted > 5000 && accepted < 50000);
}

/* Around 0, p, 2^255 and 2^256. */
TEST(decoding_at_the_edges_of_the_field)
{
	for (int i = -600; i <= 600; i++) {
		for (int high = 0; high < 2; high++) {
			struct yihu_point p;
			struct ed_element e;
			memset(p.bytes, i < 0 ? 0xff : 0, sizeof p.bytes);
			p.bytes[0] = (uint8_t)(i & 0xff);
			p.bytes[1] = (uint8_t)(i >> 8 & 0xff);
			p.bytes[31] = (uint8_t)((p.bytes[31] & 0x7f) | high << 7);
			assert_int_equal(ed_decode(&e, &p), yihu_point_valid(&p));
		}
	}
}

TEST(hashes_derive_libsodiums_elements)
{
	for (size_t i = 0; i < 2000; i++) {
		uint8_t hash[64];
		struct yihu_point want;
		randombytes_buf(hash, sizeof hash);
		if (i < 8) /* halves of 0 and of 2^256 − 1 */
			memset(hash, i & 1 ? 0xff : 0, i & 2 ? 64 : 32);
		if (i >= 4 && i < 8)
			memset(hash + 32, i & 1 ? 0 : 0xff, 32);
		crypto_core_ristretto255_from_hash(want.bytes, hash);
		struct ed_point p = ed_from_hash(hash);
		struct yihu_point got = ed_encode(&p);
		assert_memory_equal(&got, &want, sizeof want);
	}
}

/* (0, 1), (0, −1), (i, 0), (−i, 0) */
static void torsion(struct ed_point t[static 4])
{
	struct fe minus_one = fe_neg(fe_one), minus_i = fe_neg(fe_sqrt_m1);
	t[0] = ed_identity;
	t[1] = (struct ed_point){fe_zero, minus_one, fe_one, fe_zero};
	t[2] = (struct ed_point){fe_sqrt_m1, fe_zero, fe_one, fe_zero};
	t[3] = (struct ed_point){minus_i, fe_zero, fe_one, fe_zero};
}

/* One element is four points: all encode alike and are equal, and no more. */
TEST(an_element_is_a_coset)
{
	struct ed_point t[4];
	torsion(t);
	for (size_t i = 0; i < 50; i++) {
		struct yihu_point want = i == 0 ? yihu_point_identity : any_point(NULL, 0);
		struct yihu_point twice = yihu_point_add(want, want);
		struct ed_point p = point_of(want), next = p;
		struct ed_element e = decoded(want);
		ed_add_element(&next, &ed_generator);
		for (size_t k = 0; k < 4; k++) {
			struct ed_point q = ed_add(&p, &t[k]);
			struct yihu_point got = ed_encode(&q), doubled;
			ed_encode_doubled(&doubled, &q, 1);
			assert_memory_equal(&got, &want, sizeof want);
			assert_memory_equal(&doubled, &twice, sizeof twice);
			assert_true(ed_equal(&p, &q) && ed_equal(&q, &p) && ed_is_element(&q, &e));
			assert_false(ed_equal(&q, &next));
			assert_false(ed_is_element(&next, &e));
		}
	}
}

TEST(doubled_points_encode_as_libsodiums)
{
	enum { N = 500 };
	struct ed_point p[N];
	struct yihu_point want[N], got[N];
	for (size_t i = 0; i < N; i++) {
		struct yihu_point one = any_point(want, 0);
		p[i] = point_of(one);
		want[i] = yihu_point_add(one, one);
	}
	ed_encode_doubled(got, p, N);
	assert_memory_equal(got, want, sizeof want);
}

TEST(the_group_laws_agree_with_libsodium)
{
	for (size_t i = 0; i < 500; i++) {
		struct yihu_point a = any_point(NULL, 0), b = any_point(&a, 1);
		struct yihu_point sum = yihu_point_add(a, b), difference = yihu_point_sub(a, b);
		struct ed_point p = point_of(a), q = point_of(b), r = ed_add(&p, &q), s = p, t = p;
		struct ed_cached cached = ed_cache(&q);
		struct ed_element element = decoded(b), normal;
		struct yihu_point got = ed_encode(&r);
		assert_memory_equal(&got, &sum, sizeof sum);
		ed_normalise(&normal, &r, 1);
		assert_true(ed_is_element(&r, &normal));
		ed_sub_element(&s, &element);
		ed_sub_cached(&t, &cached);
		got = ed_encode(&s);
		assert_memory_equal(&got, &difference, sizeof difference);
		got = ed_encode(&t);
		assert_memory_equal(&got, &difference, sizeof difference);
		r = ed_double(p, 5);
		got = ed_encode(&r);
		sum = yihu_point_mul(yihu_scalar_u64(32), a);
		assert_memory_equal(&got, &sum, sizeof sum);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(multiples_of_the_generator),
		cmocka_unit_test(invalid_encodings_are_refused),
		cmocka_unit_test(decoding_accepts_what_is_a_valid_point),
		cmocka_unit_test(decoding_at_the_edges_of_the_field),
		cmocka_unit_test(hashes_derive_libsodiums_elements),
		cmocka_unit_test(an_element_is_a_coset),
		cmocka_unit_test(doubled_points_encode_as_libsodiums),
		cmocka_unit_test(the_group_laws_agree_with_libsodium),
		cmocka_unit_test(sums_of_any_length_agree_with_libsodium),
		cmocka_unit_test(sums_of_equal_terms),
		cmocka_unit_test(scalars_of_every_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
