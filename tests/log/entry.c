/* SPDX-License-Identifier: Apache-2.0
 *
 * Entries as bytes: where each field lies, which lengths there are, and what
 * the issuer's signatures are over.
 */

#include <fixture.h>
#include <string.h>

#include "test.h"

static struct fixture *f;

static const uint8_t *eid(void)
{
	return f->election->charter->eid;
}

TEST(the_head_is_type_and_time)
{
	struct yihu_buf b = {0};
	yihu_entry_put(&b, YIHU_ENTRY_BALLOT, UINT64_C(0x0102030405), "body", 4);
	assert_int_equal(b.len, 13);
	assert_memory_equal(b.data, "B\0\0\0\1\2\3\4\5body", 13);
	yihu_buf_free(&b);
}

/* Cut anywhere within it, it is none, but its first byte is told. */
TEST(the_head_is_read_by_itself)
{
	static const uint8_t bytes[] = "?\0\0\0\1\2\3\4\5body";
	struct yihu_entry_head h;
	assert_true(yihu_entry_head(&h, bytes, 13));
	assert_int_equal(h.type, '?');
	assert_int_equal(h.time, UINT64_C(0x0102030405));
	assert_int_equal(h.body_len, 4);
	assert_memory_equal(h.body, "body", 4);
	assert_true(yihu_entry_head(&h, bytes, YIHU_ENTRY_HEAD_BYTES));
	assert_int_equal(h.body_len, 0);
	for (size_t len = 0; len < YIHU_ENTRY_HEAD_BYTES; len++) {
		assert_false(yihu_entry_head(&h, bytes, len));
		assert_int_equal(h.type, len > 0 ? '?' : 0);
		assert_int_equal(h.time, 0);
		assert_null(h.body);
	}
}

TEST(open_names_election_and_register)
{
	struct yihu_buf b = {0};
	struct yihu_entry e;
	uint8_t hash[32];
	crypto_hash_sha256(hash, f->reg.data, f->reg.len);
	yihu_entry_open(&b, 7, f->election);
	assert_int_equal(b.len, 9 + 64);
	assert_memory_equal(b.data + 9, eid(), 32);
	assert_memory_equal(b.data + 41, hash, 32);
	assert_int_equal(yihu_entry_parse(&e, b.data, b.len, NULL), YIHU_OK);
	assert_int_equal(e.type, YIHU_ENTRY_OPEN);
	assert_int_equal(e.time, 7);
	assert_memory_equal(e.u.open.eid, eid(), 32);
	assert_memory_equal(e.u.open.register_hash, hash, 32);
	yihu_buf_free(&b);
}

/* Signed by the issuer over M("replace"; eid, rest), spelt out. */
TEST(a_change_is_signed_over_the_rest_of_its_body)
{
	struct yihu_buf body = {0}, m = {0};
	struct yihu_credential c = fixture_credential(f, 300);
	yihu_change_body(&body, eid(), 5, 300, &c, &f->issuer);
	assert_int_equal(body.len, 168);
	assert_memory_equal(body.data, "\0\0\0\5\0\0\1\x2c", 8);
	assert_memory_equal(body.data + 8, c.pk, 32);
	assert_memory_equal(body.data + 40, c.signature, 64);
	yihu_buf_put(&m, "yihu/v1/replace\0\0\0\0\0\0\0\0\x20", 24);
	yihu_buf_put(&m, eid(), 32);
	yihu_buf_be64(&m, 104);
	yihu_buf_put(&m, body.data, 104);
	assert_true(yihu_verify(body.data + 104, f->issuer.pk, m.data, m.len));
	yihu_buf_free(&body);
	yihu_buf_free(&m);
}

TEST(a_close_is_signed_over_size_and_root)
{
	uint8_t root[32];
	struct yihu_buf body = {0}, m = {0};
	memset(root, 9, sizeof root);
	yihu_close_body(&body, eid(), 258, root, &f->issuer);
	assert_int_equal(body.len, 72);
	assert_memory_equal(body.data, "\0\0\0\0\0\0\1\2", 8);
	yihu_buf_put(&m, "yihu/v1/close\0\0\0\0\0\0\0\0\x20", 22);
	yihu_buf_put(&m, eid(), 32);
	yihu_buf_put(&m, "\0\0\0\0\0\0\0\x08\0\0\0\0\0\0\1\2\0\0\0\0\0\0\0\x20", 24);
	yihu_buf_put(&m, root, 32);
	assert_true(yihu_verify(body.data + 8, f->issuer.pk, m.data, m.len));
	yihu_buf_free(&body);
	yihu_buf_free(&m);
}

static struct yihu_entry read_again(enum yihu_entry_type type, const struct yihu_buf *body)
{
	struct yihu_entry e;
	struct yihu_buf whole = {0};
	yihu_entry_put(&whole, type, 1, body->data, body->len);
	assert_int_equal(yihu_entry_parse(&e, whole.data, whole.len, NULL), YIHU_OK);
	yihu_buf_free(&whole);
	return e;
}

