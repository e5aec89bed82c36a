/* SPDX-License-Identifier: Apache-2.0
 *
 * Calling an election off, as bytes: the entry X, and the note `cancelled`.
 */

#include <fixture.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/cancel.h>

#include "test.h"

#define ROOT "abA/4k3z1WZBiEm+SMk/B4ZeyMe6DTttD7fJ1H5aAzw="

static struct fixture *f;
static char *eid;

/* ---- the entry ---- */

/* The shortest and the longest, and one byte beyond either. */
TEST(a_body_has_73_to_1072_bytes)
{
	static const struct {
		size_t len;
		int code;
	} rows[] = {{0, YIHU_EENTRY}, {71, YIHU_EENTRY},    {72, YIHU_EENTRY},
		    {73, YIHU_OK},    {72 + 1000, YIHU_OK}, {72 + 1001, YIHU_EENTRY}};
	static const uint8_t body[72 + 1001] = {0, 0, 0, 0, 0, 0, 1, 2};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_cancel c = {.size = 99};
		assert_int_equal(yihu_cancel_parse(&c, body, rows[i].len, NULL), rows[i].code);
		assert_int_equal(c.size, rows[i].code == YIHU_OK ? 258 : 99);
		if (rows[i].code == YIHU_OK)
			assert_int_equal(c.reason.len, rows[i].len - 72);
	}
}

/* M("cancel"; eid, be64 size, root, reason), spelt out. */
TEST(a_cancellation_is_signed_over_size_root_and_reason)
{
	uint8_t root[32];
	struct yihu_buf body = {0}, m = {0};
	memset(root, 9, sizeof root);
	yihu_cancel_body(&body, f->election->charter->eid, 258, root, yihu_span("why"), &f->issuer);
	assert_int_equal(body.len, 72 + 3);
	assert_memory_equal(body.data, "\0\0\0\0\0\0\1\2", 8);
	assert_memory_equal(body.data + 72, "why", 3);
	yihu_buf_put(&m, "yihu/v1/cancel\0\0\0\0\0\0\0\0\x20", 23);
	yihu_buf_put(&m, f->election->charter->eid, YIHU_EID_BYTES);
	yihu_buf_put(&m, "\0\0\0\0\0\0\0\x08\0\0\0\0\0\0\1\2\0\0\0\0\0\0\0\x20", 24);
	yihu_buf_put(&m, root, sizeof root);
	yihu_buf_put(&m, "\0\0\0\0\0\0\0\3why", 11);
	assert_true(yihu_verify(body.data + 8, f->issuer.pk, m.data, m.len));
	yihu_buf_free(&body);
	yihu_buf_free(&m);
}

TEST(no_byte_of_a_cancellation_can_be_another)
{
	const uint8_t *of = f->election->charter->eid;
	static const uint8_t root[32] = {1}, other[32] = {2};
	struct yihu_buf body = {0};
	struct yihu_cancel c;
	yihu_cancel_body(&body, of, 1234, root, yihu_span("why"), &f->issuer);
	assert_int_equal(yihu_cancel_parse(&c, body.data, body.len, NULL), YIHU_OK);
	assert_int_equal(c.size, 1234);
	assert_true(yihu_span_is(c.reason, "why"));
	assert_true(yihu_cancel_signed(&c, of, root, f->issuer.pk));
	assert_false(yihu_cancel_signed(&c, of, other, f->issuer.pk));
	assert_false(yihu_cancel_signed(&c, other, root, f->issuer.pk));
	assert_false(yihu_cancel_signed(&c, of, root, f->log.pk));
	for (size_t i = 0; i < body.len; i++) {
		body.data[i] ^= 1;
		assert_int_equal(yihu_cancel_parse(&c, body.data, body.len, NULL), YIHU_OK);
		assert_false(yihu_cancel_signed(&c, of, root, f->issuer.pk));
		body.data[i] ^= 1;
	}
	yihu_buf_free(&body);
}

/* ---- the note ---- */

static int parse(const struct yihu_buf *b, struct yihu_cancelled_note *n)
{
	struct yihu_error err = {0};
	int code = yihu_cancelled_note_parse(n, b->data, b->len, f->election->charter, &err);
	assert_int_equal(err.code, code);
	return code;
}

static int parse_text(const char *text)
{
	struct yihu_buf b = {0};
	struct yihu_cancelled_note n;
	yihu_note_sign(&b, yihu_span(text), &f->election->charter->issuer, &f->issuer);
	int code = parse(&b, &n);
	yihu_buf_free(&b);
	return code;
}

