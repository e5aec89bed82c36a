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

extern char **environ;

/* tar, from Debian's essential packages, reads the box; no shell between. */
static int run_tar(const char *root, const char *archive, struct yihu_error *err)
{
	char *to = yihu_strdup(archive), *from = yihu_strdup(root);
	char *const argv[] = {(char[]){"tar"},
			      (char[]){"--create"},
			      (char[]){"--exclude=.lock"},
			      (char[]){"--exclude=box/address"},
			      (char[]){"--exclude=box/served"},
			      (char[]){"--file"},
			      to,
			      (char[]){"--directory"},
			      from,
			      (char[]){"box"},
			      NULL};
	pid_t pid;
	int status = -1;
	int failed = posix_spawnp(&pid, "tar", NULL, NULL, argv, environ);
	if (!failed)
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	free(from);
	free(to);
	if (failed || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return yihu_fail(err, YIHU_EIO, _("tar did not pack the box (%s)"), archive);
	return 0;
}

static int pack(const struct yihu_folder *f, const char *archive, struct yihu_error *err)
{
	char *part = folder_path(f, F_HANDOVER_PART);
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
		folder_erase(f, F_HANDOVER_PART, NULL);
	free(part);
	return r;
}

static int leave_url(const struct yihu_folder *f, const char *url, struct yihu_error *err)
{
	struct yihu_buf line = {0};
	yihu_buf_fmt(&line, "%s\n", url);
	int r = folder_write(f, F_BOX_URL, &line, err);
	yihu_buf_free(&line);
	return r;
}

/* What must not stay, in the table's order: the key goes first. */
static bool leaves(folder_file file)
{
	return folder_row(file)->end == END_LEAVES;
}

static bool box_remains(const struct yihu_folder *f)
{
	for (folder_file i = 0; i < F_ROWS; i++)
		if (leaves(i) && folder_has(f, i))
			return true;
	return false;
}

static int remove_box(const struct yihu_folder *f, struct yihu_error *err)
{
	int r = 0;
	for (folder_file i = 0; i < F_ROWS && r == 0; i++)
		if (leaves(i))
			r = folder_erase(f, i, err);
	return r;
}

static int check_may_hand_over(const struct yihu_folder *f, const char *url, struct yihu_error *err)
{
	struct yihu_buf prefix = {0};
	int r = yihu_token_url_prefix(&prefix, url, err);
	if (r == 0 && prefix.len == 0)
		r = yihu_fail(err, YIHU_EARG, _("--url is empty; name the server's address"));
	if (r == 0 && !folder_has(f, F_BOX_DB))
		r = yihu_fail(err, YIHU_ESTATE, _("there is no box yet; issue the letters first"));
	yihu_buf_free(&prefix);
	return r;
}

/* Its public files are written anew, and it is at home nowhere until it is opened
 * in another place. */
static int send_off(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_box *box = NULL;
	const struct yihu_box_opening how = {.move = YIHU_BOX_LEAVES};
	int r = yihu_box_open_as(&box, f->box, &how, yihu_clock(), err);
	if (r == 0)
		r = yihu_box_export(box, err);
	yihu_box_close(box);
	return r;
}

/* The lock is held throughout: no daemon runs on the box that leaves. */
static int move_box(const struct yihu_folder *f, const char *url, struct yihu_error *err)
{
	int lock = -1;
	char *archive = folder_path(f, F_HANDOVER);
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
	if (!folder_has(f, F_BOX_URL))
		return yihu_fail(err, YIHU_ESTATE, _("the box was not handed over"));
	if (folder_has(f, F_HANDOVER))
		return folder_erase(f, F_HANDOVER, err);
	char *archive = folder_path(f, F_HANDOVER);
	int r = yihu_fail(err, YIHU_ENOENT, _("%s is not there: nothing to destroy"), archive);
	free(archive);
	return r;
}

int issue_handover(const struct yihu_folder *f, const char *url, struct yihu_error *err)
{
	char *left = folder_path(f, F_BOX_URL);
	bool moved = yihu_file_exists(left);
	int r;
	if (moved && box_remains(f)) /* packed, then cut off */
		r = remove_box(f, err);
	else if (moved)
		r = yihu_fail(err, YIHU_EEXIST, _("the box was handed over already (%s)"), left);
	else if ((r = check_may_hand_over(f, url, err)) == 0 && (r = send_off(f, err)) == 0)
		r = move_box(f, url, err);
	free(left);
	return r;
}
