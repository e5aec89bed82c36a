/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading amounts (money.h): a run of numbers and units, each smaller than the one
 * before, exact to a millionth and then to hundredths.
 */
#include "lists/money.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/looks.h>

#include "election/fold.h"

__extension__ typedef unsigned __int128 wide;
#define MICRO ((wide)1000000)
#define TOO_LARGE ((wide)1 << 96)

/* Where the reading stands. Sums are in millionths of a yuan. */
struct money_reading {
	const char *p;
	wide all, section, number;
	bool has_number, zero, unit, fine, point, power;
	wide last_small, last_large, last_unit; /* so far; 0: none */
	enum { NOTHING, WESTERN, CHINESE } last;
};

/* ---- what stands around ---- */

static bool skip(const char **p, const char *const *words)
{
	for (; *words; words++)
		if (strncmp(*p, *words, strlen(*words)) == 0) {
			*p += strlen(*words);
			return true;
		}
	return false;
}

static bool drop_end(char *text, const char *const *words)
{
	size_t len = strlen(text);
	for (; *words; words++) {
		size_t n = strlen(*words);
		if (len >= n && strcmp(text + len - n, *words) == 0) {
			text[len - n] = '\0';
			return true;
		}
	}
	return false;
}

static const char *const currency[] = {"人民币", "rmb", "cny", "¥", "￥", NULL};
static const char *const yuan[] = {"元整", "圆整", "块钱", "yuan", "元", "圆", "块", "整", NULL};
static const char *const about[] = {"大约", "大概", "约",    "预计",    "预估", "估算", "估计",
				    "暂定", "≈",    "about", "approx.", "ca.",  "~",    NULL};
static const char *const roughly[] = {"左右", "上下", "以内", "以上", "起", "多", "余", "+", NULL};

/* ---- numbers ---- */

static int chinese_digit(const char **p)
{
	static const char *const digits[][4] = {
		{"零", "〇", "○"}, {"一", "壹"}, {"二", "贰", "貳", "两"}, {"三", "叁", "參"},
		{"四", "肆"},      {"五", "伍"}, {"六", "陆", "陸"},       {"七", "柒"},
		{"八", "捌"},      {"九", "玖"},
	};
	for (int v = 0; v < 10; v++)
		for (size_t i = 0; i < 4 && digits[v][i]; i++)
			if (strncmp(*p, digits[v][i], strlen(digits[v][i])) == 0) {
				*p += strlen(digits[v][i]);
				return v;
			}
	return -1;
}

static bool take_chinese(struct money_reading *r)
{
	int v = chinese_digit(&r->p);
	if (v < 0 || (r->has_number && r->number > 0))
		return false;
	r->zero |= v == 0;
	r->has_number = v > 0;
	r->number = (wide)v * MICRO;
	r->last = CHINESE;
	return true;
}

/* Commas part three digits each; false: they do not. */
static bool take_whole(struct money_reading *r, wide *whole)
{
	size_t n = strspn(r->p, "0123456789"), digits = 0;
	bool grouped = r->p[n] == ',';
	if (n == 0 || (grouped && n > 3))
		return false;
	for (;; n = strspn(r->p, "0123456789")) {
		for (size_t i = 0; i < n; i++)
			*whole = *whole * 10 + (wide)(r->p[i] - '0');
		digits += n;
		r->p += n;
		if (*r->p != ',')
			break;
		r->p++;
		if (strspn(r->p, "0123456789") != 3)
			return false;
	}
	return digits <= 20;
}

static void take_decimals(struct money_reading *r)
{
	size_t n = strspn(r->p, "0123456789"), significant = n;
	wide place = MICRO;
	while (significant > 0 && r->p[significant - 1] == '0')
		significant--;
	r->point = n == 3;
	r->fine |= significant > 6;
	for (size_t i = 0; i < significant && i < 6; i++)
		r->number += (place /= 10) * (wide)(r->p[i] - '0');
	r->p += n;
}

