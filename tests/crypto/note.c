/* SPDX-License-Identifier: Apache-2.0
 *
 * Signed notes and verifier keys: ours, those of the recorded charters, and
 * everything that was tampered with.
 */
#include "vectors.h"

#include <yihu/note.h>

#define DASH "\xe2\x80\x94 "

/* Two signers, and a note by both. */
struct world {
	struct yihu_keypair kp[2];
	struct yihu_vkey key[2];
	struct yihu_buf note;
};

static struct yihu_span span_of(const struct yihu_buf *b)
{
	return (struct yihu_span){(const char *)b->data, b->len};
}

static int world_make(void **state)
{
	struct world *w = yihu_calloc(1, sizeof *w);
	for (int i = 0; i < 2; i++) {
		yihu_keypair_random(&w->kp[i]);
		if (yihu_vkey_make(&w->key[i], i ? "\u738b\u82b3" : "issuer", w->kp[i].pk, NULL))
			return -1;
	}
	struct yihu_span text = yihu_span("yihu-test-v1\nsecond line\n");
	yihu_note_sign(&w->note, text, &w->key[0], &w->kp[0]);
	yihu_note_sign_line(&w->note, text, &w->key[1], &w->kp[1]);
	*state = w;
	return 0;
}

static int world_free(void **state)
{
	struct world *w = *state;
	yihu_buf_free(&w->note);
	free(w);
	return 0;
}

static int check(const void *bytes, size_t len, const struct yihu_vkey *keys, size_t n)
{
	struct yihu_note note;
	int rc = yihu_note_split(&note, bytes, len, NULL);
	return rc ? rc : yihu_note_verify(&note, keys, n, NULL);
}

static void a_note_is_taken_apart(void **state)
{
	struct world *w = *state;
	struct yihu_note note;
	assert_int_equal(yihu_note_split(&note, w->note.data, w->note.len, NULL), YIHU_OK);
	assert_true(yihu_span_is(note.text, "yihu-test-v1\nsecond line\n"));
	assert_int_equal(note.n_signatures, 2);
	struct yihu_span first = yihu_note_line(&note, 0), second = yihu_note_line(&note, 1);
	assert_ptr_equal(first.p, note.signatures.p);
	assert_ptr_equal(second.p, first.p + first.len);
	assert_ptr_equal(second.p + second.len, (char *)w->note.data + w->note.len);
	assert_true(yihu_span_is(yihu_note_line_name(first), "issuer"));
	assert_true(yihu_span_is(yihu_note_line_name(second), "\u738b\u82b3"));
	assert_int_equal(check(w->note.data, w->note.len, w->key, 2), YIHU_OK);
}

static void signers_are_those_stated_in_their_order(void **state)
{
	struct world *w = *state;
	struct yihu_vkey swapped[2] = {w->key[1], w->key[0]};
	struct yihu_vkey three[3] = {w->key[0], w->key[1], w->key[1]};
	struct yihu_vkey renamed[2] = {w->key[0], w->key[1]};
	struct yihu_vkey other[2] = {w->key[0], w->key[1]};
	struct yihu_keypair kp;
	yihu_keypair_random(&kp);
	assert_int_equal(yihu_vkey_make(&renamed[1], "somebody", w->kp[1].pk, NULL), YIHU_OK);
	assert_int_equal(yihu_vkey_make(&other[0], "issuer", kp.pk, NULL), YIHU_OK);
	assert_int_equal(check(w->note.data, w->note.len, w->key, 1), YIHU_ESIGNERS);
	assert_int_equal(check(w->note.data, w->note.len, three, 3), YIHU_ESIGNERS);
	assert_int_equal(check(w->note.data, w->note.len, swapped, 2), YIHU_ESIGNERS);
	assert_int_equal(check(w->note.data, w->note.len, renamed, 2), YIHU_ESIGNERS);
	assert_int_equal(check(w->note.data, w->note.len, other, 2), YIHU_ESIGNERS);
}

/* Somebody claims a key's name and id, but cannot sign for it. */
static void a_key_id_proves_nothing(void **state)
{
	struct world *w = *state;
	struct yihu_keypair thief;
	struct yihu_buf note = {0};
	yihu_keypair_random(&thief);
	struct yihu_vkey mask = w->key[0];
	memcpy(mask.pk, thief.pk, sizeof mask.pk);
	yihu_note_sign(&note, yihu_span("text\n"), &mask, &thief);
	assert_int_equal(check(note.data, note.len, w->key, 1), YIHU_ESIGNATURE);
	yihu_buf_free(&note);
}

