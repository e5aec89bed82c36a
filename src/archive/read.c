/* SPDX-License-Identifier: Apache-2.0
 *
 * From an archive to the public folder that is audited.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/names.h>
#include <yihu/text.h>

#include "archive/archive.h"
#include "archive/sums.h"
#include "archive/zip_in.h"
#include "public/source.h"

#define SUMS_BYTES_MAX (16u << 20)

bool archive_is(const char *path)
{
	static const char begins[] = {'P', 'K', 3, 4};
	char first[sizeof begins] = {0};
	FILE *file = fopen(path, "re");
	bool is = file && fread(first, sizeof first, 1, file) == 1 &&
		  memcmp(first, begins, sizeof begins) == 0;
	if (file)
		fclose(file);
	return is;
}

/* ---- SHA256SUMS ---- */

static int differ(struct yihu_error *err, const char *name)
{
	return yihu_fail(err, YIHU_EFORMAT,
			 _("%s is not as %s says: the archive was changed, or is damaged"), name,
			 ARCHIVE_SUMS);
}

static bool is_named(struct yihu_span name, const struct zip_entry *e)
{
	return yihu_span_is(name, e->name);
}

/* The line of this entry is the next one. */
static int check_one(struct yihu_lines *lines, const struct zip_in *z, const struct zip_entry *e,
		     struct yihu_error *err)
{
	uint8_t said[32], hash[32];
	struct yihu_span name;
	if (!sums_next(lines, said, &name) || !is_named(name, e))
		return differ(err, e->name);
	int r = zip_in_hash(z, e, hash, err);
	return r == 0 && memcmp(said, hash, sizeof hash) != 0 ? differ(err, e->name) : r;
}

/* Both are sorted by name: line by line. */
static int check_sums(const struct zip_in *z, const struct yihu_buf *text, struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(yihu_buf_bytes(text), text->len);
	size_t n;
	const struct zip_entry *entries = zip_in_entries(z, &n);
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		if (strcmp(entries[i].name, ARCHIVE_SUMS) != 0)
			r = check_one(&lines, z, &entries[i], err);
	return r == 0 && lines.left > 0 ? differ(err, ARCHIVE_SUMS) : r;
}

static int check_all(const struct zip_in *z, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	const struct zip_entry *e = zip_in_find(z, ARCHIVE_SUMS);
	if (!e)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("this is no archive of an election: it has no %s"),
				 ARCHIVE_SUMS);
	int r = zip_in_read(z, e, SUMS_BYTES_MAX, &text, err);
	if (r == 0)
		r = check_sums(z, &text, err);
	yihu_buf_free(&text);
	return r;
}

/* ---- the public folder ---- */

/* The name there; NULL: the entry is beside it. */
static const char *public_name(const struct zip_entry *e)
{
	size_t n = strlen(ARCHIVE_PUBLIC);
	return strncmp(e->name, ARCHIVE_PUBLIC, n) == 0 ? e->name + n : NULL;
}

static int list_names(struct yihu_public *p, const struct zip_in *z, struct yihu_error *err)
{
	size_t n;
	const struct zip_entry *entries = zip_in_entries(z, &n);
	for (size_t i = 0; i < n; i++) {
		const char *name = public_name(&entries[i]);
		if (!name)
			continue;
		enum yihu_public_kind kind = yihu_public_name(name).kind;
		if (kind == YIHU_PUBLIC_HIDDEN)
			public_pass_over(p, name);
		else if (kind != YIHU_PUBLIC_SITE)
			yihu_public_put(p, name, NULL, 0);
	}
	return p->n > 0 ? 0
			: yihu_fail(err, YIHU_EARG,
				    _("there is no public folder in it: the part with personal "
				      "data is not audited; take the other part"));
}

static int read_entry(void *context, const char *name, size_t max, struct yihu_buf *out,
		      struct yihu_error *err)
{
	const struct zip_in *z = context;
	char *whole = yihu_printf(ARCHIVE_PUBLIC "%s", name);
	const struct zip_entry *e = zip_in_find(z, whole);
	int r = e ? zip_in_read(z, e, max, out, err)
		  : yihu_fail(err, YIHU_ENOENT, _("%s is not in the archive"), name);
	free(whole);
	return r;
}

static int read_public(struct yihu_public **out, struct zip_in *z, struct yihu_error *err)
{
	struct yihu_public *p = yihu_public_new();
	int r = list_names(p, z, err);
	if (r == 0)
		r = public_take(p, &(struct public_source){z, read_entry}, err);
	if (r == 0)
		*out = p;
	else
		yihu_public_free(p);
	return r;
}

int archive_read_public(struct yihu_public **out, const char *path, struct yihu_error *err)
{
	struct zip_in *z = NULL;
	int r = zip_in_open(&z, path, err);
	if (r == 0)
		r = check_all(z, err);
	if (r == 0)
		r = read_public(out, z, err);
	zip_in_close(z);
	return r == 0 ? 0 : yihu_fail_at(err, r, "%s", path);
}
