/* SPDX-License-Identifier: Apache-2.0
 *
 * /proc (proc(5)): task, children, fd, smaps_rollup.
 */
#include "processes.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct walk {
	void (*each)(void *cls, const char *task, bool child);
	void (*process)(void *cls, pid_t pid);
	void *cls;
};

static void walk_process(const struct walk *w, pid_t pid, bool child);

static void walk_children(const struct walk *w, const char *task)
{
	char path[192], line[512] = "";
	snprintf(path, sizeof path, "%s/children", task);
	FILE *f = fopen(path, "r");
	if (!f)
		return;
	char *at = fgets(line, sizeof line, f), *end;
	fclose(f);
	for (; at && isdigit((unsigned char)*at); at = end + strspn(end, " "))
		walk_process(w, (pid_t)strtol(at, &end, 10), true);
}

static void walk_process(const struct walk *w, pid_t pid, bool child)
{
	char path[64], task[128];
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	DIR *dir = opendir(path);
	if (w->process)
		w->process(w->cls, pid);
	for (struct dirent *e; dir && (e = readdir(dir));) {
		if (!isdigit((unsigned char)e->d_name[0]))
			continue;
		snprintf(task, sizeof task, "%s/%.20s", path, e->d_name);
		if (w->each)
			w->each(w->cls, task, child);
		walk_children(w, task);
	}
	if (dir)
		closedir(dir);
}

void processes_each(pid_t pid, void (*each)(void *cls, const char *task, bool child), void *cls)
{
	walk_process(&(struct walk){.each = each, .cls = cls}, pid, false);
}

static unsigned count_in(const char *path)
{
	unsigned n = 0;
	DIR *dir = opendir(path);
	for (struct dirent *e; dir && (e = readdir(dir));)
		n += e->d_name[0] != '.';
	if (dir)
		closedir(dir);
	return n;
}

/* What would be free without it: memory that several share counts for none. */
static double own_bytes(pid_t pid)
{
	char path[64], line[256];
	double kb = 0;
	snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
	FILE *f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		if (strncmp(line, "Private_", 8) == 0 && strchr(line, ':'))
			kb += strtod(strchr(line, ':') + 1, NULL);
	if (f)
		fclose(f);
	return kb * 1024;
}

static void add(void *cls, pid_t pid)
{
	struct processes *p = cls;
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	p->descriptors += count_in(path);
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	p->threads += count_in(path);
	p->bytes += own_bytes(pid);
}

struct processes processes_of(pid_t pid)
{
	struct processes p = {0};
	walk_process(&(struct walk){.process = add, .cls = &p}, pid, false);
	return p;
}
