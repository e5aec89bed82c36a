/* SPDX-License-Identifier: Apache-2.0
 *
 * The VOTES section: what is read, what is refused, and the rows that are
 * written for results.pb (PROTOCOL §10).
 */
#include "sample.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static struct section {
	const char *name;
	enum yihu_ballot_kind kind;
	const char *votes; /* in place of the sample's header */
	size_t n;
	uint32_t digits[8];
	const char *refused;
	int code;
} sections[] = {
	{"approvals", 0, "voter_id;vote\n1;a,b\n2;d\n", 2, {1, 1, 0, 0, 0, 0, 0, 1}, NULL, 0},
	{"approvals in CRLF, other columns, spaces",
	 0,
	 "voter_id;age;vote;sex\r\n1;44; b , a ;F\r\n",
	 1,
	 {1, 1, 0, 0},
	 NULL,
	 0},
	{"cells that a spreadsheet left",
	 0,
	 "voter_id;vote;;\n1;c;;\n\n",
	 1,
	 {0, 0, 1, 0},
	 NULL,
	 0},
	{"quoted", 0, "voter_id;vote\n1;\"a,c\"\n", 1, {1, 0, 1, 0}, NULL, 0},
	{"consent",
	 YIHU_CONSENT,
	 "voter_id;vote;points\n1;a,c;1,-1\n2;;\n",
	 2,
	 {1, 0, 2, 0},
	 NULL,
	 0},
	{"consent with an abstention written",
	 YIHU_CONSENT,
	 "voter_id;vote;points\n1;a,b;0,-1\n",
	 1,
	 {0, 2, 0, 0},
	 NULL,
	 0},
	{"points", YIHU_SCORING, "voter_id;vote;points\n1;d,a;5,2\n", 1, {2, 0, 0, 5}, NULL, 0},
	{"ranks", YIHU_ORDINAL, "voter_id;vote\n1;c,a\n", 1, {2, 0, 1, 0}, NULL, 0},
	{"unknown project",
	 0,
	 "voter_id;vote\n1;a\n2;a,x\n",
	 0,
	 {0},
	 "line 26, column 2: there is no project “x”",
	 YIHU_EVOTE},
	{"unknown before a known one",
	 0,
	 "voter_id;vote\n1;x,a\n",
	 0,
	 {0},
	 "line 25, column 2: there is no project “x”",
	 YIHU_EVOTE},
	{"unknown, with points left",
	 YIHU_SCORING,
	 "voter_id;vote;points\n1;x;1,2\n",
	 0,
	 {0},
	 "line 25, column 2: there is no project “x”",
	 YIHU_EVOTE},
	{"control character in the headings",
	 0,
	 "voter_id;vo\x01te\n1;a\n",
	 0,
	 {0},
	 "line 24, column 2: there is a control",
	 YIHU_EFORMAT},
	{"named twice, which counts once", 0, "voter_id;vote\n1;a,b,a\n", 1, {1, 1, 0, 0}, NULL, 0},
	{"points twice",
	 YIHU_SCORING,
	 "voter_id;vote;points\n1;a,a;1,1\n",
	 0,
	 {0},
	 "line 25, column 2: the project “a” is named twice",
	 YIHU_EDIGITS},
	{"too few",
	 0,
	 "voter_id;vote\n1;\n",
	 0,
	 {0},
	 "line 25, column 2: 0 projects are marked",
	 YIHU_EDIGITS},
	{"too many",
	 0,
	 "voter_id;vote\n1;a,b,c,d\n",
	 0,
	 {0},
	 "line 25, column 2: 4 projects are marked",
	 YIHU_EDIGITS},
	{"comma at the end",
	 0,
	 "voter_id;vote\n1;a,\n",
	 0,
	 {0},
	 "line 25, column 2: there is no project “”",
	 YIHU_EVOTE},
	{"a row too short",
	 0,
	 "voter_id;vote\n1\n",
	 0,
	 {0},
	 "line 25, column 2: this row has 1 cells",
	 YIHU_EFORMAT},
	{"a row too long",
	 0,
	 "voter_id;vote\n1;a;b\n",
	 0,
	 {0},
	 "line 25, column 3: this row has 3 cells",
	 YIHU_EFORMAT},
	{"voter twice",
	 0,
	 "voter_id;vote\n7;a\n8;b\n7;c\n",
	 0,
	 {0},
	 "line 27, column 1: the voter “7” is already on line 25",
	 YIHU_EVOTE},
	{"no vote column",
	 0,
	 "voter_id;votes\n1;a\n",
	 0,
	 {0},
	 "line 24, column 1: the line “voter_id;vote” is missing",
	 YIHU_EVOTE},
	{"no points column",
	 YIHU_SCORING,
	 "voter_id;vote\n1;a\n",
	 0,
	 {0},
	 "the line “voter_id;vote;points” is missing",
	 YIHU_EVOTE},
	{"voter_id not first",
	 0,
	 "vote;voter_id\na;1\n",
	 0,
	 {0},
	 "the line “voter_id;vote” is missing",
	 YIHU_EVOTE},
	{"header missing", 0, "", 0, {0}, "the line “voter_id;vote” is missing", YIHU_EVOTE},
	{"a point short",
	 YIHU_SCORING,
	 "voter_id;vote;points\n1;a,b;2\n",
	 0,
	 {0},
	 "line 25, column 3: “” is not a number of points",
	 YIHU_EDIGITS},
	{"a point over",
	 YIHU_SCORING,
	 "voter_id;vote;points\n1;a;2,3\n",
	 0,
	 {0},
	 "line 25, column 3: there are more points",
	 YIHU_EDIGITS},
	{"more points than the most",
	 YIHU_SCORING,
	 "voter_id;vote;points\n1;a;6\n",
	 0,
	 {0},
	 "line 25, column 3: “6” is not a number of points",
	 YIHU_EDIGITS},
	{"against as points",
	 YIHU_SCORING,
	 "voter_id;vote;points\n1;a;-1\n",
	 0,
	 {0},
	 "“-1” is not a number of points",
	 YIHU_EDIGITS},
	{"consent of two",
	 YIHU_CONSENT,
	 "voter_id;vote;points\n1;a;2\n",
	 0,
	 {0},
	 "“2” is not a number of points",
	 YIHU_EDIGITS},
	{"half a point",
	 YIHU_SCORING,
	 "voter_id;vote;points\n1;a;0.5\n",
	 0,
	 {0},
	 "“0.5” is not a number of points",
	 YIHU_EVOTE},
	{"sum over",
	 YIHU_CUMULATIVE,
	 "voter_id;vote;points\n1;a,b;9,2\n",
	 0,
	 {0},
	 "11 points are given",
	 YIHU_EDIGITS},
	{"ranks over",
	 YIHU_ORDINAL,
	 "voter_id;vote\n1;a,b,c,d\n",
	 0,
	 {0},
	 "at most 3 projects can be ranked",
	 YIHU_EDIGITS},
	{"control character",
	 0,
	 "voter_id;vote\n1;\x01\n",
	 0,
	 {0},
	 "line 25, column 2: there is a control",
	 YIHU_EFORMAT},
};

