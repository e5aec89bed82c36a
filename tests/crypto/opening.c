/* SPDX-License-Identifier: Apache-2.0
 *
 * Openings: any t of them give every word and one lot; a changed one gives
 * nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plain_opening.h"

struct box {
	struct keys keys;
	uint8_t eid[YIHU_EID_BYTES], root[32];
	size_t n;
	uint32_t w;
	uint32_t *words;
	struct yihu_ciphertext *list;
};

static void box_make(struct box *b, uint32_t t, uint32_t holders, size_t n, uint32_t w)
{
	*b = (struct box){.n = n, .w = w};
	keys_make(&b->keys, t, holders);
	randombytes_buf(b->eid, sizeof b->eid);
	randombytes_buf(b->root, sizeof b->root);
	b->list = list_make(&b->words, b->keys.y, n, w);
}

static void box_free(struct box *b)
{
	free(b->words);
	free(b->list);
}

static struct yihu_opening_context context(const struct box *b, uint32_t j)
{
	struct yihu_opening_context x = {.holder = j, .n = b->n, .w = b->w};
	memcpy(x.eid, b->eid, sizeof x.eid);
	x.x = yihu_share_key(b->keys.holders, b->keys.n, b->keys.t, j);
	x.p = yihu_lot_point(b->eid, 99, b->root);
	return x;
}

static struct yihu_buf make(const struct box *b, uint32_t j)
{
	struct yihu_buf file = {0};
	struct yihu_error err;
	struct yihu_opening_context x = context(b, j);
	assert_ok(yihu_opening_make(&file, &x, b->list, b->keys.x[j - 1], &b->keys.pairs[j - 1],
				    NULL, &err),
		  err);
	assert_int_equal(file.len, yihu_opening_size(b->n, b->w));
	return file;
}

static int check(const struct box *b, uint32_t j, const struct yihu_buf *file,
		 struct yihu_opening **ret, struct yihu_error *err)
{
	struct yihu_opening *o = NULL;
	struct yihu_opening_context x = context(b, j);
	int r = yihu_opening_parse(&o, file->data, file->len, b->n, b->w, err);
	if (r == 0)
		r = yihu_opening_verify(o, &x, b->list, b->keys.pairs[j - 1].pk, NULL, err);
	if (r == 0 && ret != NULL) {
		*ret = o;
		o = NULL;
	}
	yihu_opening_free(o);
	return r;
}

static struct yihu_opening *opened(const struct box *b, uint32_t j)
{
	struct yihu_opening *o = NULL;
	struct yihu_error err;
	struct yihu_buf file = make(b, j);
	assert_ok(check(b, j, &file, &o, &err), err);
	yihu_buf_free(&file);
	return o;
}

/* Combines the openings of the holders in js; the words must be the box's. */
static struct yihu_point combine(const struct box *b, struct yihu_opening *const *all,
				 const uint32_t *js)
{
	const struct yihu_opening *some[YIHU_HOLDERS_MAX];
	struct yihu_point seed, *points = yihu_calloc(b->n * b->w, sizeof *points);
	for (uint32_t i = 0; i < b->keys.t; i++)
		some[i] = all[js[i] - 1];
	yihu_openings_combine(points, &seed, some, b->keys.t, b->list, NULL);
	for (size_t m = 0; m < b->n * b->w; m++) {
		struct yihu_point want = yihu_point_base(yihu_scalar_u64(b->words[m]));
		assert_memory_equal(&points[m], &want, sizeof want);
	}
	free(points);
	return seed;
}

TEST(any_two_of_three_open_the_same_words_and_lot)
{
	static const uint32_t sets[][2] = {{1, 2}, {1, 3}, {2, 3}, {3, 1}};
	struct box b;
	box_make(&b, 2, 3, 5, 2);
	struct yihu_opening *all[3] = {opened(&b, 1), opened(&b, 2), opened(&b, 3)};
	struct yihu_point first = combine(&b, all, sets[0]);
	for (size_t s = 1; s < 4; s++) {
		struct yihu_point seed = combine(&b, all, sets[s]);
		assert_memory_equal(&seed, &first, sizeof seed);
	}
	/* V = x·P for the x that nobody knows. */
	struct yihu_scalar x = yihu_scalar_u64(0);
	for (size_t i = 0; i < 3; i++)
		x = yihu_scalar_add(x, b.keys.a[i][0]);
	struct yihu_point want = yihu_point_mul(x, yihu_lot_point(b.eid, 99, b.root));
	assert_memory_equal(&first, &want, sizeof want);
	for (size_t i = 0; i < 3; i++)
		yihu_opening_free(all[i]);
	box_free(&b);
}

