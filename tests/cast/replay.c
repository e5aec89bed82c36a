/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters lists, and whole polls cast from them.
 */
#include "fake.h"

#include <stdlib.h>
#include <string.h>

#define HOUSEHOLDS 40

struct scene {
	struct fake *fake;
	struct cast_letters letters;
	struct yihu_votes votes;
	struct cast_replay plan;
	struct cast_replay_report report;
};

static int setup(void **state)
{
	struct scene *s = yihu_calloc(1, sizeof *s);
	s->fake = fake_new(&(struct fixture_options){.households = HOUSEHOLDS});
	const struct fixture *f = s->fake->fixture;
	struct yihu_buf list = fake_list(f, HOUSEHOLDS);
	assert_int_equal(cast_letters_read(&s->letters, list.data, list.len, NULL), 0);
	size_t projects = f->election->definition->n_projects;
	s->votes = (struct yihu_votes){.n = HOUSEHOLDS};
	s->votes.digits = yihu_calloc(HOUSEHOLDS * projects, sizeof(uint32_t));
	for (size_t i = 0; i < HOUSEHOLDS; i++)
		fixture_digits(f, i, s->votes.digits + i * projects);
	s->plan = (struct cast_replay){.election = f->election,
				       .url = s->fake->url,
				       .votes = &s->votes,
				       .letters = &s->letters,
				       .clients = 4,
				       .patience_s = 20};
	yihu_buf_free(&list);
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct scene *s = *state;
	cast_letters_finish(&s->letters);
	yihu_votes_free(&s->votes);
	fake_free(s->fake);
	free(s);
	return 0;
}

static void a_list_gives_its_letters_in_order(void **state)
{
	struct scene *s = *state;
	assert_int_equal(s->letters.n, HOUSEHOLDS);
	for (uint32_t i = 0; i < HOUSEHOLDS; i++) {
		struct yihu_token want = fixture_token(s->fake->fixture, i + 1);
		assert_int_equal(s->letters.tokens[i].serial, i + 1);
		assert_memory_equal(s->letters.tokens[i].seed, want.seed, sizeof want.seed);
	}
}

static void lists_that_are_none_are_refused(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"", "scan"},
		{"serial,household\n0001,a\n", "scan"},
		{"serial,scan\n0001\n", "line 2"},
		{"serial,scan\n0001,12345\n", "line 2, column 2"},
		{"serial,scan\n0001,\n", "line 2, column 2"},
	};
	(void)s;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct cast_letters l = {.n = 99};
		struct yihu_error err = {0};
		assert_int_not_equal(
			cast_letters_read(&l, cases[i].text, strlen(cases[i].text), &err), 0);
		assert_non_null(strstr(err.text, cases[i].words));
		assert_int_equal(l.n, 99);
	}
}

/* Every vote by its own letter, once; each decrypts to nothing here, so what is
 * compared is who voted and that all ballots verify. */
static void every_vote_is_recorded_once(void **state)
{
	struct scene *s = *state;
	bool seen[HOUSEHOLDS + 1] = {false};
	assert_int_equal(cast_replay_run(&s->report, &s->plan, NULL), 0);
	assert_int_equal(s->report.recorded, HOUSEHOLDS);
	assert_int_equal(s->report.not_known + s->report.not_sent, 0);
	assert_int_equal(s->fake->n_entries, HOUSEHOLDS);
	for (size_t i = 0; i < HOUSEHOLDS; i++) {
		const struct yihu_buf *e = &s->fake->entries[i];
		struct yihu_buf ballot = {.data = e->data + YIHU_ENTRY_HEAD_BYTES,
					  .len = e->len - YIHU_ENTRY_HEAD_BYTES};
		uint32_t serial;
		assert_int_equal(cast_check_ballot(s->plan.election, NULL, &ballot, &serial, NULL),
				 0);
		assert_false(seen[serial]);
		seen[serial] = true;
	}
	assert_true(s->report.p50_us > 0 && s->report.p50_us <= s->report.p99_us &&
		    s->report.p99_us <= s->report.max_us);
}

static void a_second_replay_is_refused_as_voted(void **state)
{
	struct scene *s = *state;
	s->votes.n = 5;
	assert_int_equal(cast_replay_run(&s->report, &s->plan, NULL), 0);
	assert_int_equal(s->report.recorded, 5);
	s->votes.n = 8;
	assert_int_equal(cast_replay_run(&s->report, &s->plan, NULL), 0);
	assert_int_equal(s->report.recorded, 3);
	assert_int_equal(s->report.refused[YIHU_EVOTED], 5);
	assert_non_null(strstr(s->report.first[YIHU_EVOTED].text, "already-voted"));
}

static void too_few_letters_are_an_error_before_anything_is_sent(void **state)
{
	struct scene *s = *state;
	struct yihu_error err;
	s->letters.n = HOUSEHOLDS - 1;
	assert_int_equal(cast_replay_run(&s->report, &s->plan, &err), YIHU_EVOTE);
	s->letters.n = HOUSEHOLDS;
	assert_non_null(strstr(err.text, "40 votes"));
	assert_non_null(strstr(err.text, "39 letters"));
	assert_int_equal(s->fake->posts, 0);
}

static void what_stays_unknown_stops_the_rest(void **state)
{
	struct scene *s = *state;
	static const enum deed deeds[] = {HONEST, HONEST, NO_RECEIPT};
	s->plan.clients = 1;
	fake_script(s->fake, deeds, COUNT(deeds));
	assert_int_equal(cast_replay_run(&s->report, &s->plan, NULL), 0);
	assert_int_equal(s->report.recorded, 2);
	assert_int_equal(s->report.not_known, 1);
	assert_int_equal(s->report.not_sent, HOUSEHOLDS - 3);
	assert_int_equal(s->fake->posts, 3);
}

static void a_letter_of_another_election_is_not_sent(void **state)
{
	struct scene *s = *state;
	struct fixture *stranger = fixture_new(&(struct fixture_options){.name = "stranger"});
	s->letters.tokens[1] = fixture_token(stranger, 2);
	s->votes.n = 3;
	assert_int_equal(cast_replay_run(&s->report, &s->plan, NULL), 0);
	assert_int_equal(s->report.recorded, 2);
	assert_int_equal(s->report.refused[YIHU_EELECTION], 1);
	assert_non_null(strstr(s->report.first[YIHU_EELECTION].text, "letter 0002"));
	assert_int_equal(s->fake->posts, 2);
	fixture_free(stranger);
}

static void the_number_of_clients_is_bounded(void **state)
{
	struct scene *s = *state;
	s->plan.clients = 0;
	assert_int_equal(cast_replay_run(&s->report, &s->plan, NULL), YIHU_EARG);
	s->plan.clients = CAST_CLIENTS_MAX + 1;
	assert_int_equal(cast_replay_run(&s->report, &s->plan, NULL), YIHU_EARG);
	assert_int_equal(s->fake->posts, 0);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCENE(a_list_gives_its_letters_in_order),
		SCENE(lists_that_are_none_are_refused),
		SCENE(every_vote_is_recorded_once),
		SCENE(a_second_replay_is_refused_as_voted),
		SCENE(too_few_letters_are_an_error_before_anything_is_sent),
		SCENE(what_stays_unknown_stops_the_rest),
		SCENE(a_letter_of_another_election_is_not_sent),
		SCENE(the_number_of_clients_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
