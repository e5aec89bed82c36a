/* SPDX-License-Identifier: Apache-2.0
 *
 * The box note, and which holders must have signed what.
 */

#include <fixture.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#define ROOT "abA/4k3z1WZBiEm+SMk/B4ZeyMe6DTttD7fJ1H5aAzw="
#define ISSUER 0
#define LOG 9
#define END 10

static struct fixture *f; /* five holders, three must sign the box */
static char *eid, *other_eid;

/* text and signatures by signers (holders' indices, ISSUER, LOG) up to END. */
static void note_by(const char *text, const int *signers, struct yihu_buf *out)
{
	const struct yihu_charter *c = f->election->charter;
	yihu_buf_fmt(out, "%s\n", text);
	for (; *signers != END; signers++) {
		const struct yihu_vkey *key = &c->issuer;
		const struct yihu_keypair *kp = &f->issuer;
		if (*signers == LOG) {
			key = &c->log;
			kp = &f->log;
		} else if (*signers != ISSUER) {
			key = &c->holders[*signers - 1].key;
			kp = &f->holders[*signers - 1];
		}
		yihu_note_sign_line(out, yihu_span(text), key, kp);
	}
}

static int parse(const struct yihu_buf *b, uint32_t *signers)
{
	struct yihu_checkpoint box = {.size = 99};
	struct yihu_error err = {0};
	int code = yihu_box_note_parse(&box, signers, b->data, b->len, f->election->charter, &err);
	assert_int_equal(err.code, code);
	assert_int_equal(box.size, code == YIHU_OK ? 13 : 99);
	return code;
}

static char *good_text(void)
{
	return yihu_printf("yihu-box-v1\n%s\n13\n" ROOT "\n", eid);
}

TEST(its_text_is_four_lines)
{
	struct yihu_buf text = {0};
	struct yihu_checkpoint box = {.size = 13};
	assert_int_equal(
		yihu_unbase64_exact(box.root.bytes, sizeof box.root.bytes, yihu_span(ROOT)), true);
	yihu_box_note_text(&text, f->election->charter->eid, &box);
	char *want = good_text();
	assert_string_equal((char *)text.data, want);
	free(want);
	yihu_buf_free(&text);
}

#define MAX_SIGNERS 8
static const struct {
	int signers[MAX_SIGNERS + 1];
	int code;
	uint32_t who;
} signed_by[] = {
	{{1, 2, 3, END}, YIHU_OK, 7},
	{{1, 2, 3, 4, 5, END}, YIHU_OK, 31},
	{{3, 4, 5, END}, YIHU_OK, 28},
	{{1, 3, 5, END}, YIHU_OK, 21},
	{{2, 3, 4, 5, END}, YIHU_OK, 30},
	{{1, 2, END}, YIHU_ESIGNERS, 0},
	{{5, END}, YIHU_ESIGNERS, 0},
	{{END}, YIHU_EFORMAT, 0},
	{{2, 1, 3, END}, YIHU_ESIGNERS, 0},
	{{1, 3, 2, END}, YIHU_ESIGNERS, 0},
	{{5, 4, 3, 2, 1, END}, YIHU_ESIGNERS, 0},
	{{1, 1, 2, END}, YIHU_ESIGNERS, 0},
	{{1, 2, 3, 3, END}, YIHU_ESIGNERS, 0},
	{{1, 2, 3, 1, END}, YIHU_ESIGNERS, 0},
	{{ISSUER, 1, 2, 3, END}, YIHU_ESIGNERS, 0},
	{{1, 2, 3, ISSUER, END}, YIHU_ESIGNERS, 0},
	{{1, 2, LOG, END}, YIHU_ESIGNERS, 0},
	{{1, 2, 3, LOG, END}, YIHU_ESIGNERS, 0},
};

TEST(q_holders_in_order_must_have_signed)
{
	char *text = good_text();
	for (size_t i = 0; i < sizeof signed_by / sizeof *signed_by; i++) {
		struct yihu_buf b = {0};
		uint32_t who = 99;
		note_by(text, signed_by[i].signers, &b);
		int code = parse(&b, &who);
		if (code != signed_by[i].code)
			fail_msg("row %zu: %s", i, yihu_code_slug(code));
		assert_int_equal(who, code == YIHU_OK ? signed_by[i].who : 99);
		yihu_buf_free(&b);
	}
	free(text);
}

static const int all[] = {1, 2, 3, 4, 5, END};

static const struct {
	const char *format; /* %s: the eid */
	int code;
} texts[] = {
	{"yihu-box-v2\n%s\n13\n" ROOT "\n", YIHU_EVERSION},
	{"yihu-charter-v1\n%s\n13\n" ROOT "\n", YIHU_EVERSION},
	{"yihu-box-v1 \n%s\n13\n" ROOT "\n", YIHU_EVERSION},
	{"yihu-box-v1\neid %s\n13\n" ROOT "\n", YIHU_EBOX},
	{"yihu-box-v1\n%s0\n13\n" ROOT "\n", YIHU_EBOX},
	{"yihu-box-v1\n%.62s\n13\n" ROOT "\n", YIHU_EBOX},
	{"yihu-box-v1\n%s\n013\n" ROOT "\n", YIHU_EBOX},
	{"yihu-box-v1\n%s\n-1\n" ROOT "\n", YIHU_EBOX},
	{"yihu-box-v1\n%s\n4294967296\n" ROOT "\n", YIHU_EBOX},
	{"yihu-box-v1\n%s\n13\nAAAA\n", YIHU_EBOX},
	{"yihu-box-v1\n%s\n13\n", YIHU_EBOX},
	{"yihu-box-v1\n%s\n", YIHU_EBOX},
	{"yihu-box-v1\n%s\n13\n" ROOT "\nmore\n", YIHU_EBOX},
	{"yihu-box-v1\n%s\n" ROOT "\n13\n", YIHU_EBOX},
	{"yihu-box-v1\n%s\r\n13\n" ROOT "\n", YIHU_EFORMAT},
	{"yihu-box-v1\n%s\n\n13\n" ROOT "\n", YIHU_EFORMAT},
};

