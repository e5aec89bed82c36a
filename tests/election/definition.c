/* SPDX-License-Identifier: Apache-2.0
 *
 * The strict form of the election definition: what it means, and every way of
 * breaking it is refused with its place and reason (PROTOCOL §2).
 */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

static struct bad {
	const char *name;
	enum yihu_ballot_kind kind;
	const char *find, *replace;
	int code;
	const char *text;
} bads[] = {
	/* bytes and lines */
	{"BOM", 0, "META\n", "\xef\xbb\xbfMETA\n", YIHU_EFORMAT,
	 "line 1, column 1: the file begins with a byte order mark"},
	{"CRLF", 0, "unit;Chengdu\n", "unit;Chengdu\r\n", YIHU_EFORMAT,
	 "line 5, column 2: there is a control"},
	{"tab", 0, "unit;Chengdu", "unit;Cheng\tdu", YIHU_EFORMAT,
	 "line 5, column 2: there is a control"},
	{"DEL", 0, "unit;Chengdu", "un\x7fit;Chengdu", YIHU_EFORMAT,
	 "line 5, column 1: there is a control"},
	{"C1 control", 0, "a;100;项目甲", "a;100;\xc2\x85", YIHU_EFORMAT,
	 "line 19, column 3: there is a control"},
	{"not UTF-8", 0, "a;100;项目甲", "a;100;\xcf\xee\xc4\xbf", YIHU_EFORMAT,
	 "line 19, column 3: this is not UTF-8"},
	{"overlong UTF-8", 0, "a;100;项目甲", "a;100;\xc0\xaf", YIHU_EFORMAT,
	 "line 19, column 3: this is not UTF-8"},
	{"blank line", 0, "PROJECTS\n", "\nPROJECTS\n", YIHU_EFORMAT,
	 "line 17, column 1: the line is blank"},
	{"no last line end", 0, "voter_id;vote\n", "voter_id;vote", YIHU_EFORMAT,
	 "line 24, column 1: the last line has no line end"},
	{"line break in quotes", 0, "\"two; b\"", "\"two;\n b\"", YIHU_EFORMAT,
	 "line 20, column 3: a quotation mark is not closed"},
	{"quote inside a cell", 0, "Chengdu", "Cheng\"du", YIHU_EFORMAT,
	 "line 5, column 2: a quotation mark stands inside"},
	{"three cells in META", 0, "Chengdu", "Chengdu;x", YIHU_EFORMAT,
	 "line 5, column 3: this row has 3 cells where 2"},
	{"one cell in META", 0, "unit;Chengdu", "unit", YIHU_EFORMAT,
	 "line 5, column 2: this row has 1 cells where 2"},
	{"a cell short", 0, "a;100;项目甲", "a;100", YIHU_EFORMAT,
	 "line 19, column 3: this row has 2 cells where 3"},
	{"a cell too many", 0, "a;100;项目甲", "a;100;x;", YIHU_EFORMAT,
	 "line 19, column 4: this row has 4 cells where 3"},
	/* sections */
	{"no META", 0, "META\n", "", YIHU_EFORMAT, "line 1, column 1: the line “META” is missing"},
	{"section in lower case", 0, "PROJECTS\n", "projects\n", YIHU_EFORMAT,
	 "this row has 1 cells"},
	{"no key;value", 0, "key;value\n", "", YIHU_EFORMAT,
	 "line 2, column 1: the line “key;value” is missing"},
	{"no PROJECTS", 0, "PROJECTS\n", NULL, YIHU_EFORMAT, "the line “PROJECTS” is missing"},
	{"no VOTES", 0, "VOTES\n", NULL, YIHU_EFORMAT, "line 23: the line “VOTES” is missing"},
	{"a bad row at the end", 0, "voter_id;vote\n", "voter_id;vote\n\x01\n", YIHU_EFORMAT,
	 "line 25, column 1: there is a control"},
	{"no header of VOTES", 0, "voter_id;vote\n", "", YIHU_EFORMAT,
	 "line 24: the line “voter_id;vote” is missing"},
	{"header of another kind", 0, "voter_id;vote\n", "voter_id;vote;points\n", YIHU_EFORMAT,
	 "line 24: the line “voter_id;vote” is missing"},
	{"header without points", YIHU_SCORING, "voter_id;vote;points\n", "voter_id;vote\n",
	 YIHU_EFORMAT, "the line “voter_id;vote;points” is missing"},
	{"a vote", 0, "voter_id;vote\n", "voter_id;vote\n1;a\n", YIHU_ETRAILING,
	 "line 25: nothing can stand behind"},
	{"first column", 0, "project_id;cost", "id;cost", YIHU_EFORMAT,
	 "line 18, column 1: the first column of PROJECTS"},
	/* META: keys */
	{"key twice", 0, "unit;Chengdu", "country;Chengdu", YIHU_EMETA,
	 "line 5, column 1: “country” is already on line 4"},
	{"space before a key", 0, "unit;", " unit;", YIHU_EFORMAT,
	 "line 5, column 1: “ unit” has a space"},
	{"space behind a value", 0, "unit;Chengdu", "unit;Chengdu ", YIHU_EFORMAT,
	 "line 5, column 2: “Chengdu ” has a space"},
	{"ideographic space", 0, "unit;Chengdu", "unit;Chengdu\xe3\x80\x80", YIHU_EFORMAT,
	 "line 5, column 2"},
	{"empty key", 0, "unit;", ";", YIHU_EMETA, "line 5, column 1: the cell is empty"},
	{"key named votes", 0, "unit;", "votes;", YIHU_EMETA,
	 "line 5, column 1: “votes” names a section"},
	{"no description", 0, "description;Test\n", "", YIHU_EMETA, "no key “description”"},
	{"no date_end", 0, "date_end;2025\n", "", YIHU_EMETA, "no key “date_end”"},
	{"no instance", 0, "instance;2025\n", "", YIHU_EMETA, "no key “instance”"},
	{"empty country", 0, "country;China", "country;", YIHU_EMETA,
	 "line 4, column 2: country has no value"},
	{"no ballot", 0, "ballot;approval\n", "", YIHU_EMETA, "no key “ballot”"},
	{"unknown ballot", 0, "ballot;approval", "ballot;approve", YIHU_EMETA, "not “approve”"},
	{"ballot and vote_type differ", 0, "vote_type;approval", "vote_type;ordinal", YIHU_EMETA,
	 "vote_type “ordinal” does not go with ballot “approval”"},
	{"consent as approval", YIHU_CONSENT, "vote_type;scoring", "vote_type;approval", YIHU_EMETA,
	 "does not go with ballot “consent”"},
	{"choose-1 in an order", YIHU_ORDINAL, "vote_type;ordinal", "vote_type;choose-1",
	 YIHU_EMETA, "vote_type “choose-1” does not go with ballot “ordinal”"},
	{"unknown vote_type", 0, "vote_type;approval", "vote_type;choose-2", YIHU_EMETA,
	 "line 10, column 2: vote_type “choose-2”"},
	{"num_projects differs", 0, "num_projects;4", "num_projects;5", YIHU_EMETA,
	 "line 7, column 2: num_projects is 5, but the file has 4"},
	{"num_projects no number", 0, "num_projects;4", "num_projects;04", YIHU_EMETA,
	 "num_projects must be a whole number"},
	{"num_votes not 0", 0, "num_votes;0", "num_votes;3", YIHU_EMETA,
	 "exactly one line must be “num_votes;0”"},
	{"num_votes quoted", 0, "num_votes;0", "num_votes;\"0\"", YIHU_EMETA,
	 "exactly one line must be “num_votes;0”"},
	{"no num_votes", 0, "num_votes;0\n", "", YIHU_EMETA, "no key “num_votes”"},
	{"Quorum spelt otherwise", 0, "min_length;1", "Quorum;>1/2", YIHU_EMETA,
	 "line 15, column 1: write this key as “quorum”"},
	/* META: limits */
	{"min over max", 0, "min_length;1", "min_length;4", YIHU_EMETA,
	 "min_length is 4, more than max_length, 3"},
	{"max_length over all", 0, "max_length;3", "max_length;5", YIHU_EMETA,
	 "max_length must be from 1 to the number of projects, 4"},
	{"max_length 0", 0, "max_length;3", "max_length;0", YIHU_EMETA,
	 "max_length must be from 1"},
	{"negative min_length", 0, "min_length;1", "min_length;-1", YIHU_EMETA,
	 "min_length must be a whole number"},
	{"choose-1 of three", 0, "vote_type;approval", "vote_type;choose-1", YIHU_EMETA,
	 "min_length and max_length must be 1"},
	{"choose-1 of none or one", 0,
	 "vote_type;approval\nrule;greedy\ndate_begin;2025\ndate_end;2025\nballot;approval\n"
	 "min_length;1\nmax_length;3\n",
	 "vote_type;choose-1\nrule;greedy\ndate_begin;2025\ndate_end;2025\nballot;approval\n"
	 "min_length;0\nmax_length;1\n",
	 YIHU_EMETA, "min_length and max_length must be 1"},
	{"a most for consent", YIHU_CONSENT, "quorum;>1/2\n", "max_length;3\n", YIHU_EMETA,
	 "a consent ballot has no min_length"},
	{"lengths for consent", YIHU_CONSENT, "quorum;>1/2\n", "min_length;1\n", YIHU_EMETA,
	 "a consent ballot has no min_length"},
	{"min_sum_points", YIHU_CUMULATIVE, "max_sum_points;10\n",
	 "max_sum_points;10\nmin_sum_points;11\n", YIHU_EMETA,
	 "line 16, column 2: min_sum_points is more than max_sum_points"},
	{"no points in all", YIHU_CUMULATIVE, "max_sum_points;10", "max_points;3\nmax_sum_points;0",
	 YIHU_EMETA, "the points of a project must be from 1"},
	{"min_sum_cost", 0, "min_length;1", "max_sum_cost;4\nmin_sum_cost;5", YIHU_EMETA,
	 "min_sum_cost is more than max_sum_cost"},
	{"min_sum_cost of ranks", YIHU_ORDINAL, "max_length;3", "max_length;3\nmin_sum_cost;5",
	 YIHU_EMETA, "“min_sum_cost;5” restricts"},
	{"a budget for parts of no names", 0, "min_length;1", "budget_per_category;1", YIHU_EMETA,
	 "budget_per_category needs categories"},
	{"parts without their column", 0, "min_length;1",
	 "categories;x,y\nmax_length_per_category;1", YIHU_EMETA,
	 "line 16, column 1: max_length_per_category needs category"},
	{"negative points", YIHU_SCORING, "max_points;5\n", "max_points;5\nmin_points;-5\n",
	 YIHU_EMETA, "“min_points;-5” restricts"},
	{"min_points 1", YIHU_SCORING, "max_points;5\n", "max_points;5\nmin_points;1\n", YIHU_EMETA,
	 "“min_points;1” restricts"},
	{"consent of two points", YIHU_CONSENT, "quorum;>1/2", "max_points;2", YIHU_EMETA,
	 "“max_points;2” restricts"},
	{"knapsack of points", YIHU_SCORING, "max_points;5\n", "max_points;5\nmax_sum_cost;500\n",
	 YIHU_EMETA, "“max_sum_cost;500” restricts"},
	{"max_sum_points for scoring", YIHU_SCORING, "max_points;5\n",
	 "max_points;5\nmax_sum_points;9\n", YIHU_EMETA, "“max_sum_points;9” restricts"},
	{"max_points for approval", 0, "min_length;1", "max_points;1", YIHU_EMETA,
	 "“max_points;1” restricts"},
	{"category limit", 0, "min_length;1", "max_length_per_category;1", YIHU_EMETA,
	 "max_length_per_category needs categories"},
	{"budget per district", 0, "min_length;1", "budget_per_neighborhood;1", YIHU_EMETA,
	 "needs neighborhoods"},
	{"budget of a district", 0, "min_length;1", "budget_north;1", YIHU_EMETA, "restricts"},
	{"leftover budget", 0, "min_length;1", "leftover_budget;1", YIHU_EMETA, "restricts"},
	{"threshold by suffix", 0, "min_length;1", "project_threshold;1", YIHU_EMETA, "restricts"},
	{"neighborhood limit by suffix", 0, "min_length;1", "limit_per_neighborhood;1", YIHU_EMETA,
	 "restricts"},
	{"restriction in capitals", 0, "min_length;1", "MIN_LENGTH;2", YIHU_EMETA,
	 "“MIN_LENGTH;2” restricts"},
	{"other rank scores", YIHU_ORDINAL, "max_length;3\n",
	 "max_length;3\nscoring_fn;Plurality\n", YIHU_EMETA, "“scoring_fn;Plurality” restricts"},
	{"default_score", YIHU_SCORING, "max_points;5\n", "max_points;5\ndefault_score;2\n",
	 YIHU_EMETA, "“default_score;2” restricts"},
	{"no max_points", YIHU_SCORING, "max_points;5\n", "", YIHU_EMETA,
	 "scoring ballots need max_points"},
	{"no max_sum_points", YIHU_CUMULATIVE, "max_sum_points;10\n", "max_points;4\n", YIHU_EMETA,
	 "cumulative ballots need max_sum_points"},
	{"max_points 0", YIHU_SCORING, "max_points;5", "max_points;0", YIHU_EMETA,
	 "from 1 to 65535"},
	{"r over 65536", YIHU_SCORING, "max_points;5", "max_points;65536", YIHU_EMETA,
	 "max_points must be a whole number up to 65535"},
	{"r over 65536 by sum", YIHU_CUMULATIVE, "max_sum_points;10", "max_sum_points;65536",
	 YIHU_EMETA, "from 1 to 65535"},
	/* META: money, rule, thresholds */
	{"no budget", 0, "budget;1000\n", "", YIHU_EMETA, "the rule greedy needs a budget"},
	{"budget 0", 0, "budget;1000", "budget;0.00", YIHU_EMETA,
	 "line 9, column 2: budget must be more than 0"},
	{"budget with a comma", 0, "budget;1000", "budget;1,000", YIHU_EFORMAT,
	 "line 9, column 2: “1,000” is not an amount"},
	{"budget beyond", 0, "budget;1000", "budget;90071992547410", YIHU_ETOOBIG, "too large"},
	{"unknown rule", 0, "rule;greedy", "rule;unknown", YIHU_ERULE,
	 "line 11, column 2: the rule “unknown” means that nobody knows"},
	{"rule in capitals", 0, "rule;greedy", "rule;Greedy", YIHU_ERULE, "“Greedy” is not known"},
	{"majority of approvals", 0, "rule;greedy", "rule;majority", YIHU_EMETA,
	 "it needs ballot consent"},
	{"greedy-threshold without one", YIHU_CUMULATIVE, "threshold;7\n", "", YIHU_EMETA,
	 "needs the key “threshold”"},
	{"a rule that only a comment tells", 0, "rule;greedy", "rule;greedy-custom", YIHU_ERULE,
	 "“greedy-custom” is a city's own way"},
	{"a rule of nobody", 0, "rule;greedy", "rule;greediest", YIHU_ERULE,
	 "line 11, column 2: the rule “greediest” is not known"},
	{"threshold with shares", YIHU_SCORING, "comparison;1", "threshold;7", YIHU_EMETA,
	 "threshold goes only with the greedy rules"},
	{"threshold of a half", YIHU_CUMULATIVE, "threshold;7", "threshold;0.5", YIHU_EMETA,
	 "threshold must be a whole number"},
	{"two thresholds", YIHU_CUMULATIVE, "threshold;7\n",
	 "threshold;7\nmin_project_score_threshold;8\n", YIHU_EMETA,
	 "min_project_score_threshold and threshold differ"},
	{"other threshold alone", 0, "min_length;1", "min_project_score_threshold;7", YIHU_EMETA,
	 "min_project_score_threshold needs the key “threshold” beside it"},
	{"comparison with greedy", 0, "min_length;1", "comparison;1", YIHU_EMETA,
	 "comparison goes only with the equalshares rules"},
	{"comparison 0", YIHU_SCORING, "comparison;1", "comparison;0", YIHU_EMETA,
	 "comparison can only be 1"},
	{"eligibility yes", YIHU_SCORING, "comparison;1", "eligibility;yes", YIHU_EMETA,
	 "eligibility can only be 1"},
	{"quorum without a sign", YIHU_CONSENT, "quorum;>1/2", "quorum;1/2", YIHU_EMETA,
	 "quorum “1/2” is not understood"},
	{"quorum with another sign", YIHU_CONSENT, "quorum;>1/2", "quorum;<1/2", YIHU_EMETA,
	 "quorum “<1/2” is not understood"},
	{"support with another sign", YIHU_CONSENT, "support;>1/2 decided", "support;<1/2 decided",
	 YIHU_EMETA, "support “<1/2 decided” is not understood"},
	{"quorum in percent", YIHU_CONSENT, "quorum;>1/2", "quorum;>50%", YIHU_EMETA,
	 "quorum “>50%” is not understood"},
	{"quorum over 1", YIHU_CONSENT, "quorum;>1/2", "quorum;>=3/2", YIHU_EMETA,
	 "quorum “>=3/2” is not understood"},
	{"quorum out of reach", YIHU_CONSENT, "quorum;>1/2", "quorum;>2/2", YIHU_EMETA,
	 "quorum “>2/2” is not understood"},
	{"quorum by zero", YIHU_CONSENT, "quorum;>1/2", "quorum;>=0/0", YIHU_EMETA,
	 "not understood"},
	{"quorum with a space", YIHU_CONSENT, "quorum;>1/2", "quorum;> 1/2", YIHU_EMETA,
	 "not understood"},
	{"quorum upside down", YIHU_CONSENT, "quorum;>1/2", "quorum;=>1/2", YIHU_EMETA,
	 "not understood"},
	{"quorum without upper", YIHU_CONSENT, "quorum;>1/2", "quorum;>=/2", YIHU_EMETA,
	 "not understood"},
	{"support without a base", YIHU_CONSENT, "support;>1/2 decided", "support;>1/2", YIHU_EMETA,
	 "support “>1/2” is not understood"},
	{"support of all", YIHU_CONSENT, "support;>1/2 decided", "support;>1/2 all", YIHU_EMETA,
	 "support “>1/2 all” is not understood"},
	{"support, two spaces", YIHU_CONSENT, "support;>1/2 decided", "support;>1/2  cast",
	 YIHU_EMETA, "not understood"},
	{"approvals decided", 0, "min_length;1", "support;>1/2 decided", YIHU_EMETA,
	 "write cast or entitled"},
	/* projects */
	{"no project", 0,
	 "a;100;项目甲\nb;200.5;\"two; b\"\nc;300;\"the \"\"c\"\"\"\nd;400.25;丁\n", "",
	 YIHU_EPROJECT, "there is no project"},
	{"no cost column", 0, "project_id;cost;name", "project_id;price;name", YIHU_EPROJECT,
	 "line 18: PROJECTS has no column “cost”"},
	{"column twice", 0, "project_id;cost;name", "project_id;cost;cost", YIHU_EPROJECT,
	 "line 18, column 3: the column “cost” is there twice"},
	{"empty column", 0, "project_id;cost;name", "project_id;cost;", YIHU_EPROJECT,
	 "line 18, column 3: the cell is empty"},
	{"an outcome", 0, "project_id;cost;name", "project_id;cost;selected", YIHU_EPROJECT,
	 "the column “selected” tells an outcome"},
	{"id twice", 0, "d;400.25", "b;400.25", YIHU_EPROJECT,
	 "line 22, column 1: the project id “b” is already on line 20"},
	{"empty id", 0, "d;400.25", ";400.25", YIHU_EPROJECT,
	 "line 22, column 1: the cell is empty"},
	{"comma in an id", 0, "d;400.25", "d,e;400.25", YIHU_EPROJECT,
	 "line 22, column 1: a project id cannot hold a comma"},
	{"two bad ids", 0, "c;300;\"the \"\"c\"\"\"\nd;400.25", "c,d;300;c\nd,e;400.25",
	 YIHU_EPROJECT, "line 21, column 1: a project id cannot hold a comma"},
	{"a bad id twice", 0, "c;300;\"the \"\"c\"\"\"\nd;400.25", "c,d;300;c\nc,d;400.25",
	 YIHU_EPROJECT, "line 21, column 1: a project id cannot hold a comma"},
	{"semicolon in an id", 0, "d;400.25", "\"d;e\";400.25", YIHU_EPROJECT,
	 "cannot hold a comma, a semicolon"},
	{"quotation mark in an id", 0, "d;400.25", "\"d\"\"\";400.25", YIHU_EPROJECT,
	 "or a quotation mark"},
	{"space behind an id", 0, "d;400.25", "d ;400.25", YIHU_EFORMAT,
	 "line 22, column 1: “d ” has a space"},
	{"id named meta", 0, "d;400.25", "Meta;400.25", YIHU_EPROJECT,
	 "line 22, column 1: “Meta” names a section"},
	{"id named projects", 0, "d;400.25", "projects;400.25", YIHU_EPROJECT,
	 "line 22, column 1: “projects” names a section"},
	{"cost 0", 0, "d;400.25", "d;0", YIHU_EPROJECT,
	 "line 22, column 2: a project must cost at least 0.01"},
	{"empty cost", 0, "d;400.25", "d;", YIHU_EFORMAT, "line 22, column 2: “” is not an amount"},
	{"negative cost", 0, "d;400.25", "d;-4", YIHU_EFORMAT, "“-4” is not an amount"},
	{"three decimals", 0, "d;400.25", "d;400.255", YIHU_EFORMAT,
	 "line 22, column 2: “400.255” has more than two decimals"},
	{"a third decimal of 9", 0, "d;400.25", "d;400.259", YIHU_EFORMAT,
	 "“400.259” has more than two decimals"},
	{"a cent too much", 0, "d;400.25", "d;90071992547409.92", YIHU_ETOOBIG,
	 "the amount “90071992547409.92” is too large"},
	{"cost as a power", 0, "d;400.25", "d;4e2", YIHU_EFORMAT, "“4e2” is not an amount"},
	{"cost ends in a dot", 0, "d;400.25", "d;400.", YIHU_EFORMAT, "“400.” is not an amount"},
	{"cost begins with a dot", 0, "d;400.25", "d;.25", YIHU_EFORMAT, "“.25” is not an amount"},
	{"cost begins with 0", 0, "d;400.25", "d;0400", YIHU_EFORMAT, "“0400” is not an amount"},
	{"two dots", 0, "d;400.25", "d;4.00.25", YIHU_EFORMAT, "“4.00.25” is not an amount"},
	{"costs add up too far", 0, "d;400.25", "d;90071992547409.91", YIHU_ETOOBIG,
	 "the costs add up"},
};

