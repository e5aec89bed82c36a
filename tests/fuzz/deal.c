/* SPDX-License-Identifier: Apache-2.0
 *
 * The ceremony's deals, read by the holder that they are dealt to.
 */
#include <assert.h>
#include <string.h>

#include "fuzz.h"

#define DEALER 1
#define READER 2

/* S that a deal of this world's is made over: any will do here. */
static const uint8_t digest[64] = "the announcements";

static void read_deal(const void *bytes, size_t len)
{
	const struct fuzz_world *w = fuzz_world();
	const struct yihu_holder *dealer = &w->charter->holders[DEALER - 1];
	struct yihu_scalar share;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&share, sizeof share);
	bool form = fuzz_ok(yihu_deal_check(bytes, len, digest, dealer, w->charter->n, &err), &err);
	err = fuzz_error();
	int code = yihu_deal_open(&share, bytes, len, digest, dealer, w->charter->n, READER,
				  &w->f->holders[READER - 1], &err);
	if (!fuzz_ok(code, &err)) {
		assert(fuzz_untouched(&share, sizeof share));
		assert(!form || code == YIHU_ESHARE);
		return;
	}
	assert(form && yihu_scalar_valid(&share));
	yihu_holder_share_ok(dealer, w->charter->t, READER, share);
	assert(yihu_deal_check(bytes, len - 1, digest, dealer, w->charter->n, NULL) != YIHU_OK);
}

/* The S of a seed may be another's: line 2 is made ours. */
static void use_digest(struct yihu_buf *text)
{
	char hex[2 * sizeof digest + 1];
	uint8_t *line = memchr(text->data, '\n', text->len);
	size_t behind = (size_t)(text->data + text->len - line - 1);
	if (behind >= sizeof hex)
		memcpy(line + 1, yihu_hex_into(hex, digest, sizeof digest), sizeof hex - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_buf text = {0}, note = {0};
	read_deal(data, size);
	fuzz_note_text(&text, data, size);
	fuzz_note_sign(&note, &text, 1 << (DEALER - 1));
	read_deal(note.data, note.len);
	use_digest(&text);
	yihu_buf_reset(&note);
	fuzz_note_sign(&note, &text, 1 << (DEALER - 1));
	read_deal(note.data, note.len);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	return 0;
}