/* The sample with other votes, and their number in num_votes. */
static char *with_votes(const struct section *s)
{
	const char *header = strstr(sample[s->kind], "voter_id");
	size_t n = s->n;
	for (const char *p = s->votes; s->refused && *p; p++)
		n += *p == '\n';
	n -= s->refused && n > 0;
	char *number = yihu_printf("num_votes;%zu", n);
	char *text = edited(sample[s->kind], header, s->votes);
	char *whole = edited(text, "num_votes;0", number);
	free(number);
	free(text);
	return whole;
}

static void reads(void **state)
{
	const struct section *s = *state;
	struct yihu_error err = {0};
	struct yihu_votes votes = {0};
	struct yihu_definition *d = parsed(sample[s->kind]);
	char *text = with_votes(s);
	int code = yihu_votes_read(&votes, d, text, strlen(text), &err);
	if (s->code == YIHU_EDIGITS) {
		assert_int_equal(code, 0);
		assert_int_equal(votes.n, 0);
		assert_int_equal(votes.void_votes.n, 1);
		assert_in_range(votes.void_votes.at[0].line, 24, 25);
		assert_non_null(strstr(votes.void_votes.at[0].why, s->refused));
	} else if (s->refused) {
		assert_error(&err, code, s->code, s->refused);
		assert_null(votes.digits);
	} else {
		if (code)
			fail_msg("refused: %s", err.text);
		assert_int_equal(votes.n, s->n);
		assert_memory_equal(votes.digits, s->digits, s->n * 4 * sizeof(uint32_t));
	}
	yihu_votes_free(&votes);
	yihu_definition_free(d);
	free(text);
}

