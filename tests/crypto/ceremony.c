/* SPDX-License-Identifier: Apache-2.0
 *
 * The ceremony's files: announcements and deals, whole, changed and forged.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

static struct yihu_span span_of(const struct yihu_buf *b)
{
	return (struct yihu_span){(const char *)b->data, b->len};
}

/* The holder's line without its LF, as yihu_lines_next gives it. */
static char *line_of(const struct yihu_holder *h, uint32_t t)
{
	struct yihu_buf line = {0};
	yihu_holder_line(&line, h, t);
	char *text = yihu_strndup((const char *)line.data, line.len - 1);
	yihu_buf_free(&line);
	return text;
}

TEST(a_holder_line_comes_back)
{
	static const uint32_t shapes[][2] = {{1, 1}, {2, 3}, {15, 15}};
	for (size_t s = 0; s < 3; s++) {
		struct keys k;
		struct yihu_error err;
		keys_make(&k, shapes[s][0], shapes[s][1]);
		for (uint32_t i = 0; i < k.n; i++) {
			struct yihu_holder back = {0};
			char *text = line_of(&k.holders[i], k.t);
			assert_ok(yihu_holder_parse_line(&back, yihu_span(text), k.t, &err), err);
			assert_int_equal(back.index, i + 1);
			assert_true(yihu_vkey_same(&back.key, &k.holders[i].key));
			assert_ok(yihu_holder_verify(&back, k.n, k.t, &err), err);
			free(text);
		}
	}
}

/* Rewrites one field (0..4) of a good line. */
static char *with_field(const char *line, size_t field, const char *text)
{
	struct yihu_span rest = yihu_span(line), f;
	struct yihu_buf out = {0};
	for (size_t i = 0; yihu_field_next(&rest, &f); i++) {
		if (i > 0)
			yihu_buf_str(&out, " ");
		if (i == field)
			yihu_buf_str(&out, text);
		else
			yihu_buf_put(&out, f.p, f.len);
	}
	char *s = yihu_strndup((const char *)out.data, out.len);
	yihu_buf_free(&out);
	return s;
}

static char *base64_of(const void *bytes, size_t len)
{
	struct yihu_buf out = {0};
	yihu_base64(&out, bytes, len);
	char *s = yihu_strndup((const char *)out.data, out.len);
	yihu_buf_free(&out);
	return s;
}

static void assert_line_refused(const char *line, int code)
{
	struct yihu_holder out = {.index = 77};
	struct yihu_error err;
	assert_code(yihu_holder_parse_line(&out, yihu_span(line), 2, &err), err, code);
	assert_int_equal(out.index, 77);
}

TEST(a_line_out_of_form_is_refused)
{
	struct keys k;
	keys_make(&k, 2, 3);
	char *good = line_of(&k.holders[0], 2), *line;
	static const struct {
		size_t field;
		const char *text;
		int code;
	} rows[] = {
		{0, "holder", YIHU_EFORMAT}, {0, "Trustee", YIHU_EFORMAT},
		{1, "0", YIHU_EFORMAT},      {1, "01", YIHU_EFORMAT},
		{1, "16", YIHU_EFORMAT},     {1, "-1", YIHU_EFORMAT},
		{1, "1 1", YIHU_EFORMAT},    {2, "nobody", YIHU_EFORMAT},
		{3, "AAAA", YIHU_EFORMAT},   {4, "AAAA", YIHU_EFORMAT},
		{4, "", YIHU_EFORMAT},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		line = with_field(good, rows[i].field, rows[i].text);
		assert_line_refused(line, rows[i].code);
		free(line);
	}
	line = yihu_printf("%s ", good);
	assert_line_refused(line, YIHU_EFORMAT);
	free(line);
	line = yihu_printf("%s x", good);
	assert_line_refused(line, YIHU_EFORMAT);
	free(line);
	assert_line_refused("", YIHU_EFORMAT);
	for (char *space; (space = strrchr(good, ' ')) != NULL;) {
		*space = '\0'; /* a field less each time */
		assert_line_refused(good, YIHU_EFORMAT);
	}
	free(good);
}

