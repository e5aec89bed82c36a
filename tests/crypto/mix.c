/* SPDX-License-Identifier: Apache-2.0
 *
 * Mixes that our own mixer made: they keep the votes, hide the order and
 * verify; and they do not when a byte of theirs or of their context differs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

struct box {
	struct yihu_keypair pair;
	struct yihu_scalar secret;
	struct yihu_mix_context x;
	uint32_t *words;
	struct yihu_ciphertext *in;
	struct yihu_buf file;
};

static void box_make(struct box *b, size_t n, uint32_t w)
{
	struct yihu_error err;
	*b = (struct box){.secret = yihu_scalar_random()};
	yihu_keypair_random(&b->pair);
	b->x = (struct yihu_mix_context){.k = 2, .holder = 3, .n = n, .w = w};
	b->x.y = yihu_point_base(b->secret);
	randombytes_buf(b->x.eid, sizeof b->x.eid);
	b->in = list_make(&b->words, b->x.y, n, w);
	assert_ok(yihu_mix_make(&b->file, &b->x, b->in, &b->pair, NULL, &err), err);
	assert_int_equal(b->file.len, yihu_mix_size(n, w));
}

static void box_free(struct box *b)
{
	free(b->in);
	free(b->words);
	yihu_buf_free(&b->file);
}

static struct yihu_mix *parse(const struct box *b, const struct yihu_buf *file)
{
	struct yihu_mix *m = NULL;
	struct yihu_error err;
	assert_ok(yihu_mix_parse(&m, file->data, file->len, b->x.n, b->x.w, &err), err);
	return m;
}

/* Parses and verifies; err holds why not. */
static int check(const struct box *b, const struct yihu_buf *file, struct yihu_error *err)
{
	struct yihu_mix *m = NULL;
	int r = yihu_mix_parse(&m, file->data, file->len, b->x.n, b->x.w, err);
	if (r == 0)
		r = yihu_mix_verify(m, &b->x, b->in, b->pair.pk, NULL, err);
	yihu_mix_free(m);
	return r;
}

/* Ballots as w words each, decrypted; freed by the caller. */
static struct yihu_point *decrypt(const struct box *b, const struct yihu_ciphertext *list)
{
	struct yihu_point *m = yihu_calloc(b->x.n * b->x.w, sizeof *m);
	for (size_t i = 0; i < b->x.n * b->x.w; i++)
		m[i] = yihu_point_sub(list[i].b, yihu_point_mul(b->secret, list[i].a));
	return m;
}

static size_t ballot_bytes;

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, ballot_bytes);
}

static void assert_same_votes(const struct box *b, const struct yihu_ciphertext *list)
{
	struct yihu_point *before = decrypt(b, b->in), *after = decrypt(b, list);
	ballot_bytes = b->x.w * sizeof *before;
	qsort(before, b->x.n, ballot_bytes, by_bytes);
	qsort(after, b->x.n, ballot_bytes, by_bytes);
	assert_memory_equal(before, after, b->x.n * ballot_bytes);
	free(before);
	free(after);
}

TEST(mixes_of_all_shapes_verify_and_keep_the_votes)
{
	static const size_t ballots[] = {1, 2, 257};
	static const uint32_t widths[] = {1, 2, 17};
	for (size_t i = 0; i < 9; i++) {
		struct box b;
		struct yihu_error err;
		box_make(&b, ballots[i / 3], widths[i % 3]);
		assert_ok(check(&b, &b.file, &err), err);
		struct yihu_mix *m = parse(&b, &b.file);
		assert_same_votes(&b, m->list);
		for (size_t j = 0; j < b.x.n * b.x.w; j++)
			for (size_t l = 0; l < b.x.n; l++)
				assert_memory_not_equal(&m->list[j].a, &b.in[l * b.x.w].a, 32);
		yihu_mix_free(m);
		box_free(&b);
	}
}

/* A whole neighbourhood: the sums are split and windowed as small ones never are. */
TEST(a_mix_of_three_thousand_verifies_and_keeps_the_votes)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 3000, 1);
	assert_ok(check(&b, &b.file, &err), err);
	struct yihu_mix *m = parse(&b, &b.file);
	assert_same_votes(&b, m->list);
	yihu_mix_free(m);
	box_free(&b);
}

