/* SPDX-License-Identifier: Apache-2.0
 *
 * One line an event on standard error: the time, then what happened.
 */
#include "event_log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/text.h>

/* <4>, <6>: of syslog(3), and so of the journal. */
#define WARNING 4
#define INFO 6

/* JOURNAL_STREAM names it by device and inode. */
static bool is_journal(void)
{
	struct stat st;
	const char *named = getenv("JOURNAL_STREAM");
	char ours[64];
	if (!named || fstat(STDERR_FILENO, &st) != 0)
		return false;
	snprintf(ours, sizeof ours, "%llu:%llu", (unsigned long long)st.st_dev,
		 (unsigned long long)st.st_ino);
	return strcmp(named, ours) == 0;
}

void event_log_init(struct event_log *l, bool quiet)
{
	l->quiet = quiet;
	l->journal = is_journal();
	line_rate_init(&l->lines);
}

void event_log_finish(struct event_log *l)
{
	line_rate_finish(&l->lines);
}

static void write_line(const struct event_log *l, int level, const char *text)
{
	char when[21];
	if (l->journal)
		fprintf(stderr, "<%d>%s\n", level, text);
	else
		fprintf(stderr, "%s %s\n", yihu_time_text(when, yihu_clock()), text);
}

static void write_more(const struct event_log *l, unsigned more, const char *format)
{
	char line[256];
	snprintf(line, sizeof line, "and %u more like “%s”", more, format);
	write_line(l, WARNING, line);
}

static uint64_t second_now(void)
{
	return yihu_clock_monotonic_ms() / 1000;
}

static void log_line(struct event_log *l, int level, const char *format, va_list args)
{
	char line[1400];
	unsigned more;
	if (l->quiet)
		return;
	if (!line_rate_take(&l->lines, format, second_now(), &more)) {
		atomic_fetch_add(&l->dropped, 1);
		return;
	}
	if (more > 0)
		write_more(l, more, format);
	vsnprintf(line, sizeof line, format, args);
	/* An error's words may quote a file: no line of theirs in our log. */
	for (char *p = line; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	write_line(l, level, line);
}

void countd_log(struct event_log *l, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	log_line(l, INFO, format, args);
	va_end(args);
}

void countd_warn(struct event_log *l, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	log_line(l, WARNING, format, args);
	va_end(args);
}

void countd_log_rest(struct event_log *l, bool all)
{
	const char *format;
	unsigned more;
	while ((more = line_rate_rest(&l->lines, second_now(), all, &format)) > 0)
		write_more(l, more, format);
}
