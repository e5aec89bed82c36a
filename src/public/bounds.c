/* SPDX-License-Identifier: Apache-2.0
 *
 * The most bytes of a file, by its name: its row's limit, or what follows from the
 * election.
 */
#include <yihu/limits.h>
#include <yihu/names.h>

#define SLACK_BYTES (64u << 10)
#define FILE_BYTES_MAX ((uint64_t)1 << 31)

uint64_t yihu_public_bytes(const struct yihu_public_name *name, const struct yihu_limits *l)
{
	const struct yihu_public_row *row = yihu_public_row(name->kind);
	return row->limit > 0 ? row->limit : row->bytes(l, name);
}

size_t yihu_limits_bytes(const struct yihu_limits *l, const char *name)
{
	struct yihu_public_name n = yihu_public_name(name);
	if (n.kind >= YIHU_PUBLIC_SITE)
		return 0;
	uint64_t most = yihu_public_bytes(&n, l);
	if (most == 0)
		return 0;
	return (size_t)(most < FILE_BYTES_MAX - SLACK_BYTES ? most + SLACK_BYTES : FILE_BYTES_MAX);
}

uint64_t yihu_limits_entries(const struct yihu_limits *l)
{
	return 3 + l->households + l->changes + l->withdrawals;
}
