/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-countd --status: how the daemon that has a box does, for a person.
 */
#ifndef YIHU_TOOLS_DAEMON_STATUS_H
#define YIHU_TOOLS_DAEMON_STATUS_H

#include <stdbool.h>

/* Says it, and what is wrong and what to do. CLI_DONE when nothing wants a person. json:
 * as one object for programs, and CLI_DONE whatever it says. */
int countd_status(const char *box_dir, bool json);

#endif
