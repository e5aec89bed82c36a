/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts as people write them, and the words about a vote.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/definition.h>

#include "lists/money.h"
#include "lists/vote_words.h"
#include "test.h"

/* ---- amounts ---- */

static const struct {
	const char *text;
	enum money_kind kind;
	uint64_t fen;
	uint64_t unit; /* 0: 1 */
} amounts[] = {
	{"128000", MONEY_SURE, 12800000, 0},
	{"128,000", MONEY_SURE, 12800000, 0},
	{"１２８，０００．５", MONEY_SURE, 12800050, 0},
	{"36800元", MONEY_SURE, 3680000, 0},
	{"¥ 36,800.00", MONEY_SURE, 3680000, 0},
	{"人民币36800元整", MONEY_SURE, 3680000, 0},
	{"8.6万", MONEY_SURE, 8600000, 0},
	{"30 万元", MONEY_SURE, 30000000, 0},
	{"8.6w", MONEY_SURE, 8600000, 0},
	{"128k", MONEY_SURE, 12800000, 0},
	{"3万5千", MONEY_SURE, 3500000, 0},
	{"3万5000元", MONEY_SURE, 3500000, 0},
	{"1.2亿", MONEY_SURE, 12000000000, 0},
	{"叁万元整", MONEY_SURE, 3000000, 0},
	{"十二万五千六百元", MONEY_SURE, 12560000, 0},
	{"三十万", MONEY_SURE, 30000000, 0},
	{"一百零五元", MONEY_SURE, 10500, 0},
	{"贰拾伍万", MONEY_SURE, 25000000, 0},
	{"45000.50", MONEY_SURE, 4500050, 0},
	{"8.6", MONEY_SURE, 8600000, 10000},
	{"8.6万", MONEY_SURE, 8600000, 10000},
	{"86000元", MONEY_SURE, 8600000, 10000},
	{"0.000001", MONEY_SURE, 1, 10000},
	{"约20万", MONEY_ABOUT, 20000000, 0},
	{"20万左右", MONEY_ABOUT, 20000000, 0},
	{"20万元以内", MONEY_ABOUT, 20000000, 0},
	{"1.28E+05", MONEY_POWER, 12800000, 0},
	{"128.000", MONEY_POINT, 12800, 0},
	{"33333.333333333", MONEY_FINE, 3333333, 0},
	{"0.005", MONEY_FINE, 1, 0},
	{"8.12345678万", MONEY_FINE, 8123456, 0},
	{"0", MONEY_ZERO, 0, 0},
	{"约0", MONEY_ZERO, 0, 0},
	{"0E5", MONEY_ZERO, 0, 0},
	{"0.001", MONEY_ZERO, 0, 0},
	{"-500", MONEY_ZERO, 0, 0},
	{"(500)", MONEY_ZERO, 0, 0},
	{"90071992547410", MONEY_LARGE, 0, 0},
	{"99999999999999999999", MONEY_LARGE, 0, 0},
	{"9e99", MONEY_UNREAD, 0, 0},
	{"9e18亿", MONEY_UNREAD, 0, 0},
	{"", MONEY_EMPTY, 0, 0},
	{"20-30万", MONEY_UNREAD, 0, 0},
	{"20~30万", MONEY_UNREAD, 0, 0},
	{"待定", MONEY_UNREAD, 0, 0},
	{"1280,000", MONEY_UNREAD, 0, 0},
	{"1万5000亿", MONEY_UNREAD, 0, 0},
	{"340282366920938463463374607431768211556", MONEY_UNREAD, 0, 0}, /* 2^128 + 100 */
	{"2026-01-02", MONEY_UNREAD, 0, 0},
	{"12,80", MONEY_UNREAD, 0, 0},
	{"1,28,000", MONEY_UNREAD, 0, 0},
	{"1.234.567", MONEY_UNREAD, 0, 0},
	{"3万5", MONEY_UNREAD, 0, 0},
	{"三百五", MONEY_UNREAD, 0, 0},
	{"3百5万", MONEY_UNREAD, 0, 0},
	{"5千3万", MONEY_UNREAD, 0, 0},
	{"3万500元", MONEY_UNREAD, 0, 0},
	{"1万1万", MONEY_UNREAD, 0, 0},
	{"5千6千", MONEY_UNREAD, 0, 0},
	{"500元/户", MONEY_UNREAD, 0, 0},
	{"12 盏", MONEY_UNREAD, 0, 0},
	{"元", MONEY_UNREAD, 0, 0},
	{"万", MONEY_UNREAD, 0, 0},
	{"5.", MONEY_UNREAD, 0, 0},
	{".5", MONEY_UNREAD, 0, 0},
};