/* Verified part by part: no ballot at the seams or the end is passed over. */
TEST(a_mix_of_three_thousand_is_checked_to_its_last_ballot)
{
	static const size_t ballots[] = {1023, 1024, 2999};
	struct box b;
	struct yihu_error err;
	box_make(&b, 3000, 1);
	struct yihu_buf honest = {0};
	yihu_buf_put(&honest, b.file.data, b.file.len);
	for (size_t i = 0; i < 6; i++) {
		size_t n = b.x.n, ballot = ballots[i / 2], at = i % 2 == 0 ? ballot : n + ballot;
		memcpy(b.file.data, honest.data, honest.len);
		bump_scalar(b.file.data + b.file.len - YIHU_SIGNATURE_BYTES - 64 * n + 32 * at);
		resign(&b.file, "mix", b.x.eid, &b.pair);
		assert_code(check(&b, &b.file, &err), err, YIHU_EMIXPROOF);
		char *where = i % 2 == 0 ? yihu_printf("t̂ for ballot %zu,", ballot + 1)
					 : yihu_strdup("t3, the permutation");
		assert_non_null(strstr(err.text, where));
		free(where);
	}
	yihu_buf_free(&honest);
	box_free(&b);
}

TEST(a_mix_of_no_ballots_is_well_defined)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 0, 2);
	assert_ok(check(&b, &b.file, &err), err);
	size_t s1 = b.file.len - YIHU_SIGNATURE_BYTES - 5 * 32;
	bump_scalar(b.file.data + s1);
	resign(&b.file, "mix", b.x.eid, &b.pair);
	assert_code(check(&b, &b.file, &err), err, YIHU_EMIXPROOF);
	box_free(&b);
}

TEST(a_list_with_identities_is_mixed)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 3, 2);
	memset(&b.in[2], 0, sizeof b.in[2]);
	memset(&b.in[5], 0, sizeof b.in[5]);
	yihu_buf_reset(&b.file);
	assert_ok(yihu_mix_make(&b.file, &b.x, b.in, &b.pair, NULL, &err), err);
	assert_ok(check(&b, &b.file, &err), err);
	box_free(&b);
}

/* Three ballots, 600 mixes: each of the six orders about 100 times (a count
 * outside 50..150 is more than five standard deviations off). */
TEST(every_order_is_as_likely)
{
	struct box b;
	size_t seen[9] = {0};
	box_make(&b, 3, 1);
	struct yihu_point *words = decrypt(&b, b.in);
	for (int run = 0; run < 600; run++) {
		yihu_buf_reset(&b.file);
		assert_int_equal(yihu_mix_make(&b.file, &b.x, b.in, &b.pair, NULL, NULL), 0);
		struct yihu_mix *m = parse(&b, &b.file);
		struct yihu_point *after = decrypt(&b, m->list);
		size_t at[2] = {9, 9};
		for (size_t i = 0; i < 2; i++)
			for (size_t j = 0; j < 3; j++)
				if (yihu_point_equal(&after[i], &words[j]))
					at[i] = j;
		assert_true(at[0] < 3 && at[1] < 3);
		seen[at[0] * 3 + at[1]]++;
		free(after);
		yihu_mix_free(m);
	}
	for (size_t i = 0; i < 9; i++) {
		if (i / 3 == i % 3)
			assert_int_equal(seen[i], 0);
		else
			assert_in_range(seen[i], 50, 150);
	}
	free(words);
	box_free(&b);
}

TEST(sizes_beyond_the_limits_are_none)
{
	assert_int_equal(yihu_mix_size(YIHU_BALLOTS_MAX + 1, 1), 0);
	assert_int_equal(yihu_mix_size(UINT64_MAX, 255), 0);
	assert_int_equal(yihu_mix_size(1, 0), 0);
	assert_int_equal(yihu_mix_size(1, 256), 0);
	assert_int_equal(yihu_mix_size(YIHU_BALLOTS_MAX, 255),
			 UINT64_C(10000000) * (2 * 255 + 5) * 32 + (3 * 255 + 6) * 32 + 28 + 64);
	struct yihu_mix_context x = {.n = 1, .w = 256};
	struct yihu_buf out = {0};
	struct yihu_error err;
	struct yihu_keypair kp;
	yihu_keypair_random(&kp);
	assert_code(yihu_mix_make(&out, &x, NULL, &kp, NULL, &err), err, YIHU_ETOOBIG);
	assert_int_equal(out.len, 0);
}

