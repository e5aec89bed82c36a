/* SPDX-License-Identifier: Apache-2.0
 *
 * The charter: the vectors are accepted, a flipped bit or other signers are
 * not; the election id as people read it.
 */
#include "world.h"

#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"approval", "consent"};

TEST(vectors_have_their_eid_and_key)
{
	for (size_t i = 0; i < 2; i++) {
		struct yihu_charter *c = vector_charter(kinds[i]);
		json_t *secrets = data_secrets(kinds[i]);
		uint8_t eid[32], y[32], pk[32];

		unhex(eid, sizeof(eid), json_object_get(secrets, "eid"));
		unhex(y, sizeof(y), json_object_get(secrets, "Y"));
		unhex(pk, sizeof(pk), json_object_get(secrets, "issuer_seedless_pk"));
		assert_memory_equal(c->eid, eid, sizeof(eid));
		assert_memory_equal(c->y.bytes, y, sizeof(y));
		assert_memory_equal(c->issuer.pk, pk, sizeof(pk));
		json_decref(secrets);
		yihu_charter_free(c);
	}
}

TEST(vectors_are_written_as_they_were_read)
{
	for (size_t i = 0; i < 2; i++) {
		struct yihu_charter *c = vector_charter(kinds[i]);
		struct yihu_buf text = {0};

		yihu_charter_text(&text, c);
		assert_string_equal((char *)text.data, c->text);
		yihu_buf_free(&text);
		yihu_charter_free(c);
	}
}

TEST(short_print_is_the_first_bits_of_the_eid)
{
	char print[YIHU_SHORT_PRINT_BYTES];
	uint8_t eid[32], back[32] = {0};
	unsigned bits = 0;

	for (size_t i = 0; i < sizeof(eid); i++)
		eid[i] = (uint8_t)(i * 37 + 1);
	yihu_short_print(print, eid);
	assert_int_equal(strlen(print), 29);
	assert_true(yihu_eid_read(back, &bits, print));
	assert_int_equal(bits, 120);
	assert_memory_equal(back, eid, 15);
	for (size_t i = 15; i < sizeof(back); i++)
		assert_int_equal(back[i], 0);
}

/* By hand: 0x03e83d1bb2 is 00000 01111 10100 00011 11010 00110 11101 10010 in fives. */
TEST(short_print_of_the_vector_is_known)
{
	struct yihu_charter *c = vector_charter("approval");
	char print[YIHU_SHORT_PRINT_BYTES];

	yihu_short_print(print, c->eid);
	assert_memory_equal(print, "0FM3-T6XJ-", 10);
	yihu_charter_free(c);
}

TEST(eid_is_read_as_people_write_it)
{
	static const char hex[] =
		"03e83d1bb202255e7d8bd3735d8d0d7eb9084c3311dfc5d1db68dbd42affbdfb";
	static const struct {
		const char *text;
		unsigned bits; /* 0: invalid */
	} rows[] = {
		{hex, 256},
		{"03E83D1BB202255E 7D8BD3735D8D0D7E B9084C3311DFC5D1 DB68DBD42AFFBDFB", 256},
		{"0FM3T6XJ08JNWZCBTDSNV38D", 120},
		{"ofm3 t6xj-o8jn-wzcb-tdsn-v38d", 120},
		{"", 0},
		{"0FM3", 0},
		{"0FM3T6XJ08JNWZCBTDSNV38U", 0},
		{"0FM3T6XJ08JNWZCBTDSNV38D0", 0},
		{"03e83d1bb202255e7d8bd3735d8d0d7eb9084c3311dfc5d1db68dbd42affbdf", 0},
		{"03e83d1bb202255e7d8bd3735d8d0d7eb9084c3311dfc5d1db68dbd42affbdfbb", 0},
		{"03e83d1bb202255e7d8bd3735d8d0d7eb9084c3311dfc5d1db68dbd42affbdfg", 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t eid[32] = {0xee}, want[32];
		unsigned bits = 7;
		bool ok = yihu_eid_read(eid, &bits, rows[i].text);

		assert_int_equal(ok, rows[i].bits != 0);
		assert_int_equal(bits, ok ? rows[i].bits : 7);
		assert_int_equal(eid[0], ok ? 0x03 : 0xee);
		assert_true(yihu_unhex(want, sizeof(want), yihu_span(hex)));
		if (ok)
			assert_memory_equal(eid, want, bits / 8);
	}
}

TEST(every_flipped_bit_is_refused)
{
	struct yihu_buf b = data_file("vectors/approval/public/charter");

	for (size_t i = 0; i < b.len; i++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			struct yihu_charter *c = NULL;

			b.data[i] ^= (uint8_t)(1u << bit);
			if (yihu_charter_parse(&c, b.data, b.len, NULL) == YIHU_OK)
				fail_msg("bit %u of byte %zu does not matter", bit, i);
			assert_null(c);
			b.data[i] ^= (uint8_t)(1u << bit);
		}
	}
	yihu_buf_free(&b);
}