static void refuses(void **state)
{
	const struct bad *bad = *state;
	struct yihu_error err;
	struct yihu_definition *d = NULL;
	char *text = edited(sample[bad->kind], bad->find, bad->replace);
	int code = yihu_definition_parse(&d, text, strlen(text), &err);
	yihu_definition_free(d);
	free(text);
	assert_error(&err, code, bad->code, bad->text);
	assert_null(d);
}

TEST(refuses_a_nul_byte)
{
	struct yihu_error err;
	struct yihu_definition *d = NULL;
	char *text = edited(sample[0], "Chengdu", "Cheng?du");
	size_t len = strlen(text);
	*strchr(text, '?') = '\0';
	int code = yihu_definition_parse(&d, text, len, &err);
	assert_error(&err, code, YIHU_EFORMAT, "line 5, column 2: there is a control character");
	free(text);
}

TEST(refuses_every_prefix)
{
	for (int kind = 0; kind < YIHU_N_KINDS; kind++) {
		for (size_t len = strlen(sample[kind]); len-- > 0;) {
			struct yihu_definition *d = NULL;
			assert_int_not_equal(yihu_definition_parse(&d, sample[kind], len, NULL), 0);
			assert_null(d);
		}
	}
}

TEST(refuses_what_is_too_long)
{
	struct yihu_error err;
	struct yihu_definition *d = NULL;
	char *zeros = yihu_calloc(1, YIHU_DEFINITION_BYTES_MAX + 1);
	int code = yihu_definition_parse(&d, zeros, YIHU_DEFINITION_BYTES_MAX, &err);
	assert_error(&err, code, YIHU_EFORMAT, "");
	code = yihu_definition_parse(&d, zeros, YIHU_DEFINITION_BYTES_MAX + 1, &err);
	assert_error(&err, code, YIHU_ETOOBIG, "64 MiB");
	free(zeros);
}

