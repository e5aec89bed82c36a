/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of this computer, for one who chooses, and those that are dropped on the page.
 */
#include "pick_calls.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/file.h>
#include <yihu/secret.h>
#include <yihu/text.h>

static void put_name(json_t *list, const char *folder, const char *name)
{
	struct stat st;
	char *path = yihu_path(folder, name);
	if (name[0] != '.' && yihu_utf8_valid(name, strlen(name)) && stat(path, &st) == 0 &&
	    (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)))
		json_array_append_new(list, json_pack("{s:s, s:b, s:I}", "name", name, "folder",
						      S_ISDIR(st.st_mode), "bytes",
						      (json_int_t)st.st_size));
	free(path);
}

/* What lies in a folder, for one who chooses a file; "" is where one begins. */
unsigned call_look(const struct question *q)
{
	const char *at = question_text(q, "at"), *home = getenv("HOME");
	char *real = realpath(at && *at ? at : home && *home ? home : "/", NULL);
	DIR *dir = real ? opendir(real) : NULL;
	if (!dir) {
		free(real);
		return reply_refuse_with(q, MHD_HTTP_NOT_FOUND, YIHU_ENOENT,
					 _("this folder is not there, or cannot be opened"));
	}
	json_t *list = json_array();
	for (struct dirent *e; (e = readdir(dir));)
		put_name(list, real, e->d_name);
	closedir(dir);
	unsigned status = reply_with(q, json_pack("{s:s, s:o}", "at", real, "names", list));
	free(real);
	return status;
}

/* A list that was dropped on the page; kept until the console ends, and overwritten then. */
unsigned call_drop(const struct question *q)
{
	const char *name = question_text(q, "name");
	const char *text = question_text(q, "base64");
	struct yihu_buf bytes = {0};
	struct yihu_error err = {0};
	char *path = NULL;
	bool fits = name && text && *name && *name != '.' && !strchr(name, '/') &&
		    yihu_unbase64(&bytes, yihu_span(text));
	int r = fits ? 0 : yihu_fail(&err, YIHU_EARG, _("this file cannot be taken"));
	if (r == 0) {
		path = yihu_path(q->c->drops, name);
		pthread_mutex_lock(&q->c->draft_lock);
		r = yihu_secret_write(path, yihu_buf_bytes(&bytes), bytes.len, &err);
		pthread_mutex_unlock(&q->c->draft_lock);
	}
	yihu_buf_free(&bytes);
	unsigned status = r == 0 ? reply_with(q, json_pack("{s:s}", "path", path))
				 : reply_refuse(q, MHD_HTTP_BAD_REQUEST, &err);
	free(path);
	return status;
}