TEST(points_and_scalars_are_read_strictly)
{
	struct keys k;
	keys_make(&k, 2, 3);
	char *good = line_of(&k.holders[0], 2);
	uint8_t bytes[64];
	for (size_t i = 0; i < 4; i++) {
		memcpy(bytes, i < 2 ? (const void *)k.holders[0].c : &k.holders[0].proof_k, 64);
		if (i >= 2)
			memcpy(bytes + 32, &k.holders[0].proof_s, 32);
		if (i == 3)
			memset(bytes + 32, 0xff, 32);
		else
			bytes[i % 2 * 32] |= 1;
		char *field = base64_of(bytes, sizeof bytes);
		char *line = with_field(good, i < 2 ? 3 : 4, field);
		assert_line_refused(line, i == 3 ? YIHU_ESCALAR : YIHU_EPOINT);
		free(line);
		free(field);
	}
	free(good);
}

static struct yihu_buf announce(const struct keys *k, uint32_t i)
{
	struct yihu_buf file = {0};
	yihu_announcement_make(&file, &k->holders[i - 1], k->n, k->t, &k->pairs[i - 1]);
	return file;
}

static int parse(const struct yihu_buf *file, struct yihu_error *err)
{
	struct yihu_holder h;
	uint32_t n, t;
	return yihu_announcement_parse(&h, &n, &t, file->data, file->len, err);
}

TEST(an_announcement_comes_back)
{
	static const uint32_t shapes[][2] = {{1, 1}, {2, 3}, {15, 15}};
	for (size_t s = 0; s < 3; s++) {
		struct keys k;
		struct yihu_error err;
		struct yihu_holder h;
		uint32_t n, t;
		keys_make(&k, shapes[s][0], shapes[s][1]);
		struct yihu_buf file = announce(&k, k.n);
		assert_ok(yihu_announcement_parse(&h, &n, &t, file.data, file.len, &err), err);
		assert_int_equal(n, k.n);
		assert_int_equal(t, k.t);
		assert_int_equal(h.index, k.n);
		assert_memory_equal(h.c, k.holders[k.n - 1].c, k.t * sizeof h.c[0]);
		yihu_buf_free(&file);
	}
}

TEST(a_flipped_bit_of_an_announcement_is_refused)
{
	struct keys k;
	struct yihu_error err;
	keys_make(&k, 2, 3);
	struct yihu_buf file = announce(&k, 1);
	for (size_t i = 0; i < file.len; i++) {
		file.data[i] ^= 1;
		assert_int_not_equal(parse(&file, &err), 0);
		file.data[i] ^= 1;
	}
	assert_ok(parse(&file, &err), err);
	yihu_buf_free(&file);
}

/* Texts that holder 1 signs itself; %s is its line with LF. */
TEST(an_announcement_out_of_form_is_refused)
{
	static const struct {
		const char *text;
		int code;
	} rows[] = {
		{"yihu-announce-v1\nthreshold 2 3\n%s", YIHU_OK},
		{"yihu-announce-v2\nthreshold 2 3\n%s", YIHU_EVERSION},
		{"yihu-deal-v1\nthreshold 2 3\n%s", YIHU_EVERSION},
		{"yihu-announce-v1\n", YIHU_EFORMAT},
		{"yihu-announce-v1\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshhold 2 3\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\n 2 3\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 16 16\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 2\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 2 3 3\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 2 16\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 1 3\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 4 3\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 0 0\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 2 03\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 02 3\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 2x 3\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold  3\n%s", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 3 3\n%s", YIHU_EFORMAT}, /* two commitments */
		{"yihu-announce-v1\nthreshold 2 4\n%s", YIHU_EPROOF},
		{"yihu-announce-v1\nthreshold 2 3\n%sextra\n", YIHU_EFORMAT},
		{"yihu-announce-v1\nthreshold 2 3\n", YIHU_EFORMAT},
	};
	struct keys k;
	keys_make(&k, 2, 3);
	struct yihu_buf line = {0}, text = {0}, file = {0};
	yihu_holder_line(&line, &k.holders[0], 2);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_error err;
		const char *at = strstr(rows[i].text, "%s");
		yihu_buf_reset(&text);
		yihu_buf_reset(&file);
		yihu_buf_put(&text, rows[i].text,
			     at ? (size_t)(at - rows[i].text) : strlen(rows[i].text));
		if (at) {
			yihu_buf_put(&text, line.data, line.len);
			yihu_buf_str(&text, at + 2);
		}
		yihu_note_sign(&file, span_of(&text), &k.holders[0].key, &k.pairs[0]);
		assert_code(parse(&file, &err), err, rows[i].code);
	}
	yihu_buf_free(&line);
	yihu_buf_free(&text);
	yihu_buf_free(&file);
}