/* The vote behind the last projects would be 256 words. */
TEST(refuses_more_than_255_words)
{
	struct yihu_error err;
	struct yihu_definition *d = NULL;
	char *most = sample_of(YIHU_SCORING, 255, "max_points;65535\n");
	d = parsed(most);
	assert_int_equal(d->width, 255);
	assert_int_equal(d->digits_per_word, 1);
	yihu_definition_free(d);
	d = NULL;
	char *more = sample_of(YIHU_SCORING, 256, "max_points;65535\n");
	int code = yihu_definition_parse(&d, more, strlen(more), &err);
	assert_error(&err, code, YIHU_EDEFINITION, "takes 256 words");
	free(most);
	free(more);
}

TEST(refuses_more_than_4080_projects)
{
	struct yihu_error err;
	struct yihu_definition *d = NULL;
	char *most = sample_of(YIHU_APPROVAL, 4080, "");
	d = parsed(most);
	assert_int_equal(d->width, 255);
	yihu_definition_free(d);
	d = NULL;
	char *more = sample_of(YIHU_APPROVAL, 4081, "");
	int code = yihu_definition_parse(&d, more, strlen(more), &err);
	assert_error(&err, code, YIHU_ETOOBIG, "at most 4080 projects");
	free(most);
	free(more);
}

