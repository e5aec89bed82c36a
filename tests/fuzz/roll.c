/* SPDX-License-Identifier: Apache-2.0
 *
 * The roll: serials and households.
 */
#include <assert.h>
#include <stdlib.h>

#include <yihu/households.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_buf again = {0};
	struct yihu_error err = fuzz_error();
	char **labels;
	size_t n;
	fuzz_fill(&labels, sizeof labels);
	fuzz_fill(&n, sizeof n);
	if (!fuzz_ok(yihu_roll_parse(&labels, &n, data, size, &err), &err)) {
		assert(fuzz_untouched(&labels, sizeof labels) && fuzz_untouched(&n, sizeof n));
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		yihu_buf_fmt(&again, "%zu\t%s\n", i + 1, labels[i]);
		free(labels[i]);
	}
	free(labels);
	assert(fuzz_holds(&again, data, size));
	assert(yihu_roll_parse(&labels, &n, data, size - 1, NULL) != YIHU_OK);
	yihu_buf_free(&again);
	return 0;
}