static bool take_power(struct money_reading *r)
{
	char *end;
	long n = strtol(r->p + 1, &end, 10);
	if (end == r->p + 1 || n < 0 || n > 18)
		return false;
	for (; n > 0 && r->number < TOO_LARGE; n--)
		r->number *= 10;
	r->p = end;
	r->power = true;
	return n == 0;
}

static bool take_western(struct money_reading *r)
{
	wide whole = 0;
	if ((r->has_number && r->number > 0) || !take_whole(r, &whole))
		return false;
	r->number = whole * MICRO;
	r->has_number = true;
	r->last = WESTERN;
	if (*r->p == '.') {
		r->p++;
		if (*r->p < '0' || *r->p > '9')
			return false;
		take_decimals(r);
	}
	return *r->p != 'e' || take_power(r);
}

/* ---- units ---- */

static const struct unit {
	const char *name;
	uint64_t is;
	bool western_only;
} units[] = {
	{"亿", 100000000, false}, {"億", 100000000, false}, {"万", 10000, false},
	{"萬", 10000, false},     {"千", 1000, false},      {"仟", 1000, false},
	{"百", 100, false},       {"佰", 100, false},       {"十", 10, false},
	{"拾", 10, false},        {"w", 10000, true},       {"k", 1000, true},
};

/* 三百五, 3万5: is the last number of ones, or of the next lower unit? Said with
 * 元 it is clear where it has as many digits as that leaves room for. */
static bool is_unclear(const struct money_reading *r, bool says_yuan)
{
	bool behind = r->has_number && r->last_unit > 10 && !r->zero;
	bool fills = says_yuan && r->last == WESTERN && r->number * 10 >= r->last_unit * MICRO;
	return behind && !fills;
}

/* 十, 百, 千: of a section, which ends at 万. */
static bool take_small(struct money_reading *r, wide is)
{
	if (r->last_small && is >= r->last_small)
		return false;
	if (!r->has_number && (is != 10 || r->section > 0))
		return false;
	r->section += (r->has_number ? r->number : MICRO) * is;
	r->last_small = is;
	return true;
}

static bool take_large(struct money_reading *r, wide is)
{
	if (r->last_large && is >= r->last_large)
		return false;
	if ((!r->has_number && r->section == 0) || is_unclear(r, true))
		return false;
	r->all += (r->section + (r->has_number ? r->number : 0)) * is;
	r->section = 0;
	r->last_large = is;
	r->last_small = 0;
	return true;
}

static bool take_unit(struct money_reading *r)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		const struct unit *u = &units[i];
		if (strncmp(r->p, u->name, strlen(u->name)) != 0)
			continue;
		if (u->western_only && r->last != WESTERN)
			return false;
		bool small = u->is < 10000 && !u->western_only;
		if (!(small ? take_small(r, u->is) : take_large(r, u->is)))
			return false;
		r->p += strlen(u->name);
		r->unit = true;
		r->last_unit = u->is;
		r->has_number = r->zero = false;
		r->number = 0;
		return true;
	}
	return false;
}

static bool take_all(struct money_reading *r)
{
	while (*r->p) {
		bool western = *r->p >= '0' && *r->p <= '9';
		bool ok = western ? take_western(r) : take_unit(r) || take_chinese(r);
		if (!ok || r->number > TOO_LARGE || r->section > TOO_LARGE || r->all > TOO_LARGE)
			return false;
	}
	return r->unit || r->has_number;
}

/* ---- one text ---- */

/* Small, in compatibility form, no blanks. */
static char *tidy(const char *text)
{
	char *look = yihu_look(text), *to = look;
	for (const char *p = look; *p; p++)
		if (*p != ' ')
			*to++ = *p;
	*to = '\0';
	return look;
}

