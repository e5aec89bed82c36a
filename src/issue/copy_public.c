/* SPDX-License-Identifier: Apache-2.0
 *
 * The public folder on a stick, for whoever wants to check it.
 */
#include "issue/copy_public.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

#include "fetch/elsewhere.h"
#include "issue/archive_gather.h"
#include "issue/on_stick.h"

#define SUFFIX "-public"
#define SITE ARCHIVE_PUBLIC "site/"

/* Free, empty, or a copy of this election. */
static int check_copy(const struct yihu_folder *f, const char *to, struct yihu_error *err)
{
	struct yihu_buf charter = {0};
	if (!yihu_file_exists(to) || rmdir(to) == 0)
		return 0;
	char *path = yihu_path(to, "charter");
	int r = yihu_file_read(path, YIHU_CHARTER_BYTES_MAX, &charter, NULL);
	r = r == 0 && on_stick_is_ours(f, &charter) ? 0 : on_stick_in_the_way(to, err);
	yihu_buf_free(&charter);
	free(path);
	return r;
}

static char *copied_path(const char *to, const struct archive_file *file)
{
	return yihu_path(to, file->name + strlen(ARCHIVE_PUBLIC));
}

static int write_one(const char *to, const struct archive_file *file, struct yihu_error *err)
{
	char *path = copied_path(to, file);
	int r = yihu_file_write(path, yihu_buf_bytes(&file->bytes), file->bytes.len, 0644, err);
	free(path);
	return r;
}

/* By the charter, which comes first, a copy that was cut off is known as ours. */
static int write_charter(const char *to, const struct archive *a, struct yihu_error *err)
{
	int r = yihu_dir_make(to, 0755, err);
	for (size_t i = 0; i < a->n && r == 0; i++)
		if (strcmp(a->files[i].name, ARCHIVE_PUBLIC "charter") == 0)
			r = write_one(to, &a->files[i], err);
	return r;
}

static int write_site(const char *to, const struct archive *a, struct yihu_error *err)
{
	char *site = yihu_path(to, "site");
	int r = yihu_dir_make(site, 0755, err);
	for (size_t i = 0; i < a->n && r == 0; i++)
		if (strncmp(a->files[i].name, SITE, strlen(SITE)) == 0)
			r = write_one(to, &a->files[i], err);
	free(site);
	return r;
}

static int read_all_back(const char *to, const struct archive *a, struct yihu_error *err)
{
	int r = yihu_disk_sync(to, err);
	for (size_t i = 0; i < a->n && r == 0; i++) {
		char *path = copied_path(to, &a->files[i]);
		r = on_stick_read_back(path, &a->files[i].bytes, err);
		free(path);
	}
	return r;
}

int issue_copy_public(const struct yihu_view *v, const char *stick, char **path,
		      struct yihu_error *err)
{
	struct archive a = {0};
	char *to = yihu_printf("%s/%s" SUFFIX, stick, v->folder->slug);
	int r = on_stick_check(v->folder, stick, err);
	if (r == 0)
		r = check_copy(v->folder, to, err);
	if (r == 0)
		r = archive_gather_public(&a, v, err);
	if (r == 0)
		r = write_charter(to, &a, err);
	if (r == 0)
		r = mirror_write(to, v->pub, err);
	if (r == 0)
		r = write_site(to, &a, err);
	if (r == 0)
		r = read_all_back(to, &a, err);
	archive_finish(&a);
	if (r == 0)
		*path = to;
	else
		free(to);
	return r;
}
