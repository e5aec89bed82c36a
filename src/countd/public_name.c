/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of the public folder.
 */
#include "public_name.h"

#include <string.h>
#include <yihu/text.h>
#include <yihu/threshold.h>

#define TEXT "text/plain; charset=utf-8"
#define BYTES "application/octet-stream"
#define SITE_NAME_MAX 128
#define SITE_PARTS_MAX 3

static const struct {
	const char *name;
	struct public_name is;
} fixed[] = {
	{"charter", {PUBLIC_FIXED, 0, TEXT}},
	{"election.pb", {PUBLIC_FIXED, 0, TEXT}},
	{"register", {PUBLIC_FIXED, 0, TEXT}},
	{"cancelled", {PUBLIC_FIXED, 0, TEXT}},
	{"box", {PUBLIC_BOX, 0, TEXT}},
	{"results", {PUBLIC_RESULTS, 0, TEXT}},
	{"results.pb", {PUBLIC_RESULTS_PB, 0, TEXT}},
	{"results.json", {PUBLIC_RESULTS_JSON, 0, "application/json"}},
};

static const struct {
	const char *suffix, *content_type;
} site_types[] = {
	{".html", "text/html; charset=utf-8"},
	{".css", "text/css; charset=utf-8"},
	{".svg", "image/svg+xml"},
	{".png", "image/png"},
	{".pdf", "application/pdf"},
	{".txt", TEXT},
	{".json", "application/json"},
	{".csv", "text/csv; charset=utf-8"},
};

static bool numbered(struct public_name *out, enum public_kind kind, const char *number)
{
	uint64_t n;
	if (!yihu_decimal(&n, yihu_span(number), YIHU_HOLDERS_MAX) || n == 0)
		return false;
	*out = (struct public_name){.kind = kind, .number = (uint32_t)n, .content_type = BYTES};
	return true;
}

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

static bool site(struct public_name *out, const char *name)
{
	size_t len = strlen(name);
	if (!site_name_ok(name))
		return false;
	for (size_t i = 0; i < sizeof site_types / sizeof *site_types; i++) {
		size_t suffix = strlen(site_types[i].suffix);
		if (len > suffix && strcmp(name + len - suffix, site_types[i].suffix) == 0) {
			*out = (struct public_name){.kind = PUBLIC_SITE,
						    .content_type = site_types[i].content_type};
			return true;
		}
	}
	return false;
}

bool public_name_parse(struct public_name *out, const char *name)
{
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (strcmp(name, fixed[i].name) == 0) {
			*out = fixed[i].is;
			return true;
		}
	if (strncmp(name, "mix/", 4) == 0)
		return numbered(out, PUBLIC_MIX, name + 4);
	if (strncmp(name, "open/", 5) == 0)
		return numbered(out, PUBLIC_OPEN, name + 5);
	if (strncmp(name, "site/", 5) == 0)
		return site(out, name + 5);
	return false;
}
