/* SPDX-License-Identifier: Apache-2.0
 *
 * Leaving root behind.
 */
#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXTS_BYTES 4096 /* of a line of /etc/passwd */

bool privileges_are_roots(void)
{
	return geteuid() == 0;
}

bool privileges_lock_memory(void)
{
	uint8_t *page = sodium_malloc(32);
	bool locked = page && sodium_mlock(page, 32) == 0;
	sodium_free(page);
	return locked;
}

static int check_owner(const char *dir, const struct passwd *user, struct yihu_error *err)
{
	struct stat st;
	if (stat(dir, &st) != 0 || st.st_uid == user->pw_uid)
		return 0; /* what is not there, its reader tells */
	return yihu_fail(err, YIHU_EARG,
			 _("%s belongs to another user than %s, who is to run the daemon: chown -R "
			   "%s %s"),
			 dir, user->pw_name, user->pw_name, dir);
}

/* Groups first: afterwards nobody may change them. */
static int become(const struct passwd *user, struct yihu_error *err)
{
	if (initgroups(user->pw_name, user->pw_gid) == 0 &&
	    setresgid(user->pw_gid, user->pw_gid, user->pw_gid) == 0 &&
	    setresuid(user->pw_uid, user->pw_uid, user->pw_uid) == 0 && setuid(0) != 0 &&
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
		return 0;
	return yihu_fail(err, YIHU_EIO, _("the daemon cannot be run as the user %s: %s"),
			 user->pw_name, strerror(errno));
}

static int take(const struct privileges *p, const struct passwd *user, struct yihu_error *err)
{
	if (user->pw_uid == geteuid())
		return 0;
	if (!privileges_are_roots())
		return yihu_fail(err, YIHU_EARG,
				 _("--user %s: only root can start the daemon as another user"),
				 p->user);
	int r = check_owner(p->box_dir, user, err);
	return r ? r : become(user, err);
}

int privileges_leave(const struct privileges *p, struct yihu_error *err)
{
	struct passwd entry, *user = NULL;
	char texts[TEXTS_BYTES];
	if (p->user && getpwnam_r(p->user, &entry, texts, sizeof texts, &user) == 0 && user)
		return take(p, user, err);
	if (p->user)
		return yihu_fail(err, YIHU_EARG, _("--user %s: there is no such user"), p->user);
	if (!privileges_are_roots() || p->local)
		return 0;
	return yihu_fail(
		err, YIHU_EARG,
		_("the daemon was started as root, and %s is for others than this computer: "
		  "say with --user NAME whose rights it is to have instead (--user root, "
		  "where it must be root)"),
		p->url);
}
