/* SPDX-License-Identifier: Apache-2.0
 *
 * The results page.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/count.h>

#include "sample.h"
#include "test.h"

static char *page(const json_t *root, const char *language)
{
	return sample_draw(sample_page, root, language);
}

TEST(it_asks_for_nothing)
{
	json_t *root = sample_opened();
	char *html = page(root, "zh");
	assert_has(html, "content=\"default-src 'none'; style-src 'unsafe-inline'\"");
	static const char *const never[] = {"<script", "<link",  "<img", "<iframe", "<form",
					    "http:",   "https:", "url(", "@import", " src="};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		assert_has_not(html, never[i]);
	/* and leads to what lies beside it alone */
	static const char *const ways[] = {" href=\".\"", " href=\"board.html\"",
					   " href=\"verify.html\"", " href=\"results.csv\"",
					   " href=\"#summary\""};
	const char *at = html;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		at = strstr(at, " href=");
		assert_non_null(at);
		assert_int_equal(strncmp(at, ways[i], strlen(ways[i])), 0);
		at++;
	}
	assert_has_not(at, " href=");
	free(html);
	json_decref(root);
}

TEST(it_says_how_many_letters_came_after_the_list)
{
	json_t *root = sample_opened();
	const char *const keys[] = {"additions", "replacements", "voids"};
	for (size_t i = 0; i < 3; i++)
		json_object_set_new(root, keys[i], json_integer(0));
	char *none = page(root, "en");
	assert_has_not(none, "After the list was fixed");
	json_object_set_new(root, "additions", json_integer(3));
	json_object_set_new(root, "voids", json_integer(1));
	char *en = page(root, "en"), *zh = page(root, "zh");
	assert_has(en, "After the list was fixed: 3 added, 0 replaced, 1 made void");
	assert_has(zh, "给名单外住户补发了 3 封信；另外补发 0 封，作废 1 封");
	free(none);
	free(en);
	free(zh);
	json_decref(root);
}

/* In every place where the file's words reach the page. */
TEST(words_are_escaped)
{
	static const char evil[] = "</td><script>alert(1)</script>&\"'";
	static const char *const keys[] = {"title", "community", "instance", "currency",
					   "rule",  "opens",     "eid",      "lot"};
	json_t *root = sample_opened();
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		json_object_set_new(root, keys[i], json_string(evil));
	for (size_t i = 0; i < 2; i++) {
		json_object_set_new(sample_project(root, i), "name", json_string(evil));
		json_object_set_new(sample_project(root, i), "verdict", json_string(evil));
	}
	for (size_t i = 0; i < 2; i++) {
		char *html = page(root, i ? "en" : "zh");
		assert_has_not(html, "<script");
		assert_has_not(html, "&\"");
		assert_has(html,
			   "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;");
		free(html);
	}
	json_decref(root);
}

static bool is_void(const char *name, size_t len)
{
	static const char *const names[] = {"meta", "rect", "input", "!DOCTYPE"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == len && strncmp(names[i], name, len) == 0)
			return true;
	return false;
}

/* Every tag is closed by its own, in order. */
static void assert_well_formed(const char *html)
{
	struct {
		const char *name;
		size_t len;
	} open[32];
	size_t depth = 0;
	while ((html = strchr(html, '<'))) {
		bool closing = *++html == '/';
		html += closing;
		size_t len = strcspn(html, " />");
		if (closing) {
			assert_true(depth > 0);
			depth--;
			if (open[depth].len != len || strncmp(open[depth].name, html, len) != 0)
				fail_msg("</%.*s> closes <%.*s>", (int)len, html,
					 (int)open[depth].len, open[depth].name);
		} else if (!is_void(html, len)) {
			assert_true(depth < 32);
			open[depth].name = html;
			open[depth++].len = len;
		}
	}
	assert_int_equal(depth, 0);
}

TEST(tags_are_closed)
{
	json_t *roots[] = {sample_opened(), sample_not_opened()};
	for (size_t i = 0; i < 4; i++) {
		char *html = page(roots[i % 2], i / 2 ? "en" : "zh");
		assert_well_formed(html);
		free(html);
	}
	json_decref(roots[0]);
	json_decref(roots[1]);
}

