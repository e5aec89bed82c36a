/* SPDX-License-Identifier: Apache-2.0
 *
 * A progress bar on a terminal, drawn at most ten times a second.
 */
#include "cli/progress.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include <yihu/text.h>

#define BAR_CELLS 30
#define REDRAW_MS 100

static _Atomic uint64_t drawn_at_ms;
static atomic_bool visible;

static void draw(void *context, const char *what, uint64_t done, uint64_t total)
{
	(void)context;
	uint64_t now = yihu_clock_monotonic_ms();
	if (total == 0 || (done < total && now - drawn_at_ms < REDRAW_MS))
		return;
	drawn_at_ms = now;
	visible = true;
	int full = (int)(done * BAR_CELLS / total);
	fprintf(stderr, "\r\033[K%s ", what);
	for (int i = 0; i < BAR_CELLS; i++)
		fputs(i < full ? "█" : "░", stderr);
	fprintf(stderr, " %3u%%", (unsigned)(done * 100 / total));
	fflush(stderr);
}

const struct yihu_progress *cli_progress(void)
{
	static const struct yihu_progress bar = {.step = draw};
	return isatty(STDERR_FILENO) ? &bar : NULL;
}

void cli_progress_end(void)
{
	if (!atomic_exchange(&visible, false))
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
}
