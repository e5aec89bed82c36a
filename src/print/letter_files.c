/* SPDX-License-Identifier: Apache-2.0
 *
 * A letter's line in the list for mail merge. All of it is secret: whoever has it
 * votes.
 */
#include "print/print.h"

#include <sodium.h>
#include <string.h>

#include "table/misread.h"

int letter_style_init(struct letter_style *s, const char *url,
		      const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err)
{
	memset(s, 0, sizeof *s);
	memcpy(s->eid, eid, YIHU_EID_BYTES);
	return url ? yihu_token_url_prefix(&s->prefix, url, err) : 0;
}

void letter_style_finish(struct letter_style *s)
{
	yihu_buf_free(&s->prefix);
}

void letter_list_head(struct yihu_buf *list)
{
	yihu_buf_str(list, "\ufeffserial,household,building,name,replaces,election,election_id,"
			   "typed,scan,qr\n");
}

/* RFC 4180; a cell that a spreadsheet would take for a formula is defused, and one
 * that it would make a number or a date of stays a text. */
static void cell(struct yihu_buf *list, const char *text)
{
	yihu_buf_str(list, ",\"");
	if (strchr("=+-@\t", text[0]) && text[0] != '\0')
		yihu_buf_str(list, "'");
	else if (table_misreads(text))
		yihu_buf_str(list, TABLE_AS_TEXT);
	for (const char *c = text; *c != '\0'; c++)
		yihu_buf_put(list, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
	yihu_buf_str(list, "\"");
}

void letter_list_line(struct yihu_buf *list, const struct letter_style *s, const struct letter *l)
{
	char digits[YIHU_TOKEN_DIGITS + 1], typed[YIHU_TYPED_TEXT_BYTES];
	char print[YIHU_SHORT_PRINT_BYTES], hex[2 * YIHU_EID_BYTES + 1];
	yihu_token_digits(digits, l->token);
	yihu_token_typed(typed, s->eid, l->token);
	yihu_short_print(print, s->eid);
	yihu_buf_fmt(list, "\"" TABLE_AS_TEXT "%04u\"", l->token->serial);
	cell(list, l->household);
	cell(list, l->building);
	cell(list, l->name);
	if (l->replaces != 0)
		yihu_buf_fmt(list, ",\"" TABLE_AS_TEXT "%04u\"", l->replaces);
	else
		yihu_buf_str(list, ",");
	yihu_buf_fmt(list, ",%s,%s,%s,", print, yihu_hex_into(hex, s->eid, YIHU_EID_BYTES), typed);
	if (s->prefix.len > 0)
		yihu_buf_fmt(list, "%s%s", (const char *)s->prefix.data, digits);
	else
		yihu_buf_fmt(list, "\"" TABLE_AS_TEXT "%s\"", digits);
	yihu_buf_fmt(list, ",qr/%04u.svg\n", l->token->serial);
	sodium_memzero(digits, sizeof digits);
	sodium_memzero(typed, sizeof typed);
}
