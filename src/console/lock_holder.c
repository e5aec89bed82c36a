/* SPDX-License-Identifier: Apache-2.0
 *
 * By /proc/locks (proc(5)): a line a lock, "1: FLOCK ADVISORY WRITE PID MAJ:MIN:INODE …".
 */
#include "lock_holder.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static bool is_row(const char *line, const struct stat *st, pid_t *pid)
{
	unsigned major, minor;
	unsigned long inode;
	return sscanf(line, "%*d: FLOCK %*s WRITE %d %x:%x:%lu", pid, &major, &minor, &inode) ==
		       4 &&
	       makedev(major, minor) == st->st_dev && inode == st->st_ino;
}

pid_t lock_holder(const char *path)
{
	struct stat st;
	char line[256];
	pid_t pid = 0, found = 0;
	FILE *locks = stat(path, &st) == 0 ? fopen("/proc/locks", "re") : NULL;
	while (locks && found == 0 && fgets(line, sizeof line, locks))
		found = is_row(line, &st, &pid) ? pid : 0;
	if (locks)
		fclose(locks);
	return found;
}
