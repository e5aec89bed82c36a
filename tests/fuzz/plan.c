/* SPDX-License-Identifier: Apache-2.0
 *
 * The plan that init fixed.
 */
#include <assert.h>

#include "folder/folder.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_plan p;
	struct yihu_buf again = {0};
	struct yihu_error err = fuzz_error();
	fuzz_fill(&p, sizeof p);
	if (!fuzz_ok(yihu_plan_parse(&p, data, size, &err), &err)) {
		assert(fuzz_untouched(&p, sizeof p));
		return 0;
	}
	yihu_plan_text(&again, &p);
	assert(fuzz_holds(&again, data, size));
	yihu_plan_finish(&p);
	assert(yihu_plan_parse(&p, data, size - 1, NULL) != YIHU_OK);
	yihu_buf_free(&again);
	return 0;
}
