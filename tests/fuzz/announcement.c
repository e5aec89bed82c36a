/* SPDX-License-Identifier: Apache-2.0
 *
 * The ceremony's announcements, and the trustee line in them.
 */
#include <assert.h>
#include <string.h>

#include "fuzz.h"

struct announced {
	struct yihu_holder h;
	uint32_t n, t;
};

static void write_again(const struct announced *a, const void *bytes, size_t len)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_buf again = {0};
	assert(yihu_threshold_valid(a->t, a->n) && a->h.index >= 1 && a->h.index <= a->n);
	for (uint32_t i = 0; i < w->charter->n; i++) {
		if (memcmp(w->f->holders[i].pk, a->h.key.pk, YIHU_PUBKEY_BYTES) != 0)
			continue;
		yihu_announcement_make(&again, &a->h, a->n, a->t, &w->f->holders[i]);
		assert(fuzz_holds(&again, bytes, len));
	}
	yihu_buf_free(&again);
}

static void read_announcement(const void *bytes, size_t len)
{
	struct announced a;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&a, sizeof a);
	if (fuzz_ok(yihu_announcement_parse(&a.h, &a.n, &a.t, bytes, len, &err), &err)) {
		write_again(&a, bytes, len);
		assert(yihu_announcement_parse(&a.h, &a.n, &a.t, bytes, len - 1, NULL) != YIHU_OK);
	} else {
		assert(fuzz_untouched(&a, sizeof a));
	}
}

static void read_line(struct yihu_span line, uint32_t t)
{
	static struct yihu_holder h;
	struct yihu_buf again = {0};
	struct yihu_error err = fuzz_error();
	fuzz_fill(&h, sizeof h);
	if (!fuzz_ok(yihu_holder_parse_line(&h, line, t, &err), &err)) {
		assert(fuzz_untouched(&h, sizeof h));
		return;
	}
	yihu_holder_line(&again, &h, t);
	assert(again.len == line.len + 1 && memcmp(again.data, line.p, line.len) == 0);
	yihu_buf_free(&again);
}

/* Signed by whichever of the world's holders it may name. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_buf text = {0}, note = {0};
	read_announcement(data, size);
	fuzz_note_text(&text, data, size);
	for (uint32_t i = 0; i < fuzz_world()->charter->n; i++) {
		yihu_buf_reset(&note);
		fuzz_note_sign(&note, &text, UINT32_C(1) << i);
		read_announcement(note.data, note.len);
	}
	struct yihu_lines lines = yihu_lines(data, size);
	struct yihu_span line;
	while (yihu_lines_next(&lines, &line))
		read_line(line, fuzz_world()->charter->t);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	return 0;
}
