/* SPDX-License-Identifier: Apache-2.0
 *
 * Who meets a box that is served elsewhere is told where.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "test.h"

static void leave(const char *dir, const char *name, const char *text)
{
	char *path = yihu_path(dir, name);
	assert_int_equal(yihu_file_write(path, text, strlen(text), 0644, NULL), 0);
	free(path);
}

static void assert_url(char *is, const char *want)
{
	if (want == NULL)
		assert_null(is);
	else
		assert_string_equal(is, want);
	free(is);
}

static void assert_refused(const char *dir, int code, const char *says)
{
	struct yihu_error err = {0};
	struct yihu_box *box = NULL;
	assert_int_equal(yihu_box_open(&box, dir, FIXTURE_OPENS, &err), code);
	if (strstr(err.text, says) == NULL)
		fail_msg("says: %s", err.text);
}

TEST(a_second_daemon_is_told_where_the_first_is)
{
	struct fixture *f = fixture_new(NULL);
	char *dir = boxdir_new(f);
	assert_url(yihu_box_daemon(dir), NULL);
	struct yihu_box *box = boxdir_open(dir, FIXTURE_OPENS);
	assert_refused(dir, YIHU_ELOCKED, "another program is at work");
	assert_url(yihu_box_daemon(dir), NULL);
	leave(dir, "address", "http://127.0.0.1:8190\n");
	assert_refused(dir, YIHU_ELOCKED, "running already, at http://127.0.0.1:8190");
	assert_url(yihu_box_daemon(dir), "http://127.0.0.1:8190");
	yihu_box_close(box); /* killed: the address stays */
	assert_url(yihu_box_daemon(dir), NULL);
	assert_url(yihu_box_last_address(dir), "http://127.0.0.1:8190");
	boxdir_free(dir);
	fixture_free(f);
}

TEST(a_box_that_was_moved_says_where_to)
{
	struct fixture *f = fixture_new(NULL);
	char *dir = boxdir_new(f), *key = yihu_path(dir, "log.key");
	leave(dir, "url", "https://vote.example.org\n");
	assert_url(yihu_box_moved_to(dir), "https://vote.example.org");
	yihu_box_close(boxdir_open(dir, FIXTURE_OPENS)); /* cut off before it left */
	assert_int_equal(remove(key), 0);
	assert_refused(dir, YIHU_ESTATE, "moved to https://vote.example.org");
	free(key);
	boxdir_free(dir);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_daemon_is_told_where_the_first_is),
		cmocka_unit_test(a_box_that_was_moved_says_where_to),
	};
	return cmocka_run_group_tests_name("where a box is served", tests, NULL, NULL);
}
