/* SPDX-License-Identifier: Apache-2.0
 *
 * The clerk's acts killed before each of their calls that change the disk.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"

static int make_key(void *context, struct yihu_keyfile **out, const char *path, const char *name,
		    struct yihu_error *err)
{
	(void)context;
	return yihu_keyfile_create(out, path, YIHU_ROLE_ISSUER, name, NULL, err);
}

/* A second election beside the one of c, from the same files. */
static int init_new(void *context)
{
	struct committee *c = context;
	struct yihu_buf notices = {0};
	char *dir = yihu_path(c->temp, "new");
	char *pb = yihu_path(c->temp, "e.pb"), *csv = yihu_path(c->temp, "h.csv");
	const struct issue_plan_options plan = {.definition = pb,
						.households = csv,
						.opens = COMMITTEE_OPENS,
						.closes = COMMITTEE_CLOSES,
						.holders = 3,
						.threshold = 2,
						.min_box = UINT32_MAX,
						.nobody_may_miss = true};
	int r = issue_init(dir, &plan, make_key, NULL, &notices, &c->err);
	yihu_buf_free(&notices);
	free(dir);
	free(pb);
	free(csv);
	return r;
}

static int status_of_new(const struct committee *c)
{
	struct yihu_folder f;
	struct yihu_status s;
	char *dir = yihu_path(c->temp, "new");
	yihu_folder_init(&f, dir);
	int r = yihu_status_read(&s, &f, COMMITTEE_OPENS, NULL);
	if (r == 0)
		yihu_status_finish(&s);
	yihu_folder_finish(&f);
	free(dir);
	return r;
}

TEST(init_makes_all_or_nothing)
{
	struct committee *c = committee_new(NULL);
	int code = 0;
	unsigned k;
	for (k = 1; committee_cut(k, init_new, c, &code); k = committee_next_cut(k)) {
		bool there = committee_has(c, "../new");
		assert_int_equal(status_of_new(c), there ? 0 : YIHU_ENOENT);
		assert_int_equal(init_new(c), there ? YIHU_EEXIST : 0);
		assert_int_equal(status_of_new(c), 0);
		assert_false(committee_has(c, "../.new.new"));
		committee_shell(c, "rm -r new");
	}
	assert_int_equal(code, 0);
	print_message("# init: killed up to call %u\n", k - 1);
	assert_true(k > 20);
	committee_free(c);
}

static int charter(void *context)
{
	return committee_charter(context);
}

TEST(a_charter_is_made_once)
{
	struct committee *base = committee_new(NULL);
	committee_to(base, YIHU_STAGE_ANNOUNCED);
	int code = 0;
	bool cut = true;
	for (unsigned k = 1; cut; k = committee_next_cut(k)) {
		struct committee *c = committee_copy(base);
		cut = committee_cut(k, charter, c, &code);
		assert_int_equal(committee_charter(c), 0);
		committee_to(c, YIHU_STAGE_CHARTERED);
		committee_shell(c, "rm -f election/box/public/charter");
		struct yihu_buf draft = committee_read(c, "ceremony/charter");
		cut = committee_cut(k, charter, c, &code) || cut;
		assert_int_equal(committee_charter(c), 0); /* publishes, and keeps the draft */
		struct yihu_buf after = committee_read(c, "ceremony/charter");
		assert_int_equal(draft.len, after.len);
		assert_memory_equal(draft.data, after.data, draft.len);
		assert_true(committee_has(c, "box/public/charter"));
		yihu_buf_free(&draft);
		yihu_buf_free(&after);
		committee_free(c);
	}
	assert_int_equal(code, 0);
	committee_free(base);
}

static int letters(void *context)
{
	return committee_letters(context);
}

/* Each letter of list.csv is one of the register. */
static void assert_letters_hold(struct committee *c)
{
	struct yihu_box *box;
	assert_int_equal(yihu_box_open(&box, c->folder.box, COMMITTEE_OPENS - 10, &c->err), 0);
	for (uint32_t s = 1; s <= c->options.households; s++) {
		struct yihu_token token = committee_token(c, s);
		struct yihu_credential_state has;
		assert_int_equal(yihu_ledger_serial(yihu_box_ledger(box), s, &has, NULL), 0);
		assert_memory_equal(has.credential.signature, token.signature,
				    sizeof token.signature);
		char *png = yihu_printf("letters/qr/%04u.png", s);
		char *svg = yihu_printf("letters/qr/%04u.svg", s);
		assert_true(committee_has(c, png) && committee_has(c, svg));
		free(png);
		free(svg);
	}
	yihu_box_close(box);
}