TEST(an_amount_is_read_or_is_none)
{
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
		struct money m = money_read(amounts[i].text, amounts[i].unit ? amounts[i].unit : 1);
		if (m.kind != amounts[i].kind || (amounts[i].fen && m.fen != amounts[i].fen))
			fail_msg("“%s”: kind %d, %llu fen", amounts[i].text, m.kind,
				 (unsigned long long)m.fen);
	}
	char *text = money_text(123456705), *plain = money_plain(123456750);
	assert_string_equal(text, "1,234,567.05");
	assert_string_equal(plain, "1234567.5");
	free(text);
	free(plain);
}

/* ---- the vote in words ---- */

#define COMMON .title = "t", .community = "c", .budget = "1000"

static const struct {
	struct vote_words words;
	const char *has, *refused;
} votes[] = {
	{{COMMON, .choose_any = true, .winners = "greedy"}, "ballot;approval\nrule;greedy\n", NULL},
	{{COMMON, .choose_within = "budget", .choose_up_to = {true, 1}, .winners = "most-votes"},
	 "max_length;1\nmax_sum_cost;1000\n",
	 NULL},
	{{COMMON, .choose_within = "500.50元", .winners = "most-votes-then-stop"},
	 "max_sum_cost;500.5\nrule;greedy-no-skip\n",
	 NULL},
	{{COMMON, .choose_up_to = {true, 2}, .at_least = {true, 1}, .winners = "most-votes",
	  .votes_at_least = {true, 5}},
	 "min_length;1\nmax_length;2\nrule;greedy\nthreshold;5\n",
	 NULL},
	{{.title = "t",
	  .community = "c",
	  .agree_or_against = true,
	  .winners = "more-for-than-against",
	  .turnout = "三分之二以上",
	  .support = "超过半数",
	  .support_of = "decided"},
	 "vote_type;scoring\nballot;consent\nrule;majority\nquorum;>=2/3\nsupport;>1/2 decided\n",
	 NULL},
	{{COMMON, .points_each = {true, 5}, .winners = "等额分摊"},
	 "ballot;scoring\nmax_points;5\nrule;equalshares/add1\n",
	 NULL},
	{{COMMON, .points_to_share = {true, 10}, .winners = "fair-shares-then-votes"},
	 "ballot;cumulative\nmax_sum_points;10\nrule;equalshares/add1u\n",
	 NULL},
	{{COMMON, .rank_up_to = {true, 2}, .winners = "fair-shares-once"},
	 "ballot;ordinal\nmax_length;2\nrule;equalshares\n",
	 NULL},
	{{COMMON, .choose_any = true, .winners = "fair-pace", .turnout = "over 1/2",
	  .support = "1/3"},
	 "rule;phragmen\nquorum;>1/2\nsupport;>=1/3 cast\n",
	 NULL},
	{{COMMON, .choose_any = true, .agree_or_against = true, .winners = "greedy"},
	 NULL,
	 "marks in one way"},
	{{COMMON, .choose_any = true, .choose_up_to = {true, 2}, .winners = "greedy"},
	 NULL,
	 "sets no limit"},
	{{COMMON, .agree_or_against = true, .at_least = {true, 1}, .winners = "greedy"},
	 NULL,
	 "answered by itself"},
	{{COMMON, .choose_up_to = {true, 0}, .winners = "greedy"}, NULL, "is at least 1"},
	{{COMMON, .rank_up_to = {true, 2}, .at_least = {true, 3}, .winners = "greedy"},
	 NULL,
	 "more than the most"},
	{{COMMON, .choose_any = true, .winners = "best"}, NULL, "is not known"},
	{{COMMON, .choose_any = true, .winners = "majority"}, NULL, "counts those against"},
	{{COMMON, .rank_up_to = {true, 2}, .winners = "phragmen"}, NULL, "neither points"},
	{{COMMON, .choose_any = true, .winners = "fair-shares", .votes_at_least = {true, 2}},
	 NULL,
	 "goes with --winners most-votes"},
	{{COMMON, .choose_any = true, .winners = "greedy-threshold"}, NULL, "--votes-at-least N"},
	{{COMMON, .choose_any = true, .winners = "greedy", .turnout = "many"}, NULL, "is no share"},
	{{COMMON, .choose_any = true, .winners = "greedy", .support = "1/2",
	  .support_of = "decided"},
	 NULL,
	 "--support-of is cast"},
	{{COMMON, .choose_any = true, .winners = "greedy", .support_of = "cast"},
	 NULL,
	 "give both"},
	{{.title = "t",
	  .community = "c",
	  .budget = "约30万",
	  .choose_any = true,
	  .winners = "greedy"},
	 NULL,
	 "is not one amount"},
	{{.title = "t", .community = "c", .choose_within = "budget", .winners = "greedy"},
	 NULL,
	 "wants --budget"},
	{{COMMON, .choose_within = "some", .winners = "greedy"}, NULL, "--choose-within “some”"},
};