TEST(other_shapes_open_too)
{
	static const uint32_t shapes[][4] = {{1, 1, 3, 1}, {3, 5, 1, 17}, {15, 15, 2, 1}};
	for (size_t s = 0; s < 3; s++) {
		struct box b;
		struct yihu_opening *all[YIHU_HOLDERS_MAX];
		uint32_t js[YIHU_HOLDERS_MAX];
		box_make(&b, shapes[s][0], shapes[s][1], shapes[s][2], shapes[s][3]);
		for (uint32_t i = 0; i < b.keys.t; i++) {
			js[i] = b.keys.n - i;
			all[js[i] - 1] = opened(&b, js[i]);
		}
		combine(&b, all, js);
		for (uint32_t i = 0; i < b.keys.t; i++)
			yihu_opening_free(all[js[i] - 1]);
		box_free(&b);
	}
}

TEST(an_identity_in_the_list_is_opened)
{
	struct box b;
	box_make(&b, 2, 2, 3, 1);
	memset(&b.list[0], 0, sizeof b.list[0]); /* word 0, without a mask */
	struct yihu_opening *all[2] = {opened(&b, 1), opened(&b, 2)};
	assert_true(yihu_point_is_identity(&all[0]->d[1]));
	combine(&b, all, (const uint32_t[]){1, 2});
	yihu_opening_free(all[0]);
	yihu_opening_free(all[1]);
	box_free(&b);
}

TEST(no_ballots_still_give_a_lot)
{
	struct box b;
	box_make(&b, 2, 2, 0, 1);
	struct yihu_opening *all[2] = {opened(&b, 1), opened(&b, 2)};
	struct yihu_point seed = combine(&b, all, (const uint32_t[]){1, 2});
	assert_false(yihu_point_is_identity(&seed));
	yihu_opening_free(all[0]);
	yihu_opening_free(all[1]);
	box_free(&b);
}

TEST(a_share_of_another_is_not_used)
{
	struct box b;
	box_make(&b, 2, 3, 1, 1);
	struct yihu_opening_context x = context(&b, 1);
	struct yihu_buf file = {0};
	struct yihu_error err;
	assert_code(yihu_opening_make(&file, &x, b.list, b.keys.x[1], &b.keys.pairs[0], NULL, &err),
		    err, YIHU_ESHARE);
	assert_int_equal(file.len, 0);
	box_free(&b);
}

TEST(sizes_beyond_the_limits_are_none)
{
	assert_int_equal(yihu_opening_size(10000001, 1), 0);
	assert_int_equal(yihu_opening_size(UINT64_MAX, 255), 0);
	assert_int_equal(yihu_opening_size(1, 0), 0);
	assert_int_equal(yihu_opening_size(1, 256), 0);
	assert_int_equal(yihu_opening_size(10000000, 255),
			 24 + (UINT64_C(10000000) * 255 + 4) * 32 + 64);
	assert_int_equal(yihu_opening_size(0, 1), 24 + 4 * 32 + 64);
}

TEST(a_file_of_too_many_ballots_is_refused)
{
	static const struct {
		uint64_t n;
		uint32_t w;
	} rows[] = {{10000001, 1}, {UINT64_MAX, 1}, {1, 0}, {1, 256}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_buf file = {0};
		struct yihu_opening *o = NULL;
		struct yihu_error err;
		yihu_buf_str(&file, "YIHUOPN1");
		yihu_buf_be32(&file, 1);
		yihu_buf_be64(&file, rows[i].n);
		yihu_buf_be32(&file, rows[i].w);
		assert_code(yihu_opening_parse(&o, file.data, file.len, rows[i].n, rows[i].w, &err),
			    err, YIHU_ETOOBIG);
		assert_null(o);
		yihu_buf_free(&file);
	}
}

