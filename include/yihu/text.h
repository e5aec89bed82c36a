/* SPDX-License-Identifier: Apache-2.0
 *
 * Text as PROTOCOL §1 has it: strict hex, base64, decimals, times, lines and
 * fields, and Crockford base 32 for what people read aloud and type.
 * Readers accept exactly one spelling of a value.
 */
#ifndef YIHU_TEXT_H
#define YIHU_TEXT_H

#include <yihu/api.h>
#include <yihu/bytes.h>

YIHU_API_BEGIN

/* A borrowed piece of text, not NUL-terminated. */
struct yihu_span {
	const char *p;
	size_t len;
};
/* All of s. Borrowed. */
struct yihu_span yihu_span(const char *s);
/* Is it exactly this text? */
bool yihu_span_is(struct yihu_span s, const char *text);
/* A copy that ends in NUL; the caller frees. */
char *yihu_span_dup(struct yihu_span s);

/* Lines of a text in which every line must end with LF. `number` counts from
 * 1. Returns false at the end, or when the last line lacks its LF (then
 * `bad` is set). The span is without the LF. */
struct yihu_lines {
	const char *p;
	size_t left;
	size_t number;
	bool bad;
};
/* Begins at the first line, and takes one after the other. The text must
 * outlive both. */
struct yihu_lines yihu_lines(const void *text, size_t len);
bool yihu_lines_next(struct yihu_lines *l, struct yihu_span *line);

/* Takes the first space-separated field off *rest; an empty field is a fault.
 * Returns false when there is none, or a space stands first, last or doubled;
 * *rest is then as it was. After the last field rest->len is 0. */
bool yihu_field_next(struct yihu_span *rest, struct yihu_span *field);
/* A line of exactly n fields, one space between and none outside. */
bool yihu_fields(struct yihu_span line, struct yihu_span *out, size_t n);

/* Valid UTF-8, no BOM, no byte below 0x20 but LF. */
bool yihu_text_clean(const void *text, size_t len);
/* UTF-8 of any characters. */
bool yihu_utf8_valid(const void *text, size_t len);
/* Makes a string fit for a terminal and for JSON: each byte of what is not
 * UTF-8, and of control characters (U+0080 to U+009F too), becomes '?'. */
void yihu_text_make_printable(char *text);
/* A path as one word of a shell command that is printed to be pasted: in '…'
 * where a shell would read it otherwise (blanks, quotes, $ …), behind "./" when
 * it begins with a hyphen, else as it is. Caller frees. */
char *yihu_shell_word(const char *path);

/* Appends two digits a byte, in lower case. */
void yihu_hex(struct yihu_buf *out, const void *data, size_t len);
/* out holds 2*len+1 bytes. */
char *yihu_hex_into(char *out, const void *data, size_t len);
bool yihu_unhex(uint8_t *out, size_t len, struct yihu_span hex); /* exact length, lower case */

/* Appends standard base64 with its padding. */
void yihu_base64(struct yihu_buf *out, const void *data, size_t len);
/* Standard, padded, re-encodes to the same; appends to out. */
bool yihu_unbase64(struct yihu_buf *out, struct yihu_span text);
/* The same, of exactly len bytes; out is left alone when it is not that. */
bool yihu_unbase64_exact(uint8_t *out, size_t len, struct yihu_span text);

/* ASCII decimal without sign or leading zero, at most max. */
bool yihu_decimal(uint64_t *out, struct yihu_span text, uint64_t max);

/* Appends the first `bits` bits of data, zero-padded to 5, upper case, in groups of
 * `group` symbols joined by '-'. */
void yihu_crockford_grouped(struct yihu_buf *out, const void *data, size_t bits, size_t group);
/* Reads ⌈bits/5⌉ symbols: case, hyphens and spaces ignored, I and L read as 1,
 * O as 0, U refused, pad bits zero. out gets ⌈bits/8⌉ bytes. */
bool yihu_uncrockford(uint8_t *out, size_t bits, struct yihu_span text);

#define YIHU_TIME_MAX ((UINT64_C(1) << 38) - 1)
/* Exactly YYYY-MM-DDTHH:MM:SSZ, and back; out holds 21 bytes, and is returned.
 * Seconds after the year 9999 (a log entry may claim them) are written as its
 * last one. */
char *yihu_time_text(char out[YIHU_AT_LEAST(21)], uint64_t unix_seconds);
bool yihu_time_parse(uint64_t *out, struct yihu_span text);
/* What people write: "2026-06-01 20:00[:SS]" in the local zone, or the exact
 * form above. */
bool yihu_time_parse_local(uint64_t *out, const char *text);
/* "2026-06-01 周一 20:00 +0800" in the user's language and zone. */
char *yihu_time_local(uint64_t unix_seconds); /* caller frees */

/* Seconds since 1970 by the wall clock, and by a clock that never jumps.
 * Each is one function: test builds replace them (src/base/clock.c). Whether
 * the wall clock can be believed: yihu/clock.h. */
uint64_t yihu_clock(void);
uint64_t yihu_clock_monotonic_ms(void);

YIHU_API_END

#endif