TEST(reads_approval)
{
	struct yihu_definition *d = parsed(sample[YIHU_APPROVAL]);
	assert_int_equal(d->kind, YIHU_APPROVAL);
	assert_int_equal(d->n_projects, 4);
	assert_int_equal(d->n_columns, 3);
	assert_string_equal(d->rule, "greedy");
	assert_true(d->has_budget);
	assert_int_equal(d->budget, 100000);
	assert_int_equal(d->projects[1].cost, 20050);
	assert_int_equal(d->projects[3].cost, 40025);
	assert_string_equal(d->projects[0].name, "项目甲");
	assert_string_equal(d->projects[1].name, "two; b");
	assert_string_equal(yihu_definition_field(d, 2, "name"), "the \"c\"");
	assert_string_equal(yihu_definition_field(d, 1, "cost"), "200.5");
	assert_string_equal(yihu_definition_field(d, 1, "project_id"), "b");
	assert_null(yihu_definition_field(d, 1, "name_en"));
	assert_string_equal(yihu_definition_meta(d, "unit"), "Chengdu");
	assert_null(yihu_definition_meta(d, "units"));
	assert_int_equal(yihu_definition_find(d, "c"), 2);
	assert_int_equal(yihu_definition_find(d, "e"), -1);
	assert_int_equal(d->radix, 2);
	assert_int_equal(d->digits_per_word, 16);
	assert_int_equal(d->width, 1);
	assert_int_equal(d->min_length, 1);
	assert_int_equal(d->max_length, 3);
	assert_int_equal(d->quorum.den, 0);
	assert_false(d->has_max_sum_cost);
	yihu_definition_free(d);
}

