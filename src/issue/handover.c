/* SPDX-License-Identifier: Apache-2.0
 *
 * Handing the box over to a server: it is moved, never copied. Two live boxes
 * with one log key could sign two histories.
 */
#include "issue/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <yihu/box.h>
#include <yihu/file.h>
#include <yihu/secret.h>

extern char **environ;

/* tar, from Debian's essential packages, reads the box; no shell between. */
static int run_tar(const char *root, const char *archive, struct yihu_error *err)
{
	char *const argv[] = {(char[]){"tar"},
			      (char[]){"--create"},
			      (char[]){"--exclude=.lock"},
			      (char[]){"--exclude=box/address"},
			      (char[]){"--file"},
			      yihu_strdup(archive),
			      (char[]){"--directory"},
			      yihu_strdup(root),
			      (char[]){"box"},
			      NULL};
	pid_t pid;
	int status = -1;
	int failed = posix_spawnp(&pid, "tar", NULL, NULL, argv, environ);
	if (!failed)
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	free(argv[5]);
	free(argv[7]);
	if (failed || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return yihu_fail(err, YIHU_EIO, _("tar did not pack the box (%s)"), archive);
	return 0;
}

static int pack(const struct yihu_folder *f, const char *archive, struct yihu_error *err)
{
	char *part = yihu_path(f->root, ".handover-new.tar");
	int r = run_tar(f->root, part, err);
	int fd = r == 0 ? open(part, O_RDONLY | O_CLOEXEC) : -1;
	if (r == 0 &&
	    (fd < 0 || fchmod(fd, 0600) != 0 || fsync(fd) != 0 || rename(part, archive) != 0))
		r = yihu_fail(err, YIHU_EIO, _("%s cannot be written: %s"), archive,
			      strerror(errno));
	if (fd >= 0)
		close(fd);
	if (r == 0)
		r = yihu_dir_sync(f->root, err);
	else
		yihu_secret_erase(part, NULL);
	free(part);
	return r;
}

static int leave_url(const struct yihu_folder *f, const char *url, struct yihu_error *err)
{
	char *path = yihu_path(f->box, "url"), *text = yihu_printf("%s\n", url);
	int r = yihu_file_write(path, text, strlen(text), 0644, err);
	free(path);
	free(text);
	return r;
}

/* What must not stay: with log.key a second daemon could start. So the key
 * goes first: without it, what is left of the box is dead. */
static const char *const leaving[] = {"log.key", "box.db", "box.db-wal", "box.db-shm", "mark"};

static bool box_remains(const struct yihu_folder *f)
{
	bool remains = false;
	for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++) {
		char *path = yihu_path(f->box, leaving[i]);
		remains = remains || yihu_file_exists(path);
		free(path);
	}
	return remains;
}

static int remove_box(const struct yihu_folder *f, struct yihu_error *err)
{
	for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++) {
		char *path = yihu_path(f->box, leaving[i]);
		int r = yihu_secret_erase(path, err);
		free(path);
		if (r != 0)
			return r;
	}
	return 0;
}

static int check_may_hand_over(const struct yihu_folder *f, const char *url, struct yihu_error *err)
{
	struct yihu_buf prefix = {0};
	char *db = yihu_path(f->box, "box.db");
	int r = yihu_token_url_prefix(&prefix, url, err);
	if (r == 0 && prefix.len == 0)
		r = yihu_fail(err, YIHU_EARG, _("--url is empty; name the server's address"));
	if (r == 0 && !yihu_file_exists(db))
		r = yihu_fail(err, YIHU_ESTATE, _("there is no box yet; issue the letters first"));
	yihu_buf_free(&prefix);
	free(db);
	return r;
}

/* The lock is held throughout: no daemon runs on the box that leaves. */
static int move_box(const struct yihu_folder *f, const char *url, struct yihu_error *err)
{
	int lock = -1;
	char *archive = yihu_path(f->root, "handover.tar");
	int r = yihu_box_lock(f->box, &lock, err);
	if (r == 0)
		r = pack(f, archive, err);
	if (r == 0)
		r = leave_url(f, url, err);
	if (r == 0)
		r = remove_box(f, err);
	if (lock >= 0)
		yihu_unlock(lock);
	free(archive);
	return r;
}

/* Whoever asks has seen that the box is served where it went. */
int issue_handover_arrived(const struct yihu_folder *f, struct yihu_error *err)
{
	char *archive = yihu_path(f->root, "handover.tar"), *left = yihu_path(f->box, "url");
	int r = yihu_file_exists(left)
			? 0
			: yihu_fail(err, YIHU_ESTATE, _("the box was not handed over"));
	if (r == 0 && !yihu_file_exists(archive))
		r = yihu_fail(err, YIHU_ENOENT, _("%s is not there: nothing to destroy"), archive);
	if (r == 0)
		r = yihu_secret_erase(archive, err);
	free(archive);
	free(left);
	return r;
}

int issue_handover(const struct yihu_folder *f, const char *url, struct yihu_error *err)
{
	char *left = yihu_path(f->box, "url");
	bool moved = yihu_file_exists(left);
	int r;
	if (moved && box_remains(f)) /* packed, then cut off */
		r = remove_box(f, err);
	else if (moved)
		r = yihu_fail(err, YIHU_EEXIST, _("the box was handed over already (%s)"), left);
	else if ((r = check_may_hand_over(f, url, err)) == 0 &&
		 (r = issue_send_off_box(f, err)) == 0)
		r = move_box(f, url, err);
	free(left);
	return r;
}
