/* SPDX-License-Identifier: Apache-2.0
 *
 * EXIF is TIFF: a header, and a list of entries of 12 bytes. One entry matters.
 */
#include "exif.h"

#include <stdbool.h>
#include <string.h>

#define ORIENTATION 0x0112
#define SHORT 3
#define ENTRY_BYTES 12
#define UPRIGHT 1

struct tiff {
	const uint8_t *bytes;
	size_t len;
	bool little;
};

/* 0 beyond the end. */
static uint32_t number(const struct tiff *t, size_t at, unsigned width)
{
	uint32_t n = 0;
	if (at > t->len || t->len - at < width)
		return 0;
	for (unsigned i = 0; i < width; i++)
		n = n << 8 | t->bytes[t->little ? at + width - 1 - i : at + i];
	return n;
}

static unsigned in_list(const struct tiff *t, size_t at)
{
	uint32_t n = number(t, at, 2);
	for (uint32_t i = 0; i < n; i++) {
		size_t entry = at + 2 + (size_t)i * ENTRY_BYTES;
		if (number(t, entry, 2) != ORIENTATION)
			continue;
		uint32_t value = number(t, entry + 8, 2);
		bool sound = number(t, entry + 2, 2) == SHORT && value >= 1 && value <= 8;
		return sound ? value : UPRIGHT;
	}
	return UPRIGHT;
}

unsigned exif_orientation(const uint8_t *bytes, size_t len)
{
	if (len >= 6 && memcmp(bytes, "Exif\0\0", 6) == 0) {
		bytes += 6;
		len -= 6;
	}
	struct tiff t = {.bytes = bytes, .len = len};
	if (len < 8)
		return UPRIGHT;
	t.little = bytes[0] == 'I';
	bool named = memcmp(bytes, "II", 2) == 0 || memcmp(bytes, "MM", 2) == 0;
	return named && number(&t, 2, 2) == 42 ? in_list(&t, number(&t, 4, 4)) : UPRIGHT;
}