TEST(reads_consent)
{
	struct yihu_definition *d = parsed(sample[YIHU_CONSENT]);
	assert_int_equal(d->radix, 3);
	assert_int_equal(d->digits_per_word, 10);
	assert_int_equal(d->min_length, 0);
	assert_int_equal(d->max_length, 4);
	assert_int_equal(d->quorum.num, 1);
	assert_int_equal(d->quorum.den, 2);
	assert_true(d->quorum.strict);
	assert_int_equal(d->support_of, YIHU_OF_DECIDED);
	yihu_definition_free(d);
}

TEST(reads_scoring_and_options)
{
	struct yihu_definition *d = parsed(sample[YIHU_SCORING]);
	assert_int_equal(d->radix, 6);
	assert_true(d->comparison);
	assert_false(d->eligibility);
	assert_string_equal(d->rule, "equalshares/add1u");
	yihu_definition_free(d);
}

TEST(reads_cumulative_and_threshold)
{
	struct yihu_definition *d = parsed(sample[YIHU_CUMULATIVE]);
	assert_int_equal(d->radix, 11);
	assert_int_equal(d->max_sum_points, 10);
	assert_true(d->has_threshold);
	assert_int_equal(d->threshold, 7);
	yihu_definition_free(d);
	char *text = edited(sample[YIHU_CUMULATIVE], "max_sum_points;10\n",
			    "max_sum_points;10\nmax_points;4\n");
	d = parsed(text);
	assert_int_equal(d->radix, 5);
	yihu_definition_free(d);
	free(text);
}

