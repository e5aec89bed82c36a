/* SPDX-License-Identifier: Apache-2.0
 *
 * A line a file.
 */
#include "archive/sums.h"

#include <sodium.h>

#define HEX 64
#define BETWEEN "  "

void sums_put(struct yihu_buf *out, const char *name, const struct yihu_buf *bytes)
{
	uint8_t hash[32];
	char hex[HEX + 1];
	crypto_hash_sha256(hash, yihu_buf_bytes(bytes), bytes->len);
	yihu_buf_fmt(out, "%s" BETWEEN "%s\n", yihu_hex_into(hex, hash, sizeof hash), name);
}

bool sums_next(struct yihu_lines *lines, uint8_t hash[static 32], struct yihu_span *name)
{
	struct yihu_span line;
	size_t head = HEX + sizeof BETWEEN - 1;
	if (!yihu_lines_next(lines, &line))
		return false;
	lines->bad = line.len <= head || !yihu_unhex(hash, 32, (struct yihu_span){line.p, HEX}) ||
		     line.p[HEX] != ' ' || line.p[HEX + 1] != ' ';
	if (!lines->bad)
		*name = (struct yihu_span){line.p + head, line.len - head};
	return !lines->bad;
}
