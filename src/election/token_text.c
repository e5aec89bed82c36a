/* SPDX-License-Identifier: Apache-2.0
 *
 * The token as a QR and as fingers have it: 204 digits, a link, or 36 typed
 * symbols (PROTOCOL §5).
 *
 * The number of 84 bytes is secret. Its arithmetic touches every limb for
 * every digit, branches on none of them, and is wiped; no message repeats
 * what was scanned or typed.
 */
#include <assert.h>
#include <string.h>

#include <yihu/token.h>

#include "host.h"

#define LIMBS (YIHU_TOKEN_BYTES / 4)
#define INTEGER_DIGITS (YIHU_TOKEN_DIGITS - 1)
#define TYPED_BYTES (4 + YIHU_TOKEN_SEED_BYTES + 2)
#define TYPED_BITS ((size_t)8 * TYPED_BYTES)

/* Limb 0 is the least. One limb more than a token has: 10^203 < 2^704, so the
 * integer of any 203 digits fits and 2^672 and above show there. */
struct big {
	uint32_t limb[LIMBS + 1];
};

static void big_times10_plus(struct big *b, uint32_t digit)
{
	uint64_t carry = digit;
	for (size_t i = 0; i <= LIMBS; i++) {
		carry += (uint64_t)b->limb[i] * 10;
		b->limb[i] = (uint32_t)carry;
		carry >>= 32;
	}
	assert(carry == 0);
}

/* Divides by ten; gives the remainder. */
static uint32_t big_div10(struct big *b)
{
	uint64_t rest = 0;
	for (size_t i = LIMBS + 1; i-- > 0;) {
		rest = rest << 32 | b->limb[i];
		b->limb[i] = (uint32_t)(rest / 10);
		rest %= 10;
	}
	return (uint32_t)rest;
}

void yihu_token_digits(char out[static YIHU_TOKEN_DIGITS + 1], const struct yihu_token *t)
{
	uint8_t bytes[YIHU_TOKEN_BYTES];
	struct big b = {0};
	yihu_token_bytes(bytes, t);
	for (size_t i = 0; i < LIMBS; i++)
		b.limb[LIMBS - 1 - i] = yihu_load_be32(bytes + 4 * i);
	out[0] = '1';
	for (size_t i = INTEGER_DIGITS; i > 0; i--)
		out[i] = (char)('0' + big_div10(&b));
	out[YIHU_TOKEN_DIGITS] = '\0';
	sodium_memzero(bytes, sizeof(bytes));
	sodium_memzero(&b, sizeof(b));
}

static int check_digits(struct yihu_span digits, struct yihu_error *err)
{
	if (digits.len != YIHU_TOKEN_DIGITS)
		return yihu_fail(err, YIHU_ETOKEN,
				 _("the letter's code has %d digits, and here are %zu: scan the "
				   "whole code again"),
				 YIHU_TOKEN_DIGITS, digits.len);
	for (size_t i = 0; i < digits.len; i++)
		if (digits.p[i] < '0' || digits.p[i] > '9')
			return yihu_fail(
				err, YIHU_ETOKEN,
				_("the letter's code has digits only; sign %zu is not a digit"),
				i + 1);
	if (digits.p[0] != '1')
		return yihu_fail(err, YIHU_EVERSION,
				 _("this letter's code is of a version that this program does not "
				   "know: a code that it knows begins with “1”"));
	return 0;
}

