/* SPDX-License-Identifier: Apache-2.0
 *
 * The charter: as text, as a draft of the issuer's, and signed by all.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

typedef int parse_fn(struct yihu_charter **out, const void *bytes, size_t len,
		     struct yihu_error *err);

static struct yihu_charter *read_by(parse_fn *parse, const void *bytes, size_t len)
{
	struct yihu_charter *c;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&c, sizeof c);
	if (fuzz_ok(parse(&c, bytes, len, &err), &err))
		return c;
	assert(fuzz_untouched(&c, sizeof c));
	return NULL;
}

static void write_again(const struct yihu_charter *c, const void *text, size_t len)
{
	struct yihu_buf again = {0};
	uint8_t eid[YIHU_EID_BYTES];
	yihu_charter_text(&again, c);
	assert(fuzz_holds(&again, text, len));
	assert(strlen(c->text) == len && memcmp(c->text, text, len) == 0);
	yihu_charter_eid(eid, text, len);
	assert(memcmp(eid, c->eid, sizeof eid) == 0);
	assert(c->opens < c->closes && c->t <= c->q && c->q <= c->n && c->min_box >= 1);
	assert(yihu_origin_valid(c->origin));
	yihu_buf_free(&again);
}

/* May the world's keys sign for those that the text names? */
static bool is_the_worlds(const struct yihu_charter *c)
{
	const struct yihu_charter *w = fuzz_world()->charter;
	bool same = c->n == w->n && yihu_vkey_same(&c->issuer, &w->issuer);
	for (uint32_t i = 0; same && i < c->n; i++)
		same = yihu_vkey_same(&c->holders[i].key, &w->holders[i].key);
	return same;
}

static void read_signed(parse_fn *parse, const struct yihu_buf *text, uint32_t signers,
			bool expected)
{
	struct yihu_buf note = {0};
	fuzz_note_sign(&note, text, signers);
	struct yihu_charter *c = read_by(parse, note.data, note.len);
	assert((c != NULL) == expected);
	yihu_charter_free(c);
	yihu_buf_free(&note);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_buf text = {0};
	yihu_charter_free(read_by(yihu_charter_parse, data, size));
	yihu_charter_free(read_by(yihu_charter_parse_draft, data, size));
	yihu_charter_free(read_by(yihu_charter_parse_text, data, size));
	fuzz_note_text(&text, data, size);
	struct yihu_charter *c = read_by(yihu_charter_parse_text, text.data, text.len);
	bool ours = c && is_the_worlds(c);
	if (c)
		write_again(c, text.data, text.len);
	read_signed(yihu_charter_parse_draft, &text, FUZZ_ISSUER, ours);
	read_signed(yihu_charter_parse, &text, FUZZ_ALL, ours);
	yihu_charter_free(c);
	yihu_buf_free(&text);
	return 0;
}
