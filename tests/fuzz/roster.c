/* SPDX-License-Identifier: Apache-2.0
 *
 * A list of households as people have it. What is asked is answered by the first
 * byte; what then goes in is read back from the folder's own file as it was.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "fuzz.h"
#include "lists/roster.h"

static void check_kept(const struct roster *r)
{
	struct yihu_buf csv = {0}, shown = {0};
	struct yihu_households kept;
	struct yihu_error err = fuzz_error();
	roster_csv(&csv, r);
	roster_show(&shown, &r->list);
	bool ok = fuzz_ok(yihu_households_read(&kept, csv.data, csv.len, &err), &err);
	assert(ok && kept.n == r->list.n);
	for (size_t i = 0; i < kept.n; i++)
		assert(strcmp(kept.at[i].label, r->list.at[i].label) == 0);
	yihu_households_free(&kept);
	yihu_buf_free(&csv);
	yihu_buf_free(&shown);
}

/* The questions as a sheet, and back. */
static void check_sheet(const struct list_asks *asks)
{
	struct yihu_buf sheet = {0}, shown = {0};
	struct list_answers answers = {0};
	struct yihu_error err = fuzz_error();
	list_asks_sheet(&sheet, asks);
	list_asks_show(&shown, asks);
	bool ok = fuzz_ok(list_answers_read(&answers, sheet.data, sheet.len, &err), &err);
	assert(ok);
	list_answers_finish(&answers);
	yihu_buf_free(&sheet);
	yihu_buf_free(&shown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct list_answers answers = {0};
	uint8_t how = fuzz_take(&data, &size);
	bool more = true;
	for (size_t round = 0; more && round < 4; round++) {
		struct roster r;
		struct yihu_error err = fuzz_error();
		fuzz_fill(&r, sizeof r);
		if (!fuzz_ok(roster_read(&r, data, size, &(struct list_look){.answers = &answers},
					 &err),
			     &err)) {
			assert(fuzz_untouched(&r, sizeof r));
			break;
		}
		assert((r.list.n > 0) == (r.asks.n_open == 0));
		check_sheet(&r.asks);
		if (r.list.n > 0)
			check_kept(&r);
		more = answer_by(&r.asks, &answers, how);
		roster_finish(&r);
	}
	list_answers_finish(&answers);
	return 0;
}
