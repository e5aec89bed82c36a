/* SPDX-License-Identifier: Apache-2.0
 *
 * The election id, its short print, and what people type of either
 * (PROTOCOL §4).
 */
#include <assert.h>
#include <ctype.h>
#include <string.h>

#include <yihu/charter.h>

#define SHORT_PRINT_BITS 120
#define SHORT_PRINT_SYMBOLS 24
#define EID_HEX_DIGITS 64

void yihu_charter_eid(uint8_t eid[static YIHU_EID_BYTES], const void *text, size_t len)
{
	struct yihu_frame f;
	yihu_frame_init(&f, "charter");
	yihu_frame_item(&f, text, len);
	yihu_frame_hash32(&f, eid);
}

void yihu_short_print(char out[static YIHU_SHORT_PRINT_BYTES],
		      const uint8_t eid[static YIHU_EID_BYTES])
{
	struct yihu_buf text = {0};
	yihu_crockford_grouped(&text, eid, SHORT_PRINT_BITS, 4);
	assert(text.len == YIHU_SHORT_PRINT_BYTES - 1);
	memcpy(out, text.data, YIHU_SHORT_PRINT_BYTES);
	yihu_buf_free(&text);
}

/* The symbols without spaces and hyphens, in lower case; 0 when there are more
 * than an election id has. */
static size_t compact(char out[static EID_HEX_DIGITS], const char *text)
{
	size_t n = 0;
	for (; *text != '\0'; text++) {
		if (*text == ' ' || *text == '-')
			continue;
		if (n == EID_HEX_DIGITS)
			return 0;
		out[n++] = (char)tolower((unsigned char)*text);
	}
	return n;
}

bool yihu_eid_read(uint8_t eid[static YIHU_EID_BYTES], unsigned *bits, const char *text)
{
	uint8_t id[YIHU_EID_BYTES] = {0};
	char symbols[EID_HEX_DIGITS];
	struct yihu_span s = {symbols, compact(symbols, text)};
	bool ok = false;
	if (s.len == EID_HEX_DIGITS)
		ok = yihu_unhex(id, sizeof(id), s);
	else if (s.len == SHORT_PRINT_SYMBOLS)
		ok = yihu_uncrockford(id, SHORT_PRINT_BITS, s);
	if (!ok)
		return false;
	memcpy(eid, id, sizeof(id));
	*bits = s.len == EID_HEX_DIGITS ? 256 : SHORT_PRINT_BITS;
	return true;
}