static void every_flipped_bit_is_refused(void **state)
{
	struct world *w = *state;
	for (size_t bit = 0; bit < 8 * w->note.len; bit++) {
		w->note.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_not_equal(check(w->note.data, w->note.len, w->key, 2), YIHU_OK);
		w->note.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_int_equal(check(w->note.data, w->note.len, w->key, 2), YIHU_OK);
}

static void every_missing_or_added_byte_is_refused(void **state)
{
	struct world *w = *state;
	struct yihu_buf b = {0};
	static const char added[] = " \nA";
	for (size_t at = 0; at < w->note.len; at++) {
		yihu_buf_reset(&b);
		yihu_buf_put(&b, w->note.data, at);
		assert_int_not_equal(check(b.data, b.len, w->key, 2), YIHU_OK);
		yihu_buf_put(&b, w->note.data + at + 1, w->note.len - at - 1);
		assert_int_not_equal(check(b.data, b.len, w->key, 2), YIHU_OK);
	}
	for (size_t at = 0; at <= w->note.len; at++)
		for (size_t i = 0; i < sizeof added - 1; i++) {
			yihu_buf_reset(&b);
			yihu_buf_put(&b, w->note.data, at);
			yihu_buf_u8(&b, (uint8_t)added[i]);
			yihu_buf_put(&b, w->note.data + at, w->note.len - at);
			assert_int_not_equal(check(b.data, b.len, w->key, 2), YIHU_OK);
		}
	yihu_buf_free(&b);
}

TEST(form)
{
	static const struct {
		const char *note;
		bool invalid;
	} rows[] = {
		{"a\n\n" DASH "n AAAAAAA=\n", false},
		{"a\nb\n\n" DASH "n AAAAAAA=\n" DASH "o AAAAAAA=\n", false},
		{"", true},
		{"a\n", true},
		{"a\n\n", true},
		{"\n\n" DASH "n AAAAAAA=\n", true},
		{"\n" DASH "n AAAAAAA=\n", true},
		{"\na\n\n" DASH "n AAAAAAA=\n", true},
		{"a\n\n" DASH "n AAAAAAA=", true},
		{"a\n\n\n" DASH "n AAAAAAA=\n", true},
		{"a\n\n" DASH "n AAAAAAA=\n\n", true},
		{"a\n\n" DASH "n AAAAAAA=\nmore\n", true},
		{"a\n\n- n AAAAAAA=\n", true},
		{"a\n\n\xe2\x80\x93 n AAAAAAA=\n", true},
		{"a\n\n\xe2\x80\x94n AAAAAAA=\n", true},
		{"a\n\n" DASH " n AAAAAAA=\n", true},
		{"a\n\n" DASH "n  AAAAAAA=\n", true},
		{"a\n\n" DASH "n AAAAAAA= \n", true},
		{"a\n\n" DASH "n AAAAAAA= x\n", true},
		{"a\n\n" DASH "n\n", true},
		{"a\n\n" DASH "AAAAAAA=\n", true},
		{"a\n\n" DASH "n AAAAAA==\n", true}, /* an id and no signature */
		{"a\n\n" DASH "n AAAAAAB=\n", true},
		{"a\n\n" DASH "n+ AAAAAAA=\n", true},
		{"a\n\n" DASH "n\u3000m AAAAAAA=\n", true},
		{"a\r\n\n" DASH "n AAAAAAA=\n", true},
		{"a\t\n\n" DASH "n AAAAAAA=\n", true},
		{"\xef\xbb\xbf"
		 "a\n\n" DASH "n AAAAAAA=\n",
		 true},
		{"\xff\n\n" DASH "n AAAAAAA=\n", true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct yihu_note note;
		struct yihu_error err;
		int rc = yihu_note_split(&note, rows[i].note, strlen(rows[i].note), &err);
		assert_int_equal(rc, rows[i].invalid ? YIHU_EFORMAT : YIHU_OK);
	}
	struct yihu_note note;
	assert_int_equal(yihu_note_split(&note, NULL, 0, NULL), YIHU_EFORMAT);
	assert_int_equal(yihu_note_split(&note, "a\0\n\n" DASH "n AAAAAAA=\n", 19, NULL),
			 YIHU_EFORMAT);
}

/* A cosignature has 76 bytes: well formed, but no signature of this kind. */
static void a_blob_of_another_length_is_no_signature(void **state)
{
	struct world *w = *state;
	static const size_t lengths[] = {5, 67, 69, 76};
	for (size_t i = 0; i < COUNT(lengths); i++) {
		uint8_t blob[76] = {0};
		struct yihu_buf note = {0};
		memcpy(blob, w->key[0].id, 4);
		yihu_buf_str(&note, "text\n\n" DASH "issuer ");
		yihu_base64(&note, blob, lengths[i]);
		yihu_buf_str(&note, "\n");
		assert_int_equal(check(note.data, note.len, w->key, 1), YIHU_ESIGNERS);
		yihu_buf_free(&note);
	}
}

static void a_line_is_verified_alone(void **state)
{
	struct world *w = *state;
	struct yihu_buf line = {0};
	struct yihu_span text = yihu_span("text\n");
	struct yihu_error err;
	yihu_note_sign_line(&line, text, &w->key[1], &w->kp[1]);
	assert_int_equal(yihu_note_verify_line(text, span_of(&line), &w->key[1], NULL), YIHU_OK);
	assert_int_equal(
		yihu_note_verify_line(yihu_span("next\n"), span_of(&line), &w->key[1], &err),
		YIHU_ESIGNATURE);
	assert_non_null(strstr(err.text, w->key[1].name));
	assert_int_equal(yihu_note_verify_line(text, span_of(&line), &w->key[0], NULL),
			 YIHU_ESIGNERS);
	struct yihu_span cut = span_of(&line);
	cut.len--;
	assert_int_equal(yihu_note_verify_line(text, cut, &w->key[1], NULL), YIHU_EFORMAT);
	assert_int_equal(yihu_note_verify_line(text, yihu_span(""), &w->key[1], NULL),
			 YIHU_EFORMAT);
	char *short_blob = yihu_printf(DASH "%s AAAA\n", w->key[1].name);
	assert_int_equal(yihu_note_verify_line(text, yihu_span(short_blob), &w->key[1], NULL),
			 YIHU_EFORMAT);
	free(short_blob);
	assert_true(yihu_span_is(yihu_note_line_name(span_of(&line)), w->key[1].name));
	assert_int_equal(yihu_note_line_name(yihu_span(DASH "n AAAA\n")).len, 0);
	yihu_buf_free(&line);
}

static int sign_without_lf(void *arg)
{
	struct world *w = arg;
	struct yihu_buf note = {0};
	yihu_note_sign(&note, yihu_span("no end"), &w->key[0], &w->kp[0]);
	return 0;
}

static int sign_with_another_key(void *arg)
{
	struct world *w = arg;
	struct yihu_buf note = {0};
	yihu_note_sign(&note, yihu_span("text\n"), &w->key[0], &w->kp[1]);
	return 0;
}

static void misuse_aborts(void **state)
{
	assert_aborts(sign_without_lf, *state);
	assert_aborts(sign_with_another_key, *state);
}

TEST(names)
{
	static const struct {
		const char *name;
		bool invalid;
	} rows[] = {
		{"issuer", false},
		{"vote.example.org/2026", false},
		{"\u738b\u82b3", false},
		{"\u00e9\u00ff", false},
		{"a\u00b7b", false},
		{"~!\"#$%&'()*,-./:;<=>?@", false},
		{"", true},
		{"a b", true},
		{"a+b", true},
		{"+", true},
		{"a\tb", true},
		{"a\nb", true},
		{"a\x01", true},
		{"a\x7f", true},
		{"a\xc2\x80", true},
		{"a\xc2\x85", true},
		{"a\xc2\x9f", true},
		{"\u00a0", true},
		{"a\u1680", true},
		{"a\u2000", true},
		{"a\u2006", true},
		{"a\u200a", true},
		{"a\u2028", true},
		{"a\u2029", true},
		{"a\u202f", true},
		{"a\u205f", true},
		{"a\u3000", true},
		{"a\xff", true},
		{"a\xc2", true},
	};
	struct yihu_keypair kp;
	yihu_keypair_random(&kp);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct yihu_vkey key;
		int rc = yihu_vkey_make(&key, rows[i].name, kp.pk, NULL);
		assert_int_equal(rc, rows[i].invalid ? YIHU_EFORMAT : YIHU_OK);
	}
}

TEST(a_longer_name_than_the_longest_is_refused)
{
	char longest[YIHU_NAME_MAX + 2];
	struct yihu_keypair kp;
	struct yihu_vkey key;
	yihu_keypair_random(&kp);
	memset(longest, 'n', sizeof longest);
	longest[YIHU_NAME_MAX + 1] = '\0';
	assert_int_equal(yihu_vkey_make(&key, longest, kp.pk, NULL), YIHU_EFORMAT);
	longest[YIHU_NAME_MAX] = '\0';
	assert_int_equal(yihu_vkey_make(&key, longest, kp.pk, NULL), YIHU_OK);
}

static void verifier_keys_come_back(void **state)
{
	struct world *w = *state;
	for (int i = 0; i < 2; i++) {
		struct yihu_buf text = {0};
		struct yihu_vkey again;
		yihu_vkey_text(&text, &w->key[i]);
		assert_int_equal(yihu_vkey_parse(&again, span_of(&text), NULL), YIHU_OK);
		assert_true(yihu_vkey_same(&again, &w->key[i]));
		assert_false(yihu_vkey_same(&again, &w->key[1 - i]));
		for (size_t bit = 0; bit < 8 * text.len; bit++) {
			text.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_int_not_equal(yihu_vkey_parse(&again, span_of(&text), NULL),
					     YIHU_OK);
			text.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		for (size_t len = 0; len < text.len; len++)
			assert_int_equal(yihu_vkey_parse(&again,
							 (struct yihu_span){(char *)text.data, len},
							 NULL),
					 YIHU_EFORMAT);
		yihu_buf_free(&text);
	}
}

static void keys_that_differ_are_not_the_same(void **state)
{
	struct world *w = *state;
	struct yihu_vkey renamed, rekeyed;
	assert_int_equal(yihu_vkey_make(&renamed, "other", w->kp[0].pk, NULL), YIHU_OK);
	assert_int_equal(yihu_vkey_make(&rekeyed, "issuer", w->kp[1].pk, NULL), YIHU_OK);
	assert_false(yihu_vkey_same(&renamed, &w->key[0]));
	assert_false(yihu_vkey_same(&rekeyed, &w->key[0]));
}

TEST(keys_of_small_order_are_no_verifier_keys)
{
	struct yihu_vkey key;
	uint8_t identity[32] = {1}, torsion[32];
	unhex(torsion, sizeof torsion,
	      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
	assert_int_equal(yihu_vkey_make(&key, "n", identity, NULL), YIHU_EPUBKEY);
	assert_int_equal(yihu_vkey_make(&key, "n", torsion, NULL), YIHU_EPUBKEY);
}

/* The word after `keyword ` in a charter's text, as a verifier key. */
static void key_of_line(struct yihu_vkey *key, struct yihu_span text, const char *keyword,
			size_t skip_fields)
{
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	struct yihu_span line, field;
	while (yihu_lines_next(&lines, &line)) {
		if (line.len < strlen(keyword) || memcmp(line.p, keyword, strlen(keyword)) != 0)
			continue;
		for (size_t i = 0; i <= skip_fields; i++)
			assert_true(yihu_field_next(&line, &field));
		assert_int_equal(yihu_vkey_parse(key, field, NULL), YIHU_OK);
		struct yihu_buf again = {0};
		yihu_vkey_text(&again, key);
		assert_int_equal(again.len, field.len);
		assert_memory_equal(again.data, field.p, field.len);
		yihu_buf_free(&again);
		return;
	}
	fail_msg("no line %s", keyword);
}

TEST(the_recorded_charters_verify)
{
	static const char *const charters[] = {"vectors/approval/public/charter",
					       "vectors/consent/public/charter"};
	for (size_t i = 0; i < COUNT(charters); i++) {
		char *path = data_path(charters[i]);
		struct yihu_buf b = {0};
		struct yihu_note note;
		struct yihu_vkey log, keys[16];
		assert_int_equal(yihu_file_read(path, 1 << 16, &b, NULL), YIHU_OK);
		assert_int_equal(yihu_note_split(&note, b.data, b.len, NULL), YIHU_OK);
		assert_in_range(note.n_signatures, 2, COUNT(keys));
		key_of_line(&log, note.text, "log ", 1);
		key_of_line(&keys[0], note.text, "issuer ", 1);
		for (size_t k = 1; k < note.n_signatures; k++) {
			char keyword[32];
			snprintf(keyword, sizeof keyword, "trustee %zu ", k);
			key_of_line(&keys[k], note.text, keyword, 2);
		}
		assert_int_equal(yihu_note_verify(&note, keys, note.n_signatures, NULL), YIHU_OK);
		b.data[note.text.len / 2] ^= 1;
		assert_int_equal(yihu_note_verify(&note, keys, note.n_signatures, NULL),
				 YIHU_ESIGNATURE);
		yihu_buf_free(&b);
		free(path);
	}
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_make, world_free)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(a_note_is_taken_apart),
		IN_WORLD(signers_are_those_stated_in_their_order),
		IN_WORLD(a_key_id_proves_nothing),
		IN_WORLD(every_flipped_bit_is_refused),
		IN_WORLD(every_missing_or_added_byte_is_refused),
		cmocka_unit_test(form),
		IN_WORLD(a_blob_of_another_length_is_no_signature),
		IN_WORLD(a_line_is_verified_alone),
		IN_WORLD(misuse_aborts),
		cmocka_unit_test(names),
		cmocka_unit_test(a_longer_name_than_the_longest_is_refused),
		IN_WORLD(verifier_keys_come_back),
		IN_WORLD(keys_that_differ_are_not_the_same),
		cmocka_unit_test(keys_of_small_order_are_no_verifier_keys),
		cmocka_unit_test(the_recorded_charters_verify),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
