/* SPDX-License-Identifier: Apache-2.0
 *
 * Checkpoints, and the note `box`: the same size and root, signed by others.
 */
#include <assert.h>
#include <string.h>

#include "fuzz.h"

static bool read_checkpoint(const void *bytes, size_t len)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_checkpoint c;
	struct yihu_buf again = {0};
	struct yihu_error err = fuzz_error();
	fuzz_fill(&c, sizeof c);
	if (!fuzz_ok(yihu_checkpoint_parse(&c, bytes, len, &w->charter->log, &err), &err)) {
		assert(fuzz_untouched(&c, sizeof c));
		return false;
	}
	/* Text and the log's line have one spelling; lines of others may stand
	 * anywhere in the block. */
	yihu_checkpoint_sign(&again, &w->charter->log, &c, &w->f->log);
	const uint8_t *own = (const uint8_t *)memmem(again.data, again.len, "\n\n", 2) + 2;
	size_t text = (size_t)(own - again.data);
	assert(again.len <= len && memcmp(again.data, bytes, text) == 0);
	assert(memmem((const uint8_t *)bytes + text - 1, len - text + 1, own - 1,
		      again.len - text + 1) != NULL);
	yihu_buf_free(&again);
	return true;
}

static bool read_box(const void *bytes, size_t len)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_checkpoint c;
	struct yihu_buf text = {0}, again = {0};
	uint32_t signers;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&c, sizeof c);
	fuzz_fill(&signers, sizeof signers);
	if (!fuzz_ok(yihu_box_note_parse(&c, &signers, bytes, len, w->charter, &err), &err)) {
		assert(fuzz_untouched(&c, sizeof c) && fuzz_untouched(&signers, sizeof signers));
		return false;
	}
	yihu_box_note_text(&text, w->charter->eid, &c);
	fuzz_note_sign(&again, &text, signers);
	assert(fuzz_holds(&again, bytes, len));
	yihu_buf_free(&text);
	yihu_buf_free(&again);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct fuzz_world *w = fuzz_world();
	uint32_t signers = size ? data[size - 1] : 0;
	struct yihu_buf text = {0}, note = {0};
	if (read_checkpoint(data, size))
		assert(!read_checkpoint(data, size - 1));
	if (read_box(data, size))
		assert(!read_box(data, size - 1));
	fuzz_note_text(&text, data, size);
	yihu_note_sign(&note, (struct yihu_span){(const char *)text.data, text.len},
		       &w->charter->log, &w->f->log);
	read_checkpoint(note.data, note.len);
	yihu_buf_reset(&note);
	fuzz_note_sign(&note, &text, signers);
	read_box(note.data, note.len);
	yihu_buf_reset(&note);
	fuzz_note_sign(&note, &text, FUZZ_ALL & ~FUZZ_ISSUER);
	read_box(note.data, note.len);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	return 0;
}
