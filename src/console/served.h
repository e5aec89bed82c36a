/* SPDX-License-Identifier: Apache-2.0
 *
 * The counting daemon that has an election's box.
 */
#ifndef YIHU_CONSOLE_SERVED_H
#define YIHU_CONSOLE_SERVED_H

#include <stdbool.h>
#include <sys/types.h>
#include <yihu/error.h>

/* Its process; 0: none is there. */
pid_t served_by(const char *dir);
/* One that nobody stopped: it was cut off, or went down with the computer, none runs, and the
 * poll is still to be served. *listen and *mirror (NULL: none) are where it listened and what
 * it wrote besides; the caller frees both. */
bool served_left(char **listen, char **mirror, const char *dir);
/* Tells it to end, as a person does who stops it; returns before it has. YIHU_ENOENT: none is
 * there. */
int served_stop(const char *dir, struct yihu_error *err);

#endif
