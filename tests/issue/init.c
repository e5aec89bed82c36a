/* SPDX-License-Identifier: Apache-2.0
 *
 * Setting up: what is made, what is refused, and that nothing is half made.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"

static struct committee *inputs; /* its temp folder has e.pb and h.csv */

AROUND(set_up)
{
	inputs = committee_new(NULL);
	return 0;
}

AROUND(tear_down)
{
	committee_free(inputs);
	return 0;
}

static int make_key(void *context, struct yihu_keyfile **out, const char *path, const char *name,
		    struct yihu_error *err)
{
	return context != NULL ? yihu_fail(err, YIHU_EPASS, "no passphrase")
			       : yihu_keyfile_create(out, path, YIHU_ROLE_ISSUER, name, NULL, err);
}

/* What a row of the table gives instead of what is right. */
struct row {
	const char *pb, *csv, *url, *dir;
	uint64_t opens, closes;
	uint32_t holders, threshold, box_quorum, min_box;
	bool no_key, unasked;
	int code;
	const char *says;
	bool no; /* said of what it comes to */
};

static int look(void *context, const struct yihu_definition *d, const struct yihu_charter *c,
		struct yihu_error *err)
{
	(void)context;
	assert_true(d->n_projects > 0 && c->households > 0 && c->n == 3);
	return yihu_fail(err, YIHU_EARG, "no");
}

static int init(const struct row *row, struct yihu_buf *notices, struct yihu_error *err)
{
	char *dir = yihu_path(inputs->temp, row->dir != NULL ? row->dir : "new");
	char *pb = yihu_path(inputs->temp, row->pb != NULL ? row->pb : "e.pb");
	char *csv = yihu_path(inputs->temp, row->csv != NULL ? row->csv : "h.csv");
	const struct issue_plan_options plan = {
		.definition = pb,
		.households = csv,
		.url = row->url,
		.opens = row->opens != 0 ? row->opens : COMMITTEE_OPENS,
		.closes = row->closes != 0 ? row->closes : COMMITTEE_CLOSES,
		.holders = row->holders != 0 ? row->holders : 3,
		.threshold = row->threshold != 0 ? row->threshold : 2,
		.box_quorum = row->box_quorum,
		.max_additions = UINT32_MAX,
		.max_replacements = UINT32_MAX,
		.min_box = row->min_box,
		.nobody_may_miss = !row->unasked,
		.look = row->no ? look : NULL};
	void *context = row->no_key ? inputs : NULL;
	int r = issue_init(dir, &plan, make_key, context, notices, err);
	free(dir);
	free(pb);
	free(csv);
	return r;
}

static const struct row wrong[] = {
	{.pb = "none.pb", .code = YIHU_ENOENT, .says = "none.pb"},
	{.pb = "h.csv", .code = -1, .says = "h.csv"},
	{.csv = "none.csv", .code = YIHU_ENOENT, .says = "none.csv"},
	{.csv = "e.pb", .code = -1, .says = "e.pb"},
	{.csv = "twice.csv", .code = -1, .says = "twice.csv"},
	{.csv = "empty.csv", .code = -1, .says = "empty.csv"},
	{.holders = 16, .code = YIHU_EARG, .says = "--holders 16"},
	{.threshold = 1, .code = YIHU_EARG, .says = "--threshold 1"},
	{.threshold = 4, .code = YIHU_EARG, .says = "--threshold 4"},
	{.holders = 1, .code = YIHU_EARG, .says = "--holders 1"},
	{.box_quorum = 1, .code = YIHU_EARG, .says = "--box-quorum 1"},
	{.box_quorum = 4, .code = YIHU_EARG, .says = "--box-quorum 4"},
	{.closes = COMMITTEE_OPENS, .code = YIHU_EARG, .says = "--closes"},
	{.opens = 1000, .closes = 2000, .code = YIHU_EARG, .says = "past"},
	{.url = "http://vote.example.org", .code = YIHU_EARG, .says = "http"},
	{.url = "https://vote.example.org/path", .code = YIHU_EARG, .says = "vote"},
	{.url = "HTTPS://VOTE.EXAMPLE.ORG", .code = YIHU_EARG, .says = "VOTE"},
	{.url = "https://u@vote.example.org", .code = YIHU_EARG, .says = "vote"},
	{.url = "ftp://vote.example.org", .code = YIHU_EARG, .says = "ftp"},
	{.url = "", .code = YIHU_EARG, .says = ""},
	{.dir = "election", .code = YIHU_EEXIST, .says = "election"},
	{.dir = "e.pb", .code = YIHU_EEXIST, .says = "e.pb"},
	{.unasked = true, .code = YIHU_EARG, .says = "all 3 key holders must come"},
	{.unasked = true,
	 .holders = 5,
	 .box_quorum = 5,
	 .code = YIHU_EARG,
	 .says = "--nobody-may-miss"},
	{.holders = 1,
	 .threshold = 1,
	 .unasked = true,
	 .code = YIHU_EARG,
	 .says = "these numbers make one key holder, who must come"},
	{.no = true, .code = YIHU_EARG, .says = "no"},
	{.no_key = true, .code = YIHU_EPASS, .says = "passphrase"},
};

