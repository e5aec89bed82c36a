/* SPDX-License-Identifier: Apache-2.0
 *
 * The computer does not sleep while the counting daemon runs: the login manager is asked by
 * systemd-inhibit(1), which runs the daemon and lets go when that ends, whatever becomes of
 * the window.
 */
#ifndef YIHU_CONSOLE_AWAKE_H
#define YIHU_CONSOLE_AWAKE_H

#include <stdbool.h>
#include <sys/types.h>

#include "orders.h"

/* Puts it before the order's program, where this computer has it and lets this user. */
void awake_keep(struct order *o);
/* Is this process run by it? */
bool awake_keeps(pid_t pid);

#endif