/* Another's commitments under one's own key: the proof is bound to the key. */
TEST(copied_commitments_are_refused)
{
	struct keys k;
	struct yihu_error err;
	keys_make(&k, 2, 3);
	struct yihu_holder thief = k.holders[0];
	thief.index = 2;
	thief.key = k.holders[1].key;
	struct yihu_buf file = {0};
	yihu_announcement_make(&file, &thief, 3, 2, &k.pairs[1]);
	assert_code(parse(&file, &err), err, YIHU_EPROOF);
	yihu_buf_free(&file);
}

TEST(an_announcement_signed_by_another_is_refused)
{
	struct keys k;
	struct yihu_error err;
	keys_make(&k, 2, 3);
	struct yihu_buf line = {0}, text = {0}, file = {0};
	yihu_holder_line(&line, &k.holders[0], 2);
	yihu_buf_str(&text, "yihu-announce-v1\nthreshold 2 3\n");
	yihu_buf_put(&text, line.data, line.len);
	yihu_note_sign(&file, span_of(&text), &k.holders[1].key, &k.pairs[1]);
	assert_code(parse(&file, &err), err, YIHU_ESIGNERS);
	yihu_buf_free(&line);
	yihu_buf_free(&text);
	yihu_buf_free(&file);
}

struct ceremony {
	struct keys keys;
	uint8_t s[64];
	struct yihu_buf deals[3];
};

static void ceremony_make(struct ceremony *c)
{
	struct yihu_buf files[3];
	keys_make(&c->keys, 2, 3);
	for (uint32_t i = 0; i < 3; i++)
		files[i] = announce(&c->keys, i + 1);
	yihu_announcements_digest(c->s, files, 3);
	for (uint32_t i = 0; i < 3; i++) {
		c->deals[i] = (struct yihu_buf){0};
		yihu_deal_make(&c->deals[i], c->s, i + 1, c->keys.holders, 3, 2, c->keys.a[i],
			       &c->keys.pairs[i]);
		yihu_buf_free(&files[i]);
	}
}

static void ceremony_free(struct ceremony *c)
{
	for (uint32_t i = 0; i < 3; i++)
		yihu_buf_free(&c->deals[i]);
}

static int open_deal(const struct ceremony *c, uint32_t i, uint32_t j, struct yihu_scalar *share,
		     struct yihu_error *err)
{
	return yihu_deal_open(share, c->deals[i - 1].data, c->deals[i - 1].len, c->s,
			      &c->keys.holders[i - 1], 3, j, &c->keys.pairs[j - 1], err);
}

static int check_deal(const struct ceremony *c, uint32_t i, struct yihu_error *err)
{
	return yihu_deal_check(c->deals[i - 1].data, c->deals[i - 1].len, c->s,
			       &c->keys.holders[i - 1], 3, err);
}

TEST(the_digest_is_of_all_files_in_order)
{
	struct yihu_buf files[2] = {{0}, {0}}, swapped[2];
	uint8_t s[64], want[64];
	yihu_buf_str(&files[0], "ab");
	yihu_buf_str(&files[1], "c");
	yihu_announcements_digest(s, files, 2);
	crypto_hash_sha512(want, (const uint8_t *)"abc", 3);
	assert_memory_equal(s, want, sizeof s);
	swapped[0] = files[1];
	swapped[1] = files[0];
	yihu_announcements_digest(s, swapped, 2);
	assert_memory_not_equal(s, want, sizeof s);
	yihu_buf_free(&files[0]);
	yihu_buf_free(&files[1]);
}

