/* SPDX-License-Identifier: Apache-2.0
 *
 * The charter: the vectors are accepted, a flipped bit is not, and neither is
 * a charter that everybody signed but that breaks a rule of PROTOCOL §3 or §4.
 */
#include "world.h"

#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"approval", "consent"};

static void vectors_have_their_eid_and_key(void **state)
{
	(void)state;
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

static void vectors_are_written_as_they_were_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct yihu_charter *c = vector_charter(kinds[i]);
		struct yihu_buf text = {0};

		yihu_charter_text(&text, c);
		assert_string_equal((char *)text.data, c->text);
		yihu_buf_free(&text);
		yihu_charter_free(c);
	}
}

static void short_print_is_the_first_bits_of_the_eid(void **state)
{
	char print[YIHU_SHORT_PRINT_BYTES];
	uint8_t eid[32], back[32] = {0};
	unsigned bits = 0;

	(void)state;
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
static void short_print_of_the_vector_is_known(void **state)
{
	struct yihu_charter *c = vector_charter("approval");
	char print[YIHU_SHORT_PRINT_BYTES];

	(void)state;
	yihu_short_print(print, c->eid);
	assert_memory_equal(print, "0FM3-T6XJ-", 10);
	yihu_charter_free(c);
}

static void eid_is_read_as_people_write_it(void **state)
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

	(void)state;
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

static void every_flipped_bit_is_refused(void **state)
{
	struct yihu_buf b = data_file("vectors/approval/public/charter");

	(void)state;
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

static void every_cut_is_refused(void **state)
{
	struct yihu_buf b = data_file("vectors/approval/public/charter");

	(void)state;
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

static void share_keys_are_those_of_the_shares(void **state)
{
	struct world w;
	struct yihu_charter *c;

	(void)state;
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

static void all_sizes_of_holders_are_accepted(void **state)
{
	static const uint32_t sizes[][2] = {{1, 1}, {2, 2}, {3, 2}, {4, 2}, {15, 2}, {15, 15}};

	(void)state;
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

static void draft_bears_the_issuer_alone(void **state)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_buf text, draft, whole;
	struct world w;

	(void)state;
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

static void wrong_signers_are_refused(void **state)
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

	(void)state;
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

/* What a charter can say that is wrong though everybody signs it. Each forger
 * changes the world before the text is written; proofs are made anew where the
 * forger says so. */

static void same_key_issuer_and_holder(struct world *w)
{
	w->holders[1] = w->issuer;
	yihu_vkey_make(&w->c.holders[1].key, "王-2", w->issuer.pk, NULL);
	world_prove(w);
}

static void same_key_log_and_issuer(struct world *w)
{
	w->issuer = w->log;
	yihu_vkey_make(&w->c.issuer, "issuer", w->log.pk, NULL);
}

static void same_key_two_holders(struct world *w)
{
	w->holders[2] = w->holders[0];
	yihu_vkey_make(&w->c.holders[2].key, "王-3", w->holders[0].pk, NULL);
	world_prove(w);
}

static void same_name_two_holders(struct world *w)
{
	yihu_vkey_make(&w->c.holders[2].key, "王-1", w->holders[2].pk, NULL);
	world_prove(w);
}

static void same_name_issuer_and_holder(struct world *w)
{
	yihu_vkey_make(&w->c.holders[0].key, "issuer", w->holders[0].pk, NULL);
	world_prove(w);
}

static void same_name_issuer_and_log(struct world *w)
{
	yihu_vkey_make(&w->c.issuer, w->c.origin, w->issuer.pk, NULL);
}

static void log_name_is_another(struct world *w)
{
	yihu_vkey_make(&w->c.log, "vote.example.org/jishan-2026", w->log.pk, NULL);
}

static void origin_is_no_url(struct world *w)
{
	free(w->c.origin);
	w->c.origin = yihu_strdup("https://vote.example.org/jishan-2025");
	yihu_vkey_make(&w->c.log, w->c.origin, w->log.pk, NULL);
}

static void first_commitment_is_identity(struct world *w)
{
	w->a[1][0] = yihu_scalar_u64(0);
	world_prove(w);
}

static void last_commitment_is_identity(struct world *w)
{
	w->a[2][1] = yihu_scalar_u64(0);
	world_prove(w);
}

/* a_{3,0} = −a_{1,0} − a_{2,0}: each holder's proof holds, and Y is the identity. */
static void key_is_identity(struct world *w)
{
	w->a[2][0] = yihu_scalar_neg(yihu_scalar_add(w->a[0][0], w->a[1][0]));
	world_prove(w);
}

static void proof_response_is_wrong(struct world *w)
{
	struct yihu_scalar *s = &w->c.holders[1].proof_s;

	*s = yihu_scalar_add(*s, yihu_scalar_u64(1));
}

static void proof_is_another_holders(struct world *w)
{
	w->c.holders[0].proof_k = w->c.holders[1].proof_k;
	w->c.holders[0].proof_s = w->c.holders[1].proof_s;
}

static void proof_is_for_more_holders(struct world *w)
{
	yihu_holder_prove(&w->c.holders[1], 4, w->c.t, w->a[1]);
}

/* Rogue key: C' = C − ΣC of the others, whose secret nobody knows. */
static void commitment_cancels_the_others(struct world *w)
{
	struct yihu_holder *h = w->c.holders;

	h[2].c[0] = yihu_point_sub(yihu_point_sub(h[2].c[0], h[0].c[0]), h[1].c[0]);
}

static void higher_commitment_is_another(struct world *w)
{
	struct yihu_point *c = &w->c.holders[1].c[1];

	*c = yihu_point_add(*c, yihu_point_base(yihu_scalar_u64(1)));
}

static void holders_change_places(struct world *w)
{
	struct yihu_holder h = w->c.holders[0];
	struct yihu_keypair kp = w->holders[0];

	w->c.holders[0] = w->c.holders[1];
	w->c.holders[1] = h;
	w->holders[0] = w->holders[1];
	w->holders[1] = kp;
}

static void quorum_below_threshold(struct world *w)
{
	w->c.q = 1;
}

static void quorum_above_holders(struct world *w)
{
	w->c.q = 4;
}

static void closes_when_it_opens(struct world *w)
{
	w->c.closes = w->c.opens;
}

static void closes_before_it_opens(struct world *w)
{
	w->c.closes = w->c.opens - 1;
}

static void no_households(struct world *w)
{
	w->c.households = 0;
}

static void too_many_households(struct world *w)
{
	w->c.households = 1000001;
}

static void min_box_is_zero(struct world *w)
{
	w->c.min_box = 0;
}

struct forged {
	void (*forge)(struct world *w);
	const char *find, *with; /* in the text; NULL for none */
	int code;
	const char *words;
};

static const struct forged forged[] = {
	{same_key_issuer_and_holder, NULL, NULL, YIHU_EKEYS, "“issuer” and “王-2”"},
	{same_key_log_and_issuer, NULL, NULL, YIHU_EKEYS, "same key"},
	{same_key_two_holders, NULL, NULL, YIHU_EKEYS, "“王-1” and “王-3”"},
	{same_name_two_holders, NULL, NULL, YIHU_EKEYS, "name “王-1”"},
	{same_name_issuer_and_holder, NULL, NULL, YIHU_EKEYS, "name “issuer”"},
	{same_name_issuer_and_log, NULL, NULL, YIHU_EKEYS, "name “vote.example.org"},
	{log_name_is_another, NULL, NULL, YIHU_EORIGIN, "Line 11"},
	{origin_is_no_url, NULL, NULL, YIHU_EORIGIN, "Line 2"},
	{first_commitment_is_identity, NULL, NULL, YIHU_EIDENTITY, "line 14"},
	{last_commitment_is_identity, NULL, NULL, YIHU_EIDENTITY, "line 15"},
	{key_is_identity, NULL, NULL, YIHU_EIDENTITY, "Line 16"},
	{proof_response_is_wrong, NULL, NULL, YIHU_EPROOF, "line 14"},
	{proof_is_another_holders, NULL, NULL, YIHU_EPROOF, "line 13"},
	{proof_is_for_more_holders, NULL, NULL, YIHU_EPROOF, "line 14"},
	{commitment_cancels_the_others, NULL, NULL, YIHU_EPROOF, "line 15"},
	{higher_commitment_is_another, NULL, NULL, YIHU_EPROOF, "line 14"},
	{holders_change_places, NULL, NULL, YIHU_ECHARTER, "Line 13"},
	{quorum_below_threshold, NULL, NULL, YIHU_ETHRESHOLD, "between 2 and 3, not 1"},
	{quorum_above_holders, NULL, NULL, YIHU_ETHRESHOLD, "between 2 and 3, not 4"},
	{closes_when_it_opens, NULL, NULL, YIHU_ETIME, "Line 9"},
	{closes_before_it_opens, NULL, NULL, YIHU_ETIME, "Line 9"},
	{no_households, NULL, NULL, YIHU_EHOUSEHOLD, "Line 4"},
	{too_many_households, NULL, NULL, YIHU_EHOUSEHOLD, "1000000"},
	{min_box_is_zero, NULL, NULL, YIHU_EMINBOX, "Line 7"},
	{NULL, "yihu-charter-v1", "yihu-charter-v2", YIHU_EVERSION, "Line 1"},
	{NULL, "yihu-charter-v1\n", "yihu-charter-v1 \n", YIHU_EVERSION, "Line 1"},
	{NULL, "origin ", "Origin ", YIHU_ECHARTER, "Line 2"},
	{NULL, "origin ", "origin  ", YIHU_ECHARTER, "Line 2"},
	{NULL, "\ndefinition", " x\ndefinition", YIHU_ECHARTER, "Line 2"},
	{NULL, "definition d5", "definition D5", YIHU_ECHARTER, "Line 3"},
	{NULL, "definition d5", "definition ", YIHU_ECHARTER, "64"},
	{NULL, "households 9", "households 09", YIHU_ECHARTER, "“09”"},
	{NULL, "households 9", "households +9", YIHU_ECHARTER, "“+9”"},
	{NULL, "households 9", "households 9.0", YIHU_ECHARTER, "Line 4"},
	{NULL, "households 9", "households 4294967296", YIHU_ECHARTER, "4294967296"},
	{NULL, "households 9", "households 4294967305", YIHU_ECHARTER, "Line 4"},
	{NULL, "households 9\n", "", YIHU_ECHARTER, "households <number>"},
	{NULL, "households 9\n", "households 9\nhouseholds 9\n", YIHU_ECHARTER, "Line 5"},
	{NULL, "roll 0f", "roll 0g", YIHU_ECHARTER, "Line 5"},
	{NULL, "changes 3 2", "changes 3", YIHU_ECHARTER, "Line 6"},
	{NULL, "changes 3 2", "changes 3 2 1", YIHU_ECHARTER, "Line 6"},
	{NULL, "changes 3 2", "changes 3 02", YIHU_ECHARTER, "“02”"},
	{NULL, "changes 3 2", "changes 3 2 ", YIHU_ECHARTER, "Line 6"},
	{NULL, "min-box 5", "min-box -5", YIHU_ECHARTER, "Line 7"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-06-15 15:06:40Z", YIHU_ECHARTER, "Line 8"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-06-15T15:06:40+00:00", YIHU_ETIME,
	 "Line 8"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-06-31T15:06:40Z", YIHU_ETIME, "Line 8"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-06-15T24:00:00Z", YIHU_ETIME, "Line 8"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-6-15T15:06:40Z", YIHU_ETIME, "Line 8"},
	{NULL, "issuer issuer+", "issuer issue+", YIHU_EFORMAT, "line 10"},
	{NULL, "threshold 2 3 3", "threshold 1 3 3", YIHU_ETHRESHOLD, "Line 12"},
	{NULL, "threshold 2 3 3", "threshold 4 3 3", YIHU_ETHRESHOLD, "Line 12"},
	{NULL, "threshold 2 3 3", "threshold 0 3 3", YIHU_ETHRESHOLD, "Line 12"},
	{NULL, "threshold 2 3 3", "threshold 2 16 3", YIHU_ETHRESHOLD, "Line 12"},
	{NULL, "threshold 2 3 3", "threshold 2 4 3", YIHU_EPROOF, "line 13"},
	{NULL, "threshold 2 3 3", "threshold 2 2 2", YIHU_EPROOF, "line 13"},
	{NULL, "threshold 2 3 3", "threshold 3 3 3", YIHU_EFORMAT, "line 13"},
	{NULL, "threshold 2 3 3", "threshold 2 3", YIHU_ECHARTER, "threshold <t> <n> <q>"},
	{NULL, "\ntrustee 1 ", "\ntrustee 01 ", YIHU_EFORMAT, "line 13"},
	{NULL, "\ntrustee 2 ", "\ntrustee 1 ", YIHU_ECHARTER, "Line 14"},
	{NULL, "\ntrustee 3 ", "\ntrustee 4 ", YIHU_ECHARTER, "Line 15"},
	{NULL, "\ntrustee 3 ", "\nkey 3 ", YIHU_EFORMAT, "line 15"},
	{NULL, "\nkey ", "\nkey 4q5A", YIHU_EPOINT, "Line 16"},
	{NULL, "\nkey ", "\nKey ", YIHU_ECHARTER, "Line 16"},
	{NULL, "=\n", "=\nkey x\n", YIHU_EFORMAT, "line 14"},
};

static void refuse(const struct forged *row)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_buf text, note;
	struct world w;

	world_init(&w, 3, 2, 9);
	if (row->forge != NULL)
		row->forge(&w);
	text = world_text(&w);
	if (row->find != NULL)
		replace(&text, row->find, row->with);
	note = world_sign(&w, &text);
	expect(yihu_charter_parse(&c, note.data, note.len, &err), &err, row->code, row->words);
	assert_null(c);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	world_finish(&w);
}

static void signed_but_wrong_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		print_message("# row %zu: %s\n", i, forged[i].words);
		refuse(&forged[i]);
	}
}

/* The world that every row above starts from is itself accepted. */
static void the_unforged_world_is_accepted(void **state)
{
	struct yihu_charter *c;
	struct world w;

	(void)state;
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

static void another_key_is_refused(void **state)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_point other = yihu_point_base(yihu_scalar_random());
	struct yihu_buf text, note;
	struct world w;
	char *key;

	(void)state;
	world_init(&w, 3, 2, 9);
	text = world_text(&w);
	key = strstr((char *)text.data, "\nkey ");
	text.len = (size_t)(key - (char *)text.data) + strlen("\nkey ");
	yihu_base64(&text, other.bytes, sizeof(other.bytes));
	yihu_buf_str(&text, "\n");
	note = world_sign(&w, &text);
	expect(yihu_charter_parse(&c, note.data, note.len, &err), &err, YIHU_EKEY, "Line 16");
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	world_finish(&w);
}

static void lines_behind_the_key_are_refused(void **state)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_buf text;
	struct world w;

	(void)state;
	world_init(&w, 3, 2, 9);
	text = world_text(&w);
	yihu_buf_str(&text, "note hello\n");
	expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_ETRAILING, "17");
	text.len -= strlen("note hello\n");
	yihu_buf_str(&text, "x");
	expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_ETRAILING, "16");
	text.len -= 2; /* the key's own LF is gone too */
	expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_ECHARTER, "16");
	yihu_buf_free(&text);
	world_finish(&w);
}

