/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of public/ and of the log, as they are.
 */
#include "file_calls.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "answer.h"
#include "calls.h"
#include "daemon.h"

#define FOREVER "public, max-age=31536000, immutable"
#define ASK_AGAIN "no-cache"
/* Posters bear their styles within; a script would run with the pages' origin. */
#define CSP_SITE                                                                                   \
	"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "                    \
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-downloads"

/* Part by part, so that no folder on the way may be a link. */
static int open_public(struct countd *d, const char *name, uint64_t *bytes)
{
	struct stat st;
	int at = open(d->public_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char *copy = yihu_strdup(name), *part = copy, *slash;
	while (at >= 0 && (slash = strchr(part, '/')) != NULL) {
		*slash = '\0';
		int below = openat(at, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(at);
		at = below;
		part = slash + 1;
	}
	int fd = at < 0 ? -1 : openat(at, part, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		fd = -1;
	}
	if (fd >= 0)
		*bytes = (uint64_t)st.st_size;
	if (at >= 0)
		close(at);
	free(copy);
	return fd;
}

bool countd_has_public(struct countd *d, const char *name)
{
	uint64_t bytes;
	int fd = open_public(d, name, &bytes);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void answer_not_there(struct request *r)
{
	answer_error(r, MHD_HTTP_NOT_FOUND, YIHU_ENOENT, _("there is no %s"), r->path + 1);
}

bool file_answer(struct request *r, const char *path)
{
	struct public_name name;
	uint64_t bytes = 0;
	int fd = -1;
	if (public_name_parse(&name, path))
		fd = open_public(r->d, path, &bytes);
	if (fd < 0)
		return false;
	r->answer.fd = fd;
	r->answer.fd_bytes = bytes;
	r->answer.content_type = name.content_type;
	r->answer.cache = name.is.kind == YIHU_PUBLIC_PICTURE ? FOREVER : ASK_AGAIN;
	r->answer.csp = name.is.kind == YIHU_PUBLIC_SITE ? CSP_SITE : NULL;
	r->answer.status = MHD_HTTP_OK;
	r->answered = true;
	return true;
}

void file_handle(struct request *r)
{
	r->answer.for_all = true;
	if (!file_answer(r, r->path + 1))
		answer_not_there(r);
}

void results_table_handle(struct request *r)
{
	if (!file_answer(r, "site/results.csv"))
		answer_not_there(r);
}

static void answer_bytes(struct request *r, const char *content_type, const char *cache)
{
	r->answer.content_type = content_type;
	r->answer.cache = cache;
	r->answer.status = MHD_HTTP_OK;
	r->answered = true;
}

void log_checkpoint_handle(struct request *r)
{
	r->answer.for_all = true;
	committed_checkpoint(r->d->committed, &r->answer.body);
	answer_bytes(r, "text/plain; charset=utf-8", "no-store");
}

void log_at_close_handle(struct request *r)
{
	r->answer.for_all = true;
	if (!committed_at_close(r->d->committed, &r->answer.body)) {
		answer_error(r, MHD_HTTP_NOT_FOUND, YIHU_ENOENT,
			     _("the poll is not over: there is no checkpoint at-close yet"));
		return;
	}
	answer_bytes(r, "text/plain; charset=utf-8", ASK_AGAIN);
}

/* Tiles never change, whatever their width: a partial one is of some earlier
 * size. */
void log_tile_handle(struct request *r)
{
	struct countd *d = r->d;
	struct yihu_public_name name = yihu_public_name(r->path + 1);
	struct yihu_error err = {0};
	r->answer.for_all = true;
	if (name.kind != YIHU_PUBLIC_TILE) {
		answer_not_there(r);
		return;
	}
	int rc = yihu_box_view_tile(d->view, &name.tile, &r->answer.body, &err);
	if (rc != 0)
		answer_refusal(r, &err);
	else
		answer_bytes(r, "application/octet-stream", FOREVER);
}