TEST(a_file_of_another_shape_is_refused)
{
	struct box b;
	box_make(&b, 1, 1, 2, 1);
	struct yihu_buf file = make(&b, 1);
	size_t whole = file.len;
	yihu_buf_put(&file, b.root, sizeof b.root);
	const struct {
		size_t len;
		uint64_t n;
		uint32_t w;
		int code;
	} rows[] = {
		{0, 2, 1, YIHU_EVERSION},          {7, 2, 1, YIHU_EVERSION},
		{8, 2, 1, YIHU_EFORMAT},           {23, 2, 1, YIHU_EFORMAT},
		{24, 2, 1, YIHU_EFORMAT},          {whole - 1, 2, 1, YIHU_EFORMAT},
		{whole + 1, 2, 1, YIHU_ETRAILING}, {whole + 32, 2, 1, YIHU_ETRAILING},
		{whole, 1, 1, YIHU_EOPENING},      {whole, 3, 1, YIHU_EOPENING},
		{whole, 2, 2, YIHU_EOPENING},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_opening *o = NULL;
		struct yihu_error err;
		assert_code(
			yihu_opening_parse(&o, file.data, rows[i].len, rows[i].n, rows[i].w, &err),
			err, rows[i].code);
		assert_null(o);
	}
	yihu_buf_free(&file);
	box_free(&b);
}

TEST(a_flipped_bit_anywhere_is_refused)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 1, 1, 2, 1);
	struct yihu_buf file = make(&b, 1);
	size_t scalar = file.len - YIHU_SIGNATURE_BYTES - 32;
	for (size_t i = 0; i < file.len; i++) {
		file.data[i] ^= 4;
		int want = YIHU_ESIGNATURE;
		struct yihu_point p;
		struct yihu_scalar s;
		if (i >= 24 && i < scalar) {
			memcpy(&p, file.data + 24 + (i - 24) / 32 * 32, 32);
			want = yihu_point_valid(&p) ? YIHU_ESIGNATURE : YIHU_EPOINT;
		} else if (i >= scalar && i < scalar + 32) {
			memcpy(&s, file.data + scalar, 32);
			want = yihu_scalar_valid(&s) ? YIHU_ESIGNATURE : YIHU_ESCALAR;
		} else if (i < 24) {
			want = i < 8 ? YIHU_EVERSION : YIHU_EOPENING;
		}
		assert_code(check(&b, 1, &file, NULL, &err), err, want);
		file.data[i] ^= 4;
	}
	assert_ok(check(&b, 1, &file, NULL, &err), err);
	yihu_buf_free(&file);
	box_free(&b);
}

/* Other valid values, signed by the holder itself. */
TEST(a_replaced_value_fails_the_proof)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 2, 3, 2, 2);
	struct yihu_buf file = make(&b, 2), copy = {0};
	size_t values = (file.len - YIHU_SIGNATURE_BYTES - 24) / 32;
	for (size_t i = 0; i < values; i++) {
		yihu_buf_reset(&copy);
		yihu_buf_put(&copy, file.data, file.len);
		(i + 1 == values ? bump_scalar : bump_point)(copy.data + 24 + i * 32);
		resign(&copy, "open-file", b.eid, &b.keys.pairs[1]);
		assert_code(check(&b, 2, &copy, NULL, &err), err, YIHU_EOPENINGPROOF);
	}
	yihu_buf_free(&copy);
	yihu_buf_free(&file);
	box_free(&b);
}

TEST(two_decryptions_swapped_fail_the_proof)
{
	struct box b;
	struct yihu_error err;
	uint8_t held[32];
	box_make(&b, 2, 3, 3, 1);
	struct yihu_buf file = make(&b, 2);
	uint8_t *d = file.data + 24;
	memcpy(held, d + 32, 32);
	memcpy(d + 32, d + 64, 32);
	memcpy(d + 64, held, 32);
	resign(&file, "open-file", b.eid, &b.keys.pairs[1]);
	assert_code(check(&b, 2, &file, NULL, &err), err, YIHU_EOPENINGPROOF);
	yihu_buf_free(&file);
	box_free(&b);
}

/* A holder who decrypts one word with another exponent than its share, or
 * proves another share altogether. */
static struct yihu_buf lie(const struct box *b, uint32_t j, struct yihu_scalar decrypts,
			   size_t word, struct yihu_scalar proves)
{
	struct yihu_buf file = {0};
	struct plain_opening p;
	plain_opening_init(&p, context(b, j), b->list, b->keys.x[j - 1]);
	p.decrypts[word] = decrypts;
	p.proves = proves;
	plain_opening_write(&file, &p, &b->keys.pairs[j - 1]);
	return file;
}

TEST(a_plain_opening_is_accepted)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 2, 3, 2, 1);
	struct yihu_buf file = lie(&b, 1, b.keys.x[0], 0, b.keys.x[0]);
	assert_ok(check(&b, 1, &file, NULL, &err), err);
	yihu_buf_free(&file);
	box_free(&b);
}

