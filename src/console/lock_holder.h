/* SPDX-License-Identifier: Apache-2.0
 *
 * Who has a lock (yihu_lock).
 */
#ifndef YIHU_CONSOLE_LOCK_HOLDER_H
#define YIHU_CONSOLE_LOCK_HOLDER_H

#include <sys/types.h>

/* The process that holds the lock at path; 0: nobody does, or it is not seen from here. */
pid_t lock_holder(const char *path);

#endif