static void assert_note(const struct yihu_cancelled_note *n, const char *log)
{
	struct yihu_buf b = {0};
	struct yihu_cancelled_note back;
	const struct yihu_vkey *issuer = &f->election->charter->issuer;
	char *text =
		yihu_printf("yihu-cancelled-v1\neid %s\nlog %s\nreason 报价 wrong\n\n", eid, log);
	yihu_cancelled_note_sign(&b, f->election->charter->eid, n, issuer, &f->issuer);
	assert_true(b.len > strlen(text));
	assert_memory_equal(b.data, text, strlen(text));
	assert_int_equal(parse(&b, &back), YIHU_OK);
	assert_int_equal(back.has_log, n->has_log);
	assert_int_equal(back.log.size, n->log.size);
	assert_memory_equal(&back.log.root, &n->log.root, sizeof n->log.root);
	assert_true(yihu_span_is(back.reason, "报价 wrong"));
	yihu_buf_free(&b);
	free(text);
}

TEST(its_text_is_four_lines)
{
	struct yihu_cancelled_note n = {.reason = yihu_span("报价 wrong")};
	assert_note(&n, "none");
	n.has_log = true;
	n.log.size = 13;
	assert_true(
		yihu_unbase64_exact(n.log.root.bytes, sizeof n.log.root.bytes, yihu_span(ROOT)));
	assert_note(&n, "13 " ROOT);
}

#define HEAD "yihu-cancelled-v1\neid %s\n"

static const struct {
	const char *format; /* %s: the eid */
	int code;
} texts[] = {
	{HEAD "log none\nreason why\n", YIHU_OK},
	{HEAD "log 0 " ROOT "\nreason why\n", YIHU_OK},
	{HEAD "log 4294967295 " ROOT "\nreason why\n", YIHU_OK},
	{"yihu-cancelled-v2\neid %s\nlog none\nreason why\n", YIHU_EVERSION},
	{"yihu-cancelled-v1 \neid %s\nlog none\nreason why\n", YIHU_EVERSION},
	{"eid %s\nlog none\nreason why\n", YIHU_EVERSION},
	{"yihu-cancelled-v1\n%s\nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\neid\nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\neid \nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\nei\nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\neyd %s\nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\neid:%s\nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\neid  %s\nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\neid %.62s\nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\neid %s0\nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\nlog none\nreason why\n", YIHU_ECANCEL},
	{"yihu-cancelled-v1\n", YIHU_ECANCEL},
	{HEAD, YIHU_ECANCEL},
	{HEAD "reason why\n", YIHU_ECANCEL},
	{HEAD "none\nreason why\n", YIHU_ECANCEL},
	{HEAD "log\nreason why\n", YIHU_ECANCEL},
	{HEAD "log \nreason why\n", YIHU_ECANCEL},
	{HEAD "lag none\nreason why\n", YIHU_ECANCEL},
	{HEAD "log:none\nreason why\n", YIHU_ECANCEL},
	{HEAD "log none \nreason why\n", YIHU_ECANCEL},
	{HEAD "log nothing\nreason why\n", YIHU_ECANCEL},
	{HEAD "log 13\nreason why\n", YIHU_ECANCEL},
	{HEAD "log 13 \nreason why\n", YIHU_ECANCEL},
	{HEAD "log 013 " ROOT "\nreason why\n", YIHU_ECANCEL},
	{HEAD "log -1 " ROOT "\nreason why\n", YIHU_ECANCEL},
	{HEAD "log 4294967296 " ROOT "\nreason why\n", YIHU_ECANCEL},
	{HEAD "log 13 AAAA\nreason why\n", YIHU_ECANCEL},
	{HEAD "log 13 " ROOT " more\nreason why\n", YIHU_ECANCEL},
	{HEAD "log " ROOT " 13\nreason why\n", YIHU_ECANCEL},
	{HEAD "log none\n", YIHU_ECANCEL},
	{HEAD "log none\nwhy\n", YIHU_ECANCEL},
	{HEAD "log none\nreason\n", YIHU_ECANCEL},
	{HEAD "log none\nraison why\n", YIHU_ECANCEL},
	{HEAD "log none\nreason:why\n", YIHU_ECANCEL},
	{HEAD "log none\nreason why\nmore\n", YIHU_ECANCEL},
	{HEAD "log none\nreason why\nreason why\n", YIHU_ECANCEL},
	{HEAD "log none\nreason \n", YIHU_EREASON},
	{HEAD "log none\nreason  why\n", YIHU_EREASON},
	{HEAD "log none\nreason wh\u200by\n", YIHU_EREASON},
};

