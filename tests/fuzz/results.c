/* SPDX-License-Identifier: Apache-2.0
 *
 * results.json, drawn as a page and as a table, in both languages.
 */
#include <assert.h>
#include <string.h>

#include <yihu/publish.h>

#include "fuzz.h"

typedef int draw_fn(struct yihu_buf *out, const void *json, size_t len, const char *language,
		    struct yihu_error *err);

static int page(struct yihu_buf *out, const void *json, size_t len, const char *language,
		struct yihu_error *err)
{
	return yihu_results_page(out, &(struct yihu_results){.json = json, .len = len}, language,
				 err);
}

static bool drawn(draw_fn *draw, struct yihu_buf *out, const uint8_t *data, size_t size,
		  const char *language)
{
	struct yihu_error err = fuzz_error();
	yihu_buf_str(out, "before");
	size_t before = out->len;
	bool ok = fuzz_ok(draw(out, data, size, language, &err), &err);
	assert(ok == (out->len > before));
	assert(yihu_utf8_valid(out->data, out->len));
	return ok;
}

/* No text of the file becomes markup: these are on no page of ours. */
static void check_page(const struct yihu_buf *page)
{
	static const char *const never[] = {"<script", "<img", "<iframe", "<fuzz"};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		assert(!strstr((const char *)page->data, never[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const languages[] = {"zh", "en"};
	bool first = false;
	for (size_t i = 0; i < 4; i++) {
		struct yihu_buf out = {0};
		bool ok = drawn(i < 2 ? page : yihu_results_table, &out, data, size,
				languages[i % 2]);
		assert(i == 0 || ok == first);
		first = ok;
		if (ok && i < 2)
			check_page(&out);
		yihu_buf_free(&out);
	}
	return 0;
}
