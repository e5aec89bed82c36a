/* SPDX-License-Identifier: Apache-2.0
 *
 * An opening's file: its form, and its proof where the holder has signed it.
 * None but the one that was made may pass.
 */
#include <assert.h>
#include <string.h>

#include "crypto/opening_file.h"
#include "fuzz.h"

static void write_again(const struct yihu_opening *o, const uint8_t *data, size_t size)
{
	struct yihu_buf again = {0};
	yihu_opening_write(&again, o);
	yihu_buf_put(&again, o->signature, sizeof o->signature);
	assert(fuzz_holds(&again, data, size));
	yihu_buf_free(&again);
}

static struct yihu_opening *read_opening(const uint8_t *data, size_t size)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_opening *o;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&o, sizeof o);
	if (!fuzz_ok(yihu_opening_parse(&o, data, size, w->n, w->w, &err), &err)) {
		assert(fuzz_untouched(&o, sizeof o));
		return NULL;
	}
	write_again(o, data, size);
	assert(yihu_opening_parse(&o, data, size - 1, w->n, w->w, NULL) != YIHU_OK);
	return o;
}

static bool verify(const struct yihu_opening *o)
{
	const struct fuzz_world *w = fuzz_world();
	static struct yihu_ciphertext *list;
	const uint8_t *eid = w->charter->eid;
	struct yihu_opening_context x = {
		.holder = 1,
		.x = w->charter->share_keys[0],
		.p = yihu_lot_point(eid, w->box.size, w->box.root.bytes),
		.n = w->n,
		.w = w->w,
	};
	struct yihu_error err = fuzz_error();
	uint64_t n;
	if (!list)
		list = fixture_public_list(w->pub, w->log, &n);
	memcpy(x.eid, eid, sizeof x.eid);
	return fuzz_ok(yihu_opening_verify(o, &x, list, w->f->holders[0].pk, NULL, &err), &err);
}

static void sign_again(struct yihu_buf *bytes)
{
	const struct fuzz_world *w = fuzz_world();
	size_t len = bytes->len - YIHU_SIGNATURE_BYTES;
	uint8_t digest[64];
	struct yihu_buf message = {0};
	crypto_hash_sha512(digest, bytes->data, len);
	yihu_opening_message(&message, w->charter->eid, digest);
	yihu_sign(bytes->data + len, &w->f->holders[0], message.data, message.len);
	yihu_buf_free(&message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct yihu_buf *made = fuzz_file("open/1");
	struct yihu_opening *o = read_opening(data, size);
	if (!o)
		return 0;
	struct yihu_buf bytes = {0};
	assert(verify(o) == fuzz_holds(made, data, size));
	yihu_opening_free(o);
	yihu_buf_put(&bytes, data, size);
	sign_again(&bytes);
	o = read_opening(bytes.data, bytes.len);
	assert(o && verify(o) == fuzz_holds(made, bytes.data, bytes.len));
	yihu_opening_free(o);
	yihu_buf_free(&bytes);
	return 0;
}