/* A void ballot is no end of the file, and of the number. */
TEST(void_ballots_are_listed_and_passed_over)
{
	static const char rows[] = "voter_id;vote\n1;a\n2;\n3;b,b,b\n4;a,b,c,d\n5;d\n";
	static const uint32_t want[3][4] = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}};
	struct yihu_votes votes = {0};
	struct yihu_error err = {0};
	struct yihu_definition *d = parsed(sample[0]);
	char *text = edited(sample[0], "voter_id;vote\n", rows);
	char *file = edited(text, "num_votes;0", "num_votes;5");
	char *fewer = edited(text, "num_votes;0", "num_votes;3");
	if (yihu_votes_read(&votes, d, file, strlen(file), &err))
		fail_msg("refused: %s", err.text);
	assert_int_equal(votes.n, 3);
	assert_memory_equal(votes.digits, want, sizeof want);
	assert_int_equal(votes.void_votes.n, 2);
	assert_int_equal(votes.void_votes.at[0].line, 26);
	assert_int_equal(votes.void_votes.at[1].line, 28);
	assert_int_equal(votes.twice.n, 2);
	assert_int_equal(votes.twice.at[1].line, 27);
	yihu_votes_free(&votes);
	int code = yihu_votes_read(&votes, d, fewer, strlen(fewer), &err);
	assert_error(&err, code, YIHU_EVOTE, "num_votes is 3, but the file has 5 votes");
	yihu_definition_free(d);
	free(fewer);
	free(file);
	free(text);
}

/* num_votes is not asked for; what stands there must be a number. */
TEST(the_number_may_be_left_out)
{
	static const struct {
		const char *line;
		int code;
	} lines[] = {{"", YIHU_OK}, {"num_votes;two\n", YIHU_EMETA}};
	struct yihu_definition *d = parsed(sample[0]);
	char *text = edited(sample[0], "voter_id;vote\n", "voter_id;vote\n1;a\n2;b\n");
	for (size_t i = 0; i < 2; i++) {
		struct yihu_votes votes = {0};
		struct yihu_error err = {0};
		char *file = edited(text, "num_votes;0\n", lines[i].line);
		int code = yihu_votes_read(&votes, d, file, strlen(file), &err);
		assert_int_equal(code, lines[i].code);
		assert_int_equal(votes.n, code == YIHU_OK ? 2 : 0);
		yihu_votes_free(&votes);
		free(file);
	}
	yihu_definition_free(d);
	free(text);
}

TEST(without_votes_there_are_none)
{
	struct yihu_votes votes = {0};
	struct yihu_error err = {0};
	struct yihu_definition *d = parsed(sample[0]);
	char *file = edited(sample[0], "VOTES\n", NULL);
	if (yihu_votes_read(&votes, d, file, strlen(file), &err))
		fail_msg("refused: %s", err.text);
	assert_int_equal(votes.n, 0);
	yihu_votes_free(&votes);
	yihu_definition_free(d);
	free(file);
}

TEST(refuses_what_is_too_long)
{
	struct yihu_votes votes;
	struct yihu_error err;
	struct yihu_definition *d = parsed(sample[0]);
	char *zeros = yihu_calloc(1, YIHU_DEFINITION_BYTES_MAX + 1);
	int code = yihu_votes_read(&votes, d, zeros, YIHU_DEFINITION_BYTES_MAX, &err);
	assert_error(&err, code, YIHU_ETOOBIG, "1 MiB");
	code = yihu_votes_read(&votes, d, zeros, YIHU_DEFINITION_BYTES_MAX + 1, &err);
	assert_error(&err, code, YIHU_ETOOBIG, "64 MiB");
	yihu_definition_free(d);
	free(zeros);
}

TEST(a_file_cut_short_is_refused)
{
	struct yihu_error err;
	struct yihu_votes votes = {0};
	struct yihu_buf file = {0}, strict = {0};
	test_file(&file, "pb/Poland_Zabrze_2020_Konczyce.pb");
	assert_int_equal(yihu_definition_held(&strict, NULL, file.data, file.len, NULL), 0);
	struct yihu_definition *d = parsed((char *)strict.data);
	assert_int_equal(yihu_votes_read(&votes, d, file.data, file.len, NULL), 0);
	assert_int_equal(votes.n, 84);
	yihu_votes_free(&votes);
	size_t len = file.len - 1;
	while (file.data[len - 1] != '\n')
		len--;
	int code = yihu_votes_read(&votes, d, file.data, len, &err);
	assert_error(&err, code, YIHU_EVOTE, "line 10, column 2: num_votes is 84, but");
	yihu_definition_free(d);
	yihu_buf_free(&file);
	yihu_buf_free(&strict);
}

/* Sums of the votes as the city published them in its own columns. */
static struct city {
	const char *name, *file;
	size_t n;
	uint64_t sums[3];
	bool count; /* approvals by digit 1, else points */
} cities[] = {
	{"Zabrze's sums", "pb/Poland_Zabrze_2020_Konczyce.pb", 84, {49, 35}, true},
	{"Gdansk's sums", "pb/Poland_Gdansk_2020_Przerobka.pb", 182, {433, 198, 61}, false},
	{"Warszawa's sums", "pb/Poland_Warszawa_2018_Sadul.pb", 91, {86, 77}, true},
};

