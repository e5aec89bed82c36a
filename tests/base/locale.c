/* SPDX-License-Identifier: Apache-2.0
 *
 * A locale of any name, on a machine that has only C.UTF-8.
 */
#include "support.h"

#include <langinfo.h>
#include <locale.h>
#include <yihu/locale.h>

char *__real_mkdtemp(char *path);
char *__wrap_mkdtemp(char *path);

static char folder[64]; /* the last that was made */

char *__wrap_mkdtemp(char *path)
{
	char *made = __real_mkdtemp(path);
	snprintf(folder, sizeof folder, "%s", path);
	return made;
}

TEST(a_name_that_no_machine_has_is_served)
{
	setenv("LOCPATH", "/nonexistent", 1);
	assert_null(setlocale(LC_ALL, "tlh_QO.UTF-8"));
	assert_true(yihu_locale_set(LC_ALL, "tlh_QO.UTF-8"));
	assert_string_equal(setlocale(LC_MESSAGES, NULL), "tlh_QO.UTF-8");
	assert_string_equal(nl_langinfo(CODESET), "UTF-8");
	assert_string_equal(getenv("LOCPATH"), "/nonexistent");
	unsetenv("LOCPATH");
	assert_true(yihu_locale_set(LC_MESSAGES, "tlh_QO.UTF-8"));
	assert_null(getenv("LOCPATH"));
	assert_true(folder[0] == '/');
	assert_false(yihu_file_exists(folder));
}

TEST(what_the_machine_has_is_taken)
{
	assert_true(yihu_locale_set(LC_ALL, "C.UTF-8"));
	assert_string_equal(setlocale(LC_MESSAGES, NULL), "C.UTF-8");
	assert_true(yihu_locale_set(LC_ALL, "C"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_that_no_machine_has_is_served),
		cmocka_unit_test(what_the_machine_has_is_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