TEST(every_cut_is_refused)
{
	struct yihu_buf b = data_file("vectors/approval/public/charter");

	for (size_t len = 0; len < b.len; len++) {
		struct yihu_charter *c = NULL;
		/* its own memory, so that the sanitizer sees a read behind it */
		uint8_t *copy = yihu_alloc(len > 0 ? len : 1);

		memcpy(copy, b.data, len);
		assert_int_not_equal(yihu_charter_parse(&c, copy, len, NULL), YIHU_OK);
		free(copy);
	}
	yihu_buf_free(&b);
}

TEST(share_keys_are_those_of_the_shares)
{
	struct world w;
	struct yihu_charter *c;

	world_init(&w, 5, 3, 7);
	c = world_charter(&w);
	for (uint32_t j = 1; j <= 5; j++) {
		struct yihu_scalar x = yihu_scalar_u64(0);
		struct yihu_point p;

		for (uint32_t i = 0; i < 5; i++)
			x = yihu_scalar_add(x, yihu_polynomial_at(w.a[i], 3, j));
		p = yihu_point_base(x);
		assert_memory_equal(c->share_keys[j - 1].bytes, p.bytes, 32);
	}
	yihu_charter_free(c);
	world_finish(&w);
}

TEST(all_sizes_of_holders_are_accepted)
{
	static const uint32_t sizes[][2] = {{1, 1}, {2, 2}, {3, 2}, {4, 2}, {15, 2}, {15, 15}};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct world w;
		struct yihu_charter *c;

		world_init(&w, sizes[i][0], sizes[i][1], 1000000);
		c = world_charter(&w);
		assert_int_equal(c->n, sizes[i][0]);
		assert_int_equal(c->t, sizes[i][1]);
		assert_int_equal(c->households, 1000000);
		yihu_charter_free(c);
		world_finish(&w);
	}
}

TEST(draft_bears_the_issuer_alone)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_buf text, draft, whole;
	struct world w;

	world_init(&w, 3, 2, 9);
	text = world_text(&w);
	whole = world_sign(&w, &text);
	w.n_signers = 1;
	draft = world_sign(&w, &text);
	expect(yihu_charter_parse_draft(&c, draft.data, draft.len, &err), &err, YIHU_OK, "");
	yihu_charter_free(c);
	c = NULL;
	expect(yihu_charter_parse_draft(&c, whole.data, whole.len, &err), &err, YIHU_ESIGNERS, "4");
	expect(yihu_charter_parse(&c, draft.data, draft.len, &err), &err, YIHU_ESIGNERS, "1");
	assert_null(c);
	yihu_buf_free(&text);
	yihu_buf_free(&draft);
	yihu_buf_free(&whole);
	world_finish(&w);
}

/* Wrong signers over a right text. */

static void add_log_signature(struct yihu_buf *note, const struct world *w, struct yihu_span text)
{
	yihu_note_sign_line(note, text, &w->c.log, &w->log);
}

static void swap_holders(struct yihu_buf *note, const struct world *w, struct yihu_span text)
{
	yihu_buf_reset(note);
	yihu_note_sign(note, text, &w->c.issuer, &w->issuer);
	for (size_t i = 3; i-- > 0;)
		yihu_note_sign_line(note, text, &w->c.holders[i].key, &w->holders[i]);
}

static void holder_before_issuer(struct yihu_buf *note, const struct world *w,
				 struct yihu_span text)
{
	yihu_buf_reset(note);
	yihu_note_sign(note, text, &w->c.holders[0].key, &w->holders[0]);
	yihu_note_sign_line(note, text, &w->c.issuer, &w->issuer);
	for (size_t i = 1; i < 3; i++)
		yihu_note_sign_line(note, text, &w->c.holders[i].key, &w->holders[i]);
}