static void agrees_with_the_city(void **state)
{
	const struct city *city = *state;
	struct yihu_votes votes = {0};
	struct yihu_buf file = {0}, strict = {0};
	test_file(&file, city->file);
	assert_int_equal(yihu_definition_held(&strict, NULL, file.data, file.len, NULL), 0);
	struct yihu_definition *d = parsed((char *)strict.data);
	assert_int_equal(yihu_votes_read(&votes, d, file.data, file.len, NULL), 0);
	assert_int_equal(votes.n, city->n);
	assert_int_equal(city->count, d->kind == YIHU_APPROVAL);
	for (size_t p = 0; p < d->n_projects; p++) {
		uint64_t sum = 0;
		for (size_t i = 0; i < votes.n; i++)
			sum += votes.digits[i * d->n_projects + p];
		assert_int_equal(sum, city->sums[p]);
	}
	yihu_votes_free(&votes);
	yihu_definition_free(d);
	yihu_buf_free(&file);
	yihu_buf_free(&strict);
}

static struct row {
	const char *name;
	enum yihu_ballot_kind kind;
	uint32_t digits[4];
	const char *text;
} rows[] = {
	{"row of approvals", YIHU_APPROVAL, {1, 0, 1, 0}, "a,c"},
	{"blank row", YIHU_APPROVAL, {0}, ""},
	{"row of consent", YIHU_CONSENT, {2, 0, 1, 0}, "a,c;-1,1"},
	{"blank row of consent", YIHU_CONSENT, {0}, ";"},
	{"row of points", YIHU_SCORING, {0, 5, 0, 3}, "b,d;5,3"},
	{"row of ranks", YIHU_ORDINAL, {3, 0, 1, 2}, "c,d,a"},
};

static void writes(void **state)
{
	const struct row *row = *state;
	struct yihu_buf out = {0};
	struct yihu_definition *d = parsed(sample[row->kind]);
	yihu_vote_row(&out, d, row->digits);
	yihu_buf_u8(&out, 0);
	assert_string_equal((char *)out.data, row->text);
	yihu_buf_free(&out);
	yihu_definition_free(d);
}

/* A random ballot that is valid for any limits of extra_of below. */
static void random_ballot(const struct yihu_definition *d, uint32_t *digits)
{
	uint32_t rank = 0;
	for (size_t i = 0; i < d->n_projects; i++) {
		digits[i] = randombytes_uniform(d->kind == YIHU_CUMULATIVE ? 3 : d->radix);
		if (d->kind == YIHU_ORDINAL)
			digits[i] = digits[i] % 3 ? ++rank : 0;
	}
}

static void rows_come_back(void **state)
{
	const char **extra = *state;
	for (int kind = 0; kind < YIHU_N_KINDS; kind++) {
		char *text = sample_of(kind, 40, extra[kind]);
		struct yihu_definition *d = parsed(text);
		uint32_t digits[50 * 40];
		char *votes_0 = edited(text, "num_votes;0", "num_votes;50");
		struct yihu_buf file = {0};
		struct yihu_votes votes;
		struct yihu_error err = {0};
		yihu_buf_str(&file, votes_0);
		for (uint32_t i = 0; i < 50; i++) {
			random_ballot(d, digits + 40 * i);
			yihu_buf_fmt(&file, "%u;", i + 1);
			yihu_vote_row(&file, d, digits + 40 * i);
			yihu_buf_str(&file, "\n");
		}
		if (yihu_votes_read(&votes, d, file.data, file.len, &err))
			fail_msg("%s", err.text);
		assert_int_equal(votes.n, 50);
		assert_memory_equal(votes.digits, digits, sizeof digits);
		yihu_votes_free(&votes);
		yihu_buf_free(&file);
		yihu_definition_free(d);
		free(votes_0);
		free(text);
	}
}

int main(void)
{
	static const char *extra[YIHU_N_KINDS] = {"", "", "max_points;9\n", "max_sum_points;99\n",
						  ""};
	assert_true(sodium_init() >= 0);
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		add_test(sections[i].name, reads, &sections[i]);
	for (size_t i = 0; i < sizeof cities / sizeof *cities; i++)
		add_test(cities[i].name, agrees_with_the_city, &cities[i]);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		add_test(rows[i].name, writes, &rows[i]);
	add_test("no number of votes", the_number_may_be_left_out, NULL);
	add_test("void ballots", void_ballots_are_listed_and_passed_over, NULL);
	add_test("no votes", without_votes_there_are_none, NULL);
	add_test("a file too long", refuses_what_is_too_long, NULL);
	add_test("a file cut short", a_file_cut_short_is_refused, NULL);
	add_test("rows come back", rows_come_back, extra);
	return run_table("votes");
}
