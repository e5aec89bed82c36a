/* SPDX-License-Identifier: Apache-2.0
 *
 * Checkpoints: what is written is read, and nothing else is.
 */

#include <fixture.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#define ROOT "abA/4k3z1WZBiEm+SMk/B4ZeyMe6DTttD7fJ1H5aAzw="
#define ORIGIN "vote.example.org/fixture"

static struct fixture *f;

static const struct yihu_vkey *log_key(void)
{
	return &f->election->charter->log;
}

static int parse(const struct yihu_buf *b, struct yihu_checkpoint *out)
{
	struct yihu_error err = {0};
	int code = yihu_checkpoint_parse(out, b->data, b->len, log_key(), &err);
	assert_int_equal(err.code, code);
	return code;
}

/* A text signed by the log, whatever it says. */
static void signed_text(struct yihu_buf *out, const char *text)
{
	yihu_note_sign(out, yihu_span(text), log_key(), &f->log);
}

static void cosignature(struct yihu_buf *out, const char *name, size_t blob_len)
{
	uint8_t blob[128];
	randombytes_buf(blob, sizeof blob);
	yihu_buf_fmt(out, "— %s ", name);
	yihu_base64(out, blob, blob_len);
	yihu_buf_str(out, "\n");
}

static struct yihu_checkpoint sample(void)
{
	struct yihu_checkpoint c = {.size = 14};
	for (size_t i = 0; i < sizeof c.root.bytes; i++)
		c.root.bytes[i] = (uint8_t)(7 * i);
	return c;
}

static void sample_signed(struct yihu_buf *out)
{
	struct yihu_checkpoint c = sample();
	yihu_checkpoint_sign(out, log_key(), &c, &f->log);
}

static void assert_sample(const struct yihu_checkpoint *c)
{
	struct yihu_checkpoint want = sample();
	assert_int_equal(c->size, want.size);
	assert_memory_equal(c->root.bytes, want.root.bytes, sizeof want.root.bytes);
}

TEST(a_signed_checkpoint_is_read)
{
	static const uint64_t sizes[] = {0, 1, 9, 10, UINT32_MAX};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct yihu_checkpoint c = sample(), back;
		struct yihu_buf b = {0};
		c.size = sizes[i];
		yihu_checkpoint_sign(&b, log_key(), &c, &f->log);
		assert_int_equal(parse(&b, &back), YIHU_OK);
		assert_true(back.size == c.size);
		assert_memory_equal(back.root.bytes, c.root.bytes, sizeof c.root.bytes);
		yihu_buf_free(&b);
	}
}

TEST(its_text_is_three_lines)
{
	struct yihu_buf b = {0};
	struct yihu_checkpoint c = {.size = 7};
	yihu_checkpoint_sign(&b, log_key(), &c, &f->log);
	const char *want =
		ORIGIN "\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— " ORIGIN " ";
	assert_memory_equal(b.data, want, strlen(want));
	yihu_buf_free(&b);
}

TEST(cosignatures_may_follow)
{
	struct yihu_buf b = {0};
	struct yihu_checkpoint c;
	sample_signed(&b);
	for (int i = 0; i < 200; i++) {
		char *name = yihu_printf("witness-%d.example.org", i % 150);
		cosignature(&b, name, 76);
		free(name);
	}
	assert_int_equal(parse(&b, &c), YIHU_OK);
	assert_sample(&c);
	yihu_buf_free(&b);
}

static const struct {
	const char *text;
	int code;
} texts[] = {
	{"other.example.org/log\n14\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "/\n14\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN " \n14\n" ROOT "\n", YIHU_ECHECKPOINT},
	{"https://" ORIGIN "\n14\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n014\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n+14\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n-14\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n 14\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n14 \n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n0x14\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n4294967296\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n18446744073709551630\n" ROOT "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n14\n" ROOT " \n", YIHU_ECHECKPOINT},
	{ORIGIN "\n14\nabA=\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n14\nabA/4k3z1WZBiEm+SMk/B4ZeyMe6DTttD7fJ1H5aAzw\n", YIHU_ECHECKPOINT},
	/* the same 32 bytes with stray bits in the last symbol */
	{ORIGIN "\n14\nabA/4k3z1WZBiEm+SMk/B4ZeyMe6DTttD7fJ1H5aAzx=\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n14\nabA_4k3z1WZBiEm-SMk_B4ZeyMe6DTttD7fJ1H5aAzw=\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n14\n" ROOT "\nextension\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n14\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n", YIHU_ECHECKPOINT},
	{ORIGIN "\n" ROOT "\n14\n", YIHU_ECHECKPOINT},
	{ORIGIN "\r\n14\r\n" ROOT "\r\n", YIHU_EFORMAT},
	{"\xef\xbb\xbf" ORIGIN "\n14\n" ROOT "\n", YIHU_EFORMAT},
	{ORIGIN "\n14\n" ROOT "\n\n", YIHU_EFORMAT},
	{"\n" ORIGIN "\n14\n" ROOT "\n", YIHU_EFORMAT},
	{ORIGIN "\n\n14\n" ROOT "\n", YIHU_EFORMAT},
	{ORIGIN "\t\n14\n" ROOT "\n", YIHU_EFORMAT},
};