TEST(other_texts_are_refused_though_all_signed)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct yihu_buf b = {0};
		char *text = yihu_printf(texts[i].format, eid);
		note_by(text, all, &b);
		int code = parse(&b, NULL);
		if (code != texts[i].code)
			fail_msg("row %zu: %s", i, yihu_code_slug(code));
		free(text);
		yihu_buf_free(&b);
	}
}

TEST(another_elections_box_is_refused)
{
	struct yihu_buf b = {0};
	char *text = yihu_printf("yihu-box-v1\n%s\n13\n" ROOT "\n", other_eid);
	note_by(text, all, &b);
	assert_int_equal(parse(&b, NULL), YIHU_EELECTION);
	free(text);
	yihu_buf_free(&b);
}

/* Signatures beyond q count too: one bad line spoils the note. */
TEST(every_signature_is_checked)
{
	char *text = good_text(), *other = yihu_printf("yihu-box-v1\n%s\n14\n" ROOT "\n", eid);
	for (size_t bad = 0; bad < 5; bad++) {
		struct yihu_buf b = {0};
		const struct yihu_charter *c = f->election->charter;
		yihu_buf_fmt(&b, "%s\n", text);
		for (size_t i = 0; i < 5; i++)
			yihu_note_sign_line(&b, yihu_span(i == bad ? other : text),
					    &c->holders[i].key, &f->holders[i]);
		assert_int_equal(parse(&b, NULL), YIHU_ESIGNATURE);
		yihu_buf_free(&b);
	}
	free(text);
	free(other);
}

TEST(no_bit_can_be_flipped)
{
	struct yihu_buf b = {0};
	char *text = good_text();
	note_by(text, all, &b);
	for (size_t bit = 0; bit < 8 * b.len; bit++) {
		struct yihu_checkpoint box;
		b.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (yihu_box_note_parse(&box, NULL, b.data, b.len, f->election->charter, NULL) ==
		    YIHU_OK)
			fail_msg("bit %zu", bit);
		b.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	free(text);
	yihu_buf_free(&b);
}

/* As the results note has it: the issuer, then `least` holders or more. */
TEST(the_issuer_first_then_holders)
{
	static const struct {
		int signers[MAX_SIGNERS + 1];
		uint32_t least;
		int code;
		uint32_t who;
	} rows[] = {
		{{ISSUER, 1, 2, END}, 2, YIHU_OK, 3},
		{{ISSUER, 2, 5, END}, 2, YIHU_OK, 18},
		{{ISSUER, 1, 2, 3, 4, 5, END}, 2, YIHU_OK, 31},
		{{ISSUER, END}, 0, YIHU_OK, 0},
		{{ISSUER, 4, END}, 0, YIHU_OK, 8},
		{{ISSUER, END}, 1, YIHU_ESIGNERS, 0},
		{{ISSUER, 1, END}, 2, YIHU_ESIGNERS, 0},
		{{1, 2, END}, 2, YIHU_ESIGNERS, 0},
		{{1, ISSUER, 2, END}, 2, YIHU_ESIGNERS, 0},
		{{ISSUER, ISSUER, 1, END}, 1, YIHU_ESIGNERS, 0},
		{{LOG, 1, 2, END}, 2, YIHU_ESIGNERS, 0},
		{{ISSUER, 2, 1, END}, 2, YIHU_ESIGNERS, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_buf b = {0};
		struct yihu_note note;
		uint32_t who = 99;
		note_by("anything\nat all\n", rows[i].signers, &b);
		assert_int_equal(yihu_note_split(&note, b.data, b.len, NULL), YIHU_OK);
		int code = yihu_note_verify_holders(&note, f->election->charter, true,
						    rows[i].least, &who, NULL);
		if (code != rows[i].code)
			fail_msg("row %zu: %s", i, yihu_code_slug(code));
		assert_int_equal(who, code == YIHU_OK ? rows[i].who : 99);
		yihu_buf_free(&b);
	}
}

static char *hex_eid(const struct fixture *of)
{
	char *hex = yihu_alloc(2 * YIHU_EID_BYTES + 1);
	return yihu_hex_into(hex, of->election->charter->eid, YIHU_EID_BYTES);
}

AROUND(set_up)
{
	struct fixture *other = fixture_new(&(struct fixture_options){.name = "other"});
	f = fixture_new(&(struct fixture_options){.n = 5, .t = 2, .q = 3});
	eid = hex_eid(f);
	other_eid = hex_eid(other);
	fixture_free(other);
	return 0;
}

AROUND(tear_down)
{
	free(eid);
	free(other_eid);
	fixture_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_text_is_four_lines),
		cmocka_unit_test(q_holders_in_order_must_have_signed),
		cmocka_unit_test(other_texts_are_refused_though_all_signed),
		cmocka_unit_test(another_elections_box_is_refused),
		cmocka_unit_test(every_signature_is_checked),
		cmocka_unit_test(no_bit_can_be_flipped),
		cmocka_unit_test(the_issuer_first_then_holders),
	};
	return cmocka_run_group_tests_name("box note", tests, set_up, tear_down);
}
