/* SPDX-License-Identifier: Apache-2.0
 *
 * Programs that are started here and go on by themselves.
 */
#ifndef YIHU_CONSOLE_DESKTOP_H
#define YIHU_CONSOLE_DESKTOP_H

#include <stdbool.h>

/* In a child, before it becomes another program: a session of its own, and no signal
 * that this program blocks or ignores. Safe after fork. */
void desktop_begin(void);
/* Has the desktop open a file with what it has for it (xdg-open). False: it could not.
 * One that opens it itself may stay as long as it likes: nobody waits for it. */
bool desktop_open(const char *path);

#endif
