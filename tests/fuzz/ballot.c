/* SPDX-License-Identifier: Apache-2.0
 *
 * A ballot: its bytes, its signature and proof, and the entry it becomes.
 */
#include <assert.h>
#include <string.h>

#include "fuzz.h"

/* The vote signature made anew by the household that the ballot names, so
 * that what stands behind it is reached too. */
static void sign_again(struct yihu_buf *bytes)
{
	const struct fuzz_world *w = fuzz_world();
	uint32_t serial = yihu_load_be32(bytes->data + 1);
	size_t len = bytes->len - YIHU_SIGNATURE_BYTES;
	struct yihu_buf message = {0};
	struct yihu_keypair kp;
	struct yihu_token token = fixture_token(w->f, 1 + serial % w->charter->households);
	yihu_token_keypair(&kp, w->charter->eid, &token);
	memcpy(bytes->data + 1 + 4, kp.pk, sizeof kp.pk);
	yihu_message_label(&message, "ballot");
	yihu_message_item(&message, w->charter->eid, YIHU_EID_BYTES);
	yihu_message_item(&message, bytes->data, len);
	yihu_sign(bytes->data + len, &kp, message.data, message.len);
	yihu_buf_free(&message);
}

static void put_again(const struct yihu_ballot *b, struct yihu_buf *out)
{
	yihu_buf_u8(out, 1);
	yihu_buf_be32(out, b->serial);
	yihu_buf_put(out, b->pk, sizeof b->pk);
	yihu_buf_put(out, b->token_signature, sizeof b->token_signature);
	yihu_buf_u8(out, (uint8_t)b->w);
	yihu_buf_put(out, b->words, b->w * sizeof *b->words);
	yihu_buf_put(out, b->commitments, b->w * sizeof *b->commitments);
	yihu_buf_put(out, b->responses, b->w * sizeof *b->responses);
	yihu_buf_put(out, b->vote_signature, sizeof b->vote_signature);
}

static void read_ballot(const uint8_t *data, size_t size, uint32_t w)
{
	static struct yihu_ballot b;
	const uint8_t *eid = fuzz_world()->charter->eid;
	struct yihu_buf again = {0};
	struct yihu_error err = fuzz_error();
	char code[YIHU_CODE_BYTES];
	uint8_t challenge[32];
	fuzz_fill(&b, sizeof b);
	if (!fuzz_ok(yihu_ballot_parse(&b, data, size, w, &err), &err)) {
		assert(fuzz_untouched(&b, sizeof b));
		return;
	}
	put_again(&b, &again);
	assert(fuzz_holds(&again, data, size));
	yihu_buf_free(&again);
	yihu_ballot_code(code, eid, data, size);
	yihu_ballot_challenge(challenge, eid, data, size);
	assert(strlen(code) == YIHU_CODE_BYTES - 1);
	err = fuzz_error();
	fuzz_ok(yihu_ballot_verify(&b, data, size, eid, &err), &err);
	assert(yihu_ballot_parse(&b, data, size - 1, w, NULL) != YIHU_OK);
}

/* By the width that it claims, and by the election's. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t width_at = 1 + 4 + YIHU_PUBKEY_BYTES + YIHU_SIGNATURE_BYTES;
	struct yihu_buf bytes = {0};
	read_ballot(data, size, fuzz_world()->w);
	if (size <= width_at + YIHU_SIGNATURE_BYTES)
		return 0;
	if (data[width_at] > 0)
		read_ballot(data, size, data[width_at]);
	yihu_buf_put(&bytes, data, size);
	sign_again(&bytes);
	read_ballot(bytes.data, bytes.len, fuzz_world()->w);
	yihu_buf_free(&bytes);
	return 0;
}
