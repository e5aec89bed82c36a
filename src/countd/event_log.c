/* SPDX-License-Identifier: Apache-2.0
 *
 * One line an event on standard error: the time, then what happened.
 */
#include "event_log.h"

#include <stdarg.h>
#include <stdio.h>
#include <yihu/text.h>

#include "daemon.h"

static void write_line(const char *text)
{
	char when[21];
	fprintf(stderr, "%s %s\n", yihu_time_text(when, yihu_clock()), text);
}

static void write_more(unsigned more, const char *format)
{
	char line[256];
	snprintf(line, sizeof line, "and %u more like “%s”", more, format);
	write_line(line);
}

static uint64_t second_now(void)
{
	return yihu_clock_monotonic_ms() / 1000;
}

void countd_log(struct countd *d, const char *format, ...)
{
	char line[1400];
	unsigned more;
	va_list args;
	if (d->options.quiet || !line_rate_take(&d->lines, format, second_now(), &more))
		return;
	if (more > 0)
		write_more(more, format);
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	/* An error's words may quote a file: no line of theirs in our log. */
	for (char *p = line; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	write_line(line);
}

void countd_log_rest(struct countd *d, bool all)
{
	const char *format;
	unsigned more;
	while ((more = line_rate_rest(&d->lines, second_now(), all, &format)) > 0)
		write_more(more, format);
}

/* Said once: the box is beyond use in this process. */
void countd_give_up(struct countd *d, const struct yihu_error *err)
{
	if (!atomic_exchange(&d->failed, true))
		countd_log(d, "the box cannot be written any more: %s", err->text);
}
