/* SPDX-License-Identifier: Apache-2.0
 *
 * What is remembered of letters and ballots, by itself: places of a letter, and what was
 * found false.
 */
#include "countd/in_flight.h"

#include <stdio.h>

#include "countd/known_false.h"
#include "test.h"

TEST(a_letter_has_two_places_and_two_proofs)
{
	struct in_flight f;
	in_flight_init(&f);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(in_flight_take_place(&f, 7), PLACE_OWN);
		assert_int_equal(in_flight_take_place(&f, 7), PLACE_OWN);
		assert_int_equal(in_flight_take_place(&f, 7), PLACE_NONE);
		in_flight_give_place(&f, 7, PLACE_NONE);
		assert_true(in_flight_take_proof(&f, 7));
		assert_true(in_flight_take_proof(&f, 7));
		assert_false(in_flight_take_proof(&f, 7));
		assert_int_equal(in_flight_take_place(&f, 70000), PLACE_OWN);
		in_flight_give_place(&f, 70000, PLACE_OWN);
		for (int i = 0; i < 2; i++) {
			in_flight_give_place(&f, 7, PLACE_OWN);
			in_flight_give_proof(&f, 7);
		}
	}
	in_flight_finish(&f);
}

TEST(a_letter_that_is_doubted_has_one_ballot_under_way)
{
	struct in_flight f;
	in_flight_init(&f);
	assert_false(in_flight_doubted(&f, 3));
	in_flight_doubt(&f, 3);
	assert_true(in_flight_doubted(&f, 3));
	for (int again = 0; again < 2; again++) {
		assert_int_equal(in_flight_take_place(&f, 3), PLACE_TRIAL);
		assert_int_equal(in_flight_take_place(&f, 3), PLACE_REFUSED);
		in_flight_give_place(&f, 3, PLACE_REFUSED);
		assert_int_equal(in_flight_take_place(&f, 3), PLACE_REFUSED);
		in_flight_give_place(&f, 3, PLACE_TRIAL);
	}
	assert_true(in_flight_take_proof(&f, 3));
	in_flight_give_proof(&f, 3);
	assert_int_equal(in_flight_take_place(&f, 4), PLACE_OWN);
	in_flight_give_place(&f, 4, PLACE_OWN);
	in_flight_finish(&f);
}

static void tag_of(const struct known_false *k, uint8_t tag[static KNOWN_FALSE_TAG_BYTES],
		   uint32_t i)
{
	known_false_tag(k, tag, &i, sizeof i);
}

TEST(what_was_found_false_is_known_again_until_so_many_came_since)
{
	struct known_false *k = known_false_new(), *other = known_false_new();
	struct yihu_error err, found;
	uint8_t tag[KNOWN_FALSE_TAG_BYTES], elsewhere[KNOWN_FALSE_TAG_BYTES];
	const uint32_t gone = KNOWN_FALSE_MAX + KNOWN_FALSE_MAX / 2, n = gone + KNOWN_FALSE_MAX;
	for (uint32_t i = 0; i < n; i++) {
		yihu_fail(&err, i % 2 ? YIHU_EVOTESIG : YIHU_EBALLOTPROOF, "number %u", i);
		tag_of(k, tag, i);
		assert_false(known_false_find(k, tag, &found));
		known_false_add(k, tag, &err);
		known_false_add(k, tag, &err); /* once is enough */
		assert_true(known_false_find(k, tag, &found));
	}
	for (uint32_t i = 0; i < n; i++) {
		char text[32];
		tag_of(k, tag, i);
		assert_int_equal(known_false_find(k, tag, &found), i >= gone);
		if (i < gone)
			continue;
		snprintf(text, sizeof text, "number %u", i);
		assert_string_equal(found.text, text);
		assert_int_equal(found.code, i % 2 ? YIHU_EVOTESIG : YIHU_EBALLOTPROOF);
	}
	/* Nobody who does not have the key finds two that share a chain. */
	tag_of(other, elsewhere, n - 1);
	assert_memory_not_equal(tag, elsewhere, sizeof tag);
	known_false_free(k);
	known_false_free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_has_two_places_and_two_proofs),
		cmocka_unit_test(a_letter_that_is_doubted_has_one_ballot_under_way),
		cmocka_unit_test(what_was_found_false_is_known_again_until_so_many_came_since),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