TEST(a_file_of_another_shape_is_refused)
{
	struct box b;
	box_make(&b, 2, 1);
	static const uint8_t tail[32];
	yihu_buf_put(&b.file, tail, sizeof tail);
	size_t whole = b.file.len - sizeof tail;
	const struct {
		size_t len, flip;
		uint64_t n;
		uint32_t w;
		int code;
	} rows[] = {
		{0, 0, 2, 1, YIHU_EVERSION},
		{7, 0, 2, 1, YIHU_EVERSION},
		{whole, 1, 2, 1, YIHU_EVERSION}, /* flips byte 0 */
		{whole, 8, 2, 1, YIHU_EVERSION},
		{8, 0, 2, 1, YIHU_EFORMAT},
		{27, 0, 2, 1, YIHU_EFORMAT},
		{28, 0, 2, 1, YIHU_EFORMAT},
		{whole - 1, 0, 2, 1, YIHU_EFORMAT},
		{whole + 1, 0, 2, 1, YIHU_ETRAILING},
		{whole + 32, 0, 2, 1, YIHU_ETRAILING},
		{whole, 0, 3, 1, YIHU_EMIX},
		{whole, 0, 1, 1, YIHU_EMIX},
		{whole, 0, 2, 2, YIHU_EMIX},
		{whole, 24, 2, 1, YIHU_EMIX}, /* n in the file */
		{whole, 17, 2, 1, YIHU_EMIX},
		{whole, 28, 2, 1, YIHU_EMIX}, /* w in the file */
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_mix *m = NULL;
		struct yihu_error err;
		if (rows[i].flip != 0)
			b.file.data[rows[i].flip - 1] ^= 0x40;
		assert_code(
			yihu_mix_parse(&m, b.file.data, rows[i].len, rows[i].n, rows[i].w, &err),
			err, rows[i].code);
		assert_null(m);
		if (rows[i].flip != 0)
			b.file.data[rows[i].flip - 1] ^= 0x40;
	}
	box_free(&b);
}

/* A claim that matches the caller's own excess reads nothing either. */
TEST(a_file_of_too_many_ballots_is_refused)
{
	struct yihu_buf file = {0};
	struct yihu_mix *m = NULL;
	struct yihu_error err;
	yihu_buf_str(&file, "YIHUMIX1");
	yihu_buf_be32(&file, 1);
	yihu_buf_be32(&file, 1);
	yihu_buf_be64(&file, YIHU_BALLOTS_MAX + 1);
	yihu_buf_be32(&file, 1);
	assert_code(yihu_mix_parse(&m, file.data, file.len, YIHU_BALLOTS_MAX + 1, 1, &err), err,
		    YIHU_ETOOBIG);
	yihu_buf_free(&file);
}

/* The 32-byte values of a file in order, and where a wrong one first shows. */
struct section {
	const char *name;
	size_t count;
	bool scalar;
	const char *refused; /* %zu is the value's number in its section */
};

#define SECTIONS 13

static void sections_of(struct section s[static SECTIONS], size_t n, size_t w)
{
	const struct section all[SECTIONS] = {
		{"L'", 2 * n * w, false, "equation t"},
		{"c", n, false, "equation t1,"},
		{"ĉ", n, false, "equation t1,"},
		{"t1", 1, false, "equation t1,"},
		{"t2", 1, false, "equation t1,"},
		{"t3", 1, false, "equation t1,"},
		{"t4", 2 * w, false, "equation t1,"},
		{"t̂", n, false, "equation t1,"},
		{"s1", 1, true, "equation t1,"},
		{"s2", 1, true, "equation t2,"},
		{"s3", 1, true, "equation t3,"},
		{"s4", w, true, "equation t4A for word %zu,"},
		{"ŝ", n, true, "equation t̂ for ballot %zu,"},
	};
	memcpy(s, all, sizeof all);
}

/* Calls f for each value of the file, s' too, with its offset. */
static void each_value(const struct box *b,
		       void (*f)(const struct box *b, const struct section *s, size_t i, size_t at))
{
	struct section s[SECTIONS + 1];
	sections_of(s, b->x.n, b->x.w);
	s[SECTIONS] = (struct section){"s'", b->x.n, true, "equation t3,"};
	size_t at = 28;
	for (size_t k = 0; k <= SECTIONS; k++)
		for (size_t i = 0; i < s[k].count; i++, at += 32)
			f(b, &s[k], i, at);
	assert_int_equal(at + YIHU_SIGNATURE_BYTES, b->file.len);
}

static struct yihu_buf copy_of(const struct yihu_buf *file)
{
	struct yihu_buf copy = {0};
	yihu_buf_put(&copy, file->data, file->len);
	return copy;
}

