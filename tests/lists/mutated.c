/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of an estate whose flats are known: whatever goes in has exactly the flats
 * that were meant. Questions are answered as who knows the estate would; one that
 * cannot be answered so keeps the list out.
 * usage: lists-mutated [LISTS [SEED]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estate.h"
#include "lists/roster.h"
#include "test.h"

static uint32_t lists = 300;

/* ---- answers, by what was meant ---- */

static int choice_that_is(const struct list_ask *q, const char *text)
{
	for (size_t i = 0; i < q->n_choices; i++)
		if (strcmp(q->choice[i], text) == 0)
			return (int)i;
	return -1;
}

/* Are both rows shown as who knows the estate would have them? */
static bool shows(const struct list_ask *q, const struct meant *m)
{
	return m && (strstr(q->stands, m->spelt) || strstr(q->stands, m->label));
}

static int answer(const struct list_ask *q)
{
	uint32_t line = 0, second = 0;
	sscanf(q->place, "%*s %u and %*s %u", &line, &second);
	const struct meant *m = flat_on(line), *n = flat_on(second);
	const char *kind = q->id;
	if (strncmp(kind, "part", 4) == 0 && m)
		return m->twin >= 0 ? flats[m->twin].in ? 0 : 1 : m->in ? 0 : 1;
	if (strncmp(kind, "building", 8) == 0 || strncmp(kind, "unit", 4) == 0)
		return m ? choice_that_is(q, choice_that_is(q, m->spelt) >= 0 ? m->spelt : m->label)
			 : -1;
	if (strncmp(kind, "same", 4) == 0 || strncmp(kind, "alike", 5) == 0) {
		if (!shows(q, m) || !shows(q, n))
			return -1; /* not what is meant, so the file is to be mended */
		bool same = strcmp(m->label, n->label) == 0;
		return strncmp(kind, "same", 4) == 0 ? (same ? 0 : -1) : same ? 1 : 0;
	}
	if (strncmp(kind, "gap", 3) == 0)
		return is_one_lost() ? -1 : 0;
	if (strncmp(kind, "text", 4) == 0 && m)
		return choice_that_is(q, m->room);
	return -1;
}

/* Answers as long as something new is asked; false: it stays out. */
static bool goes_in(const struct yihu_buf *file, struct roster *r)
{
	struct list_answers answers = {0};
	struct yihu_error err = {0};
	bool more = true;
	int code = 0;
	while (more) {
		more = false;
		code = roster_read(r, file->data, file->len,
				   &(struct list_look){.answers = &answers}, &err);
		for (size_t i = 0; code == 0 && i < r->asks.n; i++) {
			int choice = r->asks.at[i].answer < 0 ? answer(&r->asks.at[i]) : -1;
			if (choice >= 0)
				list_answer(&answers, r->asks.at[i].id, choice);
			more |= choice >= 0;
		}
		if (more || code != 0)
			roster_finish(r);
	}
	list_answers_finish(&answers);
	return code == 0 && r->asks.n_open == 0;
}

/* ---- the property ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_exactly(const struct roster *r, uint32_t number, const struct yihu_buf *file)
{
	const char *meant[FLATS_MAX], *got[FLATS_MAX];
	size_t n = 0;
	for (size_t i = 0; i < n_flats; i++)
		if (flats[i].in)
			meant[n++] = flats[i].label;
	for (size_t i = 0; i < r->list.n && i < FLATS_MAX; i++)
		got[i] = r->list.at[i].label;
	qsort(meant, n, sizeof *meant, by_text);
	qsort(got, r->list.n, sizeof *got, by_text);
	for (size_t i = 0; i < n || i < r->list.n; i++)
		if (i >= n || i >= r->list.n || strcmp(meant[i], got[i]) != 0)
			fail_msg("list %u: “%s” where “%s” was meant\n%.*s", number,
				 i < r->list.n ? got[i] : "", i < n ? meant[i] : "",
				 file->data[0] == 'P' ? 0 : (int)file->len,
				 (const char *)file->data);
}

TEST(whatever_goes_in_is_what_was_meant_and_most_goes_in)
{
	uint32_t in = 0, whole_out = 0;
	for (uint32_t i = 0; i < lists; i++) {
		struct roster r = {0};
		bool whole;
		struct yihu_buf file = write_list(&whole);
		if (goes_in(&file, &r)) {
			check_exactly(&r, i, &file);
			in++;
		} else {
			whole_out += whole;
		}
		roster_finish(&r);
		yihu_buf_free(&file);
	}
	print_message("# %u of %u lists went in\n", in, lists);
	assert_true(in >= lists / 2);
	assert_int_equal(whole_out, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_goes_in_is_what_was_meant_and_most_goes_in),
	};
	if (argc > 1)
		lists = (uint32_t)strtoul(argv[1], NULL, 10);
	if (argc > 2)
		estate_seed(strtoull(argv[2], NULL, 10));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
