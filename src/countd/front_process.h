/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the HTTP side runs: in a process of its own, or in this one (tests).
 */
#ifndef YIHU_COUNTD_FRONT_PROCESS_H
#define YIHU_COUNTD_FRONT_PROCESS_H

#include <stdbool.h>
#include <yihu/error.h>

struct front;
struct front_process;

/* Takes f and fd over, also on failure. *box_fd is the other end. apart: f goes into a
 * child that ends with this process; nothing of it is left here. Before this process has
 * threads or the log key; close_fd (−1: none) is not for the child. */
int front_process_start(struct front_process **out, struct front *f, bool apart, int close_fd,
			int *box_fd, struct yihu_error *err);
/* When the box side's end was finished: the last answers are taken, or their time is up.
 * NULL is fine. */
void front_process_end(struct front_process *p);

#endif