TEST(letters_are_all_valid_or_none)
{
	struct committee *base = committee_new(&(struct committee_options){.households = 3});
	committee_to(base, YIHU_STAGE_CHARTERED);
	int code = 0;
	bool cut = true;
	unsigned k = 0, none = 0, all = 0;
	while (cut) {
		struct committee *c = committee_copy(base);
		k = committee_next_cut(k);
		cut = committee_cut(k, letters, c, &code);
		bool valid = committee_has(c, "box/public/register");
		if (valid) {
			assert_letters_hold(c);
			all++;
		} else {
			none++;
		}
		int r = committee_letters(c);
		assert_true(r == 0 || (valid && r == YIHU_EEXIST));
		assert_letters_hold(c);
		assert_false(committee_has(c, ".letters-new"));
		assert_int_equal(committee_state(c), YIHU_STAGE_ISSUED);
		committee_free(c);
	}
	assert_int_equal(code, 0);
	print_message("# letters: killed up to call %u, before the register %u times\n", k - 1,
		      none);
	assert_true(none > 6 && all > 0);
	committee_free(base);
}

TEST(a_run_cut_off_before_the_box_is_finished)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_ISSUED);
	committee_shell(c, "rm -r election/box/box.db* election/box/mark election/box/public/log");
	assert_int_equal(committee_letters(c), 0);
	assert_true(committee_has(c, "box/box.db") &&
		    committee_has(c, "box/public/log/checkpoint"));
	assert_letters_hold(c);
	committee_free(c);
}

static int replace(void *context)
{
	uint32_t serial;
	return committee_change(context, &(struct issue_change){.old_serial = 5, .fresh = true},
				&serial);
}

/* Either nothing changed, or letter 7 replaces 5 and is there. */
static void assert_change_holds(struct committee *c)
{
	struct yihu_box *box;
	struct yihu_credential_state old, new;
	assert_int_equal(yihu_box_open(&box, c->folder.box, COMMITTEE_OPENS + 50, &c->err), 0);
	const struct yihu_ledger *l = yihu_box_ledger(box);
	assert_int_equal(yihu_ledger_serial(l, 5, &old, NULL), 0);
	assert_true(old.voided);
	assert_int_equal(yihu_ledger_serial(l, 7, &new, NULL), 0);
	struct yihu_token token = committee_token(c, 7);
	assert_memory_equal(new.credential.signature, token.signature, sizeof token.signature);
	assert_int_equal(yihu_ledger_counts(l).replacements, 1);
	yihu_box_close(box);
	assert_true(committee_has(c, "letters/qr/0007.png"));
	assert_false(committee_has(c, "secret/pending"));
	committee_shell(c, "test $(grep -c '0007\",' election/letters/changed.csv) = 1");
	committee_shell(c, "test $(grep -c '^7' election/secret/roll-changes) = 1");
}

TEST(a_replaced_household_always_gets_its_letter)
{
	struct committee *base = committee_new(NULL);
	committee_to(base, YIHU_STAGE_OPEN);
	int code = 0;
	bool cut = true;
	unsigned k = 0, settled = 0;
	while (cut) {
		struct committee *c = committee_copy(base);
		k = committee_next_cut(k);
		cut = committee_cut(k, replace, c, &code);
		if (cut) {
			int r = replace(c);
			bool had_letter = r == YIHU_EVOIDED; /* only the forgetting was cut off */
			assert_true(r == 0 || r == YIHU_ESTATE || had_letter);
			settled += r == YIHU_ESTATE;
		}
		assert_change_holds(c);
		committee_free(c);
	}
	assert_int_equal(code, 0);
	print_message("# replace: killed up to call %u, settled by the next run %u times\n", k - 1,
		      settled);
	assert_true(k > 20 && settled > 0);
	committee_free(base);
}

static int add(void *context)
{
	const struct given_reason reason = {.why = ADDED_MOVED_IN};
	const struct issue_change change = {.household = "9-901", .reason = &reason, .fresh = true};
	uint32_t serial;
	return committee_change(context, &change, &serial);
}

