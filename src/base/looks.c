/* SPDX-License-Identifier: Apache-2.0
 *
 * Hidden signs and looks, by libunistring.
 */
#include <yihu/looks.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#define BRAILLE_BLANK 0x2800 /* no property says that nothing is drawn */

static bool is_hidden(ucs4_t c)
{
	const uint32_t unseen = UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp;
	return uc_is_general_category_withtable(c, unseen) ||
	       uc_is_property_default_ignorable_code_point(c) || uc_is_property_bidi_control(c) ||
	       c == BRAILLE_BLANK;
}

static bool picks_shape(ucs4_t c, ucs4_t before)
{
	return before != 0 && uc_is_property_variation_selector(c) && !is_hidden(before) &&
	       !uc_is_property_white_space(before);
}

/* The first hidden sign of text, 0 when there is none. */
static uint32_t hidden_sign(const char *text, bool shapes)
{
	const uint8_t *p = (const uint8_t *)text;
	ucs4_t c, before = 0;
	while ((p = u8_next(&c, p)) != NULL) {
		if (is_hidden(c) && !(shapes && picks_shape(c, before)))
			return c;
		before = c;
	}
	return 0;
}

int yihu_check_hidden(const char *text, bool shapes, struct yihu_error *err)
{
	uint32_t sign = hidden_sign(text, shapes);
	if (sign == 0)
		return 0;
	return yihu_fail(err, YIHU_ELOOKS,
			 _("the text has a sign that nobody can see, U+%04X; delete the text and "
			   "type it again"),
			 sign);
}

/* In place, since nothing gets longer: hidden signs go, and each run of space
 * is one space, none at the ends. */
static size_t drop_unseen(uint8_t *text, size_t len)
{
	size_t kept = 0;
	bool gap = false;
	for (size_t at = 0; at < len;) {
		ucs4_t c;
		size_t n = (size_t)u8_mbtouc(&c, text + at, len - at);
		if (uc_is_property_white_space(c)) {
			gap = kept > 0;
		} else if (!is_hidden(c)) {
			if (gap)
				text[kept++] = ' ';
			gap = false;
			memmove(text + kept, text + at, n);
			kept += n;
		}
		at += n;
	}
	return kept;
}

char *yihu_look(const char *text)
{
	uint8_t *seen = (uint8_t *)yihu_strdup(text);
	size_t len = drop_unseen(seen, strlen(text)), folded_len = 0;
	uint8_t *folded = u8_casefold(seen, len, NULL, UNINORM_NFKC, NULL, &folded_len);
	assert(folded != NULL); /* it is UTF-8, and memory is there */
	char *look = yihu_strndup((const char *)folded, drop_unseen(folded, folded_len));
	free(folded);
	free(seen);
	return look;
}
