/* SPDX-License-Identifier: Apache-2.0
 *
 * Passphrases from a descriptor, and key files opened with them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

#include "keys/keys.h"

/* The reading end of a pipe that holds these bytes. */
static int pipe_of(const void *bytes, size_t len)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], bytes, len), (ssize_t)len);
	close(ends[1]);
	return ends[0];
}

static void lines_of_a_descriptor(void **state)
{
	(void)state;
	static const struct {
		const char *given, *passphrase; /* NULL: refused */
		bool fresh;
	} rows[] = {
		{"word\n", "word", false},   {"word", "word", true}, {"word\r\n", "word", true},
		{" a b \nmore", " a b ", 1}, {"\n", "", false},      {"\n", NULL, true},
		{"", NULL, false},           {"\r\n", NULL, true},   {"密码\n", "密码", true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int fd = pipe_of(rows[i].given, strlen(rows[i].given));
		char *p = NULL;
		struct yihu_error err;
		int r = cli_passphrase(&p, fd, "?", rows[i].fresh, &err);
		assert_int_equal(r, rows[i].passphrase != NULL ? 0 : YIHU_EPASS);
		if (r == 0) {
			assert_string_equal(p, rows[i].passphrase);
			cli_passphrase_free(p);
		}
		close(fd);
	}
}

static void one_line_a_call(void **state)
{
	(void)state;
	int fd = pipe_of("one\ntwo\n", 8);
	char *p;
	assert_int_equal(cli_passphrase(&p, fd, "?", false, NULL), 0);
	assert_string_equal(p, "one");
	cli_passphrase_free(p);
	assert_int_equal(cli_passphrase(&p, fd, "?", false, NULL), 0);
	assert_string_equal(p, "two");
	cli_passphrase_free(p);
	assert_int_equal(cli_passphrase(&p, fd, "?", false, NULL), YIHU_EPASS);
	close(fd);
}

static void a_line_has_an_end(void **state)
{
	(void)state;
	char line[1026];
	char *p;
	memset(line, 'x', sizeof line);
	line[1024] = '\n';
	int fd = pipe_of(line, 1025);
	assert_int_equal(cli_passphrase(&p, fd, "?", true, NULL), 0);
	assert_int_equal(strlen(p), 1024);
	cli_passphrase_free(p);
	close(fd);
	line[1024] = 'x';
	line[1025] = '\n';
	fd = pipe_of(line, sizeof line);
	assert_int_equal(cli_passphrase(&p, fd, "?", true, NULL), YIHU_EPASS);
	close(fd);
}

static void a_bad_descriptor_is_named(void **state)
{
	(void)state;
	char *p;
	struct yihu_error err;
	assert_int_equal(cli_passphrase(&p, 987, "?", false, &err), YIHU_EPASS);
	assert_non_null(strstr(err.text, "987"));
}

/* ---- key files ---- */

static char dir[] = "/tmp/yihu-cli-XXXXXX";
static char *path;

static int set_up(void **state)
{
	(void)state;
	struct yihu_keyfile *key;
	if (sodium_init() < 0 || mkdtemp(dir) == NULL)
		return -1;
	path = yihu_path(dir, "a.key");
	int r = yihu_keyfile_create_with(&key, path, YIHU_ROLE_TRUSTEE, "a", "right", &yihu_kdf_min,
					 NULL);
	if (r == 0)
		yihu_keyfile_close(key);
	return r;
}

static int tear_down(void **state)
{
	(void)state;
	free(path);
	return yihu_dir_remove(dir, NULL);
}

static int open_with(struct yihu_keyfile **key, const char *lines, struct yihu_error *err)
{
	int fd = pipe_of(lines, strlen(lines));
	const struct cli_key_options o = {.passphrase_fd = {.given = true, .value = (uint32_t)fd}};
	int r = cli_key_open(key, path, &o, err);
	close(fd);
	return r;
}

static void a_key_opens_with_its_passphrase_alone(void **state)
{
	(void)state;
	struct yihu_keyfile *key;
	struct yihu_error err;
	assert_int_equal(open_with(&key, "right\n", &err), 0);
	yihu_keyfile_close(key);
	static const char *const wrong[] = {"wrong\n",  "",        "\n",
					    "right \n", "Right\n", "wrong\nright\n"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(open_with(&key, wrong[i], &err), YIHU_EPASS);
		assert_null(strstr(err.text, "right"));
	}
}

static void a_key_that_is_open_is_locked(void **state)
{
	(void)state;
	struct yihu_keyfile *key, *again;
	struct yihu_error err;
	assert_int_equal(open_with(&key, "right\n", &err), 0);
	assert_int_equal(open_with(&again, "right\n", &err), YIHU_ELOCKED);
	assert_non_null(strstr(err.text, "a.key"));
	yihu_keyfile_close(key);
	assert_int_equal(open_with(&again, "right\n", &err), 0);
	yihu_keyfile_close(again);
}

static void no_descriptor_is_too_large(void **state)
{
	(void)state;
	static const uint32_t numbers[] = {987, INT32_MAX, (uint32_t)INT32_MAX + 1, UINT32_MAX};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct yihu_keyfile *key;
		struct yihu_error err;
		const struct cli_key_options o = {
			.passphrase_fd = {.given = true, .value = numbers[i]}};
		assert_int_equal(cli_key_open(&key, path, &o, &err), YIHU_EPASS);
		assert_non_null(strstr(err.text, "descriptor"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_a_descriptor),
		cmocka_unit_test(one_line_a_call),
		cmocka_unit_test(a_line_has_an_end),
		cmocka_unit_test(a_bad_descriptor_is_named),
		cmocka_unit_test(a_key_opens_with_its_passphrase_alone),
		cmocka_unit_test(a_key_that_is_open_is_locked),
		cmocka_unit_test(no_descriptor_is_too_large),
	};
	return cmocka_run_group_tests_name("cli passphrase", tests, set_up, tear_down);
}
