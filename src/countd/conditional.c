/* SPDX-License-Identifier: Apache-2.0
 *
 * Entity tags and ranges.
 */
#include "conditional.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <yihu/text.h>

#define TAG_BYTES 12
#define BLANKS " \t"

struct etag etag_of_bytes(const void *bytes, size_t len)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	char hex[2 * TAG_BYTES + 1];
	struct etag tag;
	crypto_hash_sha256(hash, bytes, len);
	snprintf(tag.text, sizeof tag.text, "\"%s\"", yihu_hex_into(hex, hash, TAG_BYTES));
	return tag;
}

struct etag etag_of_file(const struct stat *st)
{
	const uint64_t which[] = {
		(uint64_t)st->st_dev,          (uint64_t)st->st_ino,
		(uint64_t)st->st_size,         (uint64_t)st->st_mtim.tv_sec,
		(uint64_t)st->st_mtim.tv_nsec, (uint64_t)st->st_ctim.tv_sec,
		(uint64_t)st->st_ctim.tv_nsec,
	};
	return etag_of_bytes(which, sizeof which);
}

struct etag etag_compressed(const struct etag *tag)
{
	struct etag other;
	size_t len = strlen(tag->text);
	snprintf(other.text, sizeof other.text, "%.*s-gzip\"", len > 0 ? (int)len - 1 : 0,
		 tag->text);
	return other;
}

/* Takes one tag off the list, with its quotes; 0: there is none, or it is misspelt. */
static size_t next_tag(const char **at)
{
	*at += strspn(*at, BLANKS ",");
	if (strncmp(*at, "W/", 2) == 0)
		*at += 2;
	if (**at != '"')
		return 0;
	const char *end = strchr(*at + 1, '"');
	return end ? (size_t)(end + 1 - *at) : 0;
}

bool etag_listed(const char *list, const struct etag *tag)
{
	const char *at = list ? list : "";
	size_t len, wanted = strlen(tag->text);
	if (wanted == 0)
		return false;
	if (strcmp(at, "*") == 0)
		return true;
	for (; (len = next_tag(&at)) > 0; at += len)
		if (len == wanted && memcmp(at, tag->text, len) == 0)
			return true;
	return false;
}

/* "5-", "5-9", "-9"; the last byte may lie behind the end. */
static enum range part_of(struct yihu_span text, uint64_t size, uint64_t *first, uint64_t *n)
{
	const char *dash = memchr(text.p, '-', text.len);
	uint64_t from = 0, to = UINT64_MAX;
	if (!dash || text.len == 1)
		return RANGE_WHOLE;
	struct yihu_span a = {text.p, (size_t)(dash - text.p)},
			 b = {dash + 1, text.len - a.len - 1};
	if ((a.len > 0 && !yihu_decimal(&from, a, UINT64_MAX)) ||
	    (b.len > 0 && !yihu_decimal(&to, b, UINT64_MAX)) || (a.len > 0 && to < from))
		return RANGE_WHOLE;
	if (a.len == 0) { /* so many from the end */
		from = to < size ? size - to : 0;
		to = to == 0 ? 0 : UINT64_MAX;
		if (to == 0)
			return RANGE_BEYOND;
	}
	if (from >= size)
		return RANGE_BEYOND;
	*first = from;
	*n = (to < size - 1 ? to : size - 1) - from + 1;
	return RANGE_PART;
}

enum range range_of(const char *header, uint64_t size, uint64_t *first, uint64_t *n)
{
	static const char unit[] = "bytes=";
	if (!header || strncasecmp(header, unit, sizeof unit - 1) != 0)
		return RANGE_WHOLE;
	struct yihu_span text = yihu_span(header + sizeof unit - 1);
	while (text.len > 0 && strchr(BLANKS, *text.p))
		text = (struct yihu_span){text.p + 1, text.len - 1};
	while (text.len > 0 && strchr(BLANKS, text.p[text.len - 1]))
		text.len--;
	if (text.len == 0)
		return RANGE_WHOLE;
	return part_of(text, size, first, n);
}

bool range_still(const char *if_range, const struct etag *tag)
{
	return !if_range || (tag->text[0] != '\0' && strcmp(if_range, tag->text) == 0);
}
