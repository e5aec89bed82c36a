/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions and answers, kept by an id (asks.h).
 */
#include "lists/asks.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *list_cell_name(char list, uint32_t row, size_t column)
{
	char letters[3] = "", *to = letters;
	if (column == SIZE_MAX)
		return NULL;
	if (column >= 26)
		*to++ = (char)('A' + column / 26 - 1);
	*to = (char)('A' + column % 26);
	return yihu_printf("%c%s%u", list, letters, row);
}

#define MARK "-%08x"

/* "text-hD76-a1b2c3-0a1b2c3d", with the row's mark at the end, or without a cell
 * "part-a1b2c3". Letters before the digits: a spreadsheet program takes it for no number. */
static char *make_id(const char *kind, const struct list_ask *q, uint32_t row)
{
	char mark[16];
	crypto_hash_sha256_state state;
	uint8_t digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_init(&state);
	snprintf(mark, sizeof mark, MARK, row);
	const char *const parts[] = {kind, q->place, q->stands};
	for (size_t i = 0; i < 3; i++)
		crypto_hash_sha256_update(&state, (const uint8_t *)parts[i], strlen(parts[i]) + 1);
	for (size_t i = 0; i < q->n_choices; i++)
		crypto_hash_sha256_update(&state, (const uint8_t *)q->choice[i],
					  strlen(q->choice[i]) + 1);
	crypto_hash_sha256_final(&state, digest);
	return yihu_printf("%s-%s%s%02x%02x%02x%s", kind, q->cell, q->cell[0] ? "-" : "", digest[0],
			   digest[1], digest[2], q->cell[0] ? mark : "");
}

const char *list_answer_cell(const char *id, size_t *len)
{
	const char *cell = strchr(id, '-'), *end = cell ? strchr(cell + 1, '-') : NULL;
	*len = end ? (size_t)(end - cell - 1) : 0;
	return end ? cell + 1 : "";
}

bool list_answer_is_of(const char *id, uint32_t mark)
{
	char end[16];
	const char *last = strrchr(id, '-');
	snprintf(end, sizeof end, MARK, mark);
	return last && strcmp(last, end) == 0;
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

int list_ask(struct list_asks *a, const char *kind, struct list_where where, const char *stands,
	     const char *says, const char *const *choices)
{
	struct list_ask *q = new_ask(a);
	q->place = where.place;
	q->cell = where.cell ? where.cell : yihu_strdup("");
	q->stands = yihu_strdup(stands);
	q->says = yihu_strdup(says);
	for (; choices && choices[q->n_choices]; q->n_choices++)
		q->choice[q->n_choices] = yihu_strdup(choices[q->n_choices]);
	q->id = make_id(kind, q, where.mark);
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
		free(q->cell);
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

static struct list_answer *answer_for(struct list_answers *answers, const char *id)
{
	for (size_t i = 0; i < answers->n; i++)
		if (strcmp(answers->at[i].id, id) == 0)
			return &answers->at[i];
	answers->at = yihu_realloc(answers->at, answers->n + 1, sizeof *answers->at);
	answers->at[answers->n] = (struct list_answer){.id = yihu_strdup(id)};
	return &answers->at[answers->n++];
}

void list_answer(struct list_answers *answers, const char *id, int choice)
{
	struct list_answer *a = answer_for(answers, id);
	free(a->text);
	a->text = NULL;
	a->choice = choice;
}

void list_answer_text(struct list_answers *answers, const char *id, const char *text)
{
	char *copy = yihu_strdup(text);
	struct list_answer *a = answer_for(answers, id);
	free(a->text);
	a->text = copy;
	a->choice = -1;
}

void list_answers_finish(struct list_answers *answers)
{
	for (size_t i = 0; i < answers->n; i++) {
		free(answers->at[i].id);
		free(answers->at[i].text);
	}
	free(answers->at);
	*answers = (struct list_answers){0};
}
