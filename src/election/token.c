/* SPDX-License-Identifier: Apache-2.0
 *
 * The household token: its credential, its signature, its 84 bytes
 * (PROTOCOL §5).
 */
#include <string.h>

#include <yihu/token.h>

void yihu_token_keypair(struct yihu_keypair *out, const uint8_t eid[static YIHU_EID_BYTES],
			const struct yihu_token *t)
{
	uint8_t seed[YIHU_SEED_BYTES];
	struct yihu_frame f;
	yihu_frame_init(&f, "credential");
	yihu_frame_item(&f, eid, YIHU_EID_BYTES);
	yihu_frame_be32(&f, t->serial);
	yihu_frame_item(&f, t->seed, sizeof(t->seed));
	yihu_frame_hash32(&f, seed);
	yihu_keypair_from_seed(out, seed);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(&f, sizeof(f)); /* SHA-512's block still holds the seed */
}

/* M("token"; eid, be32 serial, pk) */
static void credential_message(struct yihu_buf *m, const uint8_t eid[static YIHU_EID_BYTES],
			       uint32_t serial, const uint8_t pk[static YIHU_PUBKEY_BYTES])
{
	uint8_t number[4];
	yihu_store_be32(number, serial);
	yihu_message_label(m, "token");
	yihu_message_item(m, eid, YIHU_EID_BYTES);
	yihu_message_item(m, number, sizeof(number));
	yihu_message_item(m, pk, YIHU_PUBKEY_BYTES);
}

void yihu_token_sign(struct yihu_token *t, const uint8_t eid[static YIHU_EID_BYTES],
		     const struct yihu_keypair *issuer)
{
	struct yihu_buf m = {0};
	struct yihu_keypair kp;
	yihu_token_keypair(&kp, eid, t);
	credential_message(&m, eid, t->serial, kp.pk);
	yihu_sign(t->signature, issuer, m.data, m.len);
	yihu_keypair_wipe(&kp);
	yihu_buf_free(&m);
}

int yihu_credential_verify(const uint8_t eid[static YIHU_EID_BYTES], uint32_t serial,
			   const uint8_t pk[static YIHU_PUBKEY_BYTES],
			   const uint8_t signature[static YIHU_SIGNATURE_BYTES],
			   const uint8_t issuer_pk[static YIHU_PUBKEY_BYTES],
			   struct yihu_error *err)
{
	struct yihu_buf m = {0};
	bool ok;
	if (!yihu_pubkey_valid(pk))
		return yihu_fail(err, YIHU_EPUBKEY,
				 _("the key of letter %04u is not a valid public key"), serial);
	credential_message(&m, eid, serial, pk);
	ok = yihu_verify(signature, issuer_pk, m.data, m.len);
	yihu_buf_free(&m);
	if (!ok)
		return yihu_fail(
			err, YIHU_ESIGNATURE,
			_("the issuer of this election has not signed the key of letter %04u"),
			serial);
	return 0;
}

void yihu_token_bytes(uint8_t out[static YIHU_TOKEN_BYTES], const struct yihu_token *t)
{
	yihu_store_be32(out, t->serial);
	memcpy(out + 4, t->seed, sizeof(t->seed));
	memcpy(out + 4 + sizeof(t->seed), t->signature, sizeof(t->signature));
}

void yihu_token_from_bytes(struct yihu_token *out, const uint8_t in[static YIHU_TOKEN_BYTES])
{
	out->serial = yihu_load_be32(in);
	memcpy(out->seed, in + 4, sizeof(out->seed));
	memcpy(out->signature, in + 4 + sizeof(out->seed), sizeof(out->signature));
}
