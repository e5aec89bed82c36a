/* SPDX-License-Identifier: Apache-2.0
 *
 * What threads of a process cost, from /proc (Linux: Documentation/scheduler/sched-stats).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "processes.h"

static void read_line(char *out, int size, const char *path)
{
	FILE *f = fopen(path, "r");
	out[0] = '\0';
	if (!f)
		return;
	if (fgets(out, size, f))
		out[strcspn(out, "\n")] = '\0';
	fclose(f);
}

static void add_thread(void *cls, const char *task, bool front)
{
	struct measure_cores *c = cls;
	char path[192], name[64], stat[128];
	snprintf(path, sizeof path, "%s/comm", task);
	read_line(name, sizeof name, path);
	snprintf(path, sizeof path, "%s/schedstat", task);
	read_line(stat, sizeof stat, path);
	double us = strtod(stat, NULL) / 1e3; /* the first number: ns on a core */
	c->all += us;
	if (front || strncmp(name, "MHD", 3) == 0)
		c->http += us;
	else if (strcmp(name, "verifier") == 0)
		c->verify += us;
	else if (strcmp(name, "writer") == 0)
		c->write += us;
}

struct measure_cores measure_cores_of(pid_t pid)
{
	struct measure_cores c = {0};
	processes_each(pid, add_thread, &c);
	return c;
}

struct measure_cores measure_cores_since(const struct measure_cores *before, pid_t pid, double n)
{
	struct measure_cores c = measure_cores_of(pid);
	c.all = (c.all - before->all) / n;
	c.http = (c.http - before->http) / n;
	c.verify = (c.verify - before->verify) / n;
	c.write = (c.write - before->write) / n;
	return c;
}
