/* SPDX-License-Identifier: Apache-2.0
 *
 * A mix's file: its form, and its proof where the mixer has signed it. No
 * other mix of these ballots can be made without the mixer's randomness, so
 * none but the one that was made may pass.
 */
#include <assert.h>
#include <string.h>

#include "crypto/shuffle_common.h"
#include "fuzz.h"

static void write_again(const struct yihu_mix *m, const uint8_t *data, size_t size)
{
	struct yihu_buf again = {0};
	yihu_mix_write(&again, m);
	yihu_buf_put(&again, m->signature, sizeof m->signature);
	assert(fuzz_holds(&again, data, size));
	yihu_buf_free(&again);
}

static struct yihu_mix *read_mix(const uint8_t *data, size_t size)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_mix *m;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&m, sizeof m);
	if (!fuzz_ok(yihu_mix_parse(&m, data, size, w->n, w->w, &err), &err)) {
		assert(fuzz_untouched(&m, sizeof m));
		return NULL;
	}
	write_again(m, data, size);
	assert(yihu_mix_parse(&m, data, size - 1, w->n, w->w, NULL) != YIHU_OK);
	return m;
}

static bool verify(const struct yihu_mix *m)
{
	const struct fuzz_world *w = fuzz_world();
	static struct yihu_ciphertext *in;
	struct yihu_mix_context x = {.k = 1, .holder = 1, .n = w->n, .w = w->w, .y = w->charter->y};
	struct yihu_error err = fuzz_error();
	uint64_t n;
	if (!in) {
		struct yihu_public *none = fixture_public_new(w->f);
		in = fixture_public_list(none, w->log, &n);
		yihu_public_free(none);
	}
	memcpy(x.eid, w->charter->eid, sizeof x.eid);
	return fuzz_ok(yihu_mix_verify(m, &x, in, w->f->holders[0].pk, NULL, &err), &err);
}

static void sign_again(struct yihu_buf *bytes)
{
	const struct fuzz_world *w = fuzz_world();
	size_t len = bytes->len - YIHU_SIGNATURE_BYTES;
	uint8_t digest[64];
	struct yihu_buf message = {0};
	crypto_hash_sha512(digest, bytes->data, len);
	yihu_mix_message(&message, w->charter->eid, digest);
	yihu_sign(bytes->data + len, &w->f->holders[0], message.data, message.len);
	yihu_buf_free(&message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct yihu_buf *made = fuzz_file("mix/1");
	struct yihu_mix *m = read_mix(data, size);
	if (!m)
		return 0;
	struct yihu_buf bytes = {0};
	assert(verify(m) == fuzz_holds(made, data, size));
	yihu_mix_free(m);
	yihu_buf_put(&bytes, data, size);
	sign_again(&bytes);
	m = read_mix(bytes.data, bytes.len);
	assert(m && verify(m) == fuzz_holds(made, bytes.data, bytes.len));
	yihu_mix_free(m);
	yihu_buf_free(&bytes);
	return 0;
}