/* No addition without its reason; no reason without one, but of a change under way.
 * Is the addition in the log? */
static bool assert_reason_holds(struct committee *c)
{
	struct yihu_box *box;
	struct yihu_credential_state s;
	struct additions a;
	assert_int_equal(yihu_box_open(&box, c->folder.box, COMMITTEE_OPENS + 50, &c->err), 0);
	bool in_log = yihu_ledger_serial(yihu_box_ledger(box), 7, &s, NULL) == 0;
	yihu_box_close(box);
	assert_int_equal(additions_read(&a, &c->folder, &c->err), 0);
	bool said = a.n == 1 && a.at[0].serial == 7 && a.at[0].reason.why == ADDED_MOVED_IN;
	assert_true(said || a.n == 0);
	assert_true(said || !in_log);
	assert_true(in_log || !said || committee_has(c, "secret/pending"));
	additions_finish(&a);
	return in_log;
}

/* As far as the log has it; what is cut off after that, replacements above show. */
TEST(an_added_household_always_has_its_reason)
{
	struct committee *base = committee_new(NULL);
	committee_to(base, YIHU_STAGE_OPEN);
	int code = 0;
	unsigned k = 0;
	for (bool in_log = false; !in_log;) {
		struct committee *c = committee_copy(base);
		k = committee_next_cut(k);
		assert_true(committee_cut(k, add, c, &code));
		in_log = assert_reason_holds(c);
		assert_int_equal(add(c), in_log ? YIHU_ESTATE : 0);
		assert_true(assert_reason_holds(c));
		assert_false(committee_has(c, "secret/pending"));
		committee_shell(c, "test $(grep -c '^7' election/secret/roll-changes) = 1");
		committee_shell(c, "test $(grep -c '^7' election/paper/additions) = 1");
		committee_free(c);
	}
	print_message("# add: killed up to call %u before the log had it\n", k - 1);
	assert_true(k > 10);
	committee_free(base);
}

static int hand_over(void *context)
{
	struct committee *c = context;
	return issue_handover(&c->folder, "https://vote.example.org", &c->err);
}

TEST(there_is_never_a_second_box)
{
	struct committee *base = committee_new(NULL);
	committee_to(base, YIHU_STAGE_ISSUED);
	int code = 0;
	bool cut = true;
	unsigned k = 0;
	while (cut) {
		struct committee *c = committee_copy(base);
		k = committee_next_cut(k);
		cut = committee_cut(k, hand_over, c, &code);
		if (committee_has(c, "box/url")) /* gone: then whole */
			assert_true(committee_has(c, "handover.tar"));
		else
			assert_true(committee_has(c, "box/log.key"));
		if (!committee_has(c, "box/box.db")) /* a daemon would make a second one */
			assert_false(committee_has(c, "box/log.key"));
		int r = hand_over(c);
		assert_true(r == 0 || r == YIHU_EEXIST);
		assert_false(committee_has(c, "box/log.key") || committee_has(c, "box/box.db"));
		committee_shell(c, "mkdir server && tar -C server -xf election/handover.tar && "
				   "test -s server/box/log.key && test -s server/box/box.db && "
				   "test ! -e server/box/url && "
				   "test \"$(stat -c %a election/handover.tar)\" = 600");
		assert_int_equal(committee_letters(c), YIHU_EEXIST);
		assert_false(committee_has(c, "box/box.db"));
		assert_int_equal(issue_handover_arrived(&c->folder, &c->err), 0);
		assert_false(committee_has(c, "handover.tar"));
		assert_int_equal(issue_handover_arrived(&c->folder, &c->err), YIHU_ENOENT);
		committee_free(c);
	}
	assert_int_equal(code, 0);
	committee_free(base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(init_makes_all_or_nothing),
		cmocka_unit_test(a_charter_is_made_once),
		cmocka_unit_test(letters_are_all_valid_or_none),
		cmocka_unit_test(a_run_cut_off_before_the_box_is_finished),
		cmocka_unit_test(a_replaced_household_always_gets_its_letter),
		cmocka_unit_test(an_added_household_always_has_its_reason),
		cmocka_unit_test(there_is_never_a_second_box),
	};
	return cmocka_run_group_tests_name("issue cut", tests, NULL, NULL);
}
