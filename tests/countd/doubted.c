/* SPDX-License-Identifier: Apache-2.0
 *
 * Ballots that were found false, and letters that sign such: what they cost once they do
 * not cost again, and they hold up nobody. Signatures are held at a gate.
 */
#include <stdlib.h>

#include "calls.h"
#include "later.h"
#include "test.h"

static struct yihu_buf false_proof(const struct daemon *w, uint32_t serial, uint64_t seed)
{
	struct yihu_buf b = boxdir_ballot(w->f, serial, seed);
	b.data[b.len - YIHU_SIGNATURE_BYTES - 6] ^= 1;
	return resigned(w, serial, b);
}

/* Strangers keep its places taken, and the owner of a letter signs one false proof after
 * the other beside them. */
static void no_household_is_shut_out_by_the_false_proofs_of_another_letter(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX], *garbage[4];
	post_only(w, "/api/ballot", false_proof(w, 9, 1), 400, "ballot-proof");
	occupy(w, busy);
	for (unsigned i = 0; i < 4; i++)
		garbage[i] = send_off(w, "/api/ballot", bogus(w, 5, i));
	wait_for(w, LANE_CROWDED, 4 - IN_FLIGHT_MAX);
	struct later *one = send_off(w, "/api/ballot", false_proof(w, 9, 2));
	wait_for(w, LANE_CROWDED, 5 - IN_FLIGHT_MAX);
	for (unsigned i = 0; i < 6; i++)
		post_only(w, "/api/ballot", false_proof(w, 9, 3 + i), 503, "busy");
	struct later *own = send_off(w, "/api/ballot", boxdir_ballot(w->f, 5, 99));
	wait_for(w, LANE_CROWDED, 6 - IN_FLIGHT_MAX);
	gate_set(false);
	ends(one, 400, "ballot-proof");
	ends(own, 201, "");
	for (unsigned i = 0; i < 4; i++)
		ends(garbage[i], 400, "vote-signature");
	busy_end(w, busy, 0);
	assert_int_equal(atomic_load(&w->d->metrics.crowded), 6);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 9, 9), 201, "");
}

/* Whoever sends them all at once has sent them before the first is looked at. */
static void nor_by_those_that_came_before_it_was_known(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX], *proofs[6];
	occupy(w, busy);
	for (unsigned i = 0; i < 6; i++) {
		bool own = i < IN_FLIGHT_MAX;
		proofs[i] = send_off(w, "/api/ballot", false_proof(w, 9, i));
		wait_for(w, own ? LANE_UNSIGNED : LANE_CROWDED,
			 own ? i + 1 : i + 1 - IN_FLIGHT_MAX);
	}
	gate_let(9);
	gate_let(100);
	ends(busy[0], 201, "");
	unsigned looked_at = 0;
	for (unsigned i = 0; i < 6; i++) {
		pthread_join(proofs[i]->thread, NULL);
		looked_at += proofs[i]->reply.status == 400;
		assert_true(proofs[i]->reply.status == 400 || proofs[i]->reply.status == 503);
		reply_free(&proofs[i]->reply);
		yihu_buf_free(&proofs[i]->body);
		free(proofs[i]);
	}
	assert_int_equal(looked_at, 1);
	assert_int_equal(gate_begun(9), 1);
	gate_set(false);
	busy_end(w, busy, 1);
}

static void what_was_found_false_is_not_looked_at_again(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX], *garbage[4];
	struct yihu_buf one = bogus(w, 5, 1), proof = false_proof(w, 9, 1);
	occupy(w, busy);
	for (unsigned i = 0; i < 4; i++)
		garbage[i] = send_off(w, "/api/ballot", copy(&one));
	wait_for(w, LANE_UNSIGNED, IN_FLIGHT_MAX);
	wait_for(w, LANE_CROWDED, 4 - IN_FLIGHT_MAX);
	gate_let(5);
	gate_let(100);
	ends(busy[0], 201, "");
	for (unsigned i = 0; i < 4; i++)
		ends(garbage[i], 400, "vote-signature");
	/* No verifier is asked: of those that there are each is held. */
	busy[0] = send_off(w, "/api/ballot", boxdir_ballot(w->f, 100 + verifiers(w), 1));
	gate_wait_held(verifiers(w));
	post_only(w, "/api/ballot", copy(&one), 400, "vote-signature");
	assert_int_equal(gate_begun(5), 1);
	gate_set(false);
	busy_end(w, busy, 0);
	for (int i = 0; i < 3; i++)
		post_only(w, "/api/ballot", copy(&proof), 400, "ballot-proof");
	assert_int_equal(gate_begun(9), 1);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 5, 1), 201, "");
	yihu_buf_free(&one);
	yihu_buf_free(&proof);
}

/* Such a letter is no stranger's: a proof is signed with it. */
static void who_signs_a_false_proof_waits_behind_the_others(void **state)
{
	struct daemon *w = *state;
	struct later *busy[COUNTD_VERIFIERS_MAX];
	post_only(w, "/api/ballot", false_proof(w, 9, 1), 400, "ballot-proof");
	occupy(w, busy);
	struct later *again = send_off(w, "/api/ballot", boxdir_ballot(w->f, 9, 1));
	wait_for(w, LANE_CROWDED, 1);
	gate_set(false);
	ends(again, 201, "");
	busy_end(w, busy, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, later_start, later_stop)
	const struct CMUnitTest tests[] = {
		CASE(no_household_is_shut_out_by_the_false_proofs_of_another_letter),
		CASE(nor_by_those_that_came_before_it_was_known),
		CASE(what_was_found_false_is_not_looked_at_again),
		CASE(who_signs_a_false_proof_waits_behind_the_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
