/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys of a flat (door.h), by Unicode's properties as libunistring has them.
 */
#include "lists/door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include <yihu/looks.h>

char *door_strict(const char *label)
{
	char *look = yihu_look(label);
	struct yihu_buf out = {0};
	const uint8_t *p = (const uint8_t *)look, *next;
	ucs4_t c;
	while ((next = u8_next(&c, p)) != NULL) {
		if (uc_is_property_dash(c) || c == 0x30fc || c == 0xff70) /* the long vowel */
			yihu_buf_str(&out, "-");
		else
			yihu_buf_put(&out, p, (size_t)(next - p));
		p = next;
	}
	yihu_buf_u8(&out, 0);
	free(look);
	return (char *)out.data;
}

/* ---- the loose key ---- */

/* What names a part and does not tell flats apart; the longest first. */
static const char *const fillers[] = {"号楼", "楼栋", "单元", "building", "block", "unit", "room",
				      "flat", "栋",   "棟",   "幢",       "座",    "樓",   "楼",
				      "室",   "号",   "號",   "房",       "户",    "門",   "门"};

static size_t filler_at(const char *p)
{
	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
		if (strncmp(p, fillers[i], strlen(fillers[i])) == 0)
			return strlen(fillers[i]);
	return 0;
}

/* Of a Chinese numeral: 0 to 9, or 10, 100, 1000; −1: none. */
static int chinese_value(ucs4_t c)
{
	static const struct {
		ucs4_t c;
		int value;
	} numerals[] = {{0x96f6, 0},   {0x3007, 0},   {0x25cb, 0},    {0x4e00, 1},   {0x58f9, 1},
			{0x4e8c, 2},   {0x8d30, 2},   {0x8cb3, 2},    {0x4e24, 2},   {0x4e09, 3},
			{0x53c1, 3},   {0x56db, 4},   {0x8086, 4},    {0x4e94, 5},   {0x4f0d, 5},
			{0x516d, 6},   {0x9646, 6},   {0x4e03, 7},    {0x67d2, 7},   {0x516b, 8},
			{0x634c, 8},   {0x4e5d, 9},   {0x7396, 9},    {0x5341, 10},  {0x62fe, 10},
			{0x767e, 100}, {0x4f70, 100}, {0x5343, 1000}, {0x4edf, 1000}};
	for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
		if (numerals[i].c == c)
			return numerals[i].value;
	return -1;
}

/* Of a digit of any script, or a sign that stands for a whole number up to 99. */
static int sign_value(ucs4_t c)
{
	uc_fraction_t v = uc_numeric_value(c);
	return v.denominator == 1 && v.numerator >= 0 && v.numerator < 100 && chinese_value(c) < 0
		       ? v.numerator
		       : -1;
}

struct key {
	struct yihu_buf out;
	bool broken; /* the next part stands by itself */
	enum { NONE, DIGITS, WORD } last;
};

static void begin_part(struct key *k, int kind)
{
	if (k->out.len > 0 && (k->broken || (int)k->last != kind))
		yihu_buf_str(&k->out, "|");
	k->broken = false;
	k->last = kind;
}

/* Zeros in front are dropped when the part's first sign comes. */
static void put_digits(struct key *k, const char *digits)
{
	bool begins = k->broken || k->last != DIGITS || k->out.len == 0;
	begin_part(k, DIGITS);
	size_t len = k->out.len;
	if (!begins && len > 0 && k->out.data[len - 1] == '0' &&
	    (len == 1 || k->out.data[len - 2] == '|'))
		k->out.len--; /* "0" alone so far */
	yihu_buf_str(&k->out, digits);
}

/* A run of Chinese numerals: by place (一〇一), or with 十, 百 and 千 (一百零一). */
static const uint8_t *take_chinese(struct key *k, const uint8_t *p)
{
	struct yihu_buf digits = {0};
	unsigned long sum = 0, digit = 0;
	bool counted = false;
	const uint8_t *next;
	ucs4_t c;
	int v;
	while ((next = u8_next(&c, p)) != NULL && (v = chinese_value(c)) >= 0) {
		counted |= v >= 10;
		if (v >= 10)
			sum += (digit ? digit : 1) * (unsigned long)v;
		else
			yihu_buf_fmt(&digits, "%d", v);
		digit = v >= 10 ? 0 : (unsigned long)v;
		p = next;
	}
	if (counted) {
		yihu_buf_reset(&digits);
		yihu_buf_fmt(&digits, "%lu", sum + digit);
	}
	for (size_t i = 0; i < digits.len; i++)
		put_digits(k, (const char[]){(char)digits.data[i], '\0'});
	yihu_buf_free(&digits);
	return p;
}

static const uint8_t *take_sign(struct key *k, const uint8_t *p)
{
	ucs4_t c;
	const uint8_t *next = u8_next(&c, p);
	char text[12];
	int v = sign_value(c);
	if (chinese_value(c) >= 0)
		return take_chinese(k, p);
	if (v >= 0) {
		snprintf(text, sizeof text, "%d", v);
		put_digits(k, text);
	} else if (uc_is_property_alphabetic(c)) {
		begin_part(k, WORD);
		yihu_buf_put(&k->out, p, (size_t)(next - p));
	} else {
		k->broken = true; /* a dash, a blank, a bracket */
	}
	return next;
}

char *door_loose(const char *label)
{
	char *strict = door_strict(label);
	struct key k = {0};
	const uint8_t *p = (const uint8_t *)strict;
	while (*p) {
		size_t filler = filler_at((const char *)p);
		k.broken |= filler > 0;
		p = filler ? p + filler : take_sign(&k, p);
	}
	yihu_buf_u8(&k.out, 0);
	free(strict);
	return (char *)k.out.data;
}

bool door_ends(const char *key, const char *end)
{
	size_t n = strlen(key), m = strlen(end);
	return m > 0 && n >= m && strcmp(key + n - m, end) == 0 &&
	       (n == m || key[n - m - 1] == '|');
}
