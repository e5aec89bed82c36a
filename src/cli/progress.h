/* SPDX-License-Identifier: Apache-2.0
 *
 * A progress bar on a terminal.
 */
#ifndef YIHU_CLI_PROGRESS_H
#define YIHU_CLI_PROGRESS_H

#include <yihu/progress.h>

/* A bar on standard error when that is a terminal, else nothing. The struct
 * stays valid; cli_progress_end clears the line. */
const struct yihu_progress *cli_progress(void);
void cli_progress_end(void);

#endif
