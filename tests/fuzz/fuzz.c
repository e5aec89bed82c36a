/* SPDX-License-Identifier: Apache-2.0
 *
 * Properties that every reader keeps, and the world that targets read in.
 */
#include "fuzz.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/audit.h>

#define PATTERN 0xa5

/* ChaCha20 of a fixed key: honest parts (proofs, encryptions, shuffles) come
 * out the same in every run. A thread has its own, so that none waits. */
static _Thread_local uint64_t drawn;

static const char *random_name(void)
{
	return "fixed";
}

static void random_fill(void *out, const size_t len)
{
	static const uint8_t key[crypto_stream_chacha20_KEYBYTES] = "yihu fuzz";
	uint8_t nonce[crypto_stream_chacha20_NONCEBYTES];
	yihu_store_be64(nonce, drawn++);
	crypto_stream_chacha20(out, len, nonce, key);
}

static uint32_t random_word(void)
{
	uint32_t v;
	random_fill(&v, sizeof v);
	return v;
}

static struct randombytes_implementation fixed_random = {
	.implementation_name = random_name,
	.random = random_word,
	.buf = random_fill,
};

/* Before any thread; sodium_init draws too, and only the first time. */
__attribute__((constructor)) static void fix_random(void)
{
	randombytes_set_implementation(&fixed_random);
	if (sodium_init() < 0)
		abort();
}

void fuzz_random_again(void)
{
	drawn = 0;
}

struct yihu_error fuzz_error(void)
{
	struct yihu_error err;
	fuzz_fill(&err, sizeof err);
	return err;
}

void fuzz_fill(void *out, size_t len)
{
	memset(out, PATTERN, len);
}

bool fuzz_untouched(const void *out, size_t len)
{
	const uint8_t *p = out;
	return p[0] == PATTERN && memcmp(p, p + 1, len - 1) == 0;
}

static bool is_quiet(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

bool fuzz_ok(int code, const struct yihu_error *err)
{
	if (code == YIHU_OK)
		return true;
	assert(code > 0 && code < YIHU_N_CODES);
	assert(err->code == code);
	size_t len = strnlen(err->text, sizeof err->text);
	assert(len > 0 && len < sizeof err->text);
	assert(yihu_utf8_valid(err->text, len));
	assert(is_quiet(err->text));
	return false;
}

bool fuzz_holds(const struct yihu_buf *b, const void *data, size_t len)
{
	return b->len == len && (len == 0 || memcmp(b->data, data, len) == 0);
}

uint8_t fuzz_take(const uint8_t **data, size_t *size)
{
	if (*size == 0)
		return 0;
	(*size)--;
	return *(*data)++;
}

char *fuzz_string(const uint8_t *data, size_t size)
{
	return yihu_strndup((const char *)data, strnlen((const char *)data, size));
}

static struct yihu_audit *audit(const struct yihu_public *p)
{
	struct yihu_audit_options none = {0};
	struct yihu_audit *a = yihu_audit_run(p, &none);
	assert(a->n_faults == 0);
	return a;
}

static void publish(struct fuzz_world *w)
{
	w->pub = fixture_public_opened(w->log);
	struct yihu_audit *a = audit(w->pub);
	fixture_public_results(w->pub, w->f, &a->results_pb, &a->results_json, FIXTURE_ALL_HOLDERS);
	yihu_audit_free(a);
	a = audit(w->pub);
	assert(a->stage == YIHU_STAGE_PUBLISHED);
	yihu_audit_free(a);
}

const struct fuzz_world *fuzz_world(void)
{
	static struct fuzz_world w;
	if (w.f)
		return &w;
	fuzz_random_again();
	w.f = fixture_new(NULL);
	w.election = w.f->election;
	w.charter = w.election->charter;
	w.w = w.election->definition->width;
	w.log = fixture_log_new(w.f);
	fixture_log_ballots(w.log, 3);
	fixture_log_change(w.log, 12, true);
	fixture_log_close(w.log);
	w.box = fixture_log_box(w.log);
	w.n = yihu_ledger_counts(w.log->ledger).ballots;
	publish(&w);
	return &w;
}

const struct yihu_buf *fuzz_file(const char *name)
{
	const struct yihu_buf *b = yihu_public_get(fuzz_world()->pub, name);
	assert(b);
	return b;
}

void fuzz_note_text(struct yihu_buf *text, const uint8_t *data, size_t size)
{
	const uint8_t *gap = size ? memmem(data, size, "\n\n", 2) : NULL;
	yihu_buf_put(text, data, gap ? (size_t)(gap - data) : size);
	if (text->len == 0 || text->data[text->len - 1] != '\n')
		yihu_buf_u8(text, '\n');
}

void fuzz_note_sign(struct yihu_buf *note, const struct yihu_buf *text, uint32_t signers)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_span span = {(const char *)text->data, text->len};
	yihu_buf_put(note, text->data, text->len);
	yihu_buf_u8(note, '\n');
	if (signers & FUZZ_ISSUER)
		yihu_note_sign_line(note, span, &w->charter->issuer, &w->f->issuer);
	for (uint32_t i = 0; i < w->charter->n; i++)
		if (signers >> i & 1)
			yihu_note_sign_line(note, span, &w->charter->holders[i].key,
					    &w->f->holders[i]);
}
