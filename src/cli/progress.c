/* SPDX-License-Identifier: Apache-2.0
 *
 * A progress bar on a terminal, or, for a program that shows it to people, the same in
 * words; drawn at most ten times a second.
 */
#include "cli/progress.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <yihu/text.h>

#define BAR_CELLS 30
#define REDRAW_MS 100

static _Atomic uint64_t drawn_at_ms;
static atomic_bool visible;

static bool is_time(uint64_t done, uint64_t total)
{
	uint64_t now = yihu_clock_monotonic_ms();
	if (total == 0 || (done < total && now - drawn_at_ms < REDRAW_MS))
		return false;
	drawn_at_ms = now;
	return true;
}

/* What comes after the last carriage return is how far it is. */
static void say(void *context, const char *what, uint64_t done, uint64_t total)
{
	(void)context;
	if (!is_time(done, total))
		return;
	visible = true;
	fprintf(stderr, "\r%s %u%%", what, (unsigned)(done * 100 / total));
	fflush(stderr);
}

static void draw(void *context, const char *what, uint64_t done, uint64_t total)
{
	(void)context;
	if (!is_time(done, total))
		return;
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
	static const struct yihu_progress bar = {.step = draw}, words = {.step = say};
	if (isatty(STDERR_FILENO))
		return &bar;
	return cli_in_window() ? &words : NULL;
}

bool cli_in_window(void)
{
	return getenv(YIHU_PROGRESS_WANTED) != NULL;
}

void cli_progress_end(void)
{
	if (!atomic_exchange(&visible, false))
		return;
	fputs(isatty(STDERR_FILENO) ? "\r\033[K" : "\r", stderr);
	fflush(stderr);
}
