/* SPDX-License-Identifier: Apache-2.0
 *
 * ceremony/plan: one text for one plan, and nothing else reads.
 */
#include <stdlib.h>
#include <string.h>

#include "committee.h"

static char *sound; /* a plan with an address */

AROUND(set_up)
{
	struct committee *c =
		committee_new(&(struct committee_options){.url = "https://vote.example.org"});
	struct yihu_buf text = committee_read(c, "ceremony/plan");
	sound = yihu_strdup((const char *)text.data);
	yihu_buf_free(&text);
	committee_free(c);
	return 0;
}

AROUND(tear_down)
{
	free(sound);
	return 0;
}

TEST(a_plan_reads_back_to_the_same_text)
{
	struct yihu_plan p;
	struct yihu_buf text = {0};
	assert_int_equal(yihu_plan_parse(&p, sound, strlen(sound), NULL), 0);
	assert_string_equal(p.url, "https://vote.example.org");
	const char begins[] = "vote.example.org/election-";
	assert_memory_equal(p.origin, begins, strlen(begins));
	assert_int_equal(p.households, 6);
	assert_int_equal(p.opens, COMMITTEE_OPENS);
	assert_int_equal(p.closes, COMMITTEE_CLOSES);
	assert_int_equal(p.q, 3);
	yihu_plan_text(&text, &p);
	assert_string_equal((const char *)text.data, sound);
	yihu_buf_free(&text);
	yihu_plan_finish(&p);
}

/* The sound text with the first `from` replaced. */
static char *changed(const char *from, const char *to)
{
	const char *at = strstr(sound, from);
	assert_non_null(at);
	return yihu_printf("%.*s%s%s", (int)(at - sound), sound, to, at + strlen(from));
}

TEST(nothing_else_reads)
{
	static const struct {
		const char *from, *to, *says;
	} rows[] = {
		{"yihu-plan-v1", "yihu-plan-v2", "line 1"},
		{"yihu-plan-v1\n", "", "line 1"},
		{"yihu-plan-v1\n", "yihu-plan-v1\r\n", "plain UTF-8"},
		{"origin vote", "origin  vote", "line 2"},
		{"origin vote", "Origin vote", "line 2"},
		{"origin vote", "origin https://vote", "line 2"},
		{"/election-", "/../election-", "line 2"},
		{"url https://vote.example.org", "url https://evil.example.org", "line 3"},
		{"url https://vote.example.org", "url https://vote.example.or", "line 3"},
		{"url https://vote.example.org", "url https://vote.example.org/", "line 3"},
		{"url https://vote.example.org", "url http://vote.example.org", "line 3"},
		{"url https://vote.example.org", "url vote.example.org", "line 3"},
		{"url https://vote.example.org", "url ", "line 3"},
		{"definition ", "definition 0", "line 4"},
		{"households 6", "households 06", "line 5"},
		{"households 6", "households 0", "line 5"},
		{"households 6", "households 6 6", "line 5"},
		{"households 6", "households -6", "line 5"},
		{"households 6", "households 4294967296", "line 5"},
		{"households 6", "households 1000001", "line 5"},
		{"roll ", "roll x", "line 6"},
		{"changes 2 2", "changes 2", "line 7"},
		{"changes 2 2", "changes 2 2 2", "line 7"},
		{"changes 2 2", "changes 2  2", "line 7"},
		{"min-box 2", "min-box 0", "line 8"},
		{"min-box 2", "min-box +2", "line 8"},
		{"opens 2026", "opens 2026 ", "line 9"},
		{"T00:00:00Z\ncloses", "T24:00:00Z\ncloses", "line 9"},
		{"closes 2026-06-02", "closes 2026-06-01", "line 10"},
		{"closes 2026-06-02", "closes 2026-13-02", "line 10"},
		{"issuer issuer+", "issuer issuer2+", "line 11"},
		{"log vote.example.org/election-", "log vote.example.org/other-", "line 12"},
		{"threshold 2 3 3", "threshold 1 3 3", "line 13"},
		{"threshold 2 3 3", "threshold 2 3 1", "line 13"},
		{"threshold 2 3 3", "threshold 2 3 4", "line 13"},
		{"threshold 2 3 3", "threshold 2 16 16", "line 13"},
		{"threshold 2 3 3", "threshold 2 3", "line 13"},
		{"threshold 2 3 3\n", "threshold 2 3 3", "line 13"},
		{"threshold 2 3 3\n", "threshold 2 3 3\nmore\n", "more after"},
		{"threshold 2 3 3\n", "", "line 13"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *text = changed(rows[i].from, rows[i].to);
		struct yihu_plan p;
		struct yihu_error err = {0};
		int r = yihu_plan_parse(&p, text, strlen(text), &err);
		if (r == 0 || strstr(err.text, rows[i].says) == NULL)
			fail_msg("row %zu (%s): %s", i, rows[i].to, err.text);
		free(text);
	}
}

TEST(every_cut_of_a_plan_is_refused)
{
	for (size_t len = 0; len < strlen(sound); len++) {
		struct yihu_plan p;
		char *text = yihu_strndup(sound, len);
		assert_int_not_equal(yihu_plan_parse(&p, text, len, NULL), 0);
		free(text);
	}
}

TEST(paths_are_of_the_folder)
{
	static const struct {
		const char *dir, *root, *slug;
	} rows[] = {
		{"/a/b", "/a/b", "b"}, {"/a/b//", "/a/b", "b"}, {"b", "b", "b"},
		{"./b/", "./b", "b"},  {"/", "/", "/"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_folder f;
		yihu_folder_init(&f, rows[i].dir);
		assert_string_equal(f.root, rows[i].root);
		assert_string_equal(f.slug, rows[i].slug);
		yihu_folder_finish(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_reads_back_to_the_same_text),
		cmocka_unit_test(nothing_else_reads),
		cmocka_unit_test(every_cut_of_a_plan_is_refused),
		cmocka_unit_test(paths_are_of_the_folder),
	};
	return cmocka_run_group_tests_name("folder plan", tests, set_up, tear_down);
}
