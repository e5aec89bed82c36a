/* SPDX-License-Identifier: Apache-2.0
 *
 * How a window is opened.
 */
#ifndef YIHU_CONSOLE_CONSOLE_OPTIONS_H
#define YIHU_CONSOLE_CONSOLE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct console_options {
	const char *programs;       /* the folder with yihu-issue and the others */
	const char *const *shelves; /* folders in which elections are looked for, and that may
				     * be one */
	size_t n_shelves;
	bool go_on;      /* starts the daemons anew that nobody stopped */
	unsigned idle_s; /* without a request for so long, and nothing at work: it ends */
	bool holder;     /* a key holder's own window: what others do is not shown */
};

#endif
