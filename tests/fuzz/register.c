/* SPDX-License-Identifier: Apache-2.0
 *
 * The register: as it comes, and rightly signed by the issuer.
 */
#include <assert.h>
#include <string.h>

#include "fuzz.h"

static bool read_register(const void *bytes, size_t len)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_register *reg;
	struct yihu_buf again = {0};
	struct yihu_error err = fuzz_error();
	fuzz_fill(&reg, sizeof reg);
	if (!fuzz_ok(yihu_register_parse(&reg, w->charter, bytes, len, &err), &err)) {
		assert(fuzz_untouched(&reg, sizeof reg));
		return false;
	}
	assert(reg->n == w->charter->households);
	yihu_register_make(&again, w->charter, reg->credentials, &w->f->issuer);
	assert(fuzz_holds(&again, bytes, len));
	yihu_buf_free(&again);
	yihu_register_free(reg);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_buf text = {0}, note = {0};
	if (read_register(data, size))
		assert(!read_register(data, size - 1));
	fuzz_note_text(&text, data, size);
	fuzz_note_sign(&note, &text, FUZZ_ISSUER);
	read_register(note.data, note.len);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	return 0;
}
