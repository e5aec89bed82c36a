/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts of money as people write them: 128,000, 36800元, ¥8.6万, 叁万元整.
 */
#ifndef YIHU_LISTS_MONEY_H
#define YIHU_LISTS_MONEY_H

#include <yihu/bytes.h>

#define MONEY_FEN_MAX ((UINT64_C(1) << 53) - 1)

enum money_kind {
	MONEY_EMPTY,
	MONEY_SURE,
	MONEY_ABOUT, /* 约20万 */
	MONEY_POWER, /* 1.28E+05: digits may be lost */
	MONEY_POINT, /* 128.000: a point before thousands, or before decimals? fen has the latter */
	MONEY_FINE,  /* more decimals than hundredths: fen is rounded */
	MONEY_ZERO,  /* nothing, or less */
	MONEY_LARGE, /* beyond MONEY_FEN_MAX */
	MONEY_UNREAD, /* a range, words, signs: nothing that is one amount */
};
struct money {
	enum money_kind kind;
	uint64_t fen;
	bool has_unit; /* the text itself says yuan, 万, … */
};
/* unit: how many yuan one is where the text itself does not say; 1, or 10000 of a
 * column in 万元. */
struct money money_read(const char *text, uint64_t unit);
/* The unit that a heading names: "金额（万元）" → 10000, "单位：元" → 1; 0: none. */
uint64_t money_unit(const char *heading);
/* "128,000.00" and, for the election file, "128000" or "45000.5"; caller frees. */
char *money_text(uint64_t fen);
char *money_plain(uint64_t fen);

#endif