static struct money settled(const struct money_reading *r, bool is_about, bool says_yuan,
			    uint64_t unit)
{
	struct money m = {.kind = MONEY_SURE, .has_unit = r->unit || says_yuan};
	wide sum = r->all + r->section + (r->has_number ? r->number : 0);
	if (is_unclear(r, says_yuan))
		return (struct money){.kind = MONEY_UNREAD};
	sum *= m.has_unit ? 1 : unit;
	wide fen = (sum + MICRO / 200) / (MICRO / 100);
	m.fen = fen <= MONEY_FEN_MAX ? (uint64_t)fen : 0;
	if (fen > MONEY_FEN_MAX)
		m.kind = MONEY_LARGE;
	else if (fen == 0)
		m.kind = MONEY_ZERO;
	else if (r->power)
		m.kind = MONEY_POWER;
	else if (is_about)
		m.kind = MONEY_ABOUT;
	else if (r->fine || sum % (MICRO / 100) != 0)
		m.kind = MONEY_FINE;
	else if (r->point && !m.has_unit && unit == 1)
		m.kind = MONEY_POINT;
	return m;
}

struct money money_read(const char *text, uint64_t unit)
{
	char *all = tidy(text);
	const char *p = all;
	bool is_about = skip(&p, about), says_yuan = false;
	skip(&p, currency);
	is_about |= skip(&p, about);
	char *rest = yihu_strdup(p);
	is_about |= drop_end(rest, roughly);
	says_yuan = drop_end(rest, currency);
	says_yuan |= drop_end(rest, yuan);
	is_about |= drop_end(rest, roughly);
	struct money_reading r = {.p = rest};
	struct money m = {.kind = MONEY_EMPTY};
	if (all[0])
		m.kind = rest[0] == '-' || rest[0] == '(' ? MONEY_ZERO : MONEY_UNREAD;
	if (rest[0] && take_all(&r))
		m = settled(&r, is_about, says_yuan, unit);
	free(rest);
	free(all);
	return m;
}

/* ---- units of a column ---- */

uint64_t money_unit(const char *heading)
{
	static const struct {
		const char *word;
		uint64_t unit;
	} words[] = {{"亿元", 100000000}, {"億元", 100000000}, {"万元", 10000},
		     {"萬元", 10000},     {"千元", 1000},      {"(万)", 10000},
		     {"(w)", 10000},      {"thousand", 1000},  {"(元", 1},
		     {"/元", 1},          {"单位:元", 1},      {"元)", 1},
		     {"(人民币", 1},      {"yuan", 1},         {"单位:人民币", 1}};
	char *text = tidy(heading);
	uint64_t unit = 0;
	for (size_t i = 0; unit == 0 && i < sizeof words / sizeof *words; i++)
		if (strstr(text, words[i].word))
			unit = words[i].unit;
	size_t len = strlen(text), yuan_len = strlen("元");
	if (unit == 0 && len > yuan_len && strcmp(text + len - yuan_len, "元") == 0)
		unit = 1;
	free(text);
	return unit;
}

/* ---- written ---- */

char *money_text(uint64_t fen)
{
	char *digits = yihu_printf("%llu", (unsigned long long)(fen / 100));
	struct yihu_buf out = {0};
	size_t n = strlen(digits);
	for (size_t i = 0; i < n; i++)
		yihu_buf_fmt(&out, "%s%c", i > 0 && (n - i) % 3 == 0 ? "," : "", digits[i]);
	yihu_buf_fmt(&out, ".%02llu", (unsigned long long)(fen % 100));
	free(digits);
	return (char *)out.data;
}

char *money_plain(uint64_t fen)
{
	if (fen % 100 == 0)
		return yihu_printf("%llu", (unsigned long long)(fen / 100));
	if (fen % 10 == 0)
		return yihu_printf("%llu.%llu", (unsigned long long)(fen / 100),
				   (unsigned long long)(fen % 100 / 10));
	return yihu_printf("%llu.%02llu", (unsigned long long)(fen / 100),
			   (unsigned long long)(fen % 100));
}
