/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of a shell command that people paste.
 */
#include <string.h>
#include <yihu/text.h>

/* What no shell reads as more than itself. Of what is not ASCII the blanks are
 * quoted, too: people could not see where the word ends. */
static bool is_plain(const char *c)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-./:@%+,=";
	if ((unsigned char)*c < 0x80)
		return strchr(plain, *c) != NULL;
	return strncmp(c, "\xe3\x80\x80", 3) != 0 && strncmp(c, "\xc2\xa0", 2) != 0 &&
	       strncmp(c, "\xe2\x80", 2) != 0;
}

char *yihu_shell_word(const char *text)
{
	const char *begin = text[0] == '-' ? "./" : ""; /* a path, not an option */
	const char *c = text;
	struct yihu_buf word = {0};
	while (*c != '\0' && is_plain(c))
		c++;
	if (*c == '\0' && *text != '\0')
		return yihu_printf("%s%s", begin, text);
	yihu_buf_fmt(&word, "'%s", begin);
	for (c = text; *c != '\0'; c++)
		if (*c == '\'')
			yihu_buf_str(&word, "'\\''");
		else
			yihu_buf_put(&word, c, 1);
	yihu_buf_str(&word, "'");
	return (char *)word.data;
}
