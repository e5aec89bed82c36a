/* SPDX-License-Identifier: Apache-2.0
 *
 * The honest election, and what liars have to hand.
 */
#include "lies.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static struct world *the_world;

static void make_log(struct world *w)
{
	w->log = fixture_log_new(w->f);
	fixture_log_ballots(w->log, 4);
	fixture_log_change(w->log, 5, true);
	fixture_log_ballot(w->log, HOUSEHOLDS + 1, (const uint32_t[]){1, 1, 1, 1});
	fixture_log_close(w->log);
}

static void make_folders(struct world *w)
{
	w->issued = fixture_public_new(w->f);
	w->closed = public_copy(w->issued);
	fixture_public_log(w->closed, w->log);
	w->boxed = public_copy(w->closed);
	fixture_public_box(w->boxed, w->log, 7);
	w->mixed = public_copy(w->boxed);
	fixture_public_mix(w->mixed, w->log, 1);
	fixture_public_mix(w->mixed, w->log, 2);
	w->opened = public_copy(w->mixed);
	fixture_public_open(w->opened, w->log, 1);
	fixture_public_open(w->opened, w->log, 2);
	w->audit = audit_under(w->opened, w->f);
	w->published = public_copy(w->opened);
	publish(w->published, w->f, 3);
}

const struct world *world(void)
{
	if (the_world == NULL) {
		the_world = yihu_calloc(1, sizeof *the_world);
		the_world->f = fixture_new(&(struct fixture_options){.name = "lies",
								     .projects = 4,
								     .pictured = true,
								     .n = HOLDERS,
								     .t = 2,
								     .q = 3,
								     .households = HOUSEHOLDS,
								     .min_box = 3,
								     .max_withdrawals = 1});
		the_world->c = the_world->f->election->charter;
		make_log(the_world);
		make_folders(the_world);
	}
	return the_world;
}

void world_end(void)
{
	if (the_world == NULL)
		return;
	struct yihu_public *folders[] = {the_world->issued, the_world->closed,
					 the_world->boxed,  the_world->mixed,
					 the_world->opened, the_world->published};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		yihu_public_free(folders[i]);
	yihu_audit_free(the_world->audit);
	fixture_log_free(the_world->log);
	fixture_free(the_world->f);
	free(the_world);
	the_world = NULL;
}

struct liars liars(void)
{
	const struct fixture *f = world()->f;
	struct liars l = {.charter = *f->election->charter, .issuer = f->issuer, .log = f->log};
	memcpy(l.holders, f->holders, sizeof l.holders);
	memcpy(l.polynomials, f->polynomials, sizeof l.polynomials);
	return l;
}

static void sign_line(struct yihu_buf *note, struct yihu_span text, const struct liars *l, char who)
{
	if (who == 'i') {
		yihu_note_sign_line(note, text, &l->charter.issuer, &l->issuer);
	} else if (who == 'l') {
		yihu_note_sign_line(note, text, &l->charter.log, &l->log);
	} else {
		assert(who >= '1' && who <= '9');
		yihu_note_sign_line(note, text, &l->charter.holders[who - '1'].key,
				    &l->holders[who - '1']);
	}
}

void sign_note(struct yihu_buf *note, const struct yihu_buf *text, const struct liars *l,
	       const char *who)
{
	struct yihu_span span = {(const char *)text->data, text->len};
	yihu_buf_put(note, text->data, text->len);
	yihu_buf_u8(note, '\n');
	for (; *who != '\0'; who++)
		sign_line(note, span, l, *who);
}

void put_note(struct yihu_public *p, const char *name, struct yihu_buf *text, const char *who)
{
	struct liars l = liars();
	struct yihu_buf note = {0};
	sign_note(&note, text, &l, who);
	yihu_buf_free(text);
	put(p, name, &note);
}

void put_charter_text(struct scene *s, const struct liars *l, struct yihu_buf *text,
		      const char *who)
{
	struct yihu_buf note = {0};
	s->p = yihu_public_new();
	yihu_public_put(s->p, "election.pb", world()->f->definition.data,
			world()->f->definition.len);
	yihu_public_put(s->p, world()->f->picture_name.text, world()->f->picture.data,
			world()->f->picture.len);
	yihu_charter_eid(s->o.eid, text->data, text->len);
	sign_note(&note, text, l, who);
	yihu_buf_free(text);
	put(s->p, "charter", &note);
}

