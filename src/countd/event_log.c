/* SPDX-License-Identifier: Apache-2.0
 *
 * One line an event on standard error: the time, then what happened.
 */
#include "event_log.h"

#include <stdarg.h>
#include <stdio.h>
#include <yihu/text.h>

#include "daemon.h"

void countd_log(const struct countd *d, const char *format, ...)
{
	char line[1400], when[21];
	va_list args;
	if (d->options.quiet)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	/* An error's words may quote a file: no line of theirs in our log. */
	for (char *p = line; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	fprintf(stderr, "%s %s\n", yihu_time_text(when, yihu_clock()), line);
}

/* Said once: the box is beyond use in this process. */
void countd_give_up(struct countd *d, const struct yihu_error *err)
{
	if (!atomic_exchange(&d->failed, true))
		countd_log(d, "the box cannot be written any more: %s", err->text);
}
