/* SPDX-License-Identifier: Apache-2.0
 *
 * What a table of projects gave, as text to compare.
 */
#ifndef YIHU_TEST_PROPOSED_H
#define YIHU_TEST_PROPOSED_H

#include <string.h>

#include "lists/proposals.h"

/* What is asked: "kind place (n choices) ". Caller frees. */
static inline char *proposed_asks(const struct list_asks *asks)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < asks->n; i++)
		if (asks->at[i].answer < 0)
			yihu_buf_fmt(&out, "%.*s %s (%zu) ", (int)strcspn(asks->at[i].id, "-"),
				     asks->at[i].id, asks->at[i].place + strlen("projects: "),
				     asks->at[i].n_choices);
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

/* "name=fen, name=fen"; caller frees. */
static inline char *proposed(const struct proposals *p)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < p->n; i++)
		yihu_buf_fmt(&out, "%s%s=%llu", i ? ", " : "", p->at[i].text[T_NAME],
			     (unsigned long long)p->at[i].fen);
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

/* A letter for each question, in their order. */
static inline struct list_answers proposed_answers(const struct list_asks *asks,
						   const char *letters)
{
	struct list_answers answers = {0};
	for (size_t i = 0; i < asks->n && letters[i]; i++)
		list_answer(&answers, asks->at[i].id, letters[i] - 'A');
	return answers;
}

#endif
