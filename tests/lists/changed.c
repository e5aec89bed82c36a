/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of projects that are known: whatever goes in has exactly the projects and
 * amounts that were meant. Questions are answered as who knows them would; one that
 * cannot be answered so keeps the table out.
 * usage: lists-changed [TABLES [SEED]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lists/proposals.h"
#include "test.h"
#include "works_file.h"

static uint32_t tables = 300;

/* ---- answers, by what was meant ---- */

static int choice_that_is(const struct list_ask *q, const char *text)
{
	for (size_t i = 0; i < q->n_choices; i++)
		if (strcmp(q->choice[i], text) == 0)
			return (int)i;
	return -1;
}

/* "128,000.50" of an amount. */
static void money(char out[static 64], uint64_t fen)
{
	char digits[40];
	size_t n = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)fen / 100),
	       at = 0;
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(out + at, 64 - at, "%s%c", i && (n - i) % 3 == 0 ? "," : "",
				       digits[i]);
	snprintf(out + at, 64 - at, ".%02llu", (unsigned long long)fen % 100);
}

/* A spreadsheet's number may lose its last zero. */
static bool stands_as_written(const struct list_ask *q, const struct work *w)
{
	char *end;
	double number = strtod(w->written, &end);
	return strcmp(q->stands, w->written) == 0 ||
	       (*end == '\0' && strtod(q->stands, &end) == number && *end == '\0');
}

static int answer_of_work(const struct list_ask *q, const char *kind, const struct work *w)
{
	char amount[64];
	money(amount, w->fen);
	if (strncmp(kind, "cost", 4) == 0)
		return choice_that_is(q, amount);
	if (strncmp(kind, "part", 4) == 0)
		return w->in || w->twin >= 0 ? 0 : 1;
	if (strncmp(kind, "dear", 4) == 0)
		return w->fen > WORKS_BUDGET && stands_as_written(q, w) ? 0 : -1;
	if (strncmp(kind, "same", 4) == 0)
		return w->twin >= 0 ? 0 : -1;
	if (strncmp(kind, "alike", 5) == 0)
		return w->twin >= 0 ? 1 : 0;
	if (strncmp(kind, "sum", 3) == 0)
		return 1;
	return strncmp(kind, "total", 5) == 0 && stands_as_written(q, w) ? 0 : -1;
}

static int answer(const struct list_ask *q)
{
	uint32_t line = 0;
	const struct work *w = NULL;
	sscanf(q->place, "projects: %*s %u", &line);
	enum line_is is = works_line(line, &w);
	if (strncmp(q->id, "unit", 4) == 0)
		return choice_that_is(q, works_in_wan ? "in 万元" : "in yuan");
	if (is == LINE_SUM)
		return strncmp(q->id, "sum", 3) == 0 ? 0 : -1;
	if (w)
		return answer_of_work(q, q->id, w);
	return strncmp(q->id, "row", 3) == 0 ? 0 : -1;
}

/* Answers as long as something new is asked; false: it stays out. */
static bool goes_in(const struct yihu_buf *file, struct proposals *p)
{
	struct list_answers answers = {0};
	struct yihu_error err = {0};
	bool more = true;
	int code = 0;
	while (more) {
		more = false;
		code = proposals_read(p, file->data, file->len, WORKS_BUDGET,
				      &(struct list_look){.answers = &answers}, &err);
		for (size_t i = 0; code == 0 && i < p->asks.n; i++) {
			const struct list_ask *q = &p->asks.at[i];
			int choice = q->answer < 0 ? answer(q) : -1;
			if (choice >= (int)q->n_choices)
				choice = -1;
			if (choice >= 0)
				list_answer(&answers, q->id, choice);
			more |= choice >= 0;
		}
		if (more)
			proposals_finish(p);
	}
	list_answers_finish(&answers);
	return code == 0 && p->asks.n_open == 0;
}

/* ---- the property ---- */

/* Ends are trimmed by every program. */
static bool same_text(const char *got, const char *meant)
{
	size_t n = strlen(meant);
	while (n > 0 && meant[n - 1] == ' ')
		n--;
	return strlen(got) == n && strncmp(got, meant, n) == 0;
}

/* The table's cells, of a spreadsheet too. */
static const char *shown(void)
{
	struct yihu_buf text = works_text(",", "UTF-8", "");
	yihu_buf_u8(&text, 0);
	return (const char *)text.data;
}

static void check_one(const struct proposal *got, const struct work *w, bool (*has)[N_W],
		      uint32_t number)
{
	static const int texts[N_W] = {[W_NAME] = T_NAME + 1,
				       [W_TEXT] = T_TEXT + 1,
				       [W_PLACE] = T_PLACE + 1,
				       [W_KIND] = T_CATEGORY + 1};
	bool same = got->fen == w->fen;
	for (size_t m = 0; m < N_W; m++)
		if (texts[m] && (*has)[m])
			same &= same_text(got->text[texts[m] - 1], w->cell[m]);
	if (!same)
		fail_msg("table %u: “%s” of %llu fen where “%s” of %llu was meant\n%s", number,
			 got->text[T_NAME], (unsigned long long)got->fen, w->cell[W_NAME],
			 (unsigned long long)w->fen, shown());
}

/* Which columns the table has: a text that no row shows is not asked for. */
static void find_columns(const struct proposals *p, bool has[N_W])
{
	memset(has, 0, N_W);
	has[W_NAME] = true;
	for (size_t i = 0; i < p->n; i++) {
		has[W_TEXT] |= p->at[i].text[T_TEXT][0] != '\0';
		has[W_PLACE] |= p->at[i].text[T_PLACE][0] != '\0';
		has[W_KIND] |= p->at[i].text[T_CATEGORY][0] != '\0';
	}
}

static void check_exactly(const struct proposals *p, uint32_t number)
{
	size_t n = 0;
	bool has[N_W];
	find_columns(p, has);
	for (size_t i = 0; i < n_works; i++) {
		if (!works[i].in)
			continue;
		if (n >= p->n)
			fail_msg("table %u: “%s” is missing\n%s", number, works[i].cell[W_NAME],
				 shown());
		check_one(&p->at[n++], &works[i], &has, number);
	}
	if (n != p->n)
		fail_msg("table %u: “%s” is none that was meant\n%s", number, p->at[n].text[T_NAME],
			 shown());
}

TEST(whatever_goes_in_is_what_was_meant_and_most_goes_in)
{
	uint32_t in = 0, whole_out = 0;
	for (uint32_t i = 0; i < tables; i++) {
		struct proposals p = {0};
		bool whole;
		struct yihu_buf file = works_table(&whole);
		if (goes_in(&file, &p)) {
			check_exactly(&p, i);
			in++;
		} else if (whole) {
			print_message("# table %u stays out\n%s\n", i, shown());
			for (size_t k = 0; k < p.asks.n; k++)
				if (p.asks.at[k].answer < 0)
					print_message("# %s %s: %s\n", p.asks.at[k].id,
						      p.asks.at[k].place, p.asks.at[k].stands);
			whole_out++;
		}
		proposals_finish(&p);
		yihu_buf_free(&file);
	}
	print_message("# %u of %u tables went in\n", in, tables);
	assert_true(in >= tables / 2);
	assert_int_equal(whole_out, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_goes_in_is_what_was_meant_and_most_goes_in),
	};
	if (argc > 1)
		tables = (uint32_t)strtoul(argv[1], NULL, 10);
	if (argc > 2)
		works_seed(strtoull(argv[2], NULL, 10));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