/* Any one word, or the lot, decrypted with another exponent. */
TEST(a_wrong_decryption_fails_k2)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 2, 3, 2, 1);
	for (size_t word = 0; word < 3; word++) {
		struct yihu_buf file = lie(&b, 1, yihu_scalar_random(), word, b.keys.x[0]);
		assert_code(check(&b, 1, &file, NULL, &err), err, YIHU_EOPENINGPROOF);
		assert_says(err, "equation K2,");
		yihu_buf_free(&file);
	}
	box_free(&b);
}

/* Everything decrypted with one exponent, but not with the holder's share. */
TEST(another_share_fails_k1)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 2, 3, 0, 1);
	struct yihu_scalar other = yihu_scalar_random();
	struct yihu_buf file = lie(&b, 1, other, 0, other);
	assert_code(check(&b, 1, &file, NULL, &err), err, YIHU_EOPENINGPROOF);
	assert_says(err, "equation K1,");
	yihu_buf_free(&file);
	box_free(&b);
}

TEST(commitments_cannot_follow_the_response)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 1, 1, 0, 1);
	struct yihu_opening *o = opened(&b, 1);
	struct yihu_opening_context x = context(&b, 1);
	struct plain_opening p;
	plain_opening_init(&p, x, b.list, b.keys.x[0]);
	plain_opening_digest(&p, o->d);
	struct yihu_point a_star = yihu_point_mul(plain_opening_weight(&p, 0), x.p);
	bump_scalar(o->s.bytes);
	bump_point(o->k1.bytes);
	o->k2 = yihu_point_add(o->k2, a_star);
	assert_code(yihu_opening_verify(o, &x, b.list, b.keys.pairs[0].pk, NULL, &err), err,
		    YIHU_EOPENINGPROOF);
	yihu_opening_free(o);
	box_free(&b);
}

TEST(an_opening_says_who_signed_it)
{
	struct box b;
	box_make(&b, 2, 3, 2, 1);
	struct yihu_buf file = make(&b, 3);
	const uint8_t *pk = b.keys.pairs[2].pk;
	assert_int_equal(yihu_opening_holder(file.data, file.len), 3);
	assert_int_equal(yihu_opening_holder(file.data, 12), 3);
	assert_int_equal(yihu_opening_holder(file.data, 11), 0);
	assert_true(yihu_opening_signed_by(file.data, file.len, b.eid, pk));
	assert_false(yihu_opening_signed_by(file.data, file.len, b.eid, b.keys.pairs[1].pk));
	assert_false(yihu_opening_signed_by(file.data, file.len, b.root, pk));
	assert_false(yihu_opening_signed_by(file.data, 64, b.eid, pk));
	file.data[file.len - 65] ^= 1;
	assert_false(yihu_opening_signed_by(file.data, file.len, b.eid, pk));
	file.data[0] ^= 1;
	assert_int_equal(yihu_opening_holder(file.data, file.len), 0);
	yihu_buf_free(&file);
	box_free(&b);
}

TEST(an_opening_is_for_one_context)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 2, 3, 2, 2);
	struct yihu_opening *o = opened(&b, 1);
	struct yihu_opening_context x[6];
	for (size_t i = 0; i < 6; i++)
		x[i] = context(&b, 1);
	x[0].holder = 2;
	x[1].n = 1;
	x[2].w = 1;
	x[3].eid[0] ^= 1;
	bump_point(x[4].x.bytes);
	bump_point(x[5].p.bytes);
	static const int codes[6] = {YIHU_EOPENING,   YIHU_EOPENING,      YIHU_EOPENING,
				     YIHU_ESIGNATURE, YIHU_EOPENINGPROOF, YIHU_EOPENINGPROOF};
	for (size_t i = 0; i < 6; i++)
		assert_code(yihu_opening_verify(o, &x[i], b.list, b.keys.pairs[0].pk, NULL, &err),
			    err, codes[i]);
	x[0] = context(&b, 1);
	assert_code(yihu_opening_verify(o, &x[0], b.list, b.keys.pairs[1].pk, NULL, &err), err,
		    YIHU_ESIGNATURE);
	bump_point(b.list[3].b.bytes);
	assert_code(yihu_opening_verify(o, &x[0], b.list, b.keys.pairs[0].pk, NULL, &err), err,
		    YIHU_EOPENINGPROOF);
	yihu_opening_free(o);
	box_free(&b);
}