TEST(other_texts_are_refused_though_signed)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char *text = yihu_printf(texts[i].format, eid);
		int code = parse_text(text);
		if (code != texts[i].code)
			fail_msg("row %zu: %s", i, yihu_code_slug(code));
		free(text);
	}
}

TEST(another_elections_note_is_refused)
{
	for (size_t at = 0; at < 64; at += 63) {
		char *text = yihu_printf(HEAD "log none\nreason why\n", eid);
		char *digit = text + strlen("yihu-cancelled-v1\neid ") + at;
		*digit = *digit == '0' ? '1' : '0';
		assert_int_equal(parse_text(text), YIHU_EELECTION);
		free(text);
	}
}

TEST(the_issuer_alone_signs_it)
{
	const struct yihu_charter *c = f->election->charter;
	char *text = yihu_printf(HEAD "log none\nreason why\n", eid);
	char *other = yihu_printf(HEAD "log none\nreason who\n", eid);
	struct yihu_cancelled_note n = {.reason = yihu_span("kept")};
	struct yihu_buf b = {0};
	yihu_note_sign(&b, yihu_span(text), &c->log, &f->log);
	assert_int_equal(parse(&b, &n), YIHU_ESIGNERS);
	b.len = 0;
	yihu_note_sign(&b, yihu_span(text), &c->issuer, &f->issuer);
	yihu_note_sign_line(&b, yihu_span(text), &c->log, &f->log);
	assert_int_equal(parse(&b, &n), YIHU_ESIGNERS);
	b.len = 0;
	yihu_buf_fmt(&b, "%s\n", text);
	yihu_note_sign_line(&b, yihu_span(other), &c->issuer, &f->issuer);
	assert_int_equal(parse(&b, &n), YIHU_ESIGNATURE);
	b.len = strlen(text);
	assert_int_equal(parse(&b, &n), YIHU_EFORMAT);
	assert_true(yihu_span_is(n.reason, "kept"));
	yihu_buf_free(&b);
	free(text);
	free(other);
}

/* A reason that fills the note up to so many bytes. */
static int parse_of_size(size_t size)
{
	struct yihu_buf b = {0}, text = {0};
	struct yihu_cancelled_note n;
	const struct yihu_charter *c = f->election->charter;
	yihu_buf_fmt(&text, HEAD "log none\nreason \n", eid);
	yihu_note_sign(&b, (struct yihu_span){(const char *)text.data, text.len}, &c->issuer,
		       &f->issuer);
	size_t fill = size - b.len;
	b.len = 0;
	text.len--;
	while (fill-- > 0)
		yihu_buf_u8(&text, 'x');
	yihu_buf_u8(&text, '\n');
	yihu_note_sign(&b, (struct yihu_span){(const char *)text.data, text.len}, &c->issuer,
		       &f->issuer);
	assert_int_equal(b.len, size);
	int code = parse(&b, &n);
	yihu_buf_free(&b);
	yihu_buf_free(&text);
	return code;
}

TEST(a_note_has_at_most_8_kib)
{
	assert_int_equal(parse_of_size(8192), YIHU_EREASON);
	assert_int_equal(parse_of_size(8193), YIHU_ETOOBIG);
}

AROUND(set_up)
{
	struct yihu_buf hex = {0};
	f = fixture_new(NULL);
	yihu_hex(&hex, f->election->charter->eid, YIHU_EID_BYTES);
	eid = yihu_strndup((const char *)hex.data, hex.len);
	yihu_buf_free(&hex);
	return 0;
}

AROUND(tear_down)
{
	free(eid);
	fixture_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_body_has_73_to_1072_bytes),
		cmocka_unit_test(a_cancellation_is_signed_over_size_root_and_reason),
		cmocka_unit_test(no_byte_of_a_cancellation_can_be_another),
		cmocka_unit_test(its_text_is_four_lines),
		cmocka_unit_test(other_texts_are_refused_though_signed),
		cmocka_unit_test(another_elections_note_is_refused),
		cmocka_unit_test(the_issuer_alone_signs_it),
		cmocka_unit_test(a_note_has_at_most_8_kib),
	};
	return cmocka_run_group_tests_name("cancel", tests, set_up, tear_down);
}