TEST(reads_ordinal)
{
	struct yihu_definition *d = parsed(sample[YIHU_ORDINAL]);
	assert_int_equal(d->radix, 4);
	assert_int_equal(d->max_length, 3);
	yihu_definition_free(d);
	char *text = edited(sample[YIHU_ORDINAL], "max_length;3\n", "");
	d = parsed(text);
	assert_int_equal(d->radix, 5);
	yihu_definition_free(d);
	free(text);
}

/* Edits that stay good: the bounds on their legal side. */
static struct good {
	const char *name;
	enum yihu_ballot_kind kind;
	const char *find, *replace;
} goods[] = {
	{"takes choose-1", 0,
	 "vote_type;approval\nrule;greedy\ndate_begin;2025\ndate_end;2025\nballot;approval\nmin_"
	 "length;1\nmax_length;3\n",
	 "vote_type;choose-1\nrule;greedy\ndate_begin;2025\ndate_end;2025\nballot;approval\n"},
	{"takes a knapsack", 0, "min_length;1", "max_sum_cost;1000.50"},
	{"takes one point", YIHU_CUMULATIVE, "max_sum_points;10", "max_sum_points;1"},
	{"takes as many points as there are", YIHU_CUMULATIVE, "max_sum_points;10",
	 "max_sum_points;10\nmin_sum_points;10"},
	{"takes one sum alone", 0, "min_length;1", "max_sum_cost;300\nmin_sum_cost;300"},
	{"takes more than two decimals of zeros", 0, "d;400.25", "d;400.2500"},
	{"takes the largest sum", 0, "d;400.25", "d;90071992546809.41"},
	{"takes one fen", 0, "d;400.25", "d;0.01"},
	{"takes unknown keys", 0, "min_length;1", "comment;anything goes"},
	{"takes a quorum of two thirds", YIHU_CONSENT, "quorum;>1/2", "quorum;>=2/3"},
	{"takes a quorum of all", YIHU_CONSENT, "quorum;>1/2", "quorum;>=1/1"},
	{"takes support of the entitled", YIHU_CONSENT, "support;>1/2 decided",
	 "support;>=3/4 entitled"},
	{"takes majority without a budget", YIHU_CONSENT, "budget;1000\n", ""},
	{"takes consent's own points", YIHU_CONSENT, "quorum;>1/2", "min_points;-1\nmax_points;1"},
	{"takes support of ranks", YIHU_ORDINAL, "max_length;3\n",
	 "max_length;3\nsupport;>1/2 cast\n"},
	{"takes phragmen", 0, "rule;greedy", "rule;phragmen"},
	{"takes equalshares", 0, "rule;greedy", "rule;equalshares"},
	{"takes equalshares/add1", 0, "rule;greedy", "rule;equalshares/add1"},
	{"takes Borda", YIHU_ORDINAL, "max_length;3\n", "max_length;3\nscoring_fn;Borda\n"},
	{"takes a threshold with any greedy rule", 0, "min_length;1", "threshold;7"},
	{"takes agreeing thresholds", YIHU_CUMULATIVE, "threshold;7\n",
	 "threshold;7\nmin_project_score_threshold;7\n"},
	{"takes further columns", 0,
	 "project_id;cost;name\na;100;项目甲\nb;200.5;\"two; b\"\nc;300;\"the "
	 "\"\"c\"\"\"\nd;400.25;丁\n",
	 "project_id;name_en;cost\na;A;1\nb;B;1\nc;C;1\nd;D;1\n"},
	{"takes r of 65536", YIHU_SCORING, "max_points;5", "max_points;65535"},
};