static void texts_that_are_no_text_are_refused(void **state)
{
	static const struct {
		const char *find, *with;
	} rows[] = {
		{"\norigin", "\r\norigin"},
		{"yihu-charter-v1", "\xef\xbb\xbfyihu-charter-v1"},
		{"households 9", "households\t9"},
		{"王-1", "\xe7\x8e"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct yihu_charter *c = NULL;
		struct yihu_error err = {0};
		struct yihu_buf text;
		struct world w;

		world_init(&w, 3, 2, 9);
		text = world_text(&w);
		replace(&text, rows[i].find, rows[i].with);
		expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_EFORMAT,
		       "UTF-8");
		yihu_buf_free(&text);
		world_finish(&w);
	}
}

static void oversize_is_refused(void **state)
{
	size_t len = YIHU_CHARTER_BYTES_MAX + 1;
	char *text = yihu_alloc(len);
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};

	(void)state;
	memset(text, 'x', len);
	expect(yihu_charter_parse(&c, text, len, &err), &err, YIHU_ETOOBIG, "262144");
	expect(yihu_charter_parse_text(&c, text, len, &err), &err, YIHU_ETOOBIG, "262144");
	free(text);
}

/* Small-order, not canonical, and of mixed order: all refused as keys (§1). */
static void weak_public_keys_are_refused(void **state)
{
	static const char *const keys[] = {
		"0100000000000000000000000000000000000000000000000000000000000000",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"0200000000000000000000000000000000000000000000000000000000000000",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct yihu_charter *c = NULL;
		struct yihu_error err = {0};
		struct yihu_buf text;
		struct world w;

		world_init(&w, 3, 2, 9);
		assert_true(yihu_unhex(w.c.issuer.pk, 32, yihu_span(keys[i])));
		text = world_text(&w);
		expect(yihu_charter_parse_text(&c, text.data, text.len, &err), &err, YIHU_EPUBKEY,
		       "line 10");
		yihu_buf_free(&text);
		world_finish(&w);
	}
}