TEST(other_texts_are_refused_though_signed)
{
	struct yihu_buf good = {0};
	struct yihu_checkpoint c;
	signed_text(&good, ORIGIN "\n14\n" ROOT "\n");
	assert_int_equal(parse(&good, &c), YIHU_OK);
	yihu_buf_free(&good);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct yihu_buf b = {0};
		signed_text(&b, texts[i].text);
		int code = parse(&b, &c);
		if (code != texts[i].code)
			fail_msg("row %zu: %s", i, yihu_code_slug(code));
		yihu_buf_free(&b);
	}
}

static void refused_with(struct yihu_buf *b, int code)
{
	struct yihu_checkpoint c = {.size = 99};
	assert_string_equal(yihu_code_slug(parse(b, &c)), yihu_code_slug(code));
	assert_int_equal(c.size, 99);
	yihu_buf_free(b);
}

TEST(exactly_one_line_must_be_the_logs)
{
	for (size_t i = 0; i < fixture_n_blocks; i++) {
		const struct fixture_block *block = &fixture_blocks[i];
		struct yihu_checkpoint c;
		struct yihu_buf b = {0};
		sample_signed(&b);
		fixture_sign_block(&b, f, block->lines);
		int code = parse(&b, &c);
		if (code != block->code)
			fail_msg("%s: %s", block->what, yihu_code_slug(code));
		if (code == YIHU_OK)
			assert_sample(&c);
		yihu_buf_free(&b);
	}
}

TEST(a_block_must_stand_there)
{
	struct yihu_buf b = {0};
	sample_signed(&b);
	b.len = (size_t)((uint8_t *)memmem(b.data, b.len, "\n\n", 2) + 1 - b.data);
	refused_with(&b, YIHU_EFORMAT);
}

TEST(another_keys_signature_is_refused)
{
	struct yihu_buf b = {0};
	struct yihu_checkpoint c = sample();
	struct yihu_vkey forged;
	struct yihu_error err;
	fixture_must(yihu_vkey_make(&forged, ORIGIN, f->issuer.pk, &err), &err);
	yihu_checkpoint_sign(&b, &forged, &c, &f->issuer);
	refused_with(&b, YIHU_ESIGNERS);
	/* with the log's own key id before it */
	memcpy(forged.id, log_key()->id, sizeof forged.id);
	yihu_checkpoint_sign(&b, &forged, &c, &f->issuer);
	refused_with(&b, YIHU_ESIGNATURE);
}

TEST(a_signature_of_another_text_is_refused)
{
	struct yihu_buf b = {0};
	signed_text(&b, ORIGIN "\n14\n" ROOT "\n");
	memcpy(strstr((char *)b.data, "14"), "15", 2);
	refused_with(&b, YIHU_ESIGNATURE);
}

TEST(every_line_must_be_well_formed)
{
	static const struct {
		const char *name;
		size_t blob;
	} lines[] = {{"witness", 4}, {"witness", 0}, {"two words", 76}, {"a+b", 76}, {"", 76}};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		for (int after_good = 0; after_good < 2; after_good++) {
			struct yihu_buf b = {0};
			sample_signed(&b);
			if (after_good)
				cosignature(&b, "witness-0", 76);
			cosignature(&b, lines[i].name, lines[i].blob);
			refused_with(&b, YIHU_EFORMAT);
		}
	struct yihu_buf b = {0};
	sample_signed(&b);
	yihu_buf_str(&b, "trailing\n");
	refused_with(&b, YIHU_EFORMAT);
	sample_signed(&b);
	b.len--;
	refused_with(&b, YIHU_EFORMAT);
}

TEST(no_bit_can_be_flipped)
{
	struct yihu_buf b = {0};
	sample_signed(&b);
	for (size_t bit = 0; bit < 8 * b.len; bit++) {
		struct yihu_checkpoint c;
		b.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (parse(&b, &c) == YIHU_OK)
			fail_msg("bit %zu", bit);
		b.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	yihu_buf_free(&b);
}

TEST(no_prefix_passes)
{
	struct yihu_buf b = {0};
	struct yihu_checkpoint c;
	sample_signed(&b);
	for (size_t len = 0; len < b.len; len++)
		assert_int_not_equal(yihu_checkpoint_parse(&c, b.data, len, log_key(), NULL),
				     YIHU_OK);
	yihu_buf_free(&b);
}

AROUND(set_up)
{
	f = fixture_new(NULL);
	return 0;
}

AROUND(tear_down)
{
	fixture_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signed_checkpoint_is_read),
		cmocka_unit_test(its_text_is_three_lines),
		cmocka_unit_test(cosignatures_may_follow),
		cmocka_unit_test(other_texts_are_refused_though_signed),
		cmocka_unit_test(exactly_one_line_must_be_the_logs),
		cmocka_unit_test(a_block_must_stand_there),
		cmocka_unit_test(another_keys_signature_is_refused),
		cmocka_unit_test(a_signature_of_another_text_is_refused),
		cmocka_unit_test(every_line_must_be_well_formed),
		cmocka_unit_test(no_bit_can_be_flipped),
		cmocka_unit_test(no_prefix_passes),
	};
	return cmocka_run_group_tests_name("checkpoint", tests, set_up, tear_down);
}
