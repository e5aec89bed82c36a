/* SPDX-License-Identifier: Apache-2.0
 *
 * The two known elections: they pass under their eid, their plain ballots and
 * lot are the known ones, and nothing passes under another eid.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

struct known {
	const char *name;
	struct yihu_public *p;
	json_t *secrets;
	uint8_t eid[YIHU_EID_BYTES];
};

static void load(struct known *k, const char *name)
{
	struct yihu_error err;
	char *dir = yihu_printf("%s/vectors/%s/public", getenv("YIHU_TEST_DATA"), name);
	char *secrets = yihu_printf("%s/vectors/%s/secrets.json", getenv("YIHU_TEST_DATA"), name);
	k->name = name;
	fixture_must(yihu_public_read(&k->p, dir, &err), &err);
	k->secrets = json_load_file(secrets, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(k->secrets);
	const char *eid = json_string_value(json_object_get(k->secrets, "eid"));
	assert_true(yihu_unhex(k->eid, sizeof k->eid, yihu_span(eid)));
	free(dir);
	free(secrets);
}

static struct known approval, consent;
static struct yihu_words_table *table;

AROUND(set_up)
{
	if (sodium_init() < 0)
		return -1;
	load(&approval, "approval");
	load(&consent, "consent");
	table = yihu_words_table_new(59049);
	return 0;
}

AROUND(tear_down)
{
	struct known *both[] = {&approval, &consent};
	for (size_t i = 0; i < 2; i++) {
		yihu_public_free(both[i]->p);
		json_decref(both[i]->secrets);
	}
	yihu_words_table_free(table);
	return 0;
}

static struct yihu_audit *run(const struct known *k)
{
	struct yihu_audit_options o = {.eid_bits = 256, .table = table};
	memcpy(o.eid, k->eid, sizeof o.eid);
	return yihu_audit_run(k->p, &o);
}

static bool is_void(const struct yihu_tally *t, uint64_t position)
{
	for (uint64_t i = 0; i < t->n_void; i++)
		if (t->void_at[i] == position)
			return true;
	return false;
}

/* A known ballot's words against the tally's next valid row, or its void mark. */
static void compare_ballot(const struct yihu_tally *t, uint64_t position, uint64_t *row,
			   const uint32_t *words)
{
	const struct yihu_definition *d = t->definition;
	uint32_t digits[YIHU_PROJECTS_MAX], back[YIHU_WIDTH_MAX];
	bool valid = yihu_digits_from_words(d, words, digits, NULL) == YIHU_OK &&
		     yihu_digits_check(d, digits, NULL) == YIHU_OK;
	assert_int_equal(is_void(t, position), !valid);
	if (!valid)
		return;
	yihu_words_from_digits(d, &t->digits[*row * d->n_projects], back);
	for (uint32_t j = 0; j < d->width; j++)
		assert_int_equal(back[j], words[j]);
	++*row;
}

static void check_known(const struct known *k)
{
	struct yihu_audit *a = run(k);
	char lot[65];
	json_t *opened = json_object_get(k->secrets, "opened_words"), *ballot, *word;
	size_t i, j;
	uint64_t row = 0;
	assert_passes(a);
	assert_int_equal(a->stage, YIHU_STAGE_OPENED);
	assert_string_equal(yihu_hex_into(lot, a->tally.lot_seed, 32),
			    json_string_value(json_object_get(k->secrets, "lot_seed")));
	assert_int_equal(a->n, json_array_size(opened));
	json_array_foreach(opened, i, ballot)
	{
		uint32_t words[YIHU_WIDTH_MAX] = {0};
		json_array_foreach(ballot, j, word) words[j] = (uint32_t)json_integer_value(word);
		compare_ballot(&a->tally, i + 1, &row, words);
	}
	assert_int_equal(row, a->tally.n_valid);
	assert_int_equal(a->tally.n_valid + a->tally.n_void, a->tally.cast);
	assert_true(a->tally.n_void > 0);
	yihu_audit_free(a);
}

TEST(approval_election_opens_to_the_known_ballots)
{
	check_known(&approval);
}

TEST(consent_election_opens_to_the_known_ballots)
{
	check_known(&consent);
}

TEST(another_eid_is_refused)
{
	for (unsigned bit = 0; bit < 256; bit += 17) {
		struct yihu_audit_options o = {.eid_bits = 256, .table = table};
		memcpy(o.eid, approval.eid, sizeof o.eid);
		o.eid[bit / 8] ^= (uint8_t)(1u << bit % 8);
		struct yihu_audit *a = yihu_audit_run(approval.p, &o);
		assert_first_fault(a, YIHU_CHECK_CHARTER, YIHU_EELECTION, "charter");
		assert_int_equal(a->n_faults, 1);
		yihu_audit_free(a);
	}
}

TEST(without_an_eid_it_is_only_self_consistent)
{
	struct yihu_audit_options o = {.table = table};
	struct yihu_audit *a = yihu_audit_run(approval.p, &o);
	assert_passes(a);
	yihu_audit_free(a);
}

/* One election's file among another's. */
TEST(a_file_of_the_other_election_is_refused)
{
	static const struct {
		const char *name;
		enum yihu_check check;
		int code;
	} rows[] = {
		{"election.pb", YIHU_CHECK_CHARTER, YIHU_EDEFINITION},
		{"charter", YIHU_CHECK_CHARTER, YIHU_EELECTION},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_public *p = public_copy(approval.p);
		const struct yihu_buf *other = yihu_public_get(consent.p, rows[i].name);
		struct yihu_audit_options o = {.eid_bits = 256, .table = table};
		memcpy(o.eid, approval.eid, sizeof o.eid);
		yihu_public_put(p, rows[i].name, other->data, other->len);
		struct yihu_audit *a = yihu_audit_run(p, &o);
		assert_true(has_fault(a, rows[i].check, rows[i].code));
		yihu_audit_free(a);
		yihu_public_free(p);
	}
}

/* The audit builds its own table when the one given is too small. */
TEST(a_small_table_is_not_used)
{
	struct yihu_words_table *small = yihu_words_table_new(16);
	struct yihu_audit_options o = {.eid_bits = 256, .table = small};
	memcpy(o.eid, approval.eid, sizeof o.eid);
	struct yihu_audit *a = yihu_audit_run(approval.p, &o);
	assert_passes(a);
	assert_int_equal(a->tally.n_void, 1);
	yihu_audit_free(a);
	yihu_words_table_free(small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(approval_election_opens_to_the_known_ballots),
		cmocka_unit_test(consent_election_opens_to_the_known_ballots),
		cmocka_unit_test(another_eid_is_refused),
		cmocka_unit_test(without_an_eid_it_is_only_self_consistent),
		cmocka_unit_test(a_file_of_the_other_election_is_refused),
		cmocka_unit_test(a_small_table_is_not_used),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
