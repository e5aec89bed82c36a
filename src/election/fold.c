/* SPDX-License-Identifier: Apache-2.0
 *
 * Trimming and folding (fold.h).
 */
#include "fold.h"

#include <string.h>

/* Length of the space that s begins with; 0: none. */
static size_t space_at(const char *s)
{
	if (s[0] == ' ' || s[0] == '\t')
		return 1;
	if (s[0] == '\xc2' && s[1] == '\xa0')
		return 2;
	return strncmp(s, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

/* Length of the space that s of length len ends with. */
static size_t space_before(const char *s, size_t len)
{
	for (size_t n = 1; n <= 3 && n <= len; n++) {
		if (space_at(s + len - n) == n)
			return n;
	}
	return 0;
}

char *yihu_trim(char *s)
{
	size_t n;
	while ((n = space_at(s)) > 0)
		s += n;
	size_t len = strlen(s);
	while ((n = space_before(s, len)) > 0)
		len -= n;
	s[len] = '\0';
	return s;
}

bool yihu_is_trimmed(const char *s)
{
	return space_at(s) == 0 && space_before(s, strlen(s)) == 0;
}

/* U+200B–200D, U+2060, U+FEFF: nobody sees them, spreadsheets carry them. */
static size_t invisible_at(const char *s)
{
	static const char *const marks[] = {"\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d",
					    "\xe2\x81\xa0", "\xef\xbb\xbf"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (strncmp(s, marks[i], 3) == 0)
			return 3;
	}
	return 0;
}

/* The ASCII character that the full-width one at s stands for; 0: none.
 * U+FF01–FF3F are EF BC 81–BF, U+FF40–FF5E are EF BD 80–9E. */
static char narrow_at(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	if (p[0] != 0xef)
		return 0;
	if (p[1] == 0xbc && p[2] >= 0x81 && p[2] <= 0xbf)
		return (char)(p[2] - 0x81 + 0x21);
	if (p[1] == 0xbd && p[2] >= 0x80 && p[2] <= 0x9e)
		return (char)(p[2] - 0x80 + 0x60);
	return 0;
}

char *yihu_fold(const char *s)
{
	char *out = yihu_alloc(strlen(s) + 1), *to = out;
	bool gap = false; /* spaces seen, not yet written */
	while (*s) {
		size_t space = space_at(s), skip = space ? space : invisible_at(s);
		if (skip) {
			gap = gap || space;
			s += skip;
			continue;
		}
		if (gap && to > out)
			*to++ = ' ';
		gap = false;
		char narrow = narrow_at(s);
		*to++ = narrow ? narrow : *s;
		s += narrow ? 3 : 1;
	}
	*to = '\0';
	return out;
}
