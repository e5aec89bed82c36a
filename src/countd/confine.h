/* SPDX-License-Identifier: Apache-2.0
 *
 * What a process of the daemon can still do once it serves: read and write its own
 * folders, read what its libraries need, and answer on connections that come in. Linux
 * keeps it to that (Landlock, seccomp), whatever comes in.
 */
#ifndef YIHU_COUNTD_CONFINE_H
#define YIHU_COUNTD_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <yihu/error.h>

/* A file, or a folder with all that is in it. One that is not there is passed over. */
struct confine_path {
	const char *path;
	bool writes;
};

/* What else is left to it, of these or none. Nothing is ever called, nor is a new socket
 * made. */
enum confine_may {
	CONFINE_ACCEPTS = 1, /* connections that come in */
	CONFINE_SIGNALS = 2, /* signals to other processes: the one that it started */
	CONFINE_FORKS = 4,   /* children, which run no program either */
};

/* How much of it this kernel has. */
struct confined {
	bool files; /* Landlock: nothing is reached but the paths */
	bool calls; /* TCP connections to elsewhere are refused by it too */
};

/* For the calling thread and all that it will start, for good. Programs, new sockets,
 * other processes and the system's own settings are out of reach: those calls fail
 * (EPERM), and those that only an intruder makes end the process. YIHU_EIO: the kernel
 * has it and refuses; nothing should be served then. Without Landlock
 * out->files is false, and the caller says so. */
int countd_confine(struct confined *out, const struct confine_path *paths, size_t n, unsigned may,
		   struct yihu_error *err);

#endif
