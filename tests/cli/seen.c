/* SPDX-License-Identifier: Apache-2.0
 *
 * What nobody does unseen: shown and asked for on a terminal, refused without one.
 */

#include <ctype.h>
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"
#include "test.h"

#define SHOWN "letter 0022 of A 1\n"
#define QUESTION "Make it void? (yes/no)"

static int end_of(pid_t pid)
{
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WEXITSTATUS(status);
}

/* What comes out of fd until it ends; text has room for it. */
static void read_all(int fd, char *text, size_t room)
{
	size_t len = 0;
	for (ssize_t n; len < room - 1 && (n = read(fd, text + len, room - 1 - len)) > 0;)
		len += (size_t)n;
	text[len] = '\0';
}

/* cli_seen's code in a child that answers so on a terminal; what that shows. */
static int on_terminal(const char *answer, const struct cli_seen *seen, char *text, size_t room)
{
	int terminal;
	pid_t pid = forkpty(&terminal, NULL, NULL, NULL);
	if (pid < 0)
		skip(); /* a root without devpts has no terminals to give */
	if (pid == 0)
		_exit(cli_seen(SHOWN, QUESTION, seen, NULL));
	assert_int_equal(write(terminal, answer, strlen(answer)), (ssize_t)strlen(answer));
	read_all(terminal, text, room);
	close(terminal);
	return end_of(pid);
}

TEST(only_yes_is_yes)
{
	static const struct {
		const char *typed;
		int code;
	} rows[] = {{"yes\n", 0},      {"是\n", 0},        {"no\n", YIHU_EARG},
		    {"\n", YIHU_EARG}, {"y\n", YIHU_EARG}, {"\004", YIHU_EARG}};
	char text[256];
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(on_terminal(rows[i].typed, NULL, text, sizeof text), rows[i].code);
		const char *shown = strstr(text, "letter 0022"), *asked = strstr(text, QUESTION);
		assert_non_null(shown);
		assert_true(asked > shown);
	}
}

TEST(who_said_seen_is_shown_it_and_not_asked)
{
	char text[256];
	assert_int_equal(on_terminal("", &(struct cli_seen){.given = true}, text, sizeof text), 0);
	assert_non_null(strstr(text, "letter 0022"));
	assert_null(strstr(text, QUESTION));
}

/* The same with no terminal; what stands on standard error. */
static int without_terminal(const char *shown, const struct cli_seen *seen, char *text, size_t room)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct yihu_error err = {0};
		dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
		dup2(ends[1], STDERR_FILENO);
		int r = cli_seen(shown, QUESTION, seen, &err);
		dprintf(STDERR_FILENO, "%s", err.text);
		_exit(r);
	}
	close(ends[1]);
	read_all(ends[0], text, room);
	close(ends[0]);
	return end_of(pid);
}

TEST(where_nobody_is_there_it_is_shown_and_not_done)
{
	char text[512];
	assert_int_equal(without_terminal(SHOWN, NULL, text, sizeof text), YIHU_EUNSEEN);
	assert_non_null(strstr(text, "letter 0022"));
	assert_non_null(strstr(text, "--seen"));
	assert_null(strstr(text, QUESTION));
	const struct cli_seen seen = {.given = true};
	assert_int_equal(without_terminal(SHOWN, &seen, text, sizeof text), 0);
	assert_non_null(strstr(text, "letter 0022"));
}

/* The number that was told fits what it was told of, however it is typed, and nothing else. */
TEST(what_was_seen_has_a_number)
{
	char text[512], number[64], typed[64];
	struct cli_seen seen = {.given = true, .number = number};
	assert_int_equal(without_terminal(SHOWN, NULL, text, sizeof text), YIHU_EUNSEEN);
	assert_int_equal(sscanf(strstr(text, "--seen="), "--seen=%63[0-9A-Z-]", number), 1);
	assert_int_equal(strlen(number), 24);
	assert_int_equal(without_terminal(SHOWN, &seen, text, sizeof text), 0);
	assert_int_equal(without_terminal("letter 0023 of A 1\n", &seen, text, sizeof text),
			 YIHU_EUNSEEN);
	assert_non_null(strstr(text, "letter 0023"));
	assert_null(strstr(text, number));
	for (size_t i = 0; i <= strlen(number); i++)
		typed[i] = (char)tolower((unsigned char)number[i]);
	seen.number = typed;
	assert_int_equal(without_terminal(SHOWN, &seen, text, sizeof text), 0);
	typed[strlen(typed) - 1] ^= 'q' ^ 'p';
	assert_int_equal(without_terminal(SHOWN, &seen, text, sizeof text), YIHU_EUNSEEN);
	/* Whoever is there is asked about what they have not seen. */
	assert_int_equal(on_terminal("yes\n", &seen, text, sizeof text), 0);
	assert_non_null(strstr(text, QUESTION));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_yes_is_yes),
		cmocka_unit_test(who_said_seen_is_shown_it_and_not_asked),
		cmocka_unit_test(where_nobody_is_there_it_is_shown_and_not_done),
		cmocka_unit_test(what_was_seen_has_a_number),
	};
	cli_init("seen");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
