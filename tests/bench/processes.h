/* SPDX-License-Identifier: Apache-2.0
 *
 * A process and all that it started, as /proc shows them.
 */
#ifndef YIHU_BENCH_PROCESSES_H
#define YIHU_BENCH_PROCESSES_H

#include <stdbool.h>
#include <sys/types.h>

/* Calls `each` for every thread of theirs with its folder in /proc; child: of a process
 * that was started by the first. */
void processes_each(pid_t pid, void (*each)(void *cls, const char *task, bool child), void *cls);

struct processes {
	double bytes; /* of memory that is resident and their own */
	unsigned descriptors, threads;
};
struct processes processes_of(pid_t pid);

#endif
