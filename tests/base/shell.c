/* SPDX-License-Identifier: Apache-2.0
 *
 * A path as a word of a shell: what sh makes of it is the path again.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

static const struct {
	const char *path, *word;
} rows[] = {
	{"park", "park"},
	{"/media/a/key-1.k", "/media/a/key-1.k"},
	{"桌面/锦绣花园", "桌面/锦绣花园"},
	{"桌面/锦绣花园 2026表决", "'桌面/锦绣花园 2026表决'"},
	{"a\xe3\x80\x80"
	 "b",
	 "'a\xe3\x80\x80"
	 "b'"}, /* a wide blank */
	{"it's", "'it'\\''s'"},
	{"$HOME/`id`", "'$HOME/`id`'"},
	{"~/park", "'~/park'"},
	{"a*b?", "'a*b?'"},
	{"-park", "./-park"},
	{"- park", "'./- park'"},
	{"", "''"},
	{"one\ntwo", "'one\ntwo'"},
};

TEST(a_word_is_quoted_only_where_needed)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *word = yihu_shell_word(rows[i].path);
		assert_string_equal(word, rows[i].word);
		free(word);
	}
}

/* What `printf %s WORD` prints in sh. */
static void shell_reads(char *out, size_t size, const char *word)
{
	char *command = yihu_printf("printf %%s %s", word);
	FILE *p = popen(command, "r");
	assert_non_null(p);
	size_t n = fread(out, 1, size - 1, p);
	out[n] = '\0';
	assert_int_equal(pclose(p), 0);
	free(command);
}

TEST(the_shell_reads_the_path_again)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char got[256];
		char *word = yihu_shell_word(rows[i].path);
		bool option = rows[i].path[0] == '-';
		shell_reads(got, sizeof got, word);
		assert_string_equal(got + (option ? 2 : 0), rows[i].path);
		free(word);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_quoted_only_where_needed),
		cmocka_unit_test(the_shell_reads_the_path_again),
	};
	return cmocka_run_group_tests_name("words of a shell", tests, NULL, NULL);
}
