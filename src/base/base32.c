/* SPDX-License-Identifier: Apache-2.0
 *
 * Crockford base 32: what people read aloud and type.
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>
#include <yihu/text.h>

#define MAX_BITS 512

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static unsigned bit_at(const uint8_t *data, size_t i)
{
	return data[i / 8] >> (7 - i % 8) & 1;
}

static char symbol_at(const uint8_t *data, size_t bits, size_t symbol)
{
	unsigned v = 0;
	for (size_t i = 5 * symbol; i < 5 * symbol + 5; i++)
		v = v << 1 | (i < bits ? bit_at(data, i) : 0);
	return alphabet[v];
}

void yihu_crockford_grouped(struct yihu_buf *out, const void *data, size_t bits, size_t group)
{
	assert(group > 0);
	for (size_t i = 0; 5 * i < bits; i++) {
		if (i > 0 && i % group == 0)
			yihu_buf_u8(out, '-');
		yihu_buf_u8(out, (uint8_t)symbol_at(data, bits, i));
	}
}

static int symbol_value(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'I' || c == 'L')
		return 1;
	if (c == 'O')
		return 0;
	const char *at = c ? strchr(alphabet, c) : NULL;
	return at ? (int)(at - alphabet) : -1;
}

bool yihu_uncrockford(uint8_t *out, size_t bits, struct yihu_span text)
{
	assert(bits <= MAX_BITS);
	uint8_t data[MAX_BITS / 8] = {0};
	size_t at = 0;
	bool ok = true;
	for (size_t i = 0; i < text.len && ok; i++) {
		if (text.p[i] == '-' || text.p[i] == ' ')
			continue;
		int v = symbol_value(text.p[i]);
		ok = v >= 0 && at < bits;
		for (int b = 4; b >= 0 && ok; b--, at++) {
			bool set = v >> b & 1;
			if (at < bits)
				data[at / 8] |= (uint8_t)(set << (7 - at % 8));
			else
				ok = !set;
		}
	}
	ok = ok && at >= bits;
	if (ok)
		memcpy(out, data, (bits + 7) / 8);
	sodium_memzero(data, sizeof data);
	return ok;
}