static void takes(void **state)
{
	const struct good *good = *state;
	char *text = edited(sample[good->kind], good->find, good->replace);
	yihu_definition_free(parsed(text));
	free(text);
}

TEST(takes_1_and_100_projects_of_every_kind)
{
	static const char *const extra[YIHU_N_KINDS] = {
		[YIHU_APPROVAL] = "",
		[YIHU_CONSENT] = "",
		[YIHU_SCORING] = "max_points;5\n",
		[YIHU_CUMULATIVE] = "max_sum_points;10\n",
		[YIHU_ORDINAL] = "",
	};
	/* ⌈100/d⌉ with d = 16, 10, 6, 4; ranks of 101 go two to a word */
	static const uint32_t width_of_100[YIHU_N_KINDS] = {7, 10, 17, 25, 50};
	for (int kind = 0; kind < YIHU_N_KINDS; kind++) {
		char *one = sample_of(kind, 1, extra[kind]),
		     *many = sample_of(kind, 100, extra[kind]);
		struct yihu_definition *d = parsed(one);
		assert_int_equal(d->width, 1);
		yihu_definition_free(d);
		d = parsed(many);
		assert_int_equal(d->n_projects, 100);
		assert_int_equal(d->width, width_of_100[kind]);
		yihu_definition_free(d);
		free(one);
		free(many);
	}
}

