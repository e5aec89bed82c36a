/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is verified, and when: lanes that a flood fills, letters with many ballots under
 * way, what has waited too long, and what nobody waits for. Nothing
 * here waits for a time: signatures are held at a gate.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "calls.h"
#include "countd/request.h"
#include "later.h"
#include "test.h"

static unsigned proofs_under_way(const struct daemon *w)
{
	struct in_flight *f = &w->d->in_flight;
	unsigned n = 0;
	pthread_mutex_lock(&f->lock);
	for (uint32_t i = 0; i < f->n; i++)
		n += f->of[i].proofs;
	pthread_mutex_unlock(&f->lock);
	return n;
}

/* Until so many are with the writer. */
static void wait_under_way(const struct daemon *w, unsigned n)
{
	for (unsigned ms = 0; proofs_under_way(w) != n; ms++) {
		if (ms == LATER_PATIENCE_MS)
			fail_msg("never %u signed ballots under way", n);
		usleep(1000);
	}
}

static bool writer_held;

static void hold_writer(struct daemon *w)
{
	pthread_mutex_lock(&w->d->box_lock);
	writer_held = true;
}

static void let_writer_go(struct daemon *w)
{
	if (writer_held)
		pthread_mutex_unlock(&w->d->box_lock);
	writer_held = false;
}

/* After a failure too. */
static int stop(void **state)
{
	let_writer_go(*state);
	return later_stop(state);
}

/* The one verifier that becomes free has the choice of a whole lane. */
static void a_flood_of_ballots_does_not_hold_up_the_issuer(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX], *flood[20];
	occupy(w, busy);
	for (unsigned i = 0; i < 20; i++)
		flood[i] = send_off(w, "/api/ballot", bogus(w, 10 + i, 1));
	wait_for(w, LANE_UNSIGNED, 20);
	struct later *change =
		send_off(w, "/api/entry", entry('R', boxdir_change(w->f, 5, GATE_SERIALS + 1)));
	wait_for(w, LANE_ISSUER, 1);
	gate_let(5);
	gate_let(5); /* the ledger asks again */
	gate_let(100);
	ends(busy[0], 201, "");
	ends(change, 201, "");
	gate_set(false);
	for (unsigned i = 0; i < 20; i++)
		ends(flood[i], 400, "vote-signature");
	busy_end(w, busy, 1);
}

static void a_flood_of_entries_does_not_hold_up_ballots(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX], *flood[20];
	occupy(w, busy);
	for (unsigned i = 0; i < 20; i++) {
		struct yihu_buf change = boxdir_change(w->f, 50, GATE_SERIALS + 1);
		change.data[change.len - 1 - i] ^= 1;
		flood[i] = send_off(w, "/api/entry", entry('R', change));
	}
	wait_for(w, LANE_ISSUER, 20);
	struct later *ballot = send_off(w, "/api/ballot", boxdir_ballot(w->f, 7, 1));
	wait_for(w, LANE_UNSIGNED, 1);
	gate_let(50);
	gate_let(7);
	gate_let(100);
	ends(busy[0], 201, "");
	ends(ballot, 201, "");
	gate_set(false);
	for (unsigned i = 0; i < 20; i++)
		ends(flood[i], 400, "signature");
	busy_end(w, busy, 1);
}

/* The writer is held, so what is verified stays under way. */
static void a_letter_has_two_signed_ballots_under_way(void **state)
{
	struct daemon *w = *state;
	hold_writer(w);
	struct later *first = send_off(w, "/api/ballot", boxdir_ballot(w->f, 3, 1));
	wait_under_way(w, 1);
	struct later *second = send_off(w, "/api/ballot", boxdir_ballot(w->f, 3, 2));
	wait_under_way(w, 2);
	ends(send_off(w, "/api/ballot", boxdir_ballot(w->f, 3, 3)), 503, "busy");
	assert_int_equal(atomic_load(&w->d->metrics.crowded), 1);
	/* Another letter's is not touched by it. */
	struct later *other = send_off(w, "/api/ballot", boxdir_ballot(w->f, 4, 1));
	wait_under_way(w, 3);
	let_writer_go(w);
	ends(first, 201, "");
	ends(second, 409, "already-voted");
	ends(other, 201, "");
	ends(send_off(w, "/api/ballot", boxdir_ballot(w->f, 3, 3)), 409, "already-voted");
}

/* What strangers send under its number waits behind the others, and so does its own;
 * neither is sent away for it. */
static void garbage_under_a_number_shuts_no_household_out(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX], *garbage[10];
	occupy(w, busy);
	for (unsigned i = 0; i < 10; i++)
		garbage[i] = send_off(w, "/api/ballot", bogus(w, 5, i));
	wait_for(w, LANE_UNSIGNED, IN_FLIGHT_MAX);
	wait_for(w, LANE_CROWDED, 10 - IN_FLIGHT_MAX);
	struct later *own = send_off(w, "/api/ballot", boxdir_ballot(w->f, 5, 99));
	wait_for(w, LANE_CROWDED, 11 - IN_FLIGHT_MAX);
	struct later *other = send_off(w, "/api/ballot", boxdir_ballot(w->f, 6, 1));
	wait_for(w, LANE_UNSIGNED, IN_FLIGHT_MAX + 1);
	gate_set(false);
	ends(own, 201, "");
	ends(other, 201, "");
	for (unsigned i = 0; i < 10; i++)
		ends(garbage[i], 400, "vote-signature");
	busy_end(w, busy, 0);
}

