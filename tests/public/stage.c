/* SPDX-License-Identifier: Apache-2.0
 *
 * The stages of an election: their names, and which may follow which.
 */
#include <string.h>

#include <yihu/stage.h>

#include "test.h"

TEST(moves_go_one_step)
{
	for (int from = 0; from < YIHU_N_STAGES; from++)
		for (int to = 0; to < YIHU_N_STAGES; to++) {
			bool not_opened = from == YIHU_STAGE_CLOSED && to == YIHU_STAGE_PUBLISHED;
			bool off = to == YIHU_STAGE_CANCELLED;
			bool may = off ? from >= YIHU_STAGE_CHARTERED && from <= YIHU_STAGE_ENDED
				       : to == from + 1 || not_opened;
			assert_int_equal(yihu_stage_may((enum yihu_stage)from, (enum yihu_stage)to),
					 may);
		}
}

/* Those that an audit finds stand in its JSON and are here for good. */
TEST(every_stage_has_its_name)
{
	static const char *const names[YIHU_N_STAGES] = {
		"drafted", "announced", "dealt", "chartered", "issued",    "open",    "ended",
		"closed",  "boxed",     "mixed", "opened",    "published", "retired", "cancelled",
	};
	for (int s = 0; s < YIHU_N_STAGES; s++) {
		enum yihu_stage stage = (enum yihu_stage)s;
		assert_string_equal(yihu_stage_name(stage), names[s]);
		assert_string_equal(yihu_stage_word(stage),
				    stage == YIHU_STAGE_CANCELLED ? "called off" : names[s]);
	}
}

TEST(a_sentence_begins_with_the_name)
{
	static const enum yihu_stage found[] = {
		YIHU_STAGE_CHARTERED, YIHU_STAGE_ISSUED,    YIHU_STAGE_OPEN,
		YIHU_STAGE_CLOSED,    YIHU_STAGE_BOXED,     YIHU_STAGE_MIXED,
		YIHU_STAGE_OPENED,    YIHU_STAGE_PUBLISHED, YIHU_STAGE_CANCELLED,
	};
	for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
		const char *name = yihu_stage_name(found[i]);
		const char *sentence = yihu_stage_sentence(found[i]);
		assert_memory_equal(sentence, name, strlen(name));
		assert_memory_equal(sentence + strlen(name), ": ", 2);
	}
}

TEST(a_stage_is_reached_when_it_was_passed)
{
	for (int is = 0; is < YIHU_N_STAGES; is++)
		for (int goal = 0; goal < YIHU_N_STAGES; goal++) {
			enum yihu_stage from = (enum yihu_stage)is, to = (enum yihu_stage)goal;
			bool reached = is != YIHU_STAGE_CANCELLED && is >= goal;
			assert_int_equal(yihu_stage_reached(from, to), reached);
			assert_int_equal(yihu_stage_lets(from, to),
					 reached || yihu_stage_may(from, to));
		}
}

TEST(the_furthest_that_is_seen_is_the_stage)
{
	static const struct {
		struct yihu_stage_seen seen;
		enum yihu_stage stage;
	} rows[] = {
		{{0}, YIHU_STAGE_CHARTERED},
		{{.issued = true}, YIHU_STAGE_ISSUED},
		{{.issued = true, .open = true}, YIHU_STAGE_OPEN},
		{{.open = true, .closed = true}, YIHU_STAGE_CLOSED},
		{{.closed = true, .boxed = true}, YIHU_STAGE_BOXED},
		{{.boxed = true, .mixed = true}, YIHU_STAGE_MIXED},
		{{.mixed = true, .opened = true}, YIHU_STAGE_OPENED},
		{{.opened = true, .published = true}, YIHU_STAGE_PUBLISHED},
		{{.closed = true, .published = true}, YIHU_STAGE_PUBLISHED},
		{{.published = true, .called_off = true}, YIHU_STAGE_CANCELLED},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(yihu_stage_of(&rows[i].seen), rows[i].stage);
}

TEST(the_clock_tells_of_an_open_log_alone)
{
	for (int s = 0; s < YIHU_N_STAGES; s++) {
		enum yihu_stage stage = (enum yihu_stage)s;
		bool open = stage == YIHU_STAGE_OPEN;
		assert_int_equal(yihu_stage_at(stage, 10, 20, 9), open ? YIHU_STAGE_ISSUED : stage);
		assert_int_equal(yihu_stage_at(stage, 10, 20, 10), stage);
		assert_int_equal(yihu_stage_at(stage, 10, 20, 19), stage);
		assert_int_equal(yihu_stage_at(stage, 10, 20, 20), open ? YIHU_STAGE_ENDED : stage);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moves_go_one_step),
		cmocka_unit_test(every_stage_has_its_name),
		cmocka_unit_test(a_sentence_begins_with_the_name),
		cmocka_unit_test(a_stage_is_reached_when_it_was_passed),
		cmocka_unit_test(the_furthest_that_is_seen_is_the_stage),
		cmocka_unit_test(the_clock_tells_of_an_open_log_alone),
	};
	return cmocka_run_group_tests_name("stage", tests, NULL, NULL);
}