TEST(winners_come_first)
{
	json_t *root = sample_opened();
	char *en = page(root, "en"), *zh = page(root, "zh");
	assert_has(en, "<html lang=\"en\">");
	assert_has(zh, "<html lang=\"zh-CN\">");
	const char *sentence = strstr(en, "One project is funded: Trees.");
	assert_non_null(sentence);
	assert_true(sentence < strstr(en, "<table"));
	assert_has(zh, "1 个项目入选：「Trees」。");
	/* and a summary in the other language */
	assert_has(zh, "<section id=\"summary\" lang=\"en\">");
	assert_has(strstr(zh, "<section"), "One project is funded: Trees.");
	assert_has(strstr(en, "<section id=\"summary\" lang=\"zh-CN\">"),
		   "1 个项目入选：「Trees」。");
	free(en);
	free(zh);
	json_decref(root);
}

TEST(several_winners_in_the_order_funded)
{
	json_t *root = sample_opened(), *funded = json_object_get(root, "funded");
	json_array_append_new(funded, json_string("lamp"));
	json_object_set_new(sample_project(root, 0), "verdict", json_string("funded"));
	json_object_set_new(sample_project(root, 0), "name_en", json_string("Street lamps"));
	char *en = page(root, "en"), *zh = page(root, "zh");
	assert_has(en, "2 projects are funded: Trees, Street lamps.");
	assert_has(zh, "2 个项目入选：「Trees」、「Lamps」。");
	free(en);
	free(zh);
	json_decref(root);
}

static void add_winner(json_t *root, unsigned i)
{
	char id[8];
	json_t *project = json_deep_copy(sample_project(root, 1));
	snprintf(id, sizeof id, "p%u", i);
	json_object_set_new(project, "id", json_string(id));
	json_object_set_new(project, "name", json_string(id));
	json_array_append_new(json_object_get(root, "projects"), project);
	json_array_append_new(json_object_get(root, "funded"), json_string(id));
}

TEST(many_winners_are_a_list)
{
	json_t *root = sample_opened();
	for (unsigned i = 2; i <= 8; i++)
		add_winner(root, i);
	char *eight = page(root, "en");
	add_winner(root, 9);
	char *nine = page(root, "en");
	assert_has(eight, "8 projects are funded: Trees, p2, p3, p4, p5, p6, p7, p8.</p>");
	assert_has(nine, "9 projects are funded, in this order:</p>\n");
	const char *list =
		strstr(nine, "<ul class=\"winners\">\n<li><b class=\"number\">2</b> Trees");
	assert_non_null(list);
	assert_has(list, "</li>\n<li><b class=\"number\">3</b> p2");
	assert_has(list, "<b class=\"number\">10</b> p9");
	free(eight);
	free(nine);
	json_decref(root);
}

/* One form for everybody: whatever the clock of the computer that draws. */
TEST(the_poll_by_a_clock_that_is_named)
{
	json_t *root = sample_opened();
	setenv("TZ", "XXX-14", 1);
	char *en = page(root, "en"), *zh = page(root, "zh");
	unsetenv("TZ");
	assert_has(en, "2025-06-01 08:00 to 2025-06-02 08:00 (Beijing time)");
	assert_has(zh, "2025-06-01 08:00 至 2025-06-02 08:00（北京时间）");
	free(en);
	free(zh);
	json_decref(root);
}

TEST(what_goes_first_of_equals)
{
	static const struct {
		const char *rule, *says;
	} rows[] = {
		{"greedy", "Of equal votes,"},
		{"greedy-no-skip", "Of equal votes,"},
		{"equalshares/add1u", "Of equal effective votes,"},
		{"phragmen", "Of those at the same moment,"},
	};
	json_t *root = sample_opened();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		json_object_set_new(root, "rule", json_string(rows[i].rule));
		char *html = page(root, "en");
		assert_has(html, rows[i].says);
		free(html);
	}
	json_object_set_new(root, "rule", json_string("majority"));
	json_object_set_new(root, "budget", json_null());
	char *html = page(root, "en");
	assert_has_not(html, "<p>Of ");
	free(html);
	json_decref(root);
}

