/* SPDX-License-Identifier: Apache-2.0
 *
 * Conversion to the strict form: what is passed over, what is said about it,
 * and what is refused with the line of the file that was given.
 */
#include "sample.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/households.h>

static char *text_of(struct yihu_buf *b)
{
	yihu_buf_u8(b, 0);
	return (char *)b->data;
}

static struct change {
	const char *name;
	enum yihu_ballot_kind kind;
	const char *find, *replace;
	const char *has, *lacks; /* of what is written; NULL: nothing to look for */
	const char *notice;
} changes[] = {
	{"BOM", 0, "META\n", "\xef\xbb\xbfMETA\n", NULL, "\xef\xbb\xbf", "The byte order mark"},
	{"one CRLF", 0, "unit;Chengdu\n", "unit;Chengdu\r\n", "unit;Chengdu\n", "\r",
	 "Line ends are now LF"},
	{"tab", 0, "Chengdu", "Cheng\tdu", "Cheng du", "\t", "Tabs were written as spaces"},
	{"blank lines", 0, "PROJECTS\n", "\n\nPROJECTS\n", NULL, "\n\n",
	 "2 blank lines were left out"},
	{"spaces around", 0, "unit;Chengdu\n", " unit ; Chengdu\xe3\x80\x80\n", "\nunit;Chengdu\n",
	 NULL, ""},
	{"sections in lower case", 0, "PROJECTS\n", "projects;;\n", "\nPROJECTS\n", NULL, ""},
	{"cells that a spreadsheet left", 0, "unit;Chengdu\n", "unit;Chengdu;;;\n",
	 "\nunit;Chengdu\n", NULL, ""},
	{"VOTES missing", 0, "VOTES\nvoter_id;vote\n", "", "VOTES\nvoter_id;vote\n", NULL,
	 "The section VOTES was added"},
	{"last line end missing", 0, "voter_id;vote\n", "voter_id;vote", "VOTES\nvoter_id;vote\n",
	 NULL, ""},
	{"votes", 0, "voter_id;vote\n", "voter_id;vote\n1;a\n2;whatever;x\n", NULL, "whatever",
	 "2 votes were left out"},
	{"num_votes", 0, "num_votes;0", "num_votes;17", "num_votes;0\n", "17",
	 "num_votes was set to 0"},
	{"num_projects missing", 0, "num_projects;4\n", "", "num_projects;4\n", NULL,
	 "“num_projects;4” was added"},
	{"outcome column", 0, "project_id;cost;name", "project_id;cost;votes",
	 "project_id;cost\na;100\n", "cost;votes", "The column “votes” tells an outcome"},
	{"ballot from approval", 0, "ballot;approval\n", "", "ballot;approval\n", NULL,
	 "“ballot;approval” was added"},
	{"ballot from choose-1", 0,
	 "vote_type;approval\nrule;greedy\ndate_begin;2025\ndate_end;2025\nballot;approval\nmin_"
	 "length;1\nmax_length;3\n",
	 "vote_type;choose-1\nrule;greedy\ndate_begin;2025\ndate_end;2025\n", "ballot;approval\n",
	 NULL, "“ballot;approval” was added"},
	{"ballot from ordinal", YIHU_ORDINAL, "ballot;ordinal\n", "", "ballot;ordinal\n", NULL,
	 "“ballot;ordinal” was added"},
	{"ballot of points", YIHU_SCORING, "ballot;scoring\n", "", "ballot;scoring\n", NULL,
	 "“ballot;scoring” was added"},
	{"ballot of -1 and 1", YIHU_CONSENT, "ballot;consent\n", "min_points;-1\nmax_points;1\n",
	 "ballot;consent\n", NULL, "“ballot;consent” was added"},
	{"max_length over all", 0, "max_length;3", "max_length;9", "max_length;4\n", "9",
	 "max_length was more than"},
	{"least sum of 1", YIHU_CUMULATIVE, "threshold;7\n", "threshold;7\nmin_sum_points;1\n",
	 "min_length;1\n", "min_sum", "means the same"},
	{"least sum of 1 beside a length", YIHU_CUMULATIVE, "threshold;7\n",
	 "threshold;7\nmin_sum_points;1\nmin_length;2\n", "min_length;2\n", "min_sum",
	 "restricts nothing"},
	{"least sum of 0", YIHU_CUMULATIVE, "threshold;7\n", "threshold;7\nmin_sum_points;0\n",
	 NULL, "min_", "restricts nothing"},
	{"least cost of 0", 0, "min_length;1", "min_sum_cost;0", NULL, "min_sum_cost",
	 "restricts nothing"},
	{"Pabulib's threshold with any greedy rule", 0, "min_length;1",
	 "min_project_score_threshold;3", "\nthreshold;3\n", NULL, "“threshold;3” was added"},
	{"Pabulib's comparison", YIHU_SCORING, "equalshares/add1u", "equalshares/add1-comparison",
	 "rule;equalshares/add1\n", "add1-comparison", "with “comparison;1”"},
	{"comparison of one run", YIHU_SCORING, "equalshares/add1u", "equalshares-comparison",
	 "\ncomparison;1\n", "-comparison", "with “comparison;1”"},
	{"keys of proposals", 0, "min_length;1",
	 "min_project_cost;5\nmax_project_cost;9\nleftover_budget;by hand", NULL, "project_cost",
	 "“max_project_cost” restricts no vote"},
	{"words on money", 0, "min_length;1", "leftover_budget;by hand", NULL, "leftover",
	 "“leftover_budget” restricts no vote"},
	{"Pabulib's threshold", YIHU_CUMULATIVE, "threshold;7\n", "min_project_score_threshold;7\n",
	 "\nthreshold;7\n", NULL, "“threshold;7” was added"},
	{"quote inside a cell", 0, "unit;Chengdu", "unit;Cheng \"du\"",
	 "\nunit;\"Cheng \"\"du\"\"\"\n", NULL, ""},
	{"cost kept as it is written", 0, "d;400.25", "d; 400.2500", "d;400.2500;", NULL, ""},
};

