/* SPDX-License-Identifier: Apache-2.0
 *
 * Which passphrases are too easy, and one that is not. A key file may be
 * copied and guessed at for years; each guess costs its maker about a second.
 */
#include "cli/cli.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#define CHARACTERS_MIN 8
/* Birthdays have 8 digits, telephones 11, identity cards 18. */
#define DIGITS_MIN 20
/* What stands around a common word adds little below this. */
#define AROUND_WORD_MIN 8
#define WORD_BYTES_MAX 16
#define REPEATED_BYTES_MAX 12

/* Characters, not bytes. */
static size_t count_characters(const char *p)
{
	size_t n = 0;
	for (; *p != '\0'; p++)
		n += ((unsigned char)*p & 0xc0) != 0x80;
	return n;
}

static size_t count_digits(const char *p)
{
	size_t n = 0;
	for (; *p != '\0'; p++)
		n += isdigit((unsigned char)*p) != 0;
	return n;
}

/* "aaaaaaaa", "abababab", "密码密码密码密码": the same few over and over. */
static bool repeats(const char *p)
{
	size_t len = strlen(p), period = 1;
	while (period <= len / 2 && memcmp(p, p + period, len - period) != 0)
		period++;
	return period <= len / 2 && period <= REPEATED_BYTES_MAX;
}

/* "12345678", "hgfedcba": each next to the one before. */
static bool counts(const char *p)
{
	int step = p[0] != '\0' ? p[1] - p[0] : 0;
	if (step != 1 && step != -1)
		return false;
	while (p[1] != '\0' && (p[1] - p[0] == step || (p[0] == '9' && p[1] == '0')))
		p++;
	return p[1] == '\0';
}

/* Its letters alone, in lower case, are a word that everybody tries first. */
static bool is_common(const char *p)
{
	static const char *const words[] = {
		"password",   "passwd",   "passw",   "pass",     "qwerty",    "qwertyui",
		"qwertyuiop", "qwert",    "qwe",     "asdf",     "asdfgh",    "asdfghjk",
		"asdfghjkl",  "zxcvbn",   "zxcvbnm", "qazwsx",   "qazwsxedc", "qaz",
		"abc",        "abcd",     "abcde",   "abcdef",   "admin",     "root",
		"test",       "user",     "guest",   "welcome",  "letmein",   "iloveyou",
		"monkey",     "dragon",   "master",  "secret",   "sunshine",  "princess",
		"football",   "baseball", "shadow",  "superman", "woaini",    "woaiwojia",
		"aini",       "mima",     "kouling", "nihao",    "zhongguo",  "beijing",
		"shanghai",   "chengdu",  "yihu",    "a",        "aa",        "aaa",
		"qq",         "wo",       "asd",     "zxc",      "woaiwo",    "hello",
		"computer",   "china",
	};
	char letters[WORD_BYTES_MAX + 1];
	size_t n = 0, others = 0;
	for (; *p != '\0'; p++) {
		if (!isalpha((unsigned char)*p))
			others++;
		else if (n == WORD_BYTES_MAX)
			return false;
		else
			letters[n++] = (char)tolower((unsigned char)*p);
	}
	letters[n] = '\0';
	bool found = false;
	for (size_t i = 0; i < sizeof words / sizeof *words && !found; i++)
		found = strcmp(letters, words[i]) == 0;
	sodium_memzero(letters, sizeof letters);
	return found && others < AROUND_WORD_MIN;
}

int cli_passphrase_check(const char *p, struct yihu_error *err)
{
	size_t digits = count_digits(p);
	if (*p == '\0')
		return yihu_fail(err, YIHU_EPASS, _("an empty passphrase protects nothing"));
	if (count_characters(p) < CHARACTERS_MIN)
		return yihu_fail(err, YIHU_EPASS,
				 _("the passphrase is too short: at least %d characters"),
				 CHARACTERS_MIN);
	if (repeats(p))
		return yihu_fail(err, YIHU_EPASS,
				 _("the passphrase is the same few characters over and over"));
	if (counts(p))
		return yihu_fail(err, YIHU_EPASS, _("the passphrase only counts up or down"));
	if (digits == strlen(p) && digits < DIGITS_MIN)
		return yihu_fail(err, YIHU_EPASS,
				 _("digits alone are too easy: birthdays, telephone and identity "
				   "numbers are tried first"));
	if (is_common(p))
		return yihu_fail(err, YIHU_EPASS,
				 _("the passphrase is one that everybody tries first"));
	return 0;
}

/* ---- one that is not too easy ---- */

#define SYLLABLES 10 /* 6 bits each */

void cli_passphrase_make(char out[static CLI_PASSPHRASE_MADE_BYTES])
{
	static const char consonants[] = "bdfghjkmnprstwyz", vowels[] = "aeou";
	for (size_t i = 0; i < SYLLABLES; i++) {
		if (i > 0 && i % 2 == 0)
			*out++ = '-';
		*out++ = consonants[randombytes_uniform(sizeof consonants - 1)];
		*out++ = vowels[randombytes_uniform(sizeof vowels - 1)];
	}
	*out = '\0';
}
