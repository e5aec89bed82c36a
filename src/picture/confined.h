/* SPDX-License-Identifier: Apache-2.0
 *
 * Work on bytes that come from anybody, in a child that is held down: it has no
 * file but the pipe of its answer, so much time and memory, and no system call but
 * those that computing needs. Whatever the bytes make of it, its parent gets an
 * answer, or that there is none.
 *
 * The child has its parent's memory as it was: so nothing secret is there yet.
 */
#ifndef YIHU_CONFINED_H
#define YIHU_CONFINED_H

#include <yihu/bytes.h>
#include <yihu/error.h>

/* What is done there. It answers by confined_write, and may return or be ended. */
typedef void confined_work(int to, const void *bytes, size_t len);
/* All of it, or the child ends. */
void confined_write(int to, const void *bytes, size_t len);

struct confined_limits {
	unsigned cpu_s;  /* of its processor */
	uint64_t memory; /* bytes of address space */
	size_t answer;   /* the most bytes of an answer; the rest is not read */
};
struct confined_end {
	bool sealed; /* the kernel took the filter of system calls */
	int signal;  /* by which it ended; 0: it returned */
};
/* Appends the answer to out. Fails (YIHU_EIO) only where no child can be made. */
int confined_run(struct yihu_buf *out, struct confined_end *end,
		 const struct confined_limits *limits, confined_work *work, const void *bytes,
		 size_t len, struct yihu_error *err);

#endif
