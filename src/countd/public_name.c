/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of the public folder.
 */
#include "public_name.h"

#include <string.h>

#define TEXT "text/plain; charset=utf-8"
#define BYTES "application/octet-stream"
#define JPEG "image/jpeg"
#define SITE_NAME_MAX 128
#define SITE_PARTS_MAX 3

static const struct {
	const char *suffix, *content_type;
} suffixes[] = {
	{".html", "text/html; charset=utf-8"},
	{".css", "text/css; charset=utf-8"},
	{".svg", "image/svg+xml"},
	{".png", "image/png"},
	{".pdf", "application/pdf"},
	{".txt", TEXT},
	{".json", "application/json"},
	{".csv", "text/csv; charset=utf-8"},
};

/* Parts of letters, digits, '-', '_' and '.', none beginning with a dot. */
static bool site_name_ok(const char *name)
{
	unsigned parts = 1;
	char before = '/';
	if (strlen(name) > SITE_NAME_MAX)
		return false;
	for (const char *p = name; *p; before = *p++) {
		bool word = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			    (*p >= '0' && *p <= '9') || *p == '-' || *p == '_';
		if (before == '/' ? !word : !(word || *p == '.' || *p == '/'))
			return false;
		parts += *p == '/';
	}
	return before != '/' && parts <= SITE_PARTS_MAX;
}

/* By the end of the name; NULL: it has none of these. */
static const char *type_by_suffix(const char *name)
{
	size_t len = strlen(name);
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		size_t suffix = strlen(suffixes[i].suffix);
		if (len > suffix && strcmp(name + len - suffix, suffixes[i].suffix) == 0)
			return suffixes[i].content_type;
	}
	return NULL;
}

/* What a name of the protocol holds: the numbered ones are bytes, pictures JPEG, all
 * others text. */
static const char *type_of(enum yihu_public_kind kind)
{
	const struct yihu_public_row *row = yihu_public_row(kind);
	const char *type = kind == YIHU_PUBLIC_PICTURE ? JPEG : type_by_suffix(row->pattern);
	return row->most > 0 ? BYTES : type ? type : TEXT;
}

static bool is_served(const struct yihu_public_row *row)
{
	return row->writer != YIHU_BY_LOG;
}

bool public_name_parse(struct public_name *out, const char *name)
{
	struct yihu_public_name is = yihu_public_name(name);
	if (is.kind >= YIHU_N_PUBLIC_KINDS || !is_served(yihu_public_row(is.kind)))
		return false;
	*out = (struct public_name){.is = is};
	if (is.kind != YIHU_PUBLIC_SITE)
		out->content_type = type_of(is.kind);
	else if (site_name_ok(strchr(name, '/') + 1))
		out->content_type = type_by_suffix(name);
	return out->content_type != NULL;
}

bool public_path(const char *path)
{
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++) {
		const struct yihu_public_row *row = yihu_public_row((enum yihu_public_kind)kind);
		if (is_served(row) && path[0] == '/' && yihu_public_begins(row, path + 1))
			return true;
	}
	return false;
}
