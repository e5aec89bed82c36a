/* SPDX-License-Identifier: Apache-2.0
 *
 * The election definition: the strict form, and what people have, converted.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/count.h>

#include "fuzz.h"

static void check_definition(const struct yihu_definition *d)
{
	uint64_t words = 0;
	assert(d->kind < YIHU_N_KINDS && d->n_projects > 0 && d->n_projects <= YIHU_PROJECTS_MAX);
	assert(d->radix >= 2 && d->radix <= YIHU_RADIX_MAX && d->width >= 1 && d->width <= 255);
	assert((uint64_t)d->width * d->digits_per_word >= d->n_projects);
	for (uint32_t j = 0; j < d->width; j++)
		words += yihu_word_bound(d, j) <= 65536;
	assert(words == d->width);
	for (size_t i = 0; i < d->n_projects; i++)
		assert(d->projects[i].cost > 0);
}

static bool parse(const void *bytes, size_t len)
{
	struct yihu_definition *d;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&d, sizeof d);
	if (!fuzz_ok(yihu_definition_parse(&d, bytes, len, &err), &err)) {
		assert(fuzz_untouched(&d, sizeof d));
		return false;
	}
	check_definition(d);
	err = fuzz_error();
	fuzz_ok(yihu_count_check(d, &err), &err);
	yihu_definition_free(d);
	return true;
}

/* Converted, it is strict, and the same when it is converted once more. */
static bool convert(const void *bytes, size_t len)
{
	struct yihu_buf out = {0}, again = {0}, notices = {0};
	struct yihu_error err = fuzz_error();
	bool ok = fuzz_ok(yihu_definition_held(&out, &notices, bytes, len, &err), &err);
	if (ok) {
		assert(parse(out.data, out.len));
		assert(!parse(out.data, out.len - 1));
		assert(yihu_utf8_valid(notices.data, notices.len));
		assert(yihu_definition_held(&again, NULL, out.data, out.len, NULL) == YIHU_OK);
		assert(fuzz_holds(&again, out.data, out.len));
	} else {
		assert(out.len == 0);
	}
	yihu_buf_free(&out);
	yihu_buf_free(&again);
	yihu_buf_free(&notices);
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool strict = parse(data, size);
	bool converted = convert(data, size);
	assert(converted || !strict);
	return 0;
}
