/* SPDX-License-Identifier: Apache-2.0
 *
 * The daemon is whoever has the box's lock.
 */
#include "served.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/box.h>
#include <yihu/clock.h>

#include "folder/facts.h"
#include "lock_holder.h"

pid_t served_by(const char *dir)
{
	struct yihu_folder f;
	yihu_folder_init(&f, dir);
	char *lock = folder_path(&f, F_BOX_LOCK);
	pid_t pid = lock_holder(lock);
	free(lock);
	yihu_folder_finish(&f);
	return pid;
}

/* Does its poll want a daemon, and can it have one? */
static bool is_wanted(const struct yihu_folder *f)
{
	struct folder_facts x;
	struct yihu_error ignored;
	if (folder_facts_read(&x, f, yihu_clock(), &ignored) != 0)
		return false;
	bool wanted = (x.stage == YIHU_STAGE_ISSUED || x.stage == YIHU_STAGE_OPEN) && !x.daemon &&
		      !x.moved && !x.box_broken && !x.box_gone;
	folder_facts_finish(&x);
	return wanted;
}

bool served_left(char **listen, char **mirror, const char *dir)
{
	struct yihu_folder f;
	yihu_folder_init(&f, dir);
	char *last = yihu_box_served_at(f.box);
	const char *host = last ? strstr(last, "://") : NULL;
	bool left = host && is_wanted(&f);
	if (left) {
		*listen = yihu_strdup(host + 3);
		*mirror = yihu_box_other_half(f.box);
	}
	free(last);
	yihu_folder_finish(&f);
	return left;
}

int served_stop(const char *dir, struct yihu_error *err)
{
	pid_t pid = served_by(dir);
	if (pid <= 0)
		return yihu_fail(err, YIHU_ENOENT,
				 _("no counting daemon serves this election here"));
	/* A person stops it: SIGTERM is what it gets when the computer goes down. */
	if (kill(pid, SIGINT) != 0)
		return yihu_fail(err, YIHU_EIO, _("the counting daemon cannot be stopped: %s"),
				 strerror(errno));
	/* One that is still verifying its box has not said again that it serves. */
	struct yihu_folder f;
	yihu_folder_init(&f, dir);
	char *served = folder_path(&f, F_BOX_SERVED);
	unlink(served);
	free(served);
	yihu_folder_finish(&f);
	return 0;
}
