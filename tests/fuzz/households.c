/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of households, and the roll that is made of it.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/households.h>

#include "fuzz.h"

static void check(const struct yihu_households *h)
{
	assert(h->n > 0 && h->n <= YIHU_HOUSEHOLDS_MAX);
	for (size_t i = 0; i < h->n; i++) {
		const struct yihu_household *one = &h->at[i];
		assert(one->label[0] && !strpbrk(one->label, "\t\n"));
		assert(yihu_text_clean(one->label, strlen(one->label)));
		assert(yihu_utf8_valid(one->building, strlen(one->building)));
		assert(yihu_utf8_valid(one->name, strlen(one->name)));
	}
}

/* Every household once, by the place that order says. */
static void make_roll(const struct yihu_households *h)
{
	struct yihu_buf roll = {0};
	uint32_t *order = yihu_calloc(h->n, sizeof *order);
	char **labels;
	size_t n;
	struct yihu_error err = fuzz_error();
	yihu_roll_make(&roll, order, h);
	bool ok = fuzz_ok(yihu_roll_parse(&labels, &n, roll.data, roll.len, &err), &err);
	assert(ok && n == h->n);
	for (size_t i = 0; i < n; i++) {
		assert(order[i] < n && strcmp(labels[i], h->at[order[i]].label) == 0);
		free(labels[i]);
	}
	free(labels);
	free(order);
	yihu_buf_free(&roll);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_households h;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&h, sizeof h);
	if (!fuzz_ok(yihu_households_read(&h, data, size, &err), &err)) {
		assert(fuzz_untouched(&h, sizeof h));
		return 0;
	}
	check(&h);
	make_roll(&h);
	yihu_households_free(&h);
	return 0;
}