TEST(every_dealt_share_opens_and_fits)
{
	struct ceremony c;
	ceremony_make(&c);
	for (uint32_t j = 1; j <= 3; j++) {
		struct yihu_scalar x = yihu_scalar_u64(0);
		for (uint32_t i = 1; i <= 3; i++) {
			struct yihu_scalar share;
			struct yihu_error err;
			assert_ok(check_deal(&c, i, &err), err);
			assert_ok(open_deal(&c, i, j, &share, &err), err);
			assert_true(yihu_holder_share_ok(&c.keys.holders[i - 1], 2, j, share));
			x = yihu_scalar_add(x, share);
		}
		assert_memory_equal(&x, &c.keys.x[j - 1], sizeof x);
	}
	ceremony_free(&c);
}

/* A dealer that deals from another polynomial: the deal is well-formed and
 * opens, and the share tells on it. */
TEST(a_wrong_share_tells_on_its_dealer)
{
	struct ceremony c;
	struct yihu_scalar share;
	struct yihu_error err;
	ceremony_make(&c);
	bump_scalar(c.keys.a[1][1].bytes);
	yihu_buf_reset(&c.deals[1]);
	yihu_deal_make(&c.deals[1], c.s, 2, c.keys.holders, 3, 2, c.keys.a[1], &c.keys.pairs[1]);
	for (uint32_t i = 1; i <= 3; i++) {
		assert_ok(open_deal(&c, i, 3, &share, &err), err);
		assert_int_equal(yihu_holder_share_ok(&c.keys.holders[i - 1], 2, 3, share), i != 2);
	}
	ceremony_free(&c);
}

TEST(a_deal_over_other_announcements_is_refused)
{
	struct ceremony c;
	struct yihu_scalar share;
	struct yihu_error err;
	ceremony_make(&c);
	c.s[63] ^= 1;
	assert_code(open_deal(&c, 1, 2, &share, &err), err, YIHU_ESTATE);
	assert_code(check_deal(&c, 1, &err), err, YIHU_ESTATE);
	ceremony_free(&c);
}

TEST(a_flipped_bit_of_a_deal_is_refused)
{
	struct ceremony c;
	struct yihu_error err;
	ceremony_make(&c);
	struct yihu_buf *file = &c.deals[0];
	for (size_t i = 0; i < file->len; i++) {
		file->data[i] ^= 1;
		assert_int_not_equal(check_deal(&c, 1, &err), 0);
		file->data[i] ^= 1;
	}
	assert_ok(check_deal(&c, 1, &err), err);
	ceremony_free(&c);
}

TEST(a_deal_is_by_its_dealer_and_for_its_holder)
{
	struct ceremony c;
	struct yihu_scalar share;
	struct yihu_error err;
	ceremony_make(&c);
	const struct yihu_buf *d = &c.deals[0];
	assert_code(yihu_deal_check(d->data, d->len, c.s, &c.keys.holders[1], 3, &err), err,
		    YIHU_ESIGNERS);
	assert_code(yihu_deal_open(&share, d->data, d->len, c.s, &c.keys.holders[0], 3, 2,
				   &c.keys.pairs[2], &err),
		    err, YIHU_ESHARE);
	assert_says(err, "from key holder 1 to key holder 2");
	ceremony_free(&c);
}

