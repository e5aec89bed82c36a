/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP verifier keys: name+<8 hex of key id>+base64(0x01 ‖ pk).
 */
#include <sodium.h>
#include <string.h>
#include <yihu/vkey.h>

#define ED25519_TYPE 0x01

/* Everything that Unicode calls White_Space, as UTF-8: the signed-note format
 * forbids it in names, and people type U+3000 without seeing it. */
static const char *const spaces[] = {
	" ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\u00a0", "\u1680",
	"\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
	"\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000",
};

static bool has(struct yihu_span s, const char *what)
{
	return memmem(s.p, s.len, what, strlen(what)) != NULL;
}

bool yihu_name_valid(struct yihu_span name)
{
	if (name.len == 0 || name.len > YIHU_NAME_MAX || !yihu_utf8_valid(name.p, name.len))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		uint8_t c = (uint8_t)name.p[i];
		bool c1 = c == 0xc2 && (uint8_t)name.p[i + 1] < 0xa0;
		if (c < 0x20 || c == 0x7f || c == '+' || c1)
			return false;
	}
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (has(name, spaces[i]))
			return false;
	return true;
}

static void key_id(struct yihu_vkey *key)
{
	crypto_hash_sha256_state state;
	uint8_t hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const uint8_t *)key->name, strlen(key->name));
	crypto_hash_sha256_update(&state, (const uint8_t[]){'\n', ED25519_TYPE}, 2);
	crypto_hash_sha256_update(&state, key->pk, sizeof key->pk);
	crypto_hash_sha256_final(&state, hash);
	memcpy(key->id, hash, sizeof key->id);
}

static int make(struct yihu_vkey *out, struct yihu_span name, const uint8_t *pk,
		struct yihu_error *err)
{
	struct yihu_vkey key = {0};
	if (!yihu_name_valid(name))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("“%.*s” cannot be the name of a key: names have 1 to %d bytes, "
				   "no space and no plus sign"),
				 (int)(name.len < YIHU_NAME_MAX ? name.len : YIHU_NAME_MAX), name.p,
				 YIHU_NAME_MAX);
	if (!yihu_pubkey_valid(pk))
		return yihu_fail(err, YIHU_EPUBKEY,
				 _("the public key of %.*s is not one this election can use"),
				 (int)name.len, name.p);
	memcpy(key.name, name.p, name.len);
	memcpy(key.pk, pk, sizeof key.pk);
	key_id(&key);
	*out = key;
	return 0;
}

int yihu_vkey_make(struct yihu_vkey *out, const char *name,
		   const uint8_t pk[static YIHU_PUBKEY_BYTES], struct yihu_error *err)
{
	return make(out, yihu_span(name), pk, err);
}

/* Splits at the two '+' that a name cannot hold; base64 may hold more. */
static bool split(struct yihu_span text, struct yihu_span part[static 3])
{
	for (size_t i = 0; i < 2; i++) {
		const char *plus = text.len ? memchr(text.p, '+', text.len) : NULL;
		if (!plus)
			return false;
		part[i] = (struct yihu_span){text.p, (size_t)(plus - text.p)};
		text.p += part[i].len + 1;
		text.len -= part[i].len + 1;
	}
	part[2] = text;
	return true;
}

int yihu_vkey_parse(struct yihu_vkey *out, struct yihu_span text, struct yihu_error *err)
{
	struct yihu_span part[3];
	uint8_t id[4], typed[1 + YIHU_PUBKEY_BYTES];
	struct yihu_vkey key;
	if (!split(text, part) || !yihu_unhex(id, sizeof id, part[1]) ||
	    !yihu_unbase64_exact(typed, sizeof typed, part[2]) || typed[0] != ED25519_TYPE)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("this is not a verifier key: it must read "
				   "name+8 hex digits+base64"));
	int r = make(&key, part[0], typed + 1, err);
	if (r != 0)
		return r;
	if (memcmp(id, key.id, sizeof id) != 0)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the verifier key of %s is damaged: its key id does not fit "
				   "its name and key"),
				 key.name);
	*out = key;
	return 0;
}

void yihu_vkey_text(struct yihu_buf *out, const struct yihu_vkey *key)
{
	uint8_t typed[1 + YIHU_PUBKEY_BYTES] = {ED25519_TYPE};
	memcpy(typed + 1, key->pk, sizeof key->pk);
	yihu_buf_fmt(out, "%s+", key->name);
	yihu_hex(out, key->id, sizeof key->id);
	yihu_buf_u8(out, '+');
	yihu_base64(out, typed, sizeof typed);
}

bool yihu_vkey_same(const struct yihu_vkey *a, const struct yihu_vkey *b)
{
	return strcmp(a->name, b->name) == 0 && memcmp(a->pk, b->pk, sizeof a->pk) == 0;
}
