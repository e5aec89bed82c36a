/* SPDX-License-Identifier: Apache-2.0
 *
 * The largest file that is read, and one byte more. Cosignature lines, of which
 * there may be any number, fill it to the byte.
 */

#include <fixture.h>

#include "test.h"

static struct fixture *f;
static struct fixture_log *log_;

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 3});
	log_ = fixture_log_new(f);
	return 0;
}

AROUND(tear_down)
{
	fixture_log_free(log_);
	fixture_free(f);
	return 0;
}

/* A line of 110 bytes and a name of 1 to YIHU_NAME_MAX. */
static void put_line(struct yihu_buf *out, size_t len)
{
	static const uint8_t blob[76];
	assert_in_range(len, 111, 110 + YIHU_NAME_MAX);
	yihu_buf_str(out, "— ");
	for (size_t i = 0; i < len - 110; i++)
		yihu_buf_u8(out, 'w');
	yihu_buf_str(out, " ");
	yihu_base64(out, blob, sizeof blob);
	yihu_buf_str(out, "\n");
}

static void fill(struct yihu_buf *out, size_t size)
{
	while (size - out->len >= 400)
		put_line(out, 150);
	put_line(out, (size - out->len) / 2);
	put_line(out, size - out->len);
	assert_int_equal(out->len, size);
}

TEST(a_checkpoint_has_at_most_its_bytes)
{
	for (size_t more = 0; more <= 1; more++) {
		struct yihu_buf b = {0};
		struct yihu_checkpoint c;
		struct yihu_error err;
		fixture_log_checkpoint(log_, 1, &b);
		fill(&b, YIHU_CHECKPOINT_BYTES_MAX + more);
		assert_int_equal(
			yihu_checkpoint_parse(&c, b.data, b.len, &f->election->charter->log, &err),
			more == 0 ? YIHU_OK : YIHU_ETOOBIG);
		yihu_buf_free(&b);
	}
}

/* In a receipt the checkpoint is held to its own limit. */
TEST(a_receipts_checkpoint_has_at_most_its_bytes)
{
	for (size_t more = 0; more <= 1; more++) {
		struct yihu_buf b = {0}, checkpoint = {0};
		struct yihu_receipt r;
		struct yihu_error err;
		fixture_log_receipt(log_, 0, 1, &b);
		fixture_log_checkpoint(log_, 1, &checkpoint);
		fill(&b, b.len - checkpoint.len + YIHU_CHECKPOINT_BYTES_MAX + more);
		assert_int_equal(
			yihu_receipt_parse(&r, b.data, b.len, &f->election->charter->log, &err),
			more == 0 ? YIHU_OK : YIHU_ETOOBIG);
		if (more == 0)
			yihu_receipt_free(&r);
		yihu_buf_free(&b);
		yihu_buf_free(&checkpoint);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_checkpoint_has_at_most_its_bytes),
		cmocka_unit_test(a_receipts_checkpoint_has_at_most_its_bytes),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
