/* SPDX-License-Identifier: Apache-2.0
 *
 * A stick is a folder like any other, but for what is asked of it.
 */
#include "issue/on_stick.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

int on_stick_check(const struct yihu_folder *f, const char *stick, struct yihu_error *err)
{
	char *place = realpath(stick, NULL), *own = realpath(f->root, NULL);
	int r = 0;
	if (!place)
		r = yihu_fail(err, YIHU_ENOENT, _("%s is not a folder: is the stick there?"),
			      stick);
	else if (own && strncmp(place, own, strlen(own)) == 0 &&
		 (place[strlen(own)] == '/' || place[strlen(own)] == '\0'))
		r = yihu_fail(err, YIHU_EARG,
			      _("%s is in the election's own folder; this belongs on a stick"),
			      stick);
	free(place);
	free(own);
	return r;
}

/* Pages that were kept are let go of first. */
static void forget_pages(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	close(fd);
}

int on_stick_read_back(const char *path, const struct yihu_buf *written, struct yihu_error *err)
{
	struct yihu_buf there = {0};
	forget_pages(path);
	int r = yihu_file_read(path, written->len + 1, &there, err);
	if (r == YIHU_ETOOBIG ||
	    (r == 0 && (there.len != written->len ||
			memcmp(yihu_buf_bytes(&there), yihu_buf_bytes(written), there.len) != 0)))
		r = yihu_fail(err, YIHU_EIO,
			      _("%s does not read back as it was written: take another stick"),
			      path);
	yihu_buf_free(&there);
	return r;
}

bool on_stick_is_ours(const struct yihu_folder *f, const struct yihu_buf *charter)
{
	struct yihu_buf own = {0};
	bool ours = charter &&
		    folder_read_public(f, "charter", YIHU_CHARTER_BYTES_MAX, &own, NULL) == 0 &&
		    own.len == charter->len &&
		    memcmp(yihu_buf_bytes(&own), yihu_buf_bytes(charter), own.len) == 0;
	yihu_buf_free(&own);
	return ours;
}

int on_stick_in_the_way(const char *path, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EEXIST,
			 _("%s is there already, and is not of this election; take another stick, "
			   "or another folder on it"),
			 path);
}