TEST(what_votes_are_where_they_are_no_ballots)
{
	static const struct {
		const char *ballot, *says;
	} rows[] = {
		{"scoring", "A project&#39;s votes are the points that all ballots give it"},
		{"cumulative", "A project&#39;s votes are the points that all ballots give it"},
		{"ordinal",
		 "A project&#39;s votes are points by rank, added up: 1 for the last place"},
		{"approval", NULL},
		{"consent", NULL},
	};
	json_t *root = sample_opened();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		json_object_set_new(root, "ballot", json_string(rows[i].ballot));
		char *html = page(root, "en");
		if (rows[i].says != NULL)
			assert_has(html, rows[i].says);
		else
			assert_has_not(html, "votes are");
		free(html);
	}
	json_decref(root);
}

TEST(figures)
{
	json_t *root = sample_opened();
	char *html = page(root, "en");
	assert_has(html, "3 of 3 households voted");
	assert_has(html, "Met: more than 1/2 of the households had to take part, and 3 of 3 did.");
	assert_has(html, "2 valid, 1 void");
	assert_has(html, "150 yuan in all, 100 yuan spent, 50 yuan left");
	assert_has(html, "counted for no project; places in the last mix: 3.");
	assert_has(html, "Order by lot: Trees, Lamps.");
	assert_has(html,
		   "2 mixes; of 3 key holders, 2 of whom can open, these opened: number 1, 3.");
	assert_has(html, "150 yuan was left when its turn came: enough, and 50 yuan remained. "
			 "Same votes and cost as the next one: the lot put it first.");
	assert_has(html, "Only 50 yuan was left at its turn, 50 yuan short: skipped.");
	assert_has(html, "yihu-audit PUBLIC_DIR --eid 0101");
	free(html);
	json_decref(root);
}

/* Two of three entitled, mark at half; 100 of 150 spent; 1 of 2 ballots. */
TEST(bars)
{
	json_t *root = sample_opened();
	json_object_set_new(root, "cast", json_integer(2));
	json_object_set_new(sample_project(root, 0), "votes", json_integer(1));
	char *html = page(root, "en");
	const char *turnout = strstr(html, "Turnout"), *budget = strstr(html, "Budget");
	assert_has(turnout, "<rect width=\"666\"");
	assert_has(turnout, "<rect x=\"500\"");
	assert_has(budget, "<rect width=\"666\"");
	assert_has(strstr(html, "</b> Lamps"), "<rect width=\"500\"");
	/* and the budget cut into the winners, with the paper's numbers */
	const char *parts = strstr(html, "class=\"parts\"");
	assert_has(parts, "<rect x=\"0\" width=\"666\"");
	assert_has(parts, "<text x=\"333\" y=\"49\">2</text>");
	assert_has(parts, "The budget ends here: ");
	free(html);
	json_decref(root);
}

TEST(what_did_not_happen_is_said_first)
{
	json_t *root = sample_not_opened();
	char *html = page(root, "en");
	assert_has(html, "<p class=\"result\">3 ballots were cast, fewer than the 4 that may be "
			 "opened: the box stayed shut and nothing is funded.</p>");
	assert_has_not(html, "Void ballots");
	assert_has(html, "The box was not opened.");
	free(html);
	json_decref(root);

	root = sample_opened();
	json_array_clear(json_object_get(root, "funded"));
	html = page(root, "en");
	assert_has(html, "<p class=\"result\">No project is funded.</p>");
	assert_has(html, "The closest was “Trees”: ");
	free(html);
	json_object_set_new(json_object_get(root, "quorum"), "met", json_false());
	html = page(root, "en");
	assert_has(html, "<p class=\"result\">The quorum was missed: nothing is funded.</p>");
	assert_has(html, "Missed: more than 1/2 of the households");
	free(html);
	json_decref(root);
}