static void origins_are_urls_without_scheme(void **state)
{
	static const struct {
		const char *origin;
		bool valid;
	} rows[] = {
		{"vote.example.org/jishan-2025", true},
		{"vote.example.org", true},
		{"localhost:8080/a/b_c~d.e", true},
		{"192.168.1.10:443/x", true},
		{"[::1]:8080/x", true},
		{"xn--fiq228c.example/%E4%B8%80", true},
		{"", false},
		{"/x", false},
		{"https://vote.example.org/x", false},
		{"Vote.example.org/x", false},
		{"vote.example.org/", false},
		{"vote.example.org//x", false},
		{"vote.example.org/x/", false},
		{"vote.example.org/./x", false},
		{"vote.example.org/../x", false},
		{"vote.example.org/x?y", false},
		{"vote.example.org/x#y", false},
		{"vote.example.org/x+y", false},
		{"vote.example.org/x y", false},
		{"vote.example.org/一", false},
		{"vote.example.org/%4", false},
		{"vote.example.org/%zz", false},
		{"vote..example.org/x", false},
		{".example.org/x", false},
		{"example.org./x", false},
		{"-a.example.org/x", false},
		{"a-.example.org/x", false},
		{"user@example.org/x", false},
		{"example.org:0/x", false},
		{"example.org:65536/x", false},
		{"example.org:/x", false},
		{"example.org:080/x", false},
		{"10.1/x", false},
		{"256.1.1.1/x", false},
		{"0x7f.1/x", false},
		{"[::1/x", false},
		{"[::G]/x", false},
		{"[::FF]/x", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (yihu_origin_valid(rows[i].origin) != rows[i].valid)
			fail_msg("“%s” is taken for the other", rows[i].origin);
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
		cmocka_unit_test(signed_but_wrong_is_refused),
		cmocka_unit_test(another_key_is_refused),
		cmocka_unit_test(lines_behind_the_key_are_refused),
		cmocka_unit_test(texts_that_are_no_text_are_refused),
		cmocka_unit_test(oversize_is_refused),
		cmocka_unit_test(weak_public_keys_are_refused),
		cmocka_unit_test(origins_are_urls_without_scheme),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("charter", tests, NULL, NULL);
}
