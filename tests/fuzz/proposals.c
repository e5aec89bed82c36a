/* SPDX-License-Identifier: Apache-2.0
 *
 * A table of projects as people have it. The first byte says whether it is text as it
 * is or a spreadsheet's sheet, and answers what is asked; what goes in is an election
 * file that is taken and says the same amounts.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/definition.h>

#include "answers.h"
#include "fuzz.h"
#include "lists/money.h"
#include "lists/vote_words.h"
#include "packed.h"

static void check_election(const struct proposals *p)
{
	const struct vote_words words = {.title = "t",
					 .community = "c",
					 .country = "n",
					 .choose_any = true,
					 .budget = "300000",
					 .winners = "most-votes"};
	struct yihu_buf text = {0}, adopted = {0}, shown = {0};
	struct yihu_definition *d = NULL;
	struct yihu_error err = fuzz_error();
	proposals_show(&shown, p);
	vote_words_write(&text, &words, p, "2026-06-01", "2026-06-07");
	/* what other texts than names hide or look like is said there */
	if (fuzz_ok(yihu_definition_adopt(&adopted, NULL, text.data, text.len, &err), &err)) {
		bool ok = fuzz_ok(yihu_definition_parse(&d, adopted.data, adopted.len, &err), &err);
		assert(ok && d->n_projects == p->n);
		for (size_t i = 0; i < p->n; i++)
			assert(d->projects[i].cost == p->at[i].fen &&
			       strcmp(d->projects[i].name, p->at[i].text[T_NAME]) == 0);
		yihu_definition_free(d);
	}
	yihu_buf_free(&text);
	yihu_buf_free(&adopted);
	yihu_buf_free(&shown);
}

static void check(const void *bytes, size_t len, uint8_t how)
{
	struct list_answers answers = {0};
	bool more = true;
	for (size_t round = 0; more && round < 4; round++) {
		struct proposals p;
		struct yihu_error err = fuzz_error();
		const struct list_look look = {.answers = &answers};
		fuzz_fill(&p, sizeof p);
		if (!fuzz_ok(proposals_read(&p, bytes, len, 30000000, &look, &err), &err)) {
			assert(fuzz_untouched(&p, sizeof p));
			break;
		}
		assert((p.n > 0) == (p.asks.n_open == 0));
		for (size_t i = 0; i < p.n; i++)
			assert(p.at[i].fen > 0 && p.at[i].fen <= MONEY_FEN_MAX);
		if (p.n > 0)
			check_election(&p);
		more = answer_by(&p.asks, &answers, how);
		proposals_finish(&p);
	}
	list_answers_finish(&answers);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_buf file = {0};
	uint8_t how = fuzz_take(&data, &size);
	char *text = fuzz_string(data, size);
	if (how & 1)
		packed_xlsx(&file, text, NULL, NULL);
	else
		yihu_buf_put(&file, data, size);
	check(yihu_buf_bytes(&file), file.len, how >> 1);
	free(text);
	yihu_buf_free(&file);
	return 0;
}