/* Every verdict of the library has words in both languages. */
TEST(every_verdict_has_words)
{
	json_t *root = sample_opened();
	for (int v = 0; v < YIHU_N_VERDICTS; v++) {
		const char *name = yihu_verdict_name((enum yihu_verdict)v);
		json_object_set_new(sample_project(root, 0), "verdict", json_string(name));
		for (int l = 0; l < 2; l++) {
			char want[64], *html = page(root, l ? "en" : "zh");
			snprintf(want, sizeof want, "<div>%s</div>", name);
			assert_has_not(html, want);
			free(html);
		}
	}
	json_decref(root);
}

TEST(a_later_rule_is_shown_by_name)
{
	json_t *root = sample_opened();
	json_object_set_new(root, "rule", json_string("loads"));
	json_object_set_new(root, "trace", json_array());
	json_object_set_new(sample_project(root, 0), "verdict", json_string("out-of-loads"));
	char *html = page(root, "en");
	assert_has(html, "Counted by the rule loads.");
	assert_has(html, "<div>out-of-loads</div>");
	free(html);
	json_decref(root);
}

TEST(consent_says_all_three)
{
	json_t *root = sample_opened(), *p = sample_project(root, 0);
	json_object_set_new(root, "ballot", json_string("consent"));
	json_object_set_new(root, "rule", json_string("majority"));
	json_object_set_new(p, "agree", json_integer(1234));
	json_object_set_new(p, "against", json_integer(2000));
	json_object_set_new(p, "verdict", json_string("not-more-for"));
	char *html = page(root, "zh");
	assert_has(html, "同意 1,234，反对 2,000，弃权 0");
	assert_has(html, "同意 1,234，不多于反对 2,000，差 767。");
	free(html);
	json_decref(root);
}

/* Figures of the file and of the project, and how they are told. */
static const struct {
	const char *verdict, *rule, *share;
	int valid, threshold, cost, budget, votes, against, have, of;
	const char *says;
} missed[] = {
	{"too-dear", "greedy", NULL, .cost = 9050, .votes = 5,
	 .says = "Only 50 yuan was left at its turn, 40.50 yuan short: skipped."},
	{"too-dear", "greedy-no-skip", NULL, .cost = 9000, .votes = 5,
	 .says = "Only 50 yuan was left at its turn, 40 yuan short: the count stopped "
		 "here."},
	{"below-threshold", "greedy-threshold", NULL, .threshold = 5, .votes = 2,
	 .says = "Fewer than 5 votes: 3 short."},
	{"not-more-for", "majority", NULL, .votes = 4, .against = 4,
	 .says = "4 agree, not more than the 4 against: 1 short."},
	{"below-support", "majority", ">1/2", .have = 100, .of = 262,
	 .says = "100 of 262 support it; more than 1/2 was required: 32 short."},
	{"below-support", "majority", ">1/2", .have = 131, .of = 262, .says = ": 1 short."},
	{"below-support", "majority", ">=1/2", .have = 130, .of = 262, .says = ": 1 short."},
	{"below-support", "majority", ">=2/3", .have = 199, .of = 300, .says = ": 1 short."},
	{"below-support", "majority", ">=2/3", .have = 199, .of = 301, .says = ": 2 short."},
	{"below-support", "majority", ">=1/2", .have = 0, .of = 0, .says = ": 1 short."},
	{"not-eligible", "equalshares", NULL, .valid = 10, .cost = 10000, .budget = 30000,
	 .votes = 1, .says = "asks for 2 or more votes: 1 short."},
	{"not-eligible", "equalshares", NULL, .valid = 9, .cost = 10000, .budget = 30000,
	 .votes = 0, .says = "asks for 1 or more votes: 1 short."},
	/* every reason, the verdict's first and each once */
	{"not-more-for", "majority", ">1/2", .cost = 40000, .budget = 30000, .votes = 4,
	 .against = 4, .have = 4, .of = 20,
	 .says = "<div>4 agree, not more than the 4 against: 1 short. 4 of 20 support it; more "
		 "than 1/2 was required: 7 short. It costs more than the whole budget, 300 yuan.<"},
	{"below-threshold", "majority", ">1/2", .threshold = 9, .cost = 40000, .budget = 40000,
	 .votes = 4, .against = 4, .have = 11, .of = 20,
	 .says = "<div>Fewer than 9 votes: 5 short. 4 agree, not more than the 4 against: 1 "
		 "short.<"},
	{"too-dear", "greedy-threshold", NULL, .threshold = 4, .cost = 40001, .budget = 40000,
	 .votes = 4, .says = "short: skipped. It costs more than the whole budget, 400 yuan.<"},
	/* no vote at all is below every line */
	{"no-support", "majority", ">1/2", .threshold = 9, .cost = 50, .budget = 40000, .of = 20,
	 .says = "<div>No ballot supports it.<"},
	/* nothing else is said of what was never weighed */
	{"no-quorum", "majority", ">1/2", .threshold = 9, .cost = 40001, .budget = 40000,
	 .says = "<div>The quorum was missed.<"},
};

