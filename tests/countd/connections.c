/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of connections by itself: whom each counts for, and who makes room.
 */
#include "countd/connections.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <yihu/text.h>

#include "test.h"

#define ROW 12
struct row {
	struct connections c;
	struct connection *one[ROW];
	int other_end[ROW];
};

#define BEGINS 1000
#define MANY 300

static void row_add_from(struct row *w, int i, const struct address *peer)
{
	int fds[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	w->one[i] = connections_add(&w->c, fds[0], peer, BEGINS + (uint64_t)i, 0);
	w->other_end[i] = fds[1];
}

static void row_add(struct row *w, int i)
{
	row_add_from(w, i, &(struct address){.kind = ADDRESS_NONE});
}

static bool row_ended(const struct row *w, int i)
{
	char some[256];
	ssize_t n;
	while ((n = recv(w->other_end[i], some, sizeof some, MSG_DONTWAIT)) > 0)
		;
	return n == 0;
}

static void row_free(struct row *w, int n)
{
	for (int i = 0; i < n; i++) {
		close(w->one[i]->fd);
		close(w->other_end[i]);
		connections_remove(&w->c, w->one[i]);
	}
	connections_finish(&w->c);
}

static struct address of(const char *text)
{
	struct address a;
	assert_true(address_forwarded(&a, text));
	return a;
}

TEST(an_address_has_its_fill_only_when_connections_are_scarce)
{
	const struct connection_limits limits = {.scarce = 6, .each = 2};
	const struct address a = of("192.0.2.1"), b = of("192.0.2.2");
	struct row w = {0};
	connections_init(&w.c);
	for (int i = 0; i < 6; i++) {
		row_add(&w, i);
		connection_enters(w.one[i], PHASE_MADE, BEGINS);
		assert_true(connections_count_for(&w.c, w.one[i], &a, &limits));
	}
	row_add(&w, 6);
	assert_false(connections_count_for(&w.c, w.one[6], &a, &limits));
	assert_true(connections_count_for(&w.c, w.one[6], &b, &limits));
	for (int i = 0; i < 7; i++)
		assert_false(row_ended(&w, i));
	row_free(&w, 7);
}

TEST(its_own_idle_ones_make_room_and_no_others)
{
	const struct connection_limits limits = {.scarce = 4, .each = 3};
	const struct address a = of("2001:db8::1"), neighbour = of("2001:db8::2"),
			     b = of("2001:db8:0:1::1"), none = {.kind = ADDRESS_NONE};
	struct row w = {0};
	connections_init(&w.c);
	for (int i = 0; i < 5; i++)
		row_add(&w, i);
	assert_true(connections_count_for(&w.c, w.one[0], &b, &limits));
	assert_true(connections_count_for(&w.c, w.one[1], &a, &limits));
	assert_true(connections_count_for(&w.c, w.one[2], &neighbour, &limits));
	assert_true(connections_count_for(&w.c, w.one[3], &a, &limits));
	connection_enters(w.one[1], PHASE_MADE, BEGINS);
	assert_true(connections_count_for(&w.c, w.one[4], &neighbour, &limits));
	assert_false(row_ended(&w, 0) || row_ended(&w, 1) || row_ended(&w, 3));
	assert_true(row_ended(&w, 2)); /* that waited longest */
	/* No longer for anybody: a place is free. */
	row_add(&w, 5);
	connections_count_for(&w.c, w.one[1], &none, &limits);
	connections_count_for(&w.c, w.one[2], &none, &limits);
	assert_true(connections_count_for(&w.c, w.one[5], &a, &limits));
	assert_false(row_ended(&w, 3) || row_ended(&w, 4));
	row_free(&w, 6);
}

TEST(who_counts_for_nobody_is_never_refused)
{
	const struct connection_limits limits = {.scarce = 0, .each = 1};
	const struct address none = {.kind = ADDRESS_NONE};
	struct row w = {0};
	connections_init(&w.c);
	for (int i = 0; i < 3; i++) {
		row_add(&w, i);
		assert_true(connections_count_for(&w.c, w.one[i], &none, &limits));
	}
	row_free(&w, 3);
}

TEST(a_network_has_its_fill_too)
{
	const struct connection_limits limits = {.scarce = 0, .each = 1};
	const struct address elsewhere = of("2001:db8:1::1");
	struct row w = {0};
	connections_init(&w.c);
	for (int i = 0; i < 6; i++)
		row_add(&w, i);
	for (int i = 0; i < 5; i++) {
		char *text = yihu_printf("2001:db8:0:%d::1", i);
		const struct address a = of(text);
		connection_enters(w.one[i], PHASE_MADE, BEGINS);
		assert_int_equal(connections_count_for(&w.c, w.one[i], &a, &limits), i < 4);
		free(text);
	}
	assert_true(connections_count_for(&w.c, w.one[5], &elsewhere, &limits));
	row_free(&w, 6);
}

/* ---- who makes room */

#define LATER (BEGINS + 5000) /* longer than a request takes, not so long as an answer */

static int which_ended(const struct row *w, int n)
{
	int which = -1;
	for (int i = 0; i < n; i++)
		if (row_ended(w, i)) {
			assert_int_equal(which, -1);
			which = i;
		}
	return which;
}

TEST(who_has_just_come_is_never_ended)
{
	struct row w = {0};
	connections_init(&w.c);
	for (int i = 0; i < 3; i++)
		row_add(&w, i);
	connection_enters(w.one[0], PHASE_MADE, BEGINS);
	connection_enters(w.one[1], PHASE_MADE, BEGINS);
	assert_false(connections_relieve(&w.c, w.one[2], 2, LATER, true));
	assert_int_equal(which_ended(&w, 3), -1);
	connection_enters(w.one[1], PHASE_RECEIVES, BEGINS);
	atomic_store(&w.one[1]->spared, true);
	assert_false(connections_relieve(&w.c, w.one[2], 2, LATER, true));
	atomic_store(&w.one[1]->spared, false);
	assert_false(connections_relieve(&w.c, w.one[2], 3, LATER, true)); /* there is room */
	assert_true(connections_relieve(&w.c, w.one[2], 2, LATER, true));
	assert_int_equal(which_ended(&w, 3), 1);
	row_free(&w, 3);
}

/* Also of this computer's own, and before others that wait longer. */
TEST(of_the_address_that_has_most_one_makes_room)
{
	const struct address many = of("127.0.0.2"), two = of("192.0.2.2"), one = of("127.1.0.1");
	struct row w = {0};
	connections_init(&w.c);
	row_add_from(&w, 0, &one);
	row_add_from(&w, 1, &two);
	row_add_from(&w, 2, &two);
	for (int i = 3; i < 6; i++) {
		row_add_from(&w, i, &many);
		connection_enters(w.one[i], PHASE_RECEIVES, LATER - (uint64_t)i);
	}
	row_add_from(&w, 6, &one);
	assert_true(connections_relieve(&w.c, w.one[6], 6, LATER, true));
	assert_int_equal(which_ended(&w, 7), 5);
	row_free(&w, 7);
}

TEST(those_that_hold_a_place_longest_go_first)
{
	static const int order[] = {6, 2, 1, 3, 0, 4}; /* by what each does */
	struct row w = {0};
	connections_init(&w.c);
	for (int i = 0; i < 7; i++)
		row_add(&w, i);
	connection_enters(w.one[6], PHASE_HELD, BEGINS);
	atomic_store(&w.one[2]->served, 1);
	connection_enters(w.one[0], PHASE_RECEIVES, LATER + 9500);
	connection_enters(w.one[1], PHASE_RECEIVES, BEGINS);
	connection_enters(w.one[3], PHASE_SENDS, BEGINS - 999);
	connection_enters(w.one[4], PHASE_SENDS, LATER);
	for (size_t k = 0; k < 6; k++) {
		unsigned left = 7 - (unsigned)k;
		assert_int_equal(connections_relieve(&w.c, w.one[5], left, LATER + 10000, true), 0);
		assert_int_equal(connections_relieve(&w.c, w.one[5], left - 1, LATER + 10000, true),
				 1);
		assert_true(row_ended(&w, order[k]));
		for (size_t j = k + 1; j < 6; j++)
			assert_false(row_ended(&w, order[j]));
	}
	assert_int_equal(connections_relieve(&w.c, w.one[5], 0, LATER + 10000, true), 0);
	row_free(&w, 7);
}

/* The longest of those that go first, and of the others' none. */
TEST(of_an_address_that_has_many_several_make_room)
{
	const struct address many = of("127.0.0.2"), one = of("127.1.0.1");
	struct connection *all[MANY + 2];
	struct connections c;
	connections_init(&c);
	for (int i = 0; i < MANY + 2; i++)
		all[i] = connections_add(&c, -1, i < MANY ? &many : &one,
					 BEGINS + (uint64_t)(MANY - i), 0);
	assert_int_equal(connections_relieve(&c, all[MANY + 1], MANY, LATER, false), 16);
	for (int i = 0; i < MANY + 2; i++)
		assert_int_equal(all[i]->makes_room, i >= MANY - 16 && i < MANY);
	/* Enough are on their way out. */
	assert_int_equal(connections_relieve(&c, all[MANY + 1], MANY - 14, LATER, false), 0);
	for (int i = 0; i < MANY + 2; i++)
		connections_remove(&c, all[i]);
	assert_int_equal(c.making_room, 0);
	connections_finish(&c);
}

/* Its request came at that moment, and its thread thinks that it still receives. */
TEST(one_that_makes_room_is_counted_and_chosen_once)
{
	struct row w = {0};
	connections_init(&w.c);
	for (int i = 0; i < 3; i++)
		row_add(&w, i);
	atomic_store(&w.one[0]->served, 1);
	assert_int_equal(connections_relieve(&w.c, w.one[2], 2, LATER, true), 1);
	assert_int_equal(which_ended(&w, 3), 0);
	connection_enters(w.one[0], PHASE_RECEIVES, LATER); /* it stays as it is */
	assert_int_equal(atomic_load(&w.one[0]->phase), PHASE_ENDED);
	atomic_store(&w.one[0]->phase, PHASE_HELD); /* … and if it did not */
	assert_int_equal(connections_relieve(&w.c, w.one[2], 1, LATER, true), 1);
	assert_true(row_ended(&w, 1));
	assert_int_equal(w.c.making_room, 2);
	row_free(&w, 3);
	assert_int_equal(w.c.making_room, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_has_its_fill_only_when_connections_are_scarce),
		cmocka_unit_test(its_own_idle_ones_make_room_and_no_others),
		cmocka_unit_test(who_counts_for_nobody_is_never_refused),
		cmocka_unit_test(a_network_has_its_fill_too),
		cmocka_unit_test(who_has_just_come_is_never_ended),
		cmocka_unit_test(of_the_address_that_has_most_one_makes_room),
		cmocka_unit_test(those_that_hold_a_place_longest_go_first),
		cmocka_unit_test(of_an_address_that_has_many_several_make_room),
		cmocka_unit_test(one_that_makes_room_is_counted_and_chosen_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
