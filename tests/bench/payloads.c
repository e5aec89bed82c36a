/* SPDX-License-Identifier: Apache-2.0
 *
 * Hostile requests.
 */
#include "payloads.h"

#include <load.h>
#include <string.h>

#define PROOF_END (64 + 32) /* before the signature: the last response of the proof */
#define R_ENTRY_BYTES 169

static void put_post(struct yihu_buf *out, const char *path, const void *body, size_t len)
{
	yihu_buf_fmt(out, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n", path, len);
	yihu_buf_put(out, body, len);
}

static struct yihu_keypair letter_key(uint32_t serial)
{
	struct yihu_token t = fixture_token(load_election, serial);
	struct yihu_keypair kp;
	yihu_token_keypair(&kp, load_election->election->charter->eid, &t);
	return kp;
}

static struct yihu_keypair stranger(void)
{
	uint8_t seed[32];
	struct yihu_keypair kp;
	randombytes_buf(seed, sizeof seed);
	yihu_keypair_from_seed(&kp, seed);
	return kp;
}

static void sign_anew(struct yihu_buf *ballot, const struct yihu_keypair *kp)
{
	struct yihu_buf m = {0};
	yihu_message_label(&m, "ballot");
	yihu_message_item(&m, load_election->election->charter->eid, YIHU_EID_BYTES);
	yihu_message_item(&m, ballot->data, ballot->len - 64);
	yihu_sign(ballot->data + ballot->len - 64, kp, m.data, m.len);
	yihu_buf_free(&m);
}

static struct yihu_buf copy_of(const struct yihu_buf *b)
{
	struct yihu_buf copy = {0};
	yihu_buf_put(&copy, b->data, b->len);
	return copy;
}

static void put_bad_proof(struct yihu_buf *out, const struct letters_used *l, uint32_t i)
{
	uint32_t serial = l->own + i % l->n_own;
	struct yihu_buf b = copy_of(&load_homes[serial - 1].ballot);
	const struct yihu_keypair kp = letter_key(serial);
	b.data[b.len - PROOF_END + i / l->n_own % 16] ^= 1;
	sign_anew(&b, &kp);
	put_post(out, "/api/ballot", b.data, b.len);
	yihu_buf_free(&b);
}

static void put_bad_signature(struct yihu_buf *out, const struct letters_used *l, uint32_t i)
{
	struct yihu_buf b = copy_of(&load_homes[l->honest + i % l->n_honest - 1].ballot);
	b.data[b.len - 64 + i % 16] ^= 1;
	put_post(out, "/api/ballot", b.data, b.len);
	yihu_buf_free(&b);
}

static void put_foreign(struct yihu_buf *out, uint32_t serial)
{
	struct yihu_buf b = copy_of(&load_homes[serial - 1].ballot);
	const struct yihu_keypair kp = stranger();
	memcpy(b.data + 5, kp.pk, sizeof kp.pk);
	sign_anew(&b, &kp);
	put_post(out, "/api/ballot", b.data, b.len);
	yihu_buf_free(&b);
}

static void put_entry(struct yihu_buf *out)
{
	uint8_t entry[R_ENTRY_BYTES];
	const struct yihu_keypair kp = stranger();
	randombytes_buf(entry, sizeof entry);
	entry[0] = 'R';
	yihu_store_be32(entry + 1, 0);
	yihu_store_be32(entry + 5, load_election->election->charter->households + 1);
	memcpy(entry + 9, kp.pk, sizeof kp.pk);
	put_post(out, "/api/entry", entry, sizeof entry);
}

static void put_scan(struct yihu_buf *out, uint32_t i)
{
	yihu_buf_str(out, "GET ");
	switch (i % 6) {
	case 0:
		yihu_buf_fmt(out, "/api/serial/%u", i);
		break;
	case 1:
		yihu_buf_fmt(out, "/api/credential/%u", i);
		break;
	case 2:
		yihu_buf_fmt(out, "/v/%u", i);
		break;
	case 3:
		yihu_buf_fmt(out, "/log/tile/0/%03u", i);
		break;
	case 4:
		yihu_buf_fmt(out, "/.git/objects/%u", i);
		break;
	default:
		yihu_buf_str(out, "/api/state");
		break;
	}
	yihu_buf_str(out, " HTTP/1.1\r\nHost: x\r\n\r\n");
}

static void make_one(struct yihu_buf *out, enum payload kind, const struct letters_used *l,
		     uint32_t i)
{
	switch (kind) {
	case PAYLOAD_BAD_PROOF:
		put_bad_proof(out, l, i);
		break;
	case PAYLOAD_BAD_SIGNATURE:
		put_bad_signature(out, l, i);
		break;
	case PAYLOAD_FOREIGN:
		put_foreign(out, l->honest + i % l->n_honest);
		break;
	case PAYLOAD_VOTED:
		put_foreign(out, l->voted + i % l->n_voted);
		break;
	case PAYLOAD_ENTRY:
		put_entry(out);
		break;
	case PAYLOAD_UPLOAD:
		put_post(out, "/api/public/box", "x", 1);
		break;
	default:
		put_scan(out, i);
		break;
	}
}

void payloads_make(struct yihu_buf *out, enum payload kind, const struct letters_used *l)
{
	for (uint32_t i = 0; i < PAYLOADS; i++)
		make_one(&out[i], kind, l, i);
}
