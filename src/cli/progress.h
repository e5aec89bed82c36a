/* SPDX-License-Identifier: Apache-2.0
 *
 * A progress bar on a terminal, or words for a program that asks for them.
 */
#ifndef YIHU_CLI_PROGRESS_H
#define YIHU_CLI_PROGRESS_H

#include <stdbool.h>
#include <yihu/progress.h>

/* A bar on standard error when that is a terminal; words where they are wanted
 * (YIHU_PROGRESS_WANTED): "\rSENTENCE 42%", and "\r" at the end; else NULL. The struct stays
 * valid; cli_progress_end clears the line. */
const struct yihu_progress *cli_progress(void);
/* What this program says is shown by another that has buttons for what is next: nobody
 * there types a command. */
bool cli_in_window(void);
void cli_progress_end(void);

#endif