TEST(what_is_wrong_makes_no_folder)
{
	committee_shell(inputs, "printf 'household\\nA\\nB\\nA\\n' > twice.csv && "
				"printf 'household\\n' > empty.csv");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct yihu_buf notices = {0};
		struct yihu_error err = {0};
		struct row row = wrong[i];
		row.min_box = UINT32_MAX;
		int r = init(&row, &notices, &err);
		if (r == 0 || (row.code > 0 && r != row.code) || strstr(err.text, row.says) == NULL)
			fail_msg("row %zu: %s: %s", i, yihu_code_slug(r), err.text);
		yihu_buf_free(&notices);
	}
	committee_shell(inputs, "test ! -e new && test -z \"$(ls -d .*.new 2>/dev/null)\"");
}

/* Makes it, gives the notices, and removes it. */
static struct yihu_buf notices_of(const struct row *row)
{
	struct yihu_buf notices = {0};
	struct yihu_error err = {0};
	int r = init(row, &notices, &err);
	if (r != 0)
		fail_msg("%s", err.text);
	committee_shell(inputs, "rm -r new");
	return notices;
}

TEST(the_committee_is_told_what_it_chose)
{
	static const struct row rows[] = {
		{.min_box = UINT32_MAX, .says = "count desk only"},
		{.min_box = UINT32_MAX,
		 .says = "all of them must come to sign the box, and 2 open it; nobody may"},
		{.min_box = UINT32_MAX,
		 .holders = 5,
		 .threshold = 3,
		 .unasked = true,
		 .says = "4 must come to sign the box, and 3 open it; at most 1 may be missing"},
		{.min_box = UINT32_MAX, .box_quorum = 2, .says = "1 dishonest holder,"},
		{.min_box = 7, .says = "could never be opened"},
		{.min_box = 2, .says = "only if at least 2 households vote"},
		{.min_box = 2, .says = "if only 2 vote and all alike"},
		{.min_box = 4, .says = "more than half of the 6 households"},
		{.min_box = UINT32_MAX,
		 .holders = 1,
		 .threshold = 1,
		 .says = "key holders: 1, who must come"},
		{.min_box = UINT32_MAX, .url = "http://192.168.1.9:8080", .says = "camera"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_buf notices = notices_of(&rows[i]);
		if (strstr((char *)notices.data, rows[i].says) == NULL)
			fail_msg("row %zu: %s", i, (char *)notices.data);
		yihu_buf_free(&notices);
	}
}

/* What the program chose by itself it explains; what was asked for it warns of. */
TEST(only_a_number_that_was_given_is_warned_of)
{
	static const struct row rows[] = {
		{.csv = "five.csv", .min_box = UINT32_MAX, .says = "that is 3 of the 5 households"},
		{.csv = "five.csv", .min_box = 3, .says = "more than half of the 5 households"},
	};
	for (size_t i = 0; i < 2; i++) {
		committee_shell(inputs, "(echo household; seq -f 'A %g' 5) > five.csv");
		struct yihu_buf notices = notices_of(&rows[i]);
		if (strstr((char *)notices.data, rows[i].says) == NULL ||
		    strstr((char *)notices.data, rows[1 - i].says) != NULL)
			fail_msg("row %zu: %s", i, (char *)notices.data);
		yihu_buf_free(&notices);
	}
}

/* "-2026-k7m3x9q2" behind `begin`: the year of `opens` and a mark of eight signs. */
static void assert_origin(const struct yihu_plan *plan, const char *begin)
{
	char opens[21];
	size_t len = strlen(begin);
	yihu_time_text(opens, plan->opens);
	assert_int_equal(strlen(plan->origin), len + 6 + 8);
	assert_memory_equal(plan->origin, begin, len);
	assert_int_equal(plan->origin[len], '-');
	assert_memory_equal(plan->origin + len + 1, opens, 4);
	assert_int_equal(plan->origin[len + 5], '-');
	assert_int_equal(strspn(plan->origin + len + 6, "0123456789abcdefghjkmnpqrstvwxyz"), 8);
	assert_string_equal(plan->log.name, plan->origin);
}

static uint32_t min_box_of(struct yihu_error *err)
{
	const struct row row = {.csv = "some.csv", .min_box = UINT32_MAX};
	struct yihu_buf notices = {0};
	struct yihu_plan plan;
	struct yihu_folder f;
	char *dir = yihu_path(inputs->temp, "new");
	if (init(&row, &notices, err) != 0)
		fail_msg("%s", err->text);
	yihu_folder_init(&f, dir);
	assert_int_equal(yihu_plan_read(&plan, &f, err), 0);
	uint32_t min_box = plan.min_box;
	yihu_plan_finish(&plan);
	yihu_folder_finish(&f);
	yihu_buf_free(&notices);
	free(dir);
	committee_shell(inputs, "rm -r new some.csv");
	return min_box;
}

TEST(a_small_community_can_open_its_box)
{
	static const struct {
		unsigned households, min_box;
	} rows[] = {{1, 1}, {2, 2}, {3, 3}, {9, 3}, {10, 4}, {12, 4}, {28, 10}, {300, 10}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_error err = {0};
		char *command = yihu_printf("(echo household; seq -f 'A %%g' %u) > some.csv",
					    rows[i].households);
		committee_shell(inputs, command);
		free(command);
		assert_int_equal(min_box_of(&err), rows[i].min_box);
	}
}

TEST(origin_and_address_are_of_the_url)
{
	static const struct {
		const char *url, *dir, *origin;
	} rows[] = {
		{NULL, "jishan-2025", "desk.invalid/jishan-2025"},
		{"https://vote.example.org", "jishan-2025", "vote.example.org/jishan-2025"},
		{"https://vote.example.org:8443/", "a b", "vote.example.org:8443/a-b"},
		{"http://192.168.1.9:8080", "集善", "192.168.1.9:8080/------"},
		{"https://vote.example.org", "x+y%z", "vote.example.org/x-y-z"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct row row = {.url = rows[i].url, .dir = rows[i].dir, .min_box = UINT32_MAX};
		struct yihu_buf notices = {0};
		struct yihu_plan plan;
		struct yihu_folder f;
		struct yihu_error err = {0};
		char *dir = yihu_path(inputs->temp, rows[i].dir);
		assert_int_equal(init(&row, &notices, &err), 0);
		yihu_folder_init(&f, dir);
		assert_int_equal(yihu_plan_read(&plan, &f, &err), 0);
		assert_origin(&plan, rows[i].origin);
		if (rows[i].url == NULL)
			assert_null(plan.url);
		else
			assert_int_equal(strncmp(plan.url, rows[i].url, strlen(plan.url)), 0);
		assert_int_equal(yihu_dir_remove(dir, NULL), 0);
		yihu_plan_finish(&plan);
		yihu_folder_finish(&f);
		yihu_buf_free(&notices);
		free(dir);
	}
}

/* Nobody who watches two logs may take them for one. */
TEST(two_folders_of_one_name_make_two_origins)
{
	struct yihu_plan plans[2];
	for (size_t i = 0; i < 2; i++) {
		struct row row = {.dir = "again", .min_box = UINT32_MAX};
		struct yihu_buf notices = {0};
		struct yihu_folder f;
		struct yihu_error err = {0};
		char *dir = yihu_path(inputs->temp, "again");
		assert_int_equal(init(&row, &notices, &err), 0);
		yihu_folder_init(&f, dir);
		assert_int_equal(yihu_plan_read(&plans[i], &f, &err), 0);
		assert_int_equal(yihu_dir_remove(dir, NULL), 0);
		yihu_folder_finish(&f);
		yihu_buf_free(&notices);
		free(dir);
	}
	assert_string_not_equal(plans[0].origin, plans[1].origin);
	yihu_plan_finish(&plans[0]);
	yihu_plan_finish(&plans[1]);
}

TEST(an_empty_folder_is_filled_and_a_full_one_is_not)
{
	struct row row = {.min_box = UINT32_MAX};
	committee_shell(inputs, "mkdir new");
	struct yihu_buf notices = notices_of(&row);
	yihu_buf_reset(&notices);
	struct yihu_error err = {0};
	committee_shell(inputs, "mkdir new && touch new/mine");
	assert_int_equal(init(&row, &notices, &err), YIHU_EEXIST);
	committee_shell(inputs, "test -e new/mine && rm -r new");
	yihu_buf_free(&notices);
}

TEST(secrets_are_for_their_owner_alone)
{
	committee_shell(inputs, "test \"$(stat -c %a election/secret)\" = 700");
	committee_shell(inputs, "test -z \"$(find election/secret election/households.csv "
				"election/box/log.key -type f ! -perm 600)\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_makes_no_folder),
		cmocka_unit_test(the_committee_is_told_what_it_chose),
		cmocka_unit_test(only_a_number_that_was_given_is_warned_of),
		cmocka_unit_test(a_small_community_can_open_its_box),
		cmocka_unit_test(origin_and_address_are_of_the_url),
		cmocka_unit_test(two_folders_of_one_name_make_two_origins),
		cmocka_unit_test(an_empty_folder_is_filled_and_a_full_one_is_not),
		cmocka_unit_test(secrets_are_for_their_owner_alone),
	};
	return cmocka_run_group_tests_name("issue init", tests, set_up, tear_down);
}
