/* SPDX-License-Identifier: Apache-2.0
 *
 * Passphrases from a descriptor, and key files opened with them.
 */

#include <pty.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <yihu/file.h>

#include "keys/keys.h"
#include "test.h"

/* The reading end of a pipe that holds these bytes. */
static int pipe_of(const void *bytes, size_t len)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], bytes, len), (ssize_t)len);
	close(ends[1]);
	return ends[0];
}

TEST(lines_of_a_descriptor)
{
	static const struct {
		const char *given, *passphrase; /* NULL: refused */
		bool fresh;
	} rows[] = {
		{"word\n", "word", false},
		{"long word", "long word", true},
		{"long word\r\n", "long word", true},
		{" a long b \nmore", " a long b ", true},
		{"\n", "", false},
		{"\n", NULL, true},
		{"", NULL, false},
		{"\r\n", NULL, true},
		{"short\n", NULL, true},
		{"春眠不觉晓处处\n", NULL, true},
		{"春眠不觉晓处处闻\n", "春眠不觉晓处处闻", true},
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

TEST(easy_ones_are_refused_with_the_reason)
{
	static const struct {
		const char *given, *says; /* NULL: it is taken */
	} rows[] = {
		{"", "empty"},
		{"1234567", "at least 8"},
		{"密码密码密码密", "at least 8"},
		{"aaaaaaaa", "over and over"},
		{"abababab", "over and over"},
		{"woaiwoaiwoai", "over and over"},
		{"啊啊啊啊啊啊啊啊", "over and over"},
		{"12345678", "counts"},
		{"1234567890", "counts"},
		{"87654321", "counts"},
		{"abcdefghij", "counts"},
		{"19800101", "digits alone"},
		{"13800138000", "digits alone"},
		{"510104198001011234", "digits alone"},
		{"password", "everybody"},
		{"Password1", "everybody"},
		{"P-a-s-s-w-o-r-d", "everybody"},
		{"qwertyuiop", "everybody"},
		{"woaini1314", "everybody"},
		{"yihu2026", "everybody"},
		{"the clerk", NULL},
		{"correct horse", NULL},
		{"84027159360284715936", NULL},
		{"password of the old lime", NULL},
		{"一棵老槐树下", "at least 8"},
		{"村口的一棵老槐树", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_error err;
		int r = cli_passphrase_check(rows[i].given, &err);
		if (r != (rows[i].says != NULL ? YIHU_EPASS : 0) ||
		    (r != 0 && strstr(err.text, rows[i].says) == NULL))
			fail_msg("row %zu: %s", i, r != 0 ? err.text : "taken");
	}
}

TEST(a_made_one_is_sixty_bits_in_syllables)
{
	char made[2][CLI_PASSPHRASE_MADE_BYTES];
	bool seen[128] = {false};
	for (size_t i = 0; i < 400; i++) {
		cli_passphrase_make(made[i % 2]);
		assert_int_equal(strlen(made[i % 2]), CLI_PASSPHRASE_MADE_BYTES - 1);
		assert_int_equal(cli_passphrase_check(made[i % 2], NULL), 0);
		assert_string_not_equal(made[0], made[1]);
		for (const char *c = made[i % 2]; *c != '\0'; c++)
			seen[(unsigned char)*c] = true;
	}
	for (size_t c = 0; c < sizeof seen; c++)
		assert_int_equal(seen[c],
				 c != 0 && strchr("bdfghjkmnprstwyzaeou-", (int)c) != NULL);
}

/* ---- on a terminal ---- */

/* What a terminal shows until `text`, appended to seen; the child is at the
 * other end. */
static void until(int terminal, struct yihu_buf *seen, const char *text)
{
	size_t from = seen->len;
	char c;
	while (strstr(seen->len > from ? (char *)seen->data + from : "", text) == NULL) {
		if (read(terminal, &c, 1) != 1)
			fail_msg("“%s” was not shown: %s", text, (char *)seen->data);
		yihu_buf_put(seen, &c, 1);
	}
}

static void type(int terminal, const char *line)
{
	assert_int_equal(write(terminal, line, strlen(line)), (ssize_t)strlen(line));
	assert_int_equal(write(terminal, "\n", 1), 1);
}

/* The child asks for a fresh one and writes what it got to the pipe. */
static pid_t ask_on_terminal(int *terminal, int *result)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t pid = forkpty(terminal, NULL, NULL, NULL);
	if (pid < 0)
		skip(); /* a root without devpts has no terminals to give */
	if (pid == 0) {
		char *p = NULL;
		if (cli_passphrase(&p, -1, "New:", true, NULL) != 0)
			_exit(1);
		ssize_t n = write(ends[1], p, strlen(p));
		cli_passphrase_free(p);
		_exit(n > 0 ? 0 : 2);
	}
	close(ends[1]);
	*result = ends[0];
	return pid;
}

static int end_of(pid_t pid)
{
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WEXITSTATUS(status);
}

TEST(a_weak_one_is_asked_for_again_and_one_is_made_for_enter)
{
	struct yihu_buf seen = {0};
	char made[CLI_PASSPHRASE_MADE_BYTES] = "", got[64] = "";
	int terminal, result;
	pid_t pid = ask_on_terminal(&terminal, &result);
	until(terminal, &seen, "New: ");
	type(terminal, "12345678");
	until(terminal, &seen, "counts");
	until(terminal, &seen, "New: ");
	type(terminal, "");
	until(terminal, &seen, "hyphens:");
	until(terminal, &seen, "The same again: ");
	const char *shown = strstr((char *)seen.data, "    ");
	assert_non_null(shown);
	memcpy(made, shown + 4, sizeof made - 1);
	type(terminal, made);
	assert_int_equal(end_of(pid), 0);
	assert_int_equal(read(result, got, sizeof got - 1), strlen(made));
	assert_string_equal(got, made);
	assert_null(strstr((char *)seen.data, "12345678"));
	close(terminal);
	close(result);
	yihu_buf_free(&seen);
}

TEST(three_weak_ones_are_enough)
{
	struct yihu_buf seen = {0};
	int terminal, result;
	pid_t pid = ask_on_terminal(&terminal, &result);
	for (unsigned i = 0; i < 3; i++) {
		until(terminal, &seen, "New: ");
		type(terminal, "aaaaaaaa");
	}
	assert_int_equal(end_of(pid), 1);
	close(terminal);
	close(result);
	yihu_buf_free(&seen);
}

TEST(one_line_a_call)
{
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

TEST(a_line_has_an_end)
{
	char line[1026];
	char *p;
	for (size_t i = 0; i < sizeof line; i++)
		line[i] = (char)('a' + i * i % 26);
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

TEST(a_bad_descriptor_is_named)
{
	char *p;
	struct yihu_error err;
	assert_int_equal(cli_passphrase(&p, 987, "?", false, &err), YIHU_EPASS);
	assert_non_null(strstr(err.text, "987"));
}

/* ---- key files ---- */

static char dir[] = "/tmp/yihu-cli-XXXXXX";
static char *path;

AROUND(set_up)
{
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

AROUND(tear_down)
{
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

TEST(a_key_opens_with_its_passphrase_alone)
{
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

TEST(a_key_that_is_open_is_locked)
{
	struct yihu_keyfile *key, *again;
	struct yihu_error err;
	assert_int_equal(open_with(&key, "right\n", &err), 0);
	assert_int_equal(open_with(&again, "right\n", &err), YIHU_ELOCKED);
	assert_non_null(strstr(err.text, "a.key"));
	yihu_keyfile_close(key);
	assert_int_equal(open_with(&again, "right\n", &err), 0);
	yihu_keyfile_close(again);
}

TEST(no_descriptor_is_too_large)
{
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
		cmocka_unit_test(easy_ones_are_refused_with_the_reason),
		cmocka_unit_test(a_made_one_is_sixty_bits_in_syllables),
		cmocka_unit_test(a_weak_one_is_asked_for_again_and_one_is_made_for_enter),
		cmocka_unit_test(three_weak_ones_are_enough),
		cmocka_unit_test(one_line_a_call),
		cmocka_unit_test(a_line_has_an_end),
		cmocka_unit_test(a_bad_descriptor_is_named),
		cmocka_unit_test(a_key_opens_with_its_passphrase_alone),
		cmocka_unit_test(a_key_that_is_open_is_locked),
		cmocka_unit_test(no_descriptor_is_too_large),
	};
	return cmocka_run_group_tests_name("cli passphrase", tests, set_up, tear_down);
}