static void flipped(const struct box *b, const struct section *s, size_t i, size_t at)
{
	(void)i;
	for (size_t byte = 0; byte < 32; byte += 31) {
		struct yihu_buf file = copy_of(&b->file);
		struct yihu_error err;
		file.data[at + byte] ^= 0x04;
		struct yihu_point p;
		struct yihu_scalar v;
		memcpy(p.bytes, file.data + at, 32);
		memcpy(v.bytes, file.data + at, 32);
		int want = YIHU_ESIGNATURE;
		if (s->scalar ? !yihu_scalar_valid(&v) : !yihu_point_valid(&p))
			want = s->scalar ? YIHU_ESCALAR : YIHU_EPOINT;
		assert_code(check(b, &file, &err), err, want);
		yihu_buf_free(&file);
	}
}

TEST(a_flipped_bit_in_any_value_is_refused)
{
	struct box b;
	box_make(&b, 2, 2);
	each_value(&b, flipped);
	box_free(&b);
}

TEST(a_flipped_bit_in_header_or_signature_is_refused)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 2, 1);
	for (size_t i = 0; i < 28; i++) {
		b.file.data[i] ^= 1;
		assert_code(check(&b, &b.file, &err), err, i < 8 ? YIHU_EVERSION : YIHU_EMIX);
		b.file.data[i] ^= 1;
	}
	for (size_t i = b.file.len - YIHU_SIGNATURE_BYTES; i < b.file.len; i++) {
		b.file.data[i] ^= 1;
		assert_code(check(&b, &b.file, &err), err, YIHU_ESIGNATURE);
		b.file.data[i] ^= 1;
	}
	assert_ok(check(&b, &b.file, &err), err);
	box_free(&b);
}

/* Another valid value, signed by the mixer itself. */
static void replaced(const struct box *b, const struct section *s, size_t i, size_t at)
{
	struct yihu_buf file = copy_of(&b->file);
	struct yihu_error err;
	char want[64];
	(s->scalar ? bump_scalar : bump_point)(file.data + at);
	resign(&file, "mix", b->x.eid, &b->pair);
	assert_code(check(b, &file, &err), err, YIHU_EMIXPROOF);
	snprintf(want, sizeof want, s->refused, i + 1);
	assert_says(err, want);
	yihu_buf_free(&file);
}

TEST(a_replaced_value_fails_its_equation)
{
	struct box b;
	box_make(&b, 3, 2);
	each_value(&b, replaced);
	box_free(&b);
}

static void not_canonical(const struct box *b, const struct section *s, size_t i, size_t at)
{
	static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a,       0x63,
					  0x12, 0x58, 0xd6, 0x9c, 0xf7,       0xa2,
					  0xde, 0xf9, 0xde, 0x14, [31] = 0x10};
	struct yihu_buf file = copy_of(&b->file);
	struct yihu_error err;
	if (s->scalar)
		memcpy(file.data + at, order, 32);
	else
		file.data[at] |= 1; /* a negative field element */
	resign(&file, "mix", b->x.eid, &b->pair);
	assert_code(check(b, &file, &err), err, s->scalar ? YIHU_ESCALAR : YIHU_EPOINT);
	if (strcmp(s->name, "L'") != 0)
		assert_says(err, s->name);
	(void)i;
	yihu_buf_free(&file);
}

TEST(values_must_be_canonical)
{
	struct box b;
	box_make(&b, 2, 2);
	each_value(&b, not_canonical);
	box_free(&b);
}

/* A commitment moved together with its response keeps its equation, if the
 * challenge stays: it must not, so every t is in the hash. */
TEST(a_commitment_cannot_follow_its_response)
{
	enum { T1, T2, T3, T4, THAT, CASES };
	for (int which = 0; which < CASES; which++) {
		struct box b;
		struct yihu_error err;
		box_make(&b, 2, 1);
		struct yihu_mix *m = parse(&b, &b.file);
		struct yihu_scalar one = yihu_scalar_u64(1),
				   *s[] = {&m->s1, &m->s2, &m->s3, m->s4, m->shat};
		struct yihu_point g = yihu_point_base(one),
				  *t[] = {&m->t1, &m->t2, &m->t3, m->t4, m->that};
		*s[which] = yihu_scalar_add(*s[which], one);
		*t[which] =
			which == T4 ? yihu_point_sub(*t[which], g) : yihu_point_add(*t[which], g);
		if (which == T4)
			m->t4[1] = yihu_point_sub(m->t4[1], b.x.y);
		assert_code(yihu_mix_verify(m, &b.x, b.in, b.pair.pk, NULL, &err), err,
			    YIHU_EMIXPROOF);
		assert_says(err, "equation t1,");
		yihu_mix_free(m);
		box_free(&b);
	}
}

