/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts of money as Pabulib files write them, in fen.
 */
#include "fold.h"
#include "pabulib.h"

#include <string.h>

static int fail_amount(struct yihu_error *err, const char *text)
{
	return yihu_fail(
		err, YIHU_EFORMAT,
		_("“%.*s” is not an amount; write digits with at most two decimals, such as "
		  "1200 or 99.50"),
		yihu_clip(text), text);
}

int yihu_amount_parse(uint64_t *fen, const char *text, struct yihu_error *err)
{
	size_t whole = strspn(text, "0123456789");
	const char *dot = text + whole, *tail = dot;
	uint64_t v = 0, cents = 0;
	if (*dot == '.') {
		size_t n = strspn(dot + 1, "0123456789");
		if (n == 0)
			return fail_amount(err, text);
		cents = (uint64_t)(dot[1] - '0') * 10 + (n > 1 ? (uint64_t)(dot[2] - '0') : 0);
		tail = dot + (n > 2 ? 3 : n + 1);
		tail += strspn(tail, "0");
	}
	if (*tail >= '0' && *tail <= '9')
		return yihu_fail(err, YIHU_EFORMAT,
				 _("“%.*s” has more than two decimals; amounts go down to 0.01"),
				 yihu_clip(text), text);
	if (*tail != '\0' || !whole || (whole > 1 && text[0] == '0'))
		return fail_amount(err, text);
	if (!yihu_decimal(&v, (struct yihu_span){text, whole}, YIHU_FEN_MAX / 100))
		return yihu_fail(err, YIHU_ETOOBIG, _("the amount “%.*s” is too large"),
				 yihu_clip(text), text);
	v = v * 100 + cents;
	if (v > YIHU_FEN_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("the amount “%.*s” is too large"),
				 yihu_clip(text), text);
	*fen = v;
	return 0;
}