TEST(the_proof_covers_the_election)
{
	struct box b;
	struct yihu_error err;
	box_make(&b, 2, 3, 1, 1);
	struct yihu_buf file = make(&b, 1);
	struct yihu_opening *o = NULL;
	struct yihu_opening_context x = context(&b, 1);
	x.eid[1] ^= 1;
	resign(&file, "open-file", x.eid, &b.keys.pairs[0]);
	assert_ok(yihu_opening_parse(&o, file.data, file.len, 1, 1, &err), err);
	assert_code(yihu_opening_verify(o, &x, b.list, b.keys.pairs[0].pk, NULL, &err), err,
		    YIHU_EOPENINGPROOF);
	yihu_opening_free(o);
	yihu_buf_free(&file);
	box_free(&b);
}

TEST(the_lot_point_depends_on_all_it_is_made_of)
{
	uint8_t eid[32] = {1}, root[32] = {2};
	struct yihu_point p = yihu_lot_point(eid, 7, root), q = yihu_lot_point(eid, 8, root);
	assert_memory_not_equal(&p, &q, sizeof p);
	eid[0] = 3;
	q = yihu_lot_point(eid, 7, root);
	assert_memory_not_equal(&p, &q, sizeof p);
	eid[0] = 1;
	root[31] = 1;
	q = yihu_lot_point(eid, 7, root);
	assert_memory_not_equal(&p, &q, sizeof p);
}

struct steps {
	uint64_t done, total;
	unsigned times_ended;
};

static void note_step(void *context, const char *what, uint64_t done, uint64_t total)
{
	struct steps *s = context;
	assert_non_null(what);
	assert_true(done > s->done && done <= total);
	s->done = done;
	s->total = total;
	s->times_ended += done == total;
}

TEST(every_long_step_tells_how_far_it_is)
{
	struct box b;
	struct steps made = {0}, verified = {0}, forged = {0}, combined = {0};
	struct yihu_progress progress = {note_step, &made};
	struct yihu_buf file = {0};
	struct yihu_error err;
	box_make(&b, 1, 1, 5, 2);
	struct yihu_opening_context x = context(&b, 1);
	assert_ok(yihu_opening_make(&file, &x, b.list, b.keys.x[0], &b.keys.pairs[0], &progress,
				    &err),
		  err);
	assert_true(made.total == 10 && made.times_ended == 1);
	struct yihu_opening *o = opened(&b, 1);
	progress.context = &verified;
	assert_ok(yihu_opening_verify(o, &x, b.list, b.keys.pairs[0].pk, &progress, &err), err);
	assert_int_equal(verified.times_ended, 1);
	struct yihu_point seed, points[10];
	const struct yihu_opening *const openings[] = {o};
	progress.context = &combined;
	yihu_openings_combine(points, &seed, openings, 1, b.list, &progress);
	assert_true(combined.total == 10 && combined.times_ended == 1);
	o->s = yihu_scalar_add(o->s, yihu_scalar_u64(1));
	progress.context = &forged;
	assert_code(yihu_opening_verify(o, &x, b.list, b.keys.pairs[0].pk, &progress, &err), err,
		    YIHU_EOPENINGPROOF);
	assert_int_equal(forged.times_ended, 0);
	yihu_opening_free(o);
	yihu_buf_free(&file);
	box_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_two_of_three_open_the_same_words_and_lot),
		cmocka_unit_test(other_shapes_open_too),
		cmocka_unit_test(an_identity_in_the_list_is_opened),
		cmocka_unit_test(no_ballots_still_give_a_lot),
		cmocka_unit_test(a_share_of_another_is_not_used),
		cmocka_unit_test(sizes_beyond_the_limits_are_none),
		cmocka_unit_test(a_file_of_too_many_ballots_is_refused),
		cmocka_unit_test(a_file_of_another_shape_is_refused),
		cmocka_unit_test(a_flipped_bit_anywhere_is_refused),
		cmocka_unit_test(a_replaced_value_fails_the_proof),
		cmocka_unit_test(two_decryptions_swapped_fail_the_proof),
		cmocka_unit_test(a_plain_opening_is_accepted),
		cmocka_unit_test(a_wrong_decryption_fails_k2),
		cmocka_unit_test(another_share_fails_k1),
		cmocka_unit_test(commitments_cannot_follow_the_response),
		cmocka_unit_test(an_opening_says_who_signed_it),
		cmocka_unit_test(an_opening_is_for_one_context),
		cmocka_unit_test(the_proof_covers_the_election),
		cmocka_unit_test(the_lot_point_depends_on_all_it_is_made_of),
		cmocka_unit_test(every_long_step_tells_how_far_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
