/* SPDX-License-Identifier: Apache-2.0
 *
 * A draft's files (draft.h).
 */
#include "draft.h"

#include <stdlib.h>
#include <yihu/file.h>
#include <yihu/secret.h>

#include "folder/files.h"

#define KEPT "draft.json"
#define KEPT_BYTES_MAX (32u << 20)

char *draft_dir(const char *shelf)
{
	return yihu_path(shelf, ".draft");
}

char *draft_path(const char *shelf, const char *name)
{
	char *dir = draft_dir(shelf), *path = yihu_path(dir, name);
	free(dir);
	return path;
}

/* Is the folder that it was to become an election by now? */
static bool is_made(const char *shelf, const json_t *draft)
{
	const char *name = json_string_value(json_object_get(draft, "folder"));
	struct yihu_folder f;
	if (!name || !*name)
		return false;
	char *path = yihu_path(shelf, name);
	yihu_folder_init(&f, path);
	bool made = folder_has(&f, F_PLAN);
	yihu_folder_finish(&f);
	free(path);
	return made;
}

int draft_read(json_t **out, const char *shelf, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	char *path = draft_path(shelf, KEPT);
	*out = NULL;
	int r = yihu_file_read(path, KEPT_BYTES_MAX, &bytes, err);
	if (r == 0) {
		*out = json_loadb(yihu_buf_bytes(&bytes), bytes.len, 0, NULL);
		if (!json_is_object(*out)) {
			json_decref(*out);
			*out = NULL;
			r = yihu_fail(err, YIHU_EFORMAT,
				      _("%s is damaged: remove it, and begin anew"), path);
		}
	} else if (r == YIHU_ENOENT) {
		r = 0;
	}
	if (*out && is_made(shelf, *out)) {
		json_decref(*out);
		*out = NULL;
		r = draft_destroy(shelf, err);
	}
	yihu_buf_free(&bytes);
	free(path);
	return r;
}

int draft_write(const char *shelf, const char *name, const void *bytes, size_t len,
		struct yihu_error *err)
{
	char *dir = draft_dir(shelf), *path = draft_path(shelf, name);
	int r = yihu_dir_make(shelf, 0700, err);
	if (r == 0)
		r = yihu_dir_make(dir, 0700, err);
	if (r == 0)
		r = yihu_secret_write(path, bytes, len, err);
	free(path);
	free(dir);
	return r;
}

int draft_destroy(const char *shelf, struct yihu_error *err)
{
	char *dir = draft_dir(shelf);
	int r = yihu_secret_erase_dir(dir, err);
	free(dir);
	return r;
}