TEST(a_lost_project_says_what_it_missed_by)
{
	for (size_t i = 0; i < sizeof missed / sizeof *missed; i++) {
		json_t *root = sample_opened(), *p = sample_project(root, 0);
		json_object_set_new(root, "rule", json_string(missed[i].rule));
		json_object_set_new(root, "threshold", json_integer(missed[i].threshold));
		json_object_set_new(root, "valid", json_integer(missed[i].valid));
		json_object_set_new(root, "budget", json_integer(missed[i].budget));
		json_object_set_new(p, "verdict", json_string(missed[i].verdict));
		json_object_set_new(p, "cost", json_integer(missed[i].cost));
		json_object_set_new(p, "votes", json_integer(missed[i].votes));
		json_object_set_new(p, "agree", json_integer(missed[i].votes));
		json_object_set_new(p, "against", json_integer(missed[i].against));
		json_object_set_new(p, "left_before", json_integer(5000));
		if (missed[i].share) {
			json_object_set_new(
				root, "support",
				json_pack("{s:s,s:s}", "rule", missed[i].share, "of", "cast"));
			json_object_set_new(p, "support",
					    json_pack("{s:i,s:i,s:b}", "have", missed[i].have, "of",
						      missed[i].of, "met",
						      missed[i].have * 2 > missed[i].of));
		}
		char *html = page(root, "en");
		assert_has(html, missed[i].says);
		free(html);
		json_decref(root);
	}
}

TEST(money_is_exact)
{
	json_t *root = sample_opened(), *p = sample_project(root, 0);
	json_object_set_new(p, "cost", json_integer(123456705));
	char *html = page(root, "zh");
	assert_has(html, "费用 1,234,567.05 元");
	free(html);
	json_object_set_new(root, "currency", json_string("EUR"));
	html = page(root, "zh");
	assert_has(html, "费用 1,234,567.05 EUR");
	free(html);
	json_decref(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_asks_for_nothing),
		cmocka_unit_test(it_says_how_many_letters_came_after_the_list),
		cmocka_unit_test(words_are_escaped),
		cmocka_unit_test(tags_are_closed),
		cmocka_unit_test(winners_come_first),
		cmocka_unit_test(several_winners_in_the_order_funded),
		cmocka_unit_test(many_winners_are_a_list),
		cmocka_unit_test(the_poll_by_a_clock_that_is_named),
		cmocka_unit_test(what_goes_first_of_equals),
		cmocka_unit_test(what_votes_are_where_they_are_no_ballots),
		cmocka_unit_test(figures),
		cmocka_unit_test(bars),
		cmocka_unit_test(what_did_not_happen_is_said_first),
		cmocka_unit_test(every_verdict_has_words),
		cmocka_unit_test(a_later_rule_is_shown_by_name),
		cmocka_unit_test(consent_says_all_three),
		cmocka_unit_test(a_lost_project_says_what_it_missed_by),
		cmocka_unit_test(money_is_exact),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
