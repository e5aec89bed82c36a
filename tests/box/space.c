/* SPDX-License-Identifier: Apache-2.0
 *
 * A disk that is almost full: nothing more is appended, before it is in doubt whether
 * something was.
 */
#include <string.h>
#include <sys/statvfs.h>

#include "boxdir.h"
#include "test.h"

#define DURING (FIXTURE_OPENS + 3600)
#define ENOUGH (UINT64_C(32) << 20)
#define BLOCK 4096

static uint64_t free_bytes;

/* The linker puts it in the place of libc's. */
int __wrap_statvfs64(const char *path, struct statvfs *out);
int __wrap_statvfs64(const char *path, struct statvfs *out)
{
	(void)path;
	memset(out, 0, sizeof *out);
	out->f_frsize = BLOCK;
	out->f_bavail = free_bytes / BLOCK;
	return 0;
}

static int commit_two(struct yihu_box *b, const struct yihu_buf two[2],
		      struct yihu_submission subs[2])
{
	struct yihu_error err;
	for (size_t i = 0; i < 2; i++)
		subs[i] = (struct yihu_submission){.type = YIHU_ENTRY_BALLOT,
						   .body = two[i].data,
						   .body_len = two[i].len,
						   .verified = YIHU_VERIFIED_BEFORE};
	return yihu_box_commit(b, subs, 2, DURING, &err);
}

TEST(a_group_needs_room_and_a_refusal_none)
{
	struct fixture *f = fixture_new(NULL);
	char *dir = boxdir_new(f);
	struct yihu_box *b = boxdir_open(dir, DURING);
	struct yihu_buf two[2] = {boxdir_ballot(f, 1, 1), boxdir_ballot(f, 2, 1)};
	struct yihu_submission subs[2];
	free_bytes = ENOUGH - BLOCK;
	assert_int_equal(commit_two(b, two, subs), YIHU_EIO);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(subs[i].code, YIHU_EIO);
	assert_int_equal(yihu_ledger_size(yihu_box_ledger(b)), 1);
	free_bytes = ENOUGH;
	assert_int_equal(commit_two(b, two, subs), 0);
	assert_int_equal(yihu_ledger_size(yihu_box_ledger(b)), 3);
	free_bytes = 0;
	assert_int_equal(commit_two(b, two, subs), 0);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(subs[i].code, YIHU_ESAME);
	/* Whatever was refused before it, the first that is not asks. */
	yihu_buf_free(&two[1]);
	two[1] = boxdir_ballot(f, 3, 1);
	assert_int_equal(commit_two(b, two, subs), YIHU_EIO);
	assert_int_equal(yihu_ledger_size(yihu_box_ledger(b)), 3);
	for (size_t i = 0; i < 2; i++)
		yihu_buf_free(&two[i]);
	yihu_box_close(b);
	boxdir_free(dir);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_group_needs_room_and_a_refusal_none),
	};
	return cmocka_run_group_tests_name("a disk that is almost full", tests, NULL, NULL);
}
