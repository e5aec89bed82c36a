/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a box is served: by a daemon that has it now, or elsewhere since
 * handover.
 */
#include <stdlib.h>
#include <string.h>
#include <yihu/box.h>
#include <yihu/file.h>
#include <yihu/text.h>

#define URL_BYTES_MAX 1024

/* The single line of DIR/name; NULL when there is none. */
static char *read_url(const char *dir, const char *name)
{
	struct yihu_buf text = {0};
	char *path = yihu_path(dir, name), *url = NULL;
	if (yihu_file_read(path, URL_BYTES_MAX, &text, NULL) == 0 && text.len > 0) {
		url = yihu_strndup((const char *)text.data,
				   strcspn((const char *)text.data, "\r\n"));
		yihu_text_make_printable(url);
	}
	yihu_buf_free(&text);
	free(path);
	return url;
}

char *yihu_box_moved_to(const char *dir)
{
	return read_url(dir, "url");
}

char *yihu_box_last_address(const char *dir)
{
	return read_url(dir, "address");
}

char *yihu_box_served_at(const char *dir)
{
	return read_url(dir, "served");
}

char *yihu_box_daemon(const char *dir)
{
	char *lock = yihu_path(dir, ".lock");
	bool taken = yihu_is_locked(lock);
	free(lock);
	return taken ? read_url(dir, "address") : NULL;
}

static int refuse_locked(const char *dir, struct yihu_error *err)
{
	char *url = read_url(dir, "address");
	if (url)
		yihu_fail(err, YIHU_ELOCKED, _("%s: the counting daemon is running already, at %s"),
			  dir, url);
	free(url);
	return YIHU_ELOCKED;
}

/* Handover leaves the URL, then removes the log key: with the key here the box
 * has not left yet. */
static int refuse_moved(const char *dir, struct yihu_error *err)
{
	char *url = yihu_box_moved_to(dir), *key = yihu_path(dir, "log.key");
	int r = 0;
	if (url && !yihu_file_exists(key))
		r = yihu_fail(err, YIHU_ESTATE,
			      _("%s: this box was handed over and moved to %s; its daemon runs "
				"there, and nothing is served from here any more"),
			      dir, url);
	free(key);
	free(url);
	return r;
}

int yihu_box_lock(const char *dir, int *fd, struct yihu_error *err)
{
	char *lock = yihu_path(dir, ".lock");
	int r = refuse_moved(dir, err);
	if (r == 0 && (r = yihu_lock(lock, fd, err)) == YIHU_ELOCKED)
		r = refuse_locked(dir, err);
	free(lock);
	return r;
}

int yihu_box_is_taken(const char *dir, bool *taken, struct yihu_error *err)
{
	char *lock = yihu_path(dir, ".lock");
	int r = refuse_moved(dir, err);
	if (r == 0)
		*taken = yihu_is_locked(lock);
	free(lock);
	return r;
}
