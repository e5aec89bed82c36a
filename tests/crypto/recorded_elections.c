/* SPDX-License-Identifier: Apache-2.0
 *
 * The recorded elections verify, mix by mix and opening by opening, and open
 * to the words and the lot that were recorded.
 */
#include <stdlib.h>
#include <string.h>

#include "recorded.h"

#define OPENINGS_MAX 3

static void setup_name(void **state, const char *name)
{
	struct recorded *r = yihu_alloc(sizeof *r);
	recorded_load(r, name);
	*state = r;
}

static int setup_approval(void **state)
{
	setup_name(state, "approval");
	return 0;
}

static int setup_consent(void **state)
{
	setup_name(state, "consent");
	return 0;
}

static int teardown(void **state)
{
	recorded_free(*state);
	free(*state);
	return 0;
}

static void holders_prove_their_keys(void **state)
{
	const struct recorded *r = *state;
	struct yihu_error err;
	for (uint32_t i = 0; i < r->holders_n; i++)
		assert_ok(yihu_holder_verify(&r->holders[i], r->holders_n, r->t, &err), err);
	struct yihu_point y = yihu_election_key(r->holders, r->holders_n);
	assert_memory_equal(&y, &r->y, sizeof y);
}

static void a_holder_line_is_written_as_it_was_read(void **state)
{
	const struct recorded *r = *state;
	struct yihu_buf charter = {0}, line = {0};
	assert_true(recorded_file(r, &charter, "public/charter"));
	for (uint32_t i = 0; i < r->holders_n; i++) {
		yihu_buf_reset(&line);
		yihu_holder_line(&line, &r->holders[i], r->t);
		assert_non_null(memmem(charter.data, charter.len, line.data, line.len));
	}
	yihu_buf_free(&charter);
	yihu_buf_free(&line);
}

static void ballots_prove_their_words(void **state)
{
	const struct recorded *r = *state;
	json_t *ballots = json_object_get(r->secrets, "ballots");
	assert_int_equal(json_array_size(ballots), r->n);
	for (uint64_t i = 0; i < r->n; i++) {
		const uint8_t *p = r->ballots[i].data;
		struct yihu_buf hex = {0};
		yihu_hex(&hex, p, r->ballots[i].len);
		assert_string_equal(
			(const char *)hex.data,
			json_string_value(json_object_get(json_array_get(ballots, i), "ballot")));
		yihu_buf_free(&hex);
		size_t w = r->w;
		struct yihu_point commitments[2];
		struct yihu_scalar responses[2];
		assert_true(w <= 2);
		memcpy(commitments, p + 102 + w * 64, w * 32);
		memcpy(responses, p + 102 + w * 96, w * 32);
		assert_true(yihu_ballot_proof_ok(r->eid, yihu_load_be32(p + 1), p + 5, w,
						 r->list + i * w, commitments, responses));
	}
}

/* Verifies mix k over `in`; returns its list in `in`. */
static void verify_mix(const struct recorded *r, uint32_t k, const struct yihu_buf *file,
		       struct yihu_ciphertext *in)
{
	struct yihu_mix *m = NULL;
	struct yihu_error err;
	struct yihu_mix_context x = {.k = k, .n = r->n, .w = r->w, .y = r->y};
	memcpy(x.eid, r->eid, sizeof x.eid);
	assert_int_equal(yihu_mix_size(r->n, r->w), file->len);
	assert_ok(yihu_mix_parse(&m, file->data, file->len, r->n, r->w, &err), err);
	x.holder = m->holder;
	const uint8_t *pk = r->holders[m->holder - 1].key.pk;
	assert_ok(yihu_mix_verify(m, &x, in, pk, NULL, &err), err);
	memcpy(in, m->list, r->n * r->w * sizeof *in);
	yihu_mix_free(m);
}

/* The list after all mixes; freed by the caller. */
static struct yihu_ciphertext *last_list(const struct recorded *r)
{
	struct yihu_buf file = {0};
	struct yihu_ciphertext *list = yihu_calloc(r->n * r->w, sizeof *list);
	memcpy(list, r->list, r->n * r->w * sizeof *list);
	uint32_t k = 1;
	while (recorded_file(r, &file, "public/mix/%u", k)) {
		verify_mix(r, k++, &file, list);
		yihu_buf_reset(&file);
	}
	assert_true(k > r->t);
	yihu_buf_free(&file);
	return list;
}

static void every_mix_verifies(void **state)
{
	free(last_list(*state));
}

static uint32_t read_openings(const struct recorded *r, const struct yihu_ciphertext *list,
			      struct yihu_opening **openings)
{
	uint32_t found = 0;
	struct yihu_error err;
	for (uint32_t j = 1; j <= r->holders_n; j++) {
		struct yihu_buf file = {0};
		if (!recorded_file(r, &file, "public/open/%u", j))
			continue;
		assert_true(found < OPENINGS_MAX);
		assert_int_equal(yihu_opening_size(r->n, r->w), file.len);
		struct yihu_opening **o = &openings[found++];
		assert_ok(yihu_opening_parse(o, file.data, file.len, r->n, r->w, &err), err);
		struct yihu_opening_context x = {
			.holder = j,
			.x = yihu_share_key(r->holders, r->holders_n, r->t, j),
			.p = yihu_lot_point(r->eid, r->box_size, r->box_root),
			.n = r->n,
			.w = r->w,
		};
		memcpy(x.eid, r->eid, sizeof x.eid);
		const uint8_t *pk = r->holders[j - 1].key.pk;
		assert_ok(yihu_opening_verify(*o, &x, list, pk, NULL, &err), err);
		yihu_buf_free(&file);
	}
	return found;
}

static void the_openings_give_the_recorded_words_and_lot(void **state)
{
	const struct recorded *r = *state;
	struct yihu_opening *openings[OPENINGS_MAX];
	struct yihu_ciphertext *list = last_list(r);
	uint32_t found = read_openings(r, list, openings);
	assert_int_equal(found, r->t);

	struct yihu_point seed, *points = yihu_calloc(r->n * r->w, sizeof *points);
	yihu_openings_combine(points, &seed, (const struct yihu_opening *const *)openings, r->t,
			      list, NULL);
	char hex[65];
	assert_string_equal(yihu_hex_into(hex, seed.bytes, 32),
			    json_string_value(json_object_get(r->secrets, "lot_seed")));
	struct yihu_words_table *table = yihu_words_table_new(YIHU_WORD_BOUND);
	json_t *opened = json_object_get(r->secrets, "opened_words");
	for (uint64_t i = 0; i < r->n * r->w; i++) {
		json_t *words = json_array_get(opened, i / r->w);
		assert_int_equal(yihu_word_of(table, &points[i]),
				 json_integer_value(json_array_get(words, i % r->w)));
	}
	yihu_words_table_free(table);
	free(points);
	for (uint32_t i = 0; i < found; i++)
		yihu_opening_free(openings[i]);
	free(list);
}

#define BOTH(f)                                                                                    \
	{#f " (approval)", f, setup_approval, teardown, NULL},                                     \
	{                                                                                          \
#f " (consent)", f, setup_consent, teardown, NULL                                  \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(holders_prove_their_keys),
		BOTH(a_holder_line_is_written_as_it_was_read),
		BOTH(ballots_prove_their_words),
		BOTH(every_mix_verifies),
		BOTH(the_openings_give_the_recorded_words_and_lot),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
