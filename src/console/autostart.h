/* SPDX-License-Identifier: Apache-2.0
 *
 * The window opens by itself when this user comes in, and goes on with the daemons that a
 * power cut has ended: an entry of the desktop's autostart folder.
 */
#ifndef YIHU_CONSOLE_AUTOSTART_H
#define YIHU_CONSOLE_AUTOSTART_H

#include <stdbool.h>
#include <yihu/error.h>

#include "console_options.h"

/* Is the entry there? */
bool autostart_is(void);
/* For a window over the same folders. */
int autostart_write(const struct console_options *o, struct yihu_error *err);
int autostart_remove(struct yihu_error *err);

#endif
