/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature lines of others beside the log's: in the folder's checkpoints, in
 * those that somebody saved, and in receipts.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

static struct fixture *f;
static struct fixture_log *log_;
static struct yihu_public *closed;

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 4});
	log_ = fixture_log_whole(f, 2);
	closed = fixture_public_new(f);
	fixture_public_log(closed, log_);
	return 0;
}

AROUND(tear_down)
{
	yihu_public_free(closed);
	fixture_log_free(log_);
	fixture_free(f);
	return 0;
}

static void assert_told(const struct yihu_public *p, const struct yihu_audit_options *o,
			const struct fixture_block *block, enum yihu_check check, const char *file)
{
	struct yihu_audit *a = yihu_audit_run(p, o);
	if ((a->n_faults > 0) != (block->code != YIHU_OK))
		fail_msg("%s, %s: %s", file, block->what,
			 a->n_faults > 0 ? a->faults[0].text : "passes");
	if (block->code != YIHU_OK)
		assert_first_fault(a, check, block->code, file);
	yihu_audit_free(a);
}

static void in_the_folder(const char *name)
{
	struct yihu_audit_options o = audit_options(f);
	for (size_t i = 0; i < fixture_n_blocks; i++) {
		struct yihu_public *p = public_copy(closed);
		const struct yihu_buf *there = yihu_public_get(closed, name);
		struct yihu_buf b = {0};
		yihu_buf_put(&b, there->data, there->len);
		fixture_sign_block(&b, f, fixture_blocks[i].lines);
		yihu_public_put(p, name, b.data, b.len);
		assert_told(p, &o, &fixture_blocks[i], YIHU_CHECK_CHECKPOINT, name);
		yihu_buf_free(&b);
		yihu_public_free(p);
	}
}

TEST(the_folders_checkpoint_may_bear_them)
{
	in_the_folder("log/checkpoint");
}

TEST(the_folders_at_close_may_bear_them)
{
	in_the_folder("log/at-close");
}

TEST(a_saved_checkpoint_may_bear_them)
{
	char name[] = "given";
	for (size_t i = 0; i < fixture_n_blocks; i++) {
		struct yihu_audit_options o = audit_options(f);
		struct yihu_evidence e = {.name = name};
		fixture_log_checkpoint(log_, 2, &e.bytes);
		fixture_sign_block(&e.bytes, f, fixture_blocks[i].lines);
		o.checkpoints = &e;
		o.n_checkpoints = 1;
		assert_told(closed, &o, &fixture_blocks[i], YIHU_CHECK_EVIDENCE, name);
		yihu_buf_free(&e.bytes);
	}
}

TEST(a_receipt_may_bear_them)
{
	char name[] = "given";
	for (size_t i = 0; i < fixture_n_blocks; i++) {
		struct yihu_audit_options o = audit_options(f);
		struct yihu_evidence e = {.name = name};
		fixture_log_receipt(log_, 1, 3, &e.bytes);
		fixture_sign_block(&e.bytes, f, fixture_blocks[i].lines);
		o.receipts = &e;
		o.n_receipts = 1;
		assert_told(closed, &o, &fixture_blocks[i], YIHU_CHECK_EVIDENCE, name);
		yihu_buf_free(&e.bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_folders_checkpoint_may_bear_them),
		cmocka_unit_test(the_folders_at_close_may_bear_them),
		cmocka_unit_test(a_saved_checkpoint_may_bear_them),
		cmocka_unit_test(a_receipt_may_bear_them),
	};
	return cmocka_run_group_tests_name("others", tests, set_up, tear_down);
}