static void what_waits_too_long_is_told_so_and_what_is_begun_is_done(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX], *waits[3];
	occupy(w, busy);
	for (unsigned i = 0; i < 3; i++)
		waits[i] = send_off(w, "/api/ballot", boxdir_ballot(w->f, 10 + i, 1));
	wait_for(w, LANE_UNSIGNED, 3);
	clock_pass(1 + LANES_WAIT_MS / 1000);
	/* Those before it wait so long already: this one never gets a place. */
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 20, 1), 503, "work");
	gate_set(false);
	busy_end(w, busy, 0);
	for (unsigned i = 0; i < 3; i++)
		ends(waits[i], 503, "busy");
	assert_int_equal(atomic_load(&w->d->metrics.shed[LANE_UNSIGNED]), 3);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(gate_begun(10 + i), 0);
	/* So it is overload, for a while. */
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 20, 1), 503, "work");
	clock_pass(60);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 20, 1), 201, "");
}

/* A ballot whose sender does not wait for the answer; its connection. */
static int send_only(const struct daemon *w, const struct yihu_buf *ballot)
{
	struct yihu_buf request = {0};
	int fd = connect_to(daemon_port(w));
	yihu_buf_fmt(&request,
		     "POST /api/ballot HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n",
		     ballot->len);
	yihu_buf_put(&request, ballot->data, ballot->len);
	assert_int_equal(send(fd, request.data, request.len, MSG_NOSIGNAL), request.len);
	yihu_buf_free(&request);
	return fd;
}

static bool first_is_gone(const struct daemon *w)
{
	struct lanes *l = &w->d->verify;
	pthread_mutex_lock(&l->lock);
	const struct request *first = l->of[LANE_UNSIGNED].head;
	bool gone = first && atomic_load(&first->gone);
	pthread_mutex_unlock(&l->lock);
	return gone;
}

static void nobody_verifies_what_nobody_waits_for(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX];
	struct yihu_buf ballot = boxdir_ballot(w->f, 10, 1);
	occupy(w, busy);
	int hung_up = send_only(w, &ballot);
	wait_for(w, LANE_UNSIGNED, 1);
	struct later *stays = send_off(w, "/api/ballot", boxdir_ballot(w->f, 11, 1));
	wait_for(w, LANE_UNSIGNED, 2);
	close(hung_up);
	for (unsigned ms = 0; !first_is_gone(w); ms++) {
		assert_true(ms < LATER_PATIENCE_MS);
		usleep(1000);
	}
	gate_set(false);
	ends(stays, 201, "");
	assert_int_equal(gate_begun(10), 0);
	assert_int_equal(gate_begun(11), 1);
	assert_int_equal(atomic_load(&w->d->metrics.dropped), 1);
	busy_end(w, busy, 0);
	yihu_buf_free(&ballot);
}

static void its_operator_sees_it(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX];
	static const char *const lines[] = {
		"\nyihu_waiting{lane=\"unsigned\"} 1\n",
		"\nyihu_waiting{lane=\"crowded\"} 0\n",
		"\nyihu_waiting_seconds{lane=\"unsigned\"} ",
		"\nyihu_shed_total{lane=\"issuer\"} 0\n",
		"\nyihu_in_flight_refused_total 0\n",
		"\nyihu_dropped_total 0\n",
		"\nyihu_work_asked_total 0\n",
		"\nyihu_work_done_total 0\n",
		"\nyihu_entries_repeated_total 0\n",
	};
	occupy(w, busy);
	struct later *waits = send_off(w, "/api/ballot", boxdir_ballot(w->f, 10, 1));
	wait_for(w, LANE_UNSIGNED, 1);
	struct yihu_buf text = {0};
	metrics_text(&w->d->metrics, 0, &w->d->verify, &text);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (!strstr((const char *)text.data, lines[i]))
			fail_msg("no %s in %s", lines[i], (const char *)text.data);
	yihu_buf_free(&text);
	gate_set(false);
	ends(waits, 201, "");
	busy_end(w, busy, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, later_start, stop)
	const struct CMUnitTest tests[] = {
		CASE(a_flood_of_ballots_does_not_hold_up_the_issuer),
		CASE(a_flood_of_entries_does_not_hold_up_ballots),
		CASE(a_letter_has_two_signed_ballots_under_way),
		CASE(garbage_under_a_number_shuts_no_household_out),
		CASE(what_waits_too_long_is_told_so_and_what_is_begun_is_done),
		CASE(nobody_verifies_what_nobody_waits_for),
		CASE(its_operator_sees_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