/* Texts that the dealer signs itself, made from the good one's lines. */
TEST(a_deal_out_of_form_is_refused)
{
	static const struct {
		const char *order; /* h: header, s: S, 1..3: boxes, x: another line,
				    * +: the third box and a field, -: no box, n: no number */
		int code;
	} rows[] = {
		{"hs123", YIHU_OK},         {"s123", YIHU_EVERSION},    {"xs123", YIHU_EVERSION},
		{"h123", YIHU_EFORMAT},     {"hx123", YIHU_EFORMAT},    {"hs12", YIHU_EFORMAT},
		{"hs132", YIHU_EFORMAT},    {"hs113", YIHU_EFORMAT},    {"hs12x", YIHU_EFORMAT},
		{"hs12+", YIHU_EFORMAT},    {"hs12-", YIHU_EFORMAT},    {"hs12n", YIHU_EFORMAT},
		{"hs123x", YIHU_ETRAILING}, {"hs1233", YIHU_ETRAILING}, {"h", YIHU_EFORMAT},
	};
	struct ceremony c;
	ceremony_make(&c);
	struct yihu_note note;
	struct yihu_span lines[5], *by[128] = {0}, other = yihu_span("x");
	struct yihu_buf text = {0}, good = c.deals[0];
	assert_int_equal(yihu_note_split(&note, good.data, good.len, NULL), 0);
	struct yihu_lines l = yihu_lines(note.text.p, note.text.len);
	for (size_t i = 0; i < 5; i++)
		assert_true(yihu_lines_next(&l, &lines[i]));
	by['h'] = &lines[0];
	by['s'] = &lines[1];
	by['1'] = &lines[2];
	by['2'] = &lines[3];
	by['3'] = &lines[4];
	by['x'] = &other;
	char *longer = yihu_printf("%.*s x", (int)lines[4].len, lines[4].p);
	char *unnumbered = yihu_printf("n%.*s", (int)lines[4].len - 1, lines[4].p + 1);
	struct yihu_span more = yihu_span(longer), unnamed = yihu_span(unnumbered),
			 boxless = yihu_span("3 AAAA");
	by['+'] = &more;
	by['-'] = &boxless;
	by['n'] = &unnamed;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_error err;
		c.deals[0] = (struct yihu_buf){0};
		yihu_buf_reset(&text);
		for (const char *p = rows[i].order; *p; p++) {
			yihu_buf_put(&text, by[(uint8_t)*p]->p, by[(uint8_t)*p]->len);
			yihu_buf_str(&text, "\n");
		}
		yihu_note_sign(&c.deals[0], span_of(&text), &c.keys.holders[0].key,
			       &c.keys.pairs[0]);
		assert_code(check_deal(&c, 1, &err), err, rows[i].code);
		yihu_buf_free(&c.deals[0]);
	}
	c.deals[0] = good;
	free(longer);
	free(unnumbered);
	yihu_buf_free(&text);
	ceremony_free(&c);
}

/* A box that opens to 32 bytes that are no scalar. */
TEST(a_box_must_hold_a_scalar)
{
	struct ceremony c;
	struct yihu_scalar share;
	struct yihu_error err;
	uint8_t curve[32], box[80], no_scalar[32];
	ceremony_make(&c);
	memset(no_scalar, 0xff, sizeof no_scalar);
	assert_int_equal(crypto_sign_ed25519_pk_to_curve25519(curve, c.keys.pairs[0].pk), 0);
	assert_int_equal(crypto_box_seal(box, no_scalar, sizeof no_scalar, curve), 0);
	struct yihu_buf text = {0};
	yihu_buf_str(&text, "yihu-deal-v1\n");
	yihu_hex(&text, c.s, sizeof c.s);
	for (uint32_t j = 1; j <= 3; j++) {
		yihu_buf_fmt(&text, "\n%u ", j);
		yihu_base64(&text, box, sizeof box);
	}
	yihu_buf_str(&text, "\n");
	yihu_buf_reset(&c.deals[2]);
	yihu_note_sign(&c.deals[2], span_of(&text), &c.keys.holders[2].key, &c.keys.pairs[2]);
	assert_ok(check_deal(&c, 3, &err), err);
	assert_code(open_deal(&c, 3, 1, &share, &err), err, YIHU_ESHARE);
	assert_says(err, "holds no share");
	yihu_buf_free(&text);
	ceremony_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_holder_line_comes_back),
		cmocka_unit_test(a_line_out_of_form_is_refused),
		cmocka_unit_test(points_and_scalars_are_read_strictly),
		cmocka_unit_test(an_announcement_comes_back),
		cmocka_unit_test(a_flipped_bit_of_an_announcement_is_refused),
		cmocka_unit_test(an_announcement_out_of_form_is_refused),
		cmocka_unit_test(copied_commitments_are_refused),
		cmocka_unit_test(an_announcement_signed_by_another_is_refused),
		cmocka_unit_test(the_digest_is_of_all_files_in_order),
		cmocka_unit_test(every_dealt_share_opens_and_fits),
		cmocka_unit_test(a_wrong_share_tells_on_its_dealer),
		cmocka_unit_test(a_deal_over_other_announcements_is_refused),
		cmocka_unit_test(a_flipped_bit_of_a_deal_is_refused),
		cmocka_unit_test(a_deal_is_by_its_dealer_and_for_its_holder),
		cmocka_unit_test(a_deal_out_of_form_is_refused),
		cmocka_unit_test(a_box_must_hold_a_scalar),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
