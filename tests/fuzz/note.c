/* SPDX-License-Identifier: Apache-2.0
 *
 * Signed notes, verifier keys, and the text they are made of.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void read_key(struct yihu_span text)
{
	struct yihu_vkey key, again;
	struct yihu_buf written = {0};
	struct yihu_error err = fuzz_error();
	fuzz_fill(&key, sizeof key);
	if (!fuzz_ok(yihu_vkey_parse(&key, text, &err), &err)) {
		assert(fuzz_untouched(&key, sizeof key));
		return;
	}
	yihu_vkey_text(&written, &key);
	assert(fuzz_holds(&written, text.p, text.len));
	assert(yihu_vkey_make(&again, key.name, key.pk, NULL) == YIHU_OK);
	assert(yihu_vkey_same(&key, &again) && memcmp(key.id, again.id, sizeof key.id) == 0);
	yihu_buf_free(&written);
}

/* A key of any name that is allowed is read as it was written. */
static void write_key(const char *name)
{
	struct yihu_vkey key, again;
	struct yihu_buf text = {0};
	struct yihu_error err = fuzz_error();
	bool ok = fuzz_ok(yihu_vkey_make(&key, name, fuzz_world()->f->log.pk, &err), &err);
	assert(ok == yihu_name_valid(yihu_span(name)));
	if (!ok)
		return;
	yihu_vkey_text(&text, &key);
	struct yihu_span span = {(const char *)text.data, text.len};
	assert(yihu_vkey_parse(&again, span, NULL) == YIHU_OK && yihu_vkey_same(&key, &again));
	yihu_buf_free(&text);
}

static void read_note(const uint8_t *data, size_t size)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_note note;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&note, sizeof note);
	if (!fuzz_ok(yihu_note_split(&note, data, size, &err), &err)) {
		assert(fuzz_untouched(&note, sizeof note));
		return;
	}
	size_t len = note.text.len + 1;
	for (size_t i = 0; i < note.n_signatures; i++) {
		struct yihu_span line = yihu_note_line(&note, i);
		assert(line.p == (const char *)data + len);
		assert(yihu_name_valid(yihu_note_line_name(line)));
		len += line.len;
		err = fuzz_error();
		fuzz_ok(yihu_note_verify_line(note.text, line, &w->charter->log, &err), &err);
	}
	assert(len == size);
	err = fuzz_error();
	fuzz_ok(yihu_note_verify(&note, &w->charter->log, 1, &err), &err);
	assert(yihu_note_split(&note, data, size - 1, NULL) != YIHU_OK);
}

/* What is signed verifies, wherever the text is one that can be a note's. */
static void write_note(const uint8_t *data, size_t size)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_vkey keys[2] = {w->charter->issuer, w->charter->holders[1].key};
	struct yihu_buf text = {0}, bytes = {0};
	struct yihu_note note;
	fuzz_note_text(&text, data, size);
	fuzz_note_sign(&bytes, &text, FUZZ_ISSUER | 2);
	if (text.data[0] != '\n' && yihu_text_clean(text.data, text.len)) {
		assert(yihu_note_split(&note, bytes.data, bytes.len, NULL) == YIHU_OK);
		assert(note.text.len == text.len);
		assert(yihu_note_verify(&note, keys, 2, NULL) == YIHU_OK);
		assert(yihu_note_verify(&note, keys, 1, NULL) == YIHU_ESIGNERS);
	}
	read_note(bytes.data, bytes.len);
	yihu_buf_free(&text);
	yihu_buf_free(&bytes);
}

static void read_text(struct yihu_span text)
{
	struct yihu_buf raw = {0}, again = {0};
	if (yihu_unbase64(&raw, text)) {
		yihu_base64(&again, raw.data, raw.len);
		assert(fuzz_holds(&again, text.p, text.len));
	}
	uint8_t *bytes = yihu_alloc(text.len / 2 + 1);
	if (text.len % 2 == 0 && yihu_unhex(bytes, text.len / 2, text)) {
		yihu_buf_reset(&again);
		yihu_hex(&again, bytes, text.len / 2);
		assert(fuzz_holds(&again, text.p, text.len));
	}
	free(bytes);
	yihu_buf_free(&raw);
	yihu_buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *name = fuzz_string(data, size);
	read_text((struct yihu_span){(const char *)data, size});
	read_key((struct yihu_span){(const char *)data, size});
	write_key(name);
	read_note(data, size);
	write_note(data, size);
	free(name);
	return 0;
}
