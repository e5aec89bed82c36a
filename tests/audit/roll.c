/* SPDX-License-Identifier: Apache-2.0
 *
 * The roll against the charter of a folder, whatever the folder's log is.
 */
#include <string.h>

#include "support.h"

static struct fixture *f;
static struct fixture_log *poll;
static struct yihu_public *closed;

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 6});
	poll = fixture_log_new(f);
	for (uint32_t s = 1; s <= 3; s++)
		fixture_log_ballot(poll, s, (const uint32_t[]){1, 0, 1, 0});
	fixture_log_close(poll);
	closed = fixture_public_new(f);
	fixture_public_log(closed, poll);
	return 0;
}

AROUND(tear_down)
{
	yihu_public_free(closed);
	fixture_log_free(poll);
	fixture_free(f);
	return 0;
}

static void assert_roll(const struct yihu_buf *roll, const uint8_t salt[static 16], int code)
{
	struct yihu_audit_options o = audit_options(f);
	char name[] = "given";
	struct yihu_evidence e = {.name = name, .bytes = *roll};
	o.roll = &e;
	memcpy(o.roll_salt, salt, sizeof o.roll_salt);
	struct yihu_audit *a = yihu_audit_run(closed, &o);
	if (code == YIHU_OK)
		assert_passes(a);
	else
		assert_first_fault(a, YIHU_CHECK_EVIDENCE, code, "given");
	yihu_audit_free(a);
}

TEST(the_roll_is_the_one_of_the_charter)
{
	uint8_t salt[16];
	struct yihu_buf roll = {0};
	assert_roll(&f->roll, f->roll_salt, YIHU_OK);
	memcpy(salt, f->roll_salt, sizeof salt);
	salt[15] ^= 1;
	assert_roll(&f->roll, salt, YIHU_EROLL);
	yihu_buf_put(&roll, f->roll.data, f->roll.len);
	for (size_t at = 0; at < roll.len; at++) {
		roll.data[at] ^= 1;
		assert_roll(&roll, f->roll_salt, YIHU_EROLL);
		roll.data[at] ^= 1;
	}
	roll.len--;
	assert_roll(&roll, f->roll_salt, YIHU_EROLL);
	roll.len = 0;
	assert_roll(&roll, f->roll_salt, YIHU_EROLL);
	roll.len = f->roll.len;
	yihu_buf_str(&roll, "7\t3栋 1007\n");
	assert_roll(&roll, f->roll_salt, YIHU_EROLL);
	yihu_buf_free(&roll);
}

/* Its hash is right, and the charter says of it what is not so. */
TEST(a_roll_of_another_number_of_households_is_refused)
{
	struct yihu_charter c = *f->election->charter;
	struct yihu_buf text = {0}, note = {0};
	struct yihu_evidence e = {.name = (char[]){"given"}, .bytes = f->roll};
	struct yihu_audit_options o = audit_options(f);
	struct yihu_public *p = public_copy(closed);
	c.households--;
	yihu_charter_text(&text, &c);
	const struct yihu_span span = {(const char *)text.data, text.len};
	yihu_note_sign(&note, span, &c.issuer, &f->issuer);
	for (uint32_t i = 0; i < c.n; i++)
		yihu_note_sign_line(&note, span, &c.holders[i].key, &f->holders[i]);
	yihu_public_put(p, "charter", note.data, note.len);
	o.roll = &e;
	o.eid_bits = 0;
	memcpy(o.roll_salt, f->roll_salt, sizeof o.roll_salt);
	struct yihu_audit *a = yihu_audit_run(p, &o);
	assert_true(has_fault(a, YIHU_CHECK_EVIDENCE, YIHU_EROLL));
	assert_false(has_fault(a, YIHU_CHECK_CHARTER, a->faults[0].code));
	yihu_audit_free(a);
	yihu_public_free(p);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
}

/* The roll is held against the charter alone, whatever the log is. */
TEST(the_roll_is_checked_beside_a_faulty_log)
{
	struct yihu_public *p = public_copy(closed);
	struct yihu_buf receipt = {0};
	char roll_name[] = "roll", receipt_name[] = "receipt";
	fixture_log_receipt(poll, 2, 3, &receipt);
	struct yihu_evidence roll = {.name = roll_name, .bytes = f->roll};
	struct yihu_evidence given = {.name = receipt_name, .bytes = receipt};
	struct yihu_audit_options o = audit_options(f);
	o.roll = &roll;
	memcpy(o.roll_salt, f->roll_salt, sizeof o.roll_salt);
	yihu_public_put(p, "log/checkpoint", "nothing", 7);
	for (o.n_receipts = 0; o.n_receipts <= 1; o.n_receipts++) {
		o.receipts = &given;
		struct yihu_audit *a = yihu_audit_run(p, &o);
		const struct yihu_step *s = &a->steps[YIHU_CHECK_EVIDENCE];
		assert_int_equal(a->n_faults, 1);
		assert_true(s->ran);
		assert_int_equal(s->count, 1);
		bool told = strstr(s->text, "receipts and checkpoints not") != NULL;
		assert_int_equal(told, o.n_receipts == 1);
		yihu_audit_free(a);
	}
	yihu_buf_free(&receipt);
	yihu_public_free(p);
}

TEST(without_a_charter_the_roll_is_not_looked_at)
{
	struct yihu_public *p = public_copy(closed);
	struct yihu_audit_options o = audit_options(f);
	struct yihu_evidence roll = {.name = (char[]){"roll"}, .bytes = f->roll};
	o.roll = &roll;
	yihu_public_put(p, "charter", "nothing", 7);
	struct yihu_audit *a = yihu_audit_run(p, &o);
	assert_int_equal(a->faults[0].check, YIHU_CHECK_CHARTER);
	assert_false(a->steps[YIHU_CHECK_EVIDENCE].ran);
	yihu_audit_free(a);
	yihu_public_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_roll_is_the_one_of_the_charter),
		cmocka_unit_test(a_roll_of_another_number_of_households_is_refused),
		cmocka_unit_test(the_roll_is_checked_beside_a_faulty_log),
		cmocka_unit_test(without_a_charter_the_roll_is_not_looked_at),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
