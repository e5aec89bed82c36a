/* SPDX-License-Identifier: Apache-2.0
 *
 * A key holder's acts killed before each of their calls that change the disk:
 * what is public stays sound, and the next run goes on to the same end.
 */
#include <stdlib.h>
#include <string.h>

#include "committee.h"

/* The act of holder 1. */
struct cut_act {
	const char *name, *file; /* what it leaves behind */
	enum yihu_stage from;
	int (*run)(struct committee *, uint32_t holder);
};
struct run {
	struct committee *c;
	const struct cut_act *act;
};

static int shuffle(struct committee *c, uint32_t holder)
{
	return committee_count(c, holder, holder_shuffle);
}

static int open_box(struct committee *c, uint32_t holder)
{
	return committee_count(c, holder, holder_open);
}

static int sign(struct committee *c, uint32_t holder)
{
	return committee_count(c, holder, holder_sign);
}

static int retire(struct committee *c, uint32_t holder)
{
	return committee_count(c, holder, committee_retire);
}

static int copy(struct committee *c, uint32_t holder)
{
	struct yihu_keyfile *key = committee_holder(c, holder);
	char *to = yihu_printf("%s/keys/%u.copy", c->temp, holder);
	bool made;
	int r = holder_copy(key, &c->folder, to, &made, &c->err);
	yihu_keyfile_close(key);
	free(to);
	return r;
}

static int run_act(void *context)
{
	struct run *r = context;
	return r->act->run(r->c, 1);
}

static int nothing(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	(void)key;
	(void)v;
	(void)err;
	return 0;
}

/* The ceremony reads, and the public folder, if there is one, passes the audit. */
static void assert_sound(struct committee *c)
{
	struct yihu_ceremony *ceremony = yihu_calloc(1, sizeof *ceremony);
	assert_int_equal(yihu_ceremony_read(ceremony, &c->folder, &c->err), 0);
	yihu_ceremony_finish(ceremony);
	free(ceremony);
	if (committee_has(c, "box/public/register"))
		assert_int_equal(committee_count(c, 2, nothing), 0);
}

/* Returns whether it was cut. */
static bool cut_once(const struct committee *base, const struct cut_act *act, unsigned k)
{
	struct committee *c = committee_copy(base);
	struct run r = {.c = c, .act = act};
	struct yihu_buf left = {0}, end;
	int code = 0;
	bool cut = committee_cut(k, run_act, &r, &code);
	assert_int_equal(code, 0);
	assert_sound(c);
	bool there = committee_has(c, act->file);
	if (there)
		left = committee_read(c, act->file);
	code = act->run(c, 1);  /* again: goes on, or is harmless */
	if (code != 0 && there) /* done, and once only */
		assert_true(code == YIHU_EMARK || code == YIHU_EEXIST);
	else if (code != 0)
		fail_msg("%s, killed at call %u: %s", act->name, k, c->err.text);
	end = committee_read(c, act->file);
	if (there) { /* nothing that left the key is ever made a second time */
		assert_int_equal(left.len, end.len);
		assert_memory_equal(left.data, end.data, end.len);
	}
	assert_sound(c);
	yihu_buf_free(&left);
	yihu_buf_free(&end);
	committee_free(c);
	return cut;
}

static void cut_everywhere(const struct cut_act *act)
{
	struct committee *base = committee_new(NULL);
	unsigned k = 1;
	committee_to(base, act->from);
	while (cut_once(base, act, k))
		k = committee_next_cut(k);
	print_message("# %s: killed up to call %u\n", act->name, k - 1);
	assert_true(k > 3);
	committee_free(base);
}

#define CUT_TEST(test, what, leaves, state, act)                                                   \
	static void test(void **unused)                                                            \
	{                                                                                          \
		(void)unused;                                                                      \
		cut_everywhere(&(struct cut_act){                                                  \
			.name = what, .file = leaves, .from = state, .run = act});                 \
	}
CUT_TEST(announce_survives, "announce", "ceremony/announce-1", YIHU_STAGE_DRAFTED,
	 committee_announce)
CUT_TEST(deal_survives, "deal", "ceremony/deal-1", YIHU_STAGE_ANNOUNCED, committee_deal)
CUT_TEST(accept_survives, "accept", "ceremony/charter-1", YIHU_STAGE_DEALT, committee_accept)
CUT_TEST(copy_survives, "copy", "../keys/1.copy", YIHU_STAGE_CHARTERED, copy)
CUT_TEST(box_survives, "box", "ceremony/box-1", YIHU_STAGE_CLOSED, committee_box)
CUT_TEST(shuffle_survives, "shuffle", "box/public/mix/1", YIHU_STAGE_BOXED, shuffle)
CUT_TEST(open_survives, "open", "box/public/open/1", YIHU_STAGE_MIXED, open_box)
CUT_TEST(sign_survives, "sign", "ceremony/results-1", YIHU_STAGE_OPENED, sign)
CUT_TEST(retire_survives, "retire", "ceremony/retired-1", YIHU_STAGE_PUBLISHED, retire)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(announce_survives), cmocka_unit_test(deal_survives),
		cmocka_unit_test(accept_survives),   cmocka_unit_test(copy_survives),
		cmocka_unit_test(box_survives),      cmocka_unit_test(shuffle_survives),
		cmocka_unit_test(open_survives),     cmocka_unit_test(sign_survives),
		cmocka_unit_test(retire_survives),
	};
	return cmocka_run_group_tests_name("holder cut", tests, NULL, NULL);
}
