/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers to what a list leaves open, as the input has them.
 */
#ifndef YIHU_TEST_FUZZ_ANSWERS_H
#define YIHU_TEST_FUZZ_ANSWERS_H

#include "lists/asks.h"

/* How: where among the choices to begin. false: nothing was open. */
static inline bool answer_by(const struct list_asks *asks, struct list_answers *answers,
			     uint8_t how)
{
	bool more = false;
	for (size_t i = 0; i < asks->n; i++) {
		const struct list_ask *q = &asks->at[i];
		if (q->answer >= 0 || q->n_choices == 0)
			continue;
		list_answer(answers, q->id, (int)((how + i) % q->n_choices));
		more = true;
	}
	return more;
}

#endif
