/* SPDX-License-Identifier: Apache-2.0
 *
 * Receipts: as they come, and one of the input's own making with one byte of
 * it changed, which must not pass.
 */
#include <assert.h>
#include <string.h>

#include "fuzz.h"

static bool read_receipt(const void *bytes, size_t len, struct yihu_receipt *out)
{
	struct yihu_error err = fuzz_error();
	fuzz_fill(out, sizeof *out);
	int code = yihu_receipt_parse(out, bytes, len, &fuzz_world()->charter->log, &err);
	if (fuzz_ok(code, &err))
		return true;
	assert(fuzz_untouched(out, sizeof *out));
	return false;
}

/* The checkpoint that the input ends in, signed by the log; all before it as
 * it was. */
static void read_signed(const uint8_t *data, size_t size)
{
	const struct fuzz_world *w = fuzz_world();
	const uint8_t *gap = size ? memmem(data, size, "\n\n", 2) : NULL;
	struct yihu_buf bytes = {0}, text = {0};
	struct yihu_receipt r;
	if (!gap)
		return;
	size_t head = (size_t)(gap - data) + 2;
	fuzz_note_text(&text, data + head, size - head);
	yihu_buf_put(&bytes, data, head);
	yihu_note_sign(&bytes, (struct yihu_span){(const char *)text.data, text.len},
		       &w->charter->log, &w->f->log);
	if (read_receipt(bytes.data, bytes.len, &r)) {
		assert(r.index < r.checkpoint.size && r.entry_len > 0);
		yihu_receipt_free(&r);
	}
	yihu_buf_free(&text);
	yihu_buf_free(&bytes);
}

static void make(struct yihu_buf *out, const uint8_t *entry, size_t len, unsigned before,
		 unsigned after)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_tree *tree = yihu_tree_new();
	struct yihu_buf note = {0};
	for (unsigned i = 0; i < before; i++)
		yihu_tree_append(tree, yihu_leaf_hash("before", 6));
	yihu_tree_append(tree, yihu_leaf_hash(entry, len));
	for (unsigned i = 0; i < after; i++)
		yihu_tree_append(tree, yihu_leaf_hash("after", 5));
	struct yihu_checkpoint c = {.size = yihu_tree_size(tree)};
	c.root = yihu_tree_root(tree, c.size);
	yihu_checkpoint_sign(&note, &w->charter->log, &c, &w->f->log);
	yihu_receipt_make(out, entry, len, before, tree, c.size, note.data, note.len);
	yihu_buf_free(&note);
	yihu_tree_free(tree);
}

static void make_and_spoil(const uint8_t *data, size_t size)
{
	struct yihu_buf bytes = {0};
	struct yihu_receipt r;
	unsigned before = fuzz_take(&data, &size), after = fuzz_take(&data, &size);
	size_t at = fuzz_take(&data, &size);
	uint8_t change = fuzz_take(&data, &size);
	at = at << 8 | fuzz_take(&data, &size);
	if (size == 0 || size > YIHU_BUNDLE_ENTRY_BYTES_MAX)
		return;
	make(&bytes, data, size, before, after);
	assert(read_receipt(bytes.data, bytes.len, &r));
	assert(r.index == before && r.entry_len == size && memcmp(r.entry, data, size) == 0);
	yihu_receipt_free(&r);
	assert(!read_receipt(bytes.data, bytes.len - 1, &r));
	bytes.data[at % bytes.len] ^= change;
	assert(read_receipt(bytes.data, bytes.len, &r) == (change == 0));
	if (change == 0)
		yihu_receipt_free(&r);
	yihu_buf_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_receipt r;
	if (read_receipt(data, size, &r))
		yihu_receipt_free(&r);
	read_signed(data, size);
	make_and_spoil(data, size);
	return 0;
}