/* The links are checked together: with weights, so that errors do not cancel. */
TEST(link_errors_that_cancel_are_seen)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 3, 1);
	struct yihu_mix *m = parse(&b, &b.file);
	struct yihu_scalar one = yihu_scalar_u64(1);
	m->shat[1] = yihu_scalar_add(m->shat[1], one);
	m->shat[2] = yihu_scalar_sub(m->shat[2], one);
	assert_code(yihu_mix_verify(m, &b.x, b.in, b.pair.pk, NULL, &err), err, YIHU_EMIXPROOF);
	assert_says(err, "equation t̂ for ballot 2,");
	yihu_mix_free(m);
	box_free(&b);
}

TEST(a_mix_is_for_one_place_and_one_holder)
{
	struct box b;
	box_make(&b, 2, 2);
	struct yihu_mix *m = parse(&b, &b.file);
	struct yihu_mix_context other[6];
	for (size_t i = 0; i < 6; i++)
		other[i] = b.x;
	other[0].k = 1;
	other[1].holder = 2;
	other[2].n = 1;
	other[3].w = 1;
	other[4].eid[0] ^= 1;
	bump_point(other[5].y.bytes);
	static const int codes[6] = {YIHU_EMIX, YIHU_EMIX,       YIHU_EMIX,
				     YIHU_EMIX, YIHU_ESIGNATURE, YIHU_EMIXPROOF};
	for (size_t i = 0; i < 6; i++) {
		struct yihu_error err;
		assert_code(yihu_mix_verify(m, &other[i], b.in, b.pair.pk, NULL, &err), err,
			    codes[i]);
	}
	struct yihu_keypair stranger;
	struct yihu_error err;
	yihu_keypair_random(&stranger);
	assert_code(yihu_mix_verify(m, &b.x, b.in, stranger.pk, NULL, &err), err, YIHU_ESIGNATURE);
	yihu_mix_free(m);
	box_free(&b);
}

/* Who signed it, asked of the bytes alone. */
TEST(a_mix_says_who_signed_it)
{
	struct box b;
	struct yihu_keypair stranger;
	box_make(&b, 2, 1);
	const uint8_t *file = b.file.data;
	yihu_keypair_random(&stranger);
	assert_int_equal(yihu_mix_holder(file, b.file.len), 3);
	assert_int_equal(yihu_mix_holder(file, 16), 3);
	assert_int_equal(yihu_mix_holder(file, 15), 0);
	assert_true(yihu_mix_signed_by(file, b.file.len, b.x.eid, b.pair.pk));
	assert_false(yihu_mix_signed_by(file, b.file.len, b.x.eid, stranger.pk));
	assert_false(yihu_mix_signed_by(file, b.file.len - 1, b.x.eid, b.pair.pk));
	assert_false(yihu_mix_signed_by(file, 64, b.x.eid, b.pair.pk));
	b.file.data[b.file.len - 65] ^= 1;
	assert_false(yihu_mix_signed_by(file, b.file.len, b.x.eid, b.pair.pk));
	b.file.data[0] ^= 1;
	assert_int_equal(yihu_mix_holder(file, b.file.len), 0);
	box_free(&b);
}

/* The header says another place, and the signature agrees: the proof does not. */
TEST(the_proof_covers_election_and_place)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 2, 1);
	b.x.eid[5] ^= 1;
	resign(&b.file, "mix", b.x.eid, &b.pair);
	assert_code(check(&b, &b.file, &err), err, YIHU_EMIXPROOF);
	b.x.eid[5] ^= 1;
	b.x.k = 3;
	b.file.data[11] = 3;
	resign(&b.file, "mix", b.x.eid, &b.pair);
	assert_code(check(&b, &b.file, &err), err, YIHU_EMIXPROOF);
	b.x.k = 2;
	b.file.data[11] = 2;
	b.x.holder = 1;
	b.file.data[15] = 1;
	resign(&b.file, "mix", b.x.eid, &b.pair);
	assert_code(check(&b, &b.file, &err), err, YIHU_EMIXPROOF);
	box_free(&b);
}