int yihu_token_from_digits(struct yihu_token *out, struct yihu_span digits, struct yihu_error *err)
{
	uint8_t bytes[YIHU_TOKEN_BYTES];
	struct big b = {0};
	int r = check_digits(digits, err);
	if (r != 0)
		return r;
	for (size_t i = 1; i < YIHU_TOKEN_DIGITS; i++)
		big_times10_plus(&b, (uint32_t)(digits.p[i] - '0'));
	for (size_t i = 0; i < LIMBS; i++)
		yihu_store_be32(bytes + 4 * i, b.limb[LIMBS - 1 - i]);
	if (b.limb[LIMBS] != 0)
		r = yihu_fail(err, YIHU_ETOKEN,
			      _("the letter's code is too large a number for a code of Yihu"));
	else if (b.limb[LIMBS - 1] == 0)
		r = yihu_fail(err, YIHU_ETOKEN,
			      _("the letter's code has the number 0000, which no letter has"));
	else
		yihu_token_from_bytes(out, bytes);
	sodium_memzero(bytes, sizeof(bytes));
	sodium_memzero(&b, sizeof(b));
	return r;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct yihu_span trimmed(struct yihu_span s)
{
	while (s.len > 0 && is_space(s.p[s.len - 1]))
		s.len--;
	while (s.len > 0 && is_space(s.p[0]))
		s = (struct yihu_span){s.p + 1, s.len - 1};
	return s;
}

static bool skip(struct yihu_span *s, const char *prefix)
{
	size_t n = strlen(prefix);
	if (s->len < n || memcmp(s->p, prefix, n) != 0)
		return false;
	*s = (struct yihu_span){s->p + n, s->len - n};
	return true;
}

/* "//HOST/v#…" or "//HOST/v?…#…": leaves what is behind '#'. */
static bool skip_to_fragment(struct yihu_span *s)
{
	struct yihu_span host;
	if (!skip(s, "//") || !yihu_host_next(s, &host) || !skip(s, "/v"))
		return false;
	if (s->len > 0 && s->p[0] == '?') {
		const char *hash = memchr(s->p, '#', s->len);

		if (!hash)
			return false;
		*s = (struct yihu_span){hash, s->len - (size_t)(hash - s->p)};
	}
	return skip(s, "#");
}

int yihu_token_from_scan(struct yihu_token *out, struct yihu_span text, struct yihu_error *err)
{
	struct yihu_span s = trimmed(text);
	if ((skip(&s, "https:") || skip(&s, "http:")) && !skip_to_fragment(&s))
		return yihu_fail(err, YIHU_ETOKEN,
				 _("this is a link, but not that of a letter: a letter's link "
				   "goes on with /v# and its digits"));
	return yihu_token_from_digits(out, s, err);
}

int yihu_token_url_prefix(struct yihu_buf *out, const char *url, struct yihu_error *err)
{
	struct yihu_span rest = yihu_span(url), host;
	bool tls = skip(&rest, "https://");
	if (rest.len == 0 && !tls)
		return 0;
	if (!tls && !skip(&rest, "http://"))
		return yihu_fail(err, YIHU_EARG,
				 _("the address “%.200s” must begin with https:// (or http:// at "
				   "home), in lower case"),
				 url);
	if (!yihu_host_next(&rest, &host))
		return yihu_fail(err, YIHU_EARG,
				 _("the address “%.200s” does not name a host in lower case, like "
				   "https://vote.example.org"),
				 url);
	if (rest.len > 0 && !yihu_span_is(rest, "/"))
		return yihu_fail(err, YIHU_EARG,
				 _("the address “%.200s” must end after its host: no path, query "
				   "or fragment fits on a letter"),
				 url);
	if (!tls && !yihu_host_is_private(host))
		return yihu_fail(err, YIHU_EARG,
				 _("the address “%.200s” needs https://: http:// is only for "
				   "localhost and private addresses like 192.168.1.10"),
				 url);
	yihu_buf_fmt(out, "%s://%.*s/v#", tls ? "https" : "http", (int)host.len, host.p);
	return 0;
}

/* be32 serial ‖ seed ‖ the first two bytes of H("typed"; eid, serial ‖ seed) */
static void typed_bytes(uint8_t out[static TYPED_BYTES], const uint8_t eid[static YIHU_EID_BYTES],
			const struct yihu_token *t)
{
	uint8_t hash[YIHU_HASH_BYTES];
	struct yihu_frame f;
	yihu_store_be32(out, t->serial);
	memcpy(out + 4, t->seed, sizeof(t->seed));
	yihu_frame_init(&f, "typed");
	yihu_frame_item(&f, eid, YIHU_EID_BYTES);
	yihu_frame_item(&f, out, TYPED_BYTES - 2);
	yihu_frame_hash(&f, hash);
	memcpy(out + TYPED_BYTES - 2, hash, 2);
	sodium_memzero(hash, sizeof(hash));
	sodium_memzero(&f, sizeof(f));
}

void yihu_token_typed(char out[static YIHU_TYPED_TEXT_BYTES],
		      const uint8_t eid[static YIHU_EID_BYTES], const struct yihu_token *t)
{
	uint8_t bytes[TYPED_BYTES];
	struct yihu_buf text = {0};
	typed_bytes(bytes, eid, t);
	yihu_crockford_grouped(&text, bytes, TYPED_BITS, 4);
	assert(text.len == YIHU_TYPED_TEXT_BYTES - 1);
	memcpy(out, text.data, YIHU_TYPED_TEXT_BYTES);
	yihu_buf_free(&text);
	sodium_memzero(bytes, sizeof(bytes));
}

int yihu_token_from_typed(struct yihu_token *out, const uint8_t eid[static YIHU_EID_BYTES],
			  struct yihu_span text, struct yihu_error *err)
{
	uint8_t bytes[TYPED_BYTES], right[TYPED_BYTES];
	struct yihu_token t = {0};
	int r = 0;
	if (!yihu_uncrockford(bytes, TYPED_BITS, trimmed(text)))
		return yihu_fail(err, YIHU_ETYPED,
				 _("the typed code must be the letter's %d letters and digits; "
				   "the letter U is never among them"),
				 YIHU_TYPED_SYMBOLS);
	t.serial = yihu_load_be32(bytes);
	memcpy(t.seed, bytes + 4, sizeof(t.seed));
	typed_bytes(right, eid, &t);
	if (t.serial == 0 || sodium_memcmp(bytes, right, sizeof(bytes)) != 0)
		r = yihu_fail(err, YIHU_ETYPED,
			      _("the typed code has a mistake, or is of another election: "
				"compare it with the letter, group by group"));
	else
		*out = t;
	sodium_memzero(&t, sizeof(t));
	sodium_memzero(bytes, sizeof(bytes));
	sodium_memzero(right, sizeof(right));
	return r;
}