void put_charter(struct scene *s, const struct liars *l, const char *who)
{
	struct yihu_buf text = {0};
	yihu_charter_text(&text, &l->charter);
	put_charter_text(s, l, &text, who);
}

void replace(struct yihu_buf *b, const char *old, const char *with)
{
	const uint8_t *at = memmem(b->data, b->len, old, strlen(old));
	struct yihu_buf out = {0};
	assert(at != NULL);
	size_t before = (size_t)(at - b->data), after = before + strlen(old);
	yihu_buf_put(&out, b->data, before);
	yihu_buf_str(&out, with);
	yihu_buf_put(&out, b->data + after, b->len - after);
	yihu_buf_free(b);
	*b = out;
}

void put(struct yihu_public *p, const char *name, struct yihu_buf *bytes)
{
	yihu_public_put(p, name, bytes->data, bytes->len);
	yihu_buf_free(bytes);
}

struct yihu_buf copy_of(const struct yihu_public *p, const char *name)
{
	struct yihu_buf copy = {0};
	const struct yihu_buf *file = yihu_public_get(p, name);
	assert(file != NULL);
	yihu_buf_put(&copy, file->data, file->len);
	return copy;
}

/* RFC 8032's equations with a nonce of our own: s = r + H(R, A, M)·a. */
void sign_again(uint8_t sig[static YIHU_SIGNATURE_BYTES], const struct yihu_keypair *kp,
		const void *message, size_t len)
{
	uint8_t expanded[64], a[32], r[32], hash[64], k[32], ka[32];
	crypto_hash_sha512_state state;
	crypto_hash_sha512(expanded, kp->sk, 32);
	expanded[0] &= 248;
	expanded[31] = (uint8_t)((expanded[31] & 127) | 64);
	memset(expanded + 32, 0, 32);
	crypto_core_ed25519_scalar_reduce(a, expanded);
	crypto_core_ed25519_scalar_random(r);
	int rc = crypto_scalarmult_ed25519_base_noclamp(sig, r);
	assert(rc == 0);
	crypto_hash_sha512_init(&state);
	crypto_hash_sha512_update(&state, sig, 32);
	crypto_hash_sha512_update(&state, kp->pk, sizeof kp->pk);
	crypto_hash_sha512_update(&state, message, len);
	crypto_hash_sha512_final(&state, hash);
	crypto_core_ed25519_scalar_reduce(k, hash);
	crypto_core_ed25519_scalar_mul(ka, k, a);
	crypto_core_ed25519_scalar_add(sig + 32, r, ka);
	assert(yihu_verify(sig, kp->pk, message, len));
}

void add_torsion(uint8_t pk[static YIHU_PUBKEY_BYTES])
{
	/* One of the four points of order 8. */
	static const uint8_t order8[32] = {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f,
					   0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
					   0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6,
					   0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a};
	uint8_t sum[32];
	int rc = crypto_core_ed25519_add(sum, pk, order8);
	assert(rc == 0 && memcmp(sum, pk, sizeof sum) != 0);
	memcpy(pk, sum, sizeof sum);
}

void add_order(uint8_t scalar[static YIHU_SCALAR_BYTES])
{
	static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a,       0x63,
					  0x12, 0x58, 0xd6, 0x9c, 0xf7,       0xa2,
					  0xde, 0xf9, 0xde, 0x14, [31] = 0x10};
	sodium_add(scalar, order, sizeof order);
}

struct yihu_credential credential_by(const uint8_t eid[static YIHU_EID_BYTES], uint32_t serial,
				     const uint8_t pk[static YIHU_PUBKEY_BYTES],
				     const struct yihu_keypair *issuer)
{
	struct yihu_credential c;
	struct yihu_buf m = {0};
	uint8_t be[4];
	yihu_store_be32(be, serial);
	memcpy(c.pk, pk, sizeof c.pk);
	yihu_message_label(&m, "token");
	yihu_message_item(&m, eid, YIHU_EID_BYTES);
	yihu_message_item(&m, be, sizeof be);
	yihu_message_item(&m, pk, YIHU_PUBKEY_BYTES);
	yihu_sign(c.signature, issuer, m.data, m.len);
	yihu_buf_free(&m);
	return c;
}
