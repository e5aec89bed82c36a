/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions and answers, kept by an id (asks.h).
 */
#include "lists/asks.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* Letters before the digits: a spreadsheet program takes it for no number. */
static char *make_id(const char *kind, const struct list_ask *q)
{
	crypto_hash_sha256_state state;
	uint8_t digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_init(&state);
	const char *const parts[] = {kind, q->place, q->stands};
	for (size_t i = 0; i < 3; i++)
		crypto_hash_sha256_update(&state, (const uint8_t *)parts[i], strlen(parts[i]) + 1);
	for (size_t i = 0; i < q->n_choices; i++)
		crypto_hash_sha256_update(&state, (const uint8_t *)q->choice[i],
					  strlen(q->choice[i]) + 1);
	crypto_hash_sha256_final(&state, digest);
	return yihu_printf("%s-%02x%02x%02x", kind, digest[0], digest[1], digest[2]);
}

static int answer_of(const struct list_answers *answers, const struct list_ask *q)
{
	for (size_t i = 0; answers && i < answers->n; i++)
		if (strcmp(answers->at[i].id, q->id) == 0 &&
		    answers->at[i].choice < (int)q->n_choices)
			return answers->at[i].choice;
	return -1;
}

static struct list_ask *new_ask(struct list_asks *a)
{
	if (a->n == a->room) {
		a->room = a->room * 2 + 16;
		a->at = yihu_realloc(a->at, a->room, sizeof *a->at);
	}
	a->at[a->n] = (struct list_ask){0};
	return &a->at[a->n++];
}

int list_ask(struct list_asks *a, const char *kind, char *place, const char *stands,
	     const char *says, const char *const *choices)
{
	struct list_ask *q = new_ask(a);
	q->place = place;
	q->stands = yihu_strdup(stands);
	q->says = yihu_strdup(says);
	for (; choices && choices[q->n_choices]; q->n_choices++)
		q->choice[q->n_choices] = yihu_strdup(choices[q->n_choices]);
	q->id = make_id(kind, q);
	q->answer = answer_of(a->answers, q);
	a->n_open += q->answer < 0;
	return q->answer;
}

void list_asks_finish(struct list_asks *a)
{
	for (size_t i = 0; i < a->n; i++) {
		struct list_ask *q = &a->at[i];
		free(q->id);
		free(q->place);
		free(q->stands);
		free(q->says);
		for (size_t c = 0; c < q->n_choices; c++)
			free(q->choice[c]);
	}
	free(a->at);
	*a = (struct list_asks){.answers = a->answers};
}

void list_asks_join(struct list_asks *a, struct list_asks *b)
{
	for (size_t i = 0; i < b->n; i++)
		*new_ask(a) = b->at[i];
	a->n_open += b->n_open;
	free(b->at);
	*b = (struct list_asks){.answers = b->answers};
}

void list_answer(struct list_answers *answers, const char *id, int choice)
{
	for (size_t i = 0; i < answers->n; i++) {
		if (strcmp(answers->at[i].id, id) == 0) {
			answers->at[i].choice = choice;
			return;
		}
	}
	answers->at = yihu_realloc(answers->at, answers->n + 1, sizeof *answers->at);
	answers->at[answers->n++] = (struct list_answer){yihu_strdup(id), choice};
}

void list_answers_finish(struct list_answers *answers)
{
	for (size_t i = 0; i < answers->n; i++)
		free(answers->at[i].id);
	free(answers->at);
	*answers = (struct list_answers){0};
}