static void converts(void **state)
{
	const struct change *c = *state;
	struct yihu_buf out = {0}, notices = {0};
	struct yihu_error err = {0};
	char *text = edited(sample[c->kind], c->find, c->replace);
	if (yihu_definition_adopt(&out, &notices, text, strlen(text), &err))
		fail_msg("refused: %s", err.text);
	yihu_definition_free(parsed(text_of(&out)));
	if (c->has && !strstr((char *)out.data, c->has))
		fail_msg("“%s” is not in what was written", c->has);
	if (c->lacks && strstr((char *)out.data, c->lacks))
		fail_msg("“%s” is in what was written", c->lacks);
	if (!strstr(text_of(&notices), c->notice))
		fail_msg("“%s” is not in the notices", c->notice);
	yihu_buf_free(&out);
	yihu_buf_free(&notices);
	free(text);
}

static struct refusal {
	const char *name;
	enum yihu_ballot_kind kind;
	const char *find, *replace;
	int code;
	const char *text;
} refusals[] = {
	{"unknown rule, its own line", 0, "rule;greedy", "\n\nrule;unknown", YIHU_ERULE,
	 "line 13, column 2: the rule “unknown”"},
	{"least sum over the most", YIHU_CUMULATIVE, "threshold;7\n",
	 "threshold;7\nmin_sum_points;11\n", YIHU_EMETA,
	 "line 17, column 2: min_sum_points is more than max_sum_points"},
	{"an exclusion of nobody", 0, "cost;name\na;100;", "cost;excludes;name\na;100;x;",
	 YIHU_EFORMAT, "line 20, column 4"},
	{"more ranks than projects", YIHU_ORDINAL, "max_length;3", "max_length;9", YIHU_EMETA,
	 "max_length must be from 1"},
	{"three decimals", 0, "d;400.25", "d;400.251", YIHU_EFORMAT,
	 "line 22, column 2: “400.251” has more than two decimals"},
	{"id twice once trimmed", 0, "d;400.25", " c ;400.25", YIHU_EPROJECT,
	 "line 22, column 1: the project id “c” is already on line 21"},
	{"comma in an id", 0, "d;400.25", "d,e;400.25", YIHU_EPROJECT, "cannot hold a comma"},
	{"GB18030", 0, "a;100;项目甲", "a;100;\xcf\xee\xc4\xbf", YIHU_EFORMAT,
	 "line 19, column 3: this is not UTF-8"},
	{"num_projects differs", 0, "num_projects;4", "num_projects;3", YIHU_EMETA,
	 "num_projects is 3, but the file has 4"},
	{"no vote_type", 0, "vote_type;approval\n", "", YIHU_EMETA, "no key “vote_type”"},
	{"line break in quotes", 0, "\"two; b\"", "\"two;\n b\"", YIHU_EFORMAT,
	 "line 20, column 3: a quotation mark is not closed"},
	{"a section with a cell more", 0, "PROJECTS\n", "PROJECTS;x\n", YIHU_EMETA,
	 "“PROJECTS” names a section"},
	{"a foreign file", 0, "META\nkey;value\n", "id;cost\n", YIHU_EFORMAT,
	 "line 1, column 1: the line “META” is missing"},
};