static void last_holder_twice(struct yihu_buf *note, const struct world *w, struct yihu_span text)
{
	yihu_note_sign_line(note, text, &w->c.holders[2].key, &w->holders[2]);
}

static void holder_over_other_text(struct yihu_buf *note, const struct world *w,
				   struct yihu_span text)
{
	struct yihu_span other = yihu_span("yihu-charter-v1\n");

	yihu_buf_reset(note);
	yihu_note_sign(note, text, &w->c.issuer, &w->issuer);
	for (size_t i = 0; i < 2; i++)
		yihu_note_sign_line(note, text, &w->c.holders[i].key, &w->holders[i]);
	yihu_note_sign_line(note, other, &w->c.holders[2].key, &w->holders[2]);
}

TEST(wrong_signers_are_refused)
{
	static const struct {
		void (*forge)(struct yihu_buf *, const struct world *, struct yihu_span);
		int code;
		const char *words;
	} rows[] = {
		{add_log_signature, YIHU_ESIGNERS, "5"},
		{swap_holders, YIHU_ESIGNERS, "王-1"},
		{holder_before_issuer, YIHU_ESIGNERS, "issuer"},
		{last_holder_twice, YIHU_ESIGNERS, "5"},
		{holder_over_other_text, YIHU_ESIGNATURE, "王-3"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct yihu_charter *c = NULL;
		struct yihu_error err = {0};
		struct yihu_buf text, note;
		struct world w;

		world_init(&w, 3, 2, 9);
		text = world_text(&w);
		note = world_sign(&w, &text);
		rows[i].forge(&note, &w, (struct yihu_span){(const char *)text.data, text.len});
		expect(yihu_charter_parse(&c, note.data, note.len, &err), &err, rows[i].code,
		       rows[i].words);
		assert_null(c);
		yihu_buf_free(&text);
		yihu_buf_free(&note);
		world_finish(&w);
	}
}

/* The world that the forged charters start from is itself accepted. */
TEST(the_unforged_world_is_accepted)
{
	struct yihu_charter *c;
	struct world w;

	world_init(&w, 3, 2, 9);
	c = world_charter(&w);
	assert_int_equal(c->max_additions, 3);
	assert_int_equal(c->max_replacements, 2);
	assert_int_equal(c->min_box, 5);
	assert_int_equal(c->opens, 1750000000);
	assert_int_equal(c->closes, 1750600000);
	assert_int_equal(c->q, 3);
	assert_string_equal(c->origin, c->log.name);
	yihu_charter_free(c);
	world_finish(&w);
}

TEST(oversize_is_refused)
{
	size_t len = YIHU_CHARTER_BYTES_MAX + 1;
	char *text = yihu_alloc(len);
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};

	memset(text, 'x', len);
	expect(yihu_charter_parse(&c, text, len, &err), &err, YIHU_ETOOBIG, "262144");
	expect(yihu_charter_parse_text(&c, text, len, &err), &err, YIHU_ETOOBIG, "262144");
	expect(yihu_charter_parse(&c, text, len - 1, &err), &err, YIHU_EFORMAT, "");
	expect(yihu_charter_parse_text(&c, text, len - 1, &err), &err, YIHU_EVERSION, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_have_their_eid_and_key),
		cmocka_unit_test(vectors_are_written_as_they_were_read),
		cmocka_unit_test(short_print_is_the_first_bits_of_the_eid),
		cmocka_unit_test(short_print_of_the_vector_is_known),
		cmocka_unit_test(eid_is_read_as_people_write_it),
		cmocka_unit_test(every_flipped_bit_is_refused),
		cmocka_unit_test(every_cut_is_refused),
		cmocka_unit_test(share_keys_are_those_of_the_shares),
		cmocka_unit_test(all_sizes_of_holders_are_accepted),
		cmocka_unit_test(draft_bears_the_issuer_alone),
		cmocka_unit_test(wrong_signers_are_refused),
		cmocka_unit_test(the_unforged_world_is_accepted),
		cmocka_unit_test(oversize_is_refused),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("charter", tests, NULL, NULL);
}