TEST(reads_the_known_elections)
{
	static const struct {
		const char *file;
		uint32_t r, d, w;
	} files[] = {
		{"vectors/approval/public/election.pb", 2, 16, 1},
		{"vectors/consent/public/election.pb", 3, 10, 2},
	};
	for (size_t i = 0; i < 2; i++) {
		struct yihu_buf text = {0};
		test_file(&text, files[i].file);
		struct yihu_definition *d = parsed((char *)text.data);
		assert_int_equal(d->radix, files[i].r);
		assert_int_equal(d->digits_per_word, files[i].d);
		assert_int_equal(d->width, files[i].w);
		yihu_definition_free(d);
		yihu_buf_free(&text);
	}
}

TEST(names_the_kinds)
{
	assert_string_equal(yihu_ballot_kind_name(YIHU_APPROVAL), "approval");
	assert_string_equal(yihu_ballot_kind_name(YIHU_ORDINAL), "ordinal");
}

int main(void)
{
	for (size_t i = 0; i < sizeof bads / sizeof *bads; i++)
		add_test(bads[i].name, refuses, &bads[i]);
	for (size_t i = 0; i < sizeof goods / sizeof *goods; i++)
		add_test(goods[i].name, takes, &goods[i]);
	add_test("NUL byte", refuses_a_nul_byte, NULL);
	add_test("what is too long is refused", refuses_what_is_too_long, NULL);
	add_test("every prefix is refused", refuses_every_prefix, NULL);
	add_test("256 words are refused", refuses_more_than_255_words, NULL);
	add_test("4081 projects are refused", refuses_more_than_4080_projects, NULL);
	add_test("reads approval", reads_approval, NULL);
	add_test("reads consent", reads_consent, NULL);
	add_test("reads scoring and options", reads_scoring_and_options, NULL);
	add_test("reads cumulative and threshold", reads_cumulative_and_threshold, NULL);
	add_test("reads ordinal", reads_ordinal, NULL);
	add_test("takes 1 and 100 projects", takes_1_and_100_projects_of_every_kind, NULL);
	add_test("reads the known elections", reads_the_known_elections, NULL);
	add_test("names the kinds", names_the_kinds, NULL);
	return run_table("definition");
}