TEST(a_vote_in_words_is_written_or_refused)
{
	static const char table[] = "name,cost\nlamps,100\nbenches,200\ntrees,300.05\n";
	struct proposals p = {0};
	struct yihu_error err = {0};
	assert_int_equal(proposals_read(&p, table, strlen(table), 0, NULL, &err), 0);
	for (size_t i = 0; i < sizeof votes / sizeof *votes; i++) {
		struct yihu_buf text = {0}, adopted = {0};
		int r = vote_words_check(&votes[i].words, &err);
		if (votes[i].refused) {
			if (r != YIHU_EARG || !strstr(err.text, votes[i].refused))
				fail_msg("vote %zu: “%s”", i, r ? err.text : "taken");
			continue;
		}
		assert_int_equal(r, 0);
		vote_words_write(&text, &votes[i].words, &p, "2026-06-01", "2026-06-07");
		if (yihu_definition_adopt(&adopted, NULL, text.data, text.len, &err) != 0)
			fail_msg("vote %zu: %s", i, err.text);
		if (!strstr(yihu_buf_bytes(&text), votes[i].has))
			fail_msg("vote %zu: %s", i, (const char *)text.data);
		yihu_buf_free(&text);
		yihu_buf_free(&adopted);
	}
	proposals_finish(&p);
}

TEST(what_is_missing_is_named)
{
	char *missing = vote_words_missing(&(struct vote_words){.budget = "1"});
	assert_non_null(strstr(missing, "--title TEXT, --community NAME, one of --choose-up-to N"));
	assert_non_null(strstr(missing, "--winners HOW"));
	free(missing);
	missing = vote_words_missing(&(struct vote_words){
		.title = "t", .community = "c", .agree_or_against = true, .winners = "majority"});
	assert_null(missing);
	missing = vote_words_missing(&(struct vote_words){
		.title = "t", .community = "c", .choose_any = true, .winners = "greedy"});
	assert_string_equal(missing, "--budget SUM");
	free(missing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_amount_is_read_or_is_none),
		cmocka_unit_test(a_vote_in_words_is_written_or_refused),
		cmocka_unit_test(what_is_missing_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