TEST(changes_come_back_and_are_checked)
{
	struct yihu_buf body = {0};
	struct yihu_change x;
	struct yihu_credential c = fixture_credential(f, 13);
	yihu_change_body(&body, eid(), 12, 13, &c, &f->issuer);
	x = read_again(YIHU_ENTRY_CHANGE, &body).u.change;
	assert_int_equal(x.old_serial, 12);
	assert_int_equal(x.new_serial, 13);
	assert_memory_equal(&x.credential, &c, sizeof c);
	assert_true(yihu_change_signed(&x, eid(), f->issuer.pk));
	assert_false(yihu_change_signed(&x, eid(), f->log.pk));
	uint8_t other[32] = {0};
	assert_false(yihu_change_signed(&x, other, f->issuer.pk));
	for (size_t i = 0; i < body.len; i++) {
		body.data[i] ^= 1;
		x = read_again(YIHU_ENTRY_CHANGE, &body).u.change;
		assert_false(yihu_change_signed(&x, eid(), f->issuer.pk));
		body.data[i] ^= 1;
	}
	yihu_buf_free(&body);
}

TEST(closes_come_back_and_are_checked)
{
	struct yihu_buf body = {0};
	struct yihu_close x;
	uint8_t root[32] = {1}, other[32] = {2};
	yihu_close_body(&body, eid(), 1234, root, &f->issuer);
	x = read_again(YIHU_ENTRY_CLOSE, &body).u.close;
	assert_int_equal(x.size, 1234);
	assert_true(yihu_close_signed(&x, eid(), root, f->issuer.pk));
	assert_false(yihu_close_signed(&x, eid(), other, f->issuer.pk));
	assert_false(yihu_close_signed(&x, other, root, f->issuer.pk));
	assert_false(yihu_close_signed(&x, eid(), root, f->log.pk));
	for (size_t i = 0; i < body.len; i++) {
		body.data[i] ^= 1;
		x = read_again(YIHU_ENTRY_CLOSE, &body).u.close;
		assert_false(yihu_close_signed(&x, eid(), root, f->issuer.pk));
		body.data[i] ^= 1;
	}
	yihu_buf_free(&body);
}

static bool length_is_known(uint8_t type, size_t body)
{
	switch (type) {
	case 'O':
		return body == 64;
	case 'B':
		return body >= 294 && body <= 166 + 128 * 255 && (body - 166) % 128 == 0;
	case 'R':
		return body == 168;
	case 'C':
		return body == 72;
	case 'X':
		return body > 72 && body <= 72 + 1000;
	case 'W':
		return body > 0 && body <= 8192;
	default:
		return false;
	}
}

TEST(only_known_types_of_known_length_are_entries)
{
	static uint8_t bytes[9 + 166 + 128 * 256];
	static const size_t extra[] = {166 + 128 * 254,
				       166 + 128 * 255 - 1,
				       166 + 128 * 255,
				       166 + 128 * 255 + 1,
				       166 + 128 * 256,
				       8192,
				       8193};
	for (unsigned type = 0; type < 256; type++)
		for (size_t k = 0; k < 600 + sizeof extra / sizeof *extra; k++) {
			size_t body = k < 600 ? k : extra[k - 600];
			struct yihu_entry e = {.time = 99};
			struct yihu_error err = {0};
			bytes[0] = (uint8_t)type;
			int code = yihu_entry_parse(&e, bytes, 9 + body, &err);
			bool known = length_is_known((uint8_t)type, body);
			assert_int_equal(code, known ? YIHU_OK : YIHU_EENTRY);
			assert_int_equal(err.code, code);
			assert_int_equal(e.time, known ? 0 : 99);
			assert_true(!known || (e.body == bytes + 9 && e.body_len == body));
		}
	for (size_t len = 0; len < 9; len++) {
		struct yihu_entry e;
		struct yihu_error err;
		char *says = yihu_printf("breaks off after %zu bytes", len);
		bytes[0] = 'B';
		assert_int_equal(yihu_entry_parse(&e, bytes, len, &err), YIHU_EENTRY);
		assert_non_null(strstr(err.text, says));
		free(says);
	}
}

TEST(times_are_below_2_to_38)
{
	static const struct {
		uint64_t time;
		int code;
	} times[] = {
		{0, YIHU_OK},
		{(UINT64_C(1) << 38) - 1, YIHU_OK},
		{UINT64_C(1) << 38, YIHU_ETIME},
		{UINT64_C(1) << 63, YIHU_ETIME},
		{UINT64_MAX, YIHU_ETIME},
	};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		struct yihu_buf b = {0};
		struct yihu_entry e;
		yihu_entry_open(&b, times[i].time, f->election);
		assert_int_equal(yihu_entry_parse(&e, b.data, b.len, NULL), times[i].code);
		yihu_buf_free(&b);
	}
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
		cmocka_unit_test(the_head_is_type_and_time),
		cmocka_unit_test(the_head_is_read_by_itself),
		cmocka_unit_test(open_names_election_and_register),
		cmocka_unit_test(a_change_is_signed_over_the_rest_of_its_body),
		cmocka_unit_test(a_close_is_signed_over_size_and_root),
		cmocka_unit_test(changes_come_back_and_are_checked),
		cmocka_unit_test(closes_come_back_and_are_checked),
		cmocka_unit_test(only_known_types_of_known_length_are_entries),
		cmocka_unit_test(times_are_below_2_to_38),
	};
	return cmocka_run_group_tests_name("entry", tests, set_up, tear_down);
}
