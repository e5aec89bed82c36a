/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors, and the one place where the library meets gettext.
 */
#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yihu/error.h>
#include <yihu/text.h>

static const char *const slugs[] = {
#define CODE_SLUG(symbol, slug, how) [YIHU_##symbol] = (slug),
	YIHU_CODES(CODE_SLUG)
#undef CODE_SLUG
};

const char *yihu_code_slug(int code)
{
	if (code < 0 || code >= YIHU_N_CODES)
		return "unknown";
	return slugs[code];
}

/* Formats aside first: an argument may well be err->text itself. A text that
 * is too long is cut between two characters, never inside one. Words quote
 * what somebody sent, and must not steer the terminal they are printed on. */
static void put_text(struct yihu_error *err, const char *format, va_list args)
{
	char text[sizeof err->text];
	int len = vsnprintf(text, sizeof text, format, args);
	if (len < 0)
		text[0] = '\0';
	if (len >= (int)sizeof text) {
		size_t end = sizeof text - 1;
		for (size_t back = 0; back < 4 && !yihu_utf8_valid(text, end); back++)
			text[--end] = '\0';
	}
	yihu_text_make_printable(text);
	memcpy(err->text, text, sizeof text);
}

int yihu_fail(struct yihu_error *err, int code, const char *format, ...)
{
	if (err) {
		va_list args;
		va_start(args, format);
		put_text(err, format, args);
		va_end(args);
		err->code = code;
	}
	return code;
}

int yihu_fail_at(struct yihu_error *err, int code, const char *format, ...)
{
	if (!err)
		return code;
	struct yihu_error context;
	va_list args;
	va_start(args, format);
	put_text(&context, format, args);
	va_end(args);
	if (err->code == 0)
		return yihu_fail(err, code, "%s", context.text);
	/* Translators: where it went wrong, and what went wrong. */
	return yihu_fail(err, err->code, _("%s: %s"), context.text, err->text);
}

const char *yihu_gettext(const char *text)
{
	return dgettext("yihu", text);
}

const char *yihu_ngettext(const char *one, const char *many, unsigned long n)
{
	return dngettext("yihu", one, many, n);
}
