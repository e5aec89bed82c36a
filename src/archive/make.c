/* SPDX-License-Identifier: Apache-2.0
 *
 * Files in the order of their names, with their hashes.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

#include "archive/sums.h"
#include "archive/zip_out.h"

struct yihu_buf *archive_add(struct archive *a, const char *name)
{
	a->files = yihu_realloc(a->files, a->n + 1, sizeof *a->files);
	a->files[a->n] = (struct archive_file){.name = yihu_strdup(name)};
	return &a->files[a->n++].bytes;
}

void archive_finish(struct archive *a)
{
	for (size_t i = 0; i < a->n; i++) {
		free(a->files[i].name);
		yihu_buf_free(&a->files[i].bytes);
	}
	free(a->files);
	*a = (struct archive){0};
}

static bool part_ok(const char *part, size_t len)
{
	return len > 0 && !(len == 1 && part[0] == '.') &&
	       !(len == 2 && part[0] == '.' && part[1] == '.');
}

bool archive_name_ok(const char *name)
{
	size_t len = strlen(name);
	if (len > ARCHIVE_NAME_BYTES_MAX || !yihu_text_clean(name, len) ||
	    strpbrk(name, "\\:\n\x7f"))
		return false;
	for (const char *part = name;; part++) {
		size_t n = strcspn(part, "/");
		if (!part_ok(part, n))
			return false;
		part += n;
		if (*part == '\0')
			return true;
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct archive_file *)a)->name,
		      ((const struct archive_file *)b)->name);
}

void archive_sort(struct archive *a)
{
	if (a->n > 0)
		qsort(a->files, a->n, sizeof *a->files, by_name);
}

static int check_names(const struct archive *a, struct yihu_error *err)
{
	for (size_t i = 0; i < a->n; i++) {
		const char *name = a->files[i].name;
		if (archive_name_ok(name) && (i == 0 || strcmp(a->files[i - 1].name, name) != 0))
			continue;
		char *shown = yihu_strdup(name);
		yihu_text_make_printable(shown);
		int r = yihu_fail(err, YIHU_EARG,
				  _("the file name “%s” is none for an archive: rename the file"),
				  shown);
		free(shown);
		return r;
	}
	return 0;
}

int archive_pack(struct yihu_buf *out, struct archive *a, struct yihu_error *err)
{
	struct yihu_buf sums = {0};
	archive_sort(a);
	for (size_t i = 0; i < a->n; i++)
		sums_put(&sums, a->files[i].name, &a->files[i].bytes);
	*archive_add(a, ARCHIVE_SUMS) = sums;
	archive_sort(a);
	int r = check_names(a, err);
	return r == 0 ? zip_out(out, a, err) : r;
}