static void refuses(void **state)
{
	const struct refusal *r = *state;
	struct yihu_buf out = {0}, notices = {0};
	struct yihu_error err = {0};
	char *text = edited(sample[r->kind], r->find, r->replace);
	int code = yihu_definition_adopt(&out, &notices, text, strlen(text), &err);
	assert_error(&err, code, r->code, r->text);
	assert_int_equal(out.len + notices.len, 0);
	free(text);
}

TEST(leaves_the_strict_form_as_it_is)
{
	for (int kind = 0; kind < YIHU_N_KINDS; kind++) {
		struct yihu_buf out = {0}, notices = {0};
		assert_int_equal(yihu_definition_adopt(&out, &notices, sample[kind],
						       strlen(sample[kind]), NULL),
				 0);
		assert_string_equal(text_of(&out), sample[kind]);
		assert_int_equal(notices.len, 0);
		yihu_buf_free(&out);
		yihu_buf_free(&notices);
	}
}

TEST(converts_the_files_of_cities)
{
	static const char *const files[] = {
		"pb/Poland_Zabrze_2020_Konczyce.pb",
		"pb/Poland_Gdansk_2020_Przerobka.pb",
		"pb/Poland_Warszawa_2018_Sadul.pb",
	};
	static const enum yihu_ballot_kind kinds[] = {YIHU_APPROVAL, YIHU_CUMULATIVE,
						      YIHU_APPROVAL};
	for (size_t i = 0; i < 3; i++) {
		struct yihu_buf file = {0}, out = {0};
		test_file(&file, files[i]);
		assert_int_equal(yihu_definition_held(&out, NULL, file.data, file.len, NULL), 0);
		struct yihu_definition *d = parsed(text_of(&out));
		assert_int_equal(d->kind, kinds[i]);
		assert_null(yihu_definition_field(d, 0, "votes"));
		yihu_definition_free(d);
		yihu_buf_free(&file);
		yihu_buf_free(&out);
	}
}

TEST(refuses_a_rule_that_nobody_knows)
{
	struct yihu_buf file = {0}, out = {0};
	struct yihu_error err;
	test_file(&file,
		  "pb/US_Stanford_Dataset_Merced_Peoples_Budget_Ballot_2019_vote_rankings.pb");
	int code = yihu_definition_held(&out, NULL, file.data, file.len, &err);
	assert_error(&err, code, YIHU_ERULE, "line 12, column 2: the rule “unknown” means");
	yihu_buf_free(&file);
}

/* The starter elections are as their committees would keep them: in the strict
 * form already. */
static struct starter {
	const char *name, *election, *households;
	enum yihu_ballot_kind kind;
	size_t n_projects, n_households;
} starters[] = {
	{"starter jishan-2025", "../../ballots/jishan-2025/election.pb",
	 "../../ballots/jishan-2025/households.csv", YIHU_CONSENT, 8, 352},
	{"starter pocket-park", "../../ballots/pocket-park/election.pb",
	 "../../ballots/pocket-park/households.csv", YIHU_APPROVAL, 10, 405},
	{"starter hundred", "../../ballots/hundred/election.pb",
	 "../../ballots/hundred/households.csv", YIHU_SCORING, 100, 60},
};

static void starter_is_strict(void **state)
{
	const struct starter *s = *state;
	struct yihu_buf file = {0}, out = {0}, list = {0};
	struct yihu_households h;
	test_file(&file, s->election);
	test_file(&list, s->households);
	struct yihu_definition *d = parsed((char *)file.data);
	assert_int_equal(d->kind, s->kind);
	assert_int_equal(d->n_projects, s->n_projects);
	assert_int_equal(yihu_definition_held(&out, NULL, file.data, file.len, NULL), 0);
	assert_string_equal(text_of(&out), (char *)file.data);
	assert_int_equal(yihu_households_read(&h, list.data, list.len, NULL), 0);
	assert_int_equal(h.n, s->n_households);
	yihu_households_free(&h);
	yihu_definition_free(d);
	yihu_buf_free(&file);
	yihu_buf_free(&out);
	yihu_buf_free(&list);
}

int main(void)
{
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		add_test(changes[i].name, converts, &changes[i]);
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		add_test(refusals[i].name, refuses, &refusals[i]);
	for (size_t i = 0; i < sizeof starters / sizeof *starters; i++)
		add_test(starters[i].name, starter_is_strict, &starters[i]);
	add_test("the strict form stays", leaves_the_strict_form_as_it_is, NULL);
	add_test("files of cities", converts_the_files_of_cities, NULL);
	add_test("rule unknown", refuses_a_rule_that_nobody_knows, NULL);
	return run_table("convert");
}