TEST(a_mix_is_of_one_list_in_its_order)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 3, 1);
	struct yihu_ciphertext kept = b.in[0];
	b.in[0] = b.in[1];
	assert_code(check(&b, &b.file, &err), err, YIHU_EMIXPROOF);
	b.in[1] = kept;
	assert_code(check(&b, &b.file, &err), err, YIHU_EMIXPROOF);
	box_free(&b);
}

TEST(swapped_or_doubled_ballots_are_refused)
{
	struct box b;
	struct yihu_error err;
	uint8_t first[64];
	box_make(&b, 3, 1);
	uint8_t *list = b.file.data + 28;
	memcpy(first, list, 64);
	memcpy(list, list + 64, 64);
	resign(&b.file, "mix", b.x.eid, &b.pair);
	assert_code(check(&b, &b.file, &err), err, YIHU_EMIXPROOF);
	memcpy(list + 64, first, 64);
	resign(&b.file, "mix", b.x.eid, &b.pair);
	assert_code(check(&b, &b.file, &err), err, YIHU_EMIXPROOF);
	box_free(&b);
}

static uint64_t last_done, last_total;
static unsigned times_ended;

static void note_step(void *context, const char *what, uint64_t done, uint64_t total)
{
	(void)context;
	assert_non_null(what);
	assert_true(done <= total && done >= last_done);
	last_done = done;
	last_total = total;
	times_ended += done == total;
}

TEST(progress_grows_to_its_end)
{
	struct box b;
	const struct yihu_progress progress = {.step = note_step};
	box_make(&b, 5, 3);
	struct yihu_mix *m = parse(&b, &b.file);
	last_done = times_ended = 0;
	assert_int_equal(yihu_mix_verify(m, &b.x, b.in, b.pair.pk, &progress, NULL), 0);
	assert_int_equal(last_done, last_total);
	assert_int_equal(times_ended, 1);
	last_done = 0;
	yihu_buf_reset(&b.file);
	assert_int_equal(yihu_mix_make(&b.file, &b.x, b.in, &b.pair, &progress, NULL), 0);
	assert_int_equal(last_done, last_total);
	yihu_mix_free(m);
	box_free(&b);
}

TEST(progress_does_not_end_with_a_forgery)
{
	struct box b;
	const struct yihu_progress progress = {.step = note_step};
	box_make(&b, 5, 3);
	struct yihu_mix *m = parse(&b, &b.file);
	struct yihu_scalar *wrong[] = {&m->s1, &m->shat[4]};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct yihu_scalar was = *wrong[i];
		*wrong[i] = yihu_scalar_add(was, yihu_scalar_u64(1));
		last_done = times_ended = 0;
		assert_int_equal(yihu_mix_verify(m, &b.x, b.in, b.pair.pk, &progress, NULL),
				 YIHU_EMIXPROOF);
		assert_int_equal(times_ended, 0);
		*wrong[i] = was;
	}
	yihu_mix_free(m);
	box_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mixes_of_all_shapes_verify_and_keep_the_votes),
		cmocka_unit_test(a_mix_of_three_thousand_verifies_and_keeps_the_votes),
		cmocka_unit_test(a_mix_of_three_thousand_is_checked_to_its_last_ballot),
		cmocka_unit_test(a_mix_of_no_ballots_is_well_defined),
		cmocka_unit_test(a_list_with_identities_is_mixed),
		cmocka_unit_test(every_order_is_as_likely),
		cmocka_unit_test(sizes_beyond_the_limits_are_none),
		cmocka_unit_test(a_file_of_another_shape_is_refused),
		cmocka_unit_test(a_file_of_too_many_ballots_is_refused),
		cmocka_unit_test(a_flipped_bit_in_any_value_is_refused),
		cmocka_unit_test(a_flipped_bit_in_header_or_signature_is_refused),
		cmocka_unit_test(a_replaced_value_fails_its_equation),
		cmocka_unit_test(values_must_be_canonical),
		cmocka_unit_test(a_commitment_cannot_follow_its_response),
		cmocka_unit_test(link_errors_that_cancel_are_seen),
		cmocka_unit_test(a_mix_is_for_one_place_and_one_holder),
		cmocka_unit_test(a_mix_says_who_signed_it),
		cmocka_unit_test(the_proof_covers_election_and_place),
		cmocka_unit_test(a_mix_is_of_one_list_in_its_order),
		cmocka_unit_test(swapped_or_doubled_ballots_are_refused),
		cmocka_unit_test(progress_grows_to_its_end),
		cmocka_unit_test(progress_does_not_end_with_a_forgery),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
