/* SPDX-License-Identifier: Apache-2.0
 *
 * The program itself (its path is the test's argument): options, files, what
 * it says and how it ends.
 */
#include "fake.h"

#include <fcntl.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yihu/file.h>

static const char *program;

struct scene {
	struct fake *fake;
	char dir[32];
	char *token, *out;
	char *ballot, *receipt, *choice;
};

static void put(const char *path, struct yihu_buf bytes)
{
	assert_int_equal(yihu_file_write(path, bytes.data, bytes.len, 0600, NULL), 0);
	yihu_buf_free(&bytes);
}

static int setup(void **state)
{
	struct scene *s = yihu_calloc(1, sizeof *s);
	s->fake = fake_new(NULL);
	strcpy(s->dir, "/tmp/yihu-test-XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	s->token = yihu_path(s->dir, "token");
	s->out = yihu_path(s->dir, "out");
	s->ballot = yihu_path(s->dir, "ballot");
	s->choice = yihu_path(s->dir, "choice");
	s->receipt = yihu_path(s->dir, "vote.tlog-proof");
	put(s->token, fake_scan(s->fake->fixture, 3));
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct scene *s = *state;
	assert_int_equal(yihu_dir_remove(s->dir, NULL), 0);
	fake_free(s->fake);
	free(s->token);
	free(s->out);
	free(s->ballot);
	free(s->receipt);
	free(s->choice);
	free(s);
	return 0;
}

/* Runs it with the URL and these arguments, standard input from a file; what
 * it says on either stream is in *said. */
static int run(struct scene *s, const char *input, char **said, char *const *args)
{
	char *argv[24] = {strdup(program), s->fake->url};
	struct yihu_buf out = {0};
	int status;
	for (size_t i = 0; args[i]; i++)
		argv[i + 2] = args[i];
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		int in = open(input, O_RDONLY),
		    to = open(s->out, O_CREAT | O_TRUNC | O_WRONLY, 0600);
		dup2(in, 0);
		dup2(to, 1);
		dup2(to, 2);
		execv(program, argv);
		_exit(99);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(yihu_file_read(s->out, 1 << 20, &out, NULL), 0);
	*said = out.data ? (char *)out.data : yihu_strdup("");
	free(argv[0]);
	return WEXITSTATUS(status);
}
#define RUN(said, ...) run(s, "/dev/null", said, (char *[]){__VA_ARGS__, NULL})

#define ASSERT_SAID(said, words)                                                                   \
	do {                                                                                       \
		if (!strstr(said, words))                                                          \
			fail_msg("“%s” is not in: %s", words, said);                               \
	} while (0)

static char opt_token[] = "--token-file", opt_choose[] = "--choose-file",
	    opt_receipt[] = "--receipt", opt_ballot[] = "--ballot-file", opt_check[] = "--check",
	    opt_eid[] = "--eid", opt_patience[] = "--patience", opt_typed[] = "--typed",
	    opt_random[] = "--random", opt_replay[] = "--replay", opt_letters[] = "--letters",
	    opt_clients[] = "--clients", opt_seed[] = "--seed-file", first[] = "p1", zero[] = "0",
	    one[] = "1", dash[] = "-";

/* A file that holds this choice. */
static char *choice_file(const struct scene *s, const char *text)
{
	struct yihu_buf bytes = {0};
	yihu_buf_fmt(&bytes, "%s\n", text);
	put(s->choice, bytes);
	return s->choice;
}

/* The id of the first project, whatever the fixture calls it. */
static char *choice(const struct scene *s)
{
	return s->fake->fixture->election->definition->projects[0].id;
}

static void usage_errors(void **state)
{
	struct scene *s = *state;
	char *const cases[][8] = {
		{NULL},
		{opt_token, s->token},
		{opt_choose, one},
		{opt_token, s->token, opt_choose, one, opt_random},
		{opt_token, s->token, opt_check, opt_random},
		{opt_token, s->token, opt_check, opt_receipt, s->receipt},
		{opt_check},
		{opt_token, s->token, opt_random, opt_letters, s->token},
		{opt_token, s->token, opt_random, opt_clients, one},
		{opt_replay, s->token},
		{opt_replay, s->token, opt_letters, s->token, opt_random},
		{opt_replay, s->token, opt_letters, s->token, opt_clients, zero},
		{opt_token, s->token, opt_random, opt_patience, first},
		{opt_typed, opt_random},
		{opt_token, s->token, opt_seed, s->token},
		{opt_replay, s->token, opt_letters, s->token, opt_seed, s->token},
		{opt_token, s->token, opt_random, first},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *said;
		assert_int_equal(run(s, "/dev/null", &said, cases[i]), 2);
		ASSERT_SAID(said, "--help");
		free(said);
	}
	assert_int_equal(s->fake->gets, 0);
}

static void a_ballot_is_cast_and_its_receipt_kept(void **state)
{
	struct scene *s = *state;
	struct stat st;
	struct yihu_buf receipt = {0};
	struct cast_proof p;
	char *said;
	assert_int_equal(RUN(&said, opt_token, s->token, opt_choose, choice_file(s, choice(s)),
			     opt_receipt, s->receipt),
			 0);
	ASSERT_SAID(said, "Recorded at ");
	ASSERT_SAID(said, s->fake->fixture->election->definition->projects[0].name);
	assert_int_equal(stat(s->receipt, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(yihu_file_read(s->receipt, 1 << 20, &receipt, NULL), 0);
	assert_int_equal(cast_proof_read(&p, s->fake->fixture->election, span_of(&receipt), NULL),
			 0);
	assert_int_equal(p.serial, 3);
	ASSERT_SAID(said, p.code);
	cast_proof_finish(&p);
	yihu_buf_free(&receipt);
	free(said);
}

static void nothing_of_the_letter_is_printed(void **state)
{
	struct scene *s = *state;
	struct yihu_buf scan = fake_scan(s->fake->fixture, 3);
	struct yihu_buf typed = fake_typed(s->fake->fixture, 3);
	char *digits = strchr((char *)scan.data, '#') + 20, *said;
	digits[16] = '\0';
	((char *)typed.data)[14] = '\0';
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random), 0);
	assert_null(strstr(said, digits));
	assert_null(strstr(said, (char *)typed.data));
	free(said);
	yihu_buf_free(&scan);
	yihu_buf_free(&typed);
}

static void the_code_may_come_on_standard_input(void **state)
{
	struct scene *s = *state;
	char *said;
	char *const scanned[] = {opt_token, dash, opt_choose, choice_file(s, "blank"), NULL};
	assert_int_equal(run(s, s->token, &said, scanned), 0);
	ASSERT_SAID(said, "blank");
	free(said);
	assert_int_equal(run(s, "/dev/null", &said, scanned), 1);
	ASSERT_SAID(said, "Not recorded: nothing was sent.");
	free(said);
	put(s->token, fake_typed(s->fake->fixture, 4));
	char *const typed[] = {opt_token, dash, opt_typed, opt_choose, s->choice, NULL};
	assert_int_equal(run(s, s->token, &said, typed), 0);
	free(said);
	assert_int_equal(s->fake->n_entries, 2);
}

/* The letter's line, then the choice's. */
static void letter_and_choice_may_both_come_on_standard_input(void **state)
{
	struct scene *s = *state;
	struct yihu_buf both = fake_scan(s->fake->fixture, 3);
	char *said;
	yihu_buf_fmt(&both, "%s\n", choice(s));
	put(s->token, both);
	char *const args[] = {opt_token, dash, opt_choose, dash, NULL};
	assert_int_equal(run(s, s->token, &said, args), 0);
	ASSERT_SAID(said, s->fake->fixture->election->definition->projects[0].name);
	free(said);
	assert_int_equal(s->fake->n_entries, 1);
}

/* On a terminal, with these lines typed: the exit status, and what it says. */
static int run_on_terminal(struct scene *s, const char *typed, char **said, char *const *args)
{
	char *argv[24] = {strdup(program), s->fake->url};
	struct yihu_buf out = {0};
	char chunk[4096];
	int tty, status;
	ssize_t n;
	for (size_t i = 0; args[i]; i++)
		argv[i + 2] = args[i];
	fflush(NULL);
	pid_t pid = forkpty(&tty, NULL, NULL, NULL);
	if (pid == 0) {
		execv(program, argv);
		_exit(99);
	}
	if (pid < 0) { /* a root without devpts has no terminals to give */
		free(argv[0]);
		skip();
	}
	assert_int_equal(write(tty, typed, strlen(typed)), (ssize_t)strlen(typed));
	while ((n = read(tty, chunk, sizeof chunk)) > 0) /* EIO: the program has ended */
		yihu_buf_put(&out, chunk, (size_t)n);
	close(tty);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	yihu_buf_u8(&out, 0);
	*said = (char *)out.data;
	free(argv[0]);
	return WEXITSTATUS(status);
}

static void who_gives_no_choice_is_asked(void **state)
{
	struct scene *s = *state;
	char *said;
	char *const args[] = {opt_token, s->token, NULL};
	const struct yihu_project *p = s->fake->fixture->election->definition->projects;
	assert_int_equal(run_on_terminal(s, "99\n1 1\n2\nyes\n", &said, args), 0);
	ASSERT_SAID(said, "  1. ");
	ASSERT_SAID(said, p[0].name);
	ASSERT_SAID(said, "there is no project “99”");
	ASSERT_SAID(said, "named twice");
	ASSERT_SAID(strstr(said, "The choice:"), p[1].name);
	assert_null(strstr(strstr(said, "The choice:"), p[0].name));
	ASSERT_SAID(said, "Recorded at ");
	free(said);
	assert_int_equal(s->fake->posts, 1);
}

static void who_does_not_say_yes_sends_nothing(void **state)
{
	struct scene *s = *state;
	char *said;
	char *const args[] = {opt_token, s->token, NULL};
	assert_int_equal(run_on_terminal(s, "1\nno\n", &said, args), 1);
	ASSERT_SAID(said, "Not recorded: nothing was sent.");
	free(said);
	assert_int_equal(run_on_terminal(s, "\004", &said, args), 1);
	ASSERT_SAID(said, "you made no choice");
	free(said);
	assert_int_equal(s->fake->posts, 0);
}

static void what_fails_before_sending_sends_nothing(void **state)
{
	struct scene *s = *state;
	char *said, *none = yihu_path(s->dir, "none");
	char *unknown = choice_file(s, "no-such-project"), *empty = yihu_path(s->dir, "empty");
	char other[] = "0000-0000-0000-0000-0000-0000";
	char *const cases[][8] = {
		{opt_token, none, opt_random},
		{opt_token, s->token, opt_random, opt_seed, none},
		{opt_token, s->token, opt_choose, unknown},
		{opt_token, s->token, opt_choose, empty},
		{opt_token, s->token, opt_choose, none},
		{opt_token, s->token, opt_choose, dash},
		{opt_token, s->token, opt_random, opt_eid, other},
		{opt_token, s->token, opt_random, opt_eid, one},
		{opt_token, s->token, opt_random, opt_receipt, s->out},
		{opt_token, s->token, opt_random, opt_typed},
		{opt_token, s->token, opt_random, opt_ballot, s->out},
		{opt_replay, none, opt_letters, none},
	};
	put(empty, (struct yihu_buf){0});
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(run(s, "/dev/null", &said, cases[i]), 1);
		ASSERT_SAID(said, "Not recorded: nothing was sent.");
		free(said);
	}
	s->fake->charter.data[100] ^= 1;
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random), 1);
	ASSERT_SAID(said, "Not recorded: nothing was sent.");
	free(said);
	assert_int_equal(s->fake->posts, 0);
	free(empty);
	free(none);
}

/* Unknown at first; the very same bytes again, without the letter. */
static void a_kept_ballot_is_sent_again(void **state)
{
	struct scene *s = *state;
	/* libcurl itself tries again once, on a connection of its own. */
	static const enum deed cut[] = {CUT, CUT};
	struct yihu_buf kept = {0};
	char *said;
	fake_script(s->fake, cut, COUNT(cut));
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random, opt_ballot, s->ballot,
			     opt_patience, zero),
			 1);
	ASSERT_SAID(said, "Not yet known");
	ASSERT_SAID(said, s->ballot);
	free(said);
	assert_int_equal(yihu_file_read(s->ballot, 1 << 20, &kept, NULL), 0);
	assert_int_equal(kept.len, s->fake->first.len);
	assert_memory_equal(kept.data, s->fake->first.data, kept.len);
	assert_int_equal(RUN(&said, opt_ballot, s->ballot), 0);
	ASSERT_SAID(said, "Recorded at ");
	free(said);
	assert_memory_equal(kept.data, s->fake->last.data, kept.len);
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random, opt_ballot, s->ballot), 0);
	free(said);
	assert_int_equal(s->fake->posts, 4);
	assert_int_equal(s->fake->n_entries, 1);
	yihu_buf_free(&kept);
}

static void a_server_that_asks_for_work_and_has_no_time_is_told_of(void **state)
{
	struct scene *s = *state;
	static const enum deed deeds[] = {ASK, BUSY, BUSY};
	char *said;
	fake_script(s->fake, deeds, COUNT(deeds));
	assert_int_equal(RUN(&said, opt_token, s->token, opt_choose, choice_file(s, choice(s))), 0);
	ASSERT_SAID(said, "asks this computer for a moment's work");
	ASSERT_SAID(said, "Not yet: refused: busy");
	assert_null(strstr(strstr(said, "Not yet") + 1, "Not yet"));
	ASSERT_SAID(said, "Recorded at");
	assert_int_equal(s->fake->works_right, 1);
	free(said);
}

static void a_kept_ballot_of_another_letter_is_refused(void **state)
{
	struct scene *s = *state;
	char *said;
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random, opt_ballot, s->ballot), 0);
	free(said);
	put(s->token, fake_scan(s->fake->fixture, 4));
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random, opt_ballot, s->ballot), 1);
	ASSERT_SAID(said, "letter 0003");
	ASSERT_SAID(said, "is 0004");
	free(said);
	assert_int_equal(s->fake->posts, 1);
}

static void a_second_ballot_is_told_when_the_first_was(void **state)
{
	struct scene *s = *state;
	char *said;
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random), 0);
	free(said);
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random, opt_receipt, s->receipt), 1);
	ASSERT_SAID(said, "Not recorded: this letter has voted already, at 2025-12-01");
	ASSERT_SAID(said, "The log proves it.");
	assert_null(strstr(strstr(said, "2025-12-01") + 1, "2025-12-01"));
	free(said);
	assert_false(yihu_file_exists(s->receipt));
}

static void a_false_receipt_is_said_and_not_kept(void **state)
{
	struct scene *s = *state;
	static const enum deed forged[] = {OTHER_TREE};
	char *said;
	fake_script(s->fake, forged, 1);
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random, opt_receipt, s->receipt), 1);
	ASSERT_SAID(said, "Not yet known");
	ASSERT_SAID(said, "--check");
	assert_null(strstr(said, "Recorded"));
	assert_false(yihu_file_exists(s->receipt));
	free(said);
}

static void check_tells_how_the_letter_stands(void **state)
{
	struct scene *s = *state;
	char *said;
	assert_int_equal(RUN(&said, opt_token, s->token, opt_check), 0);
	ASSERT_SAID(said, "has not voted");
	free(said);
	s->fake->voided = true;
	assert_int_equal(RUN(&said, opt_token, s->token, opt_check), 0);
	ASSERT_SAID(said, "void");
	free(said);
	assert_int_equal(s->fake->posts, 0);
	assert_int_equal(RUN(&said, opt_token, s->token, opt_random), 0);
	free(said);
	assert_int_equal(RUN(&said, opt_token, s->token, opt_check), 0);
	ASSERT_SAID(said, "Letter 0003 voted at 2025-12-01");
	free(said);
	put(s->token, fake_scan(s->fake->fixture, 4));
	s->fake->lies_about_serial = true;
	assert_int_equal(RUN(&said, opt_token, s->token, opt_check), 1);
	ASSERT_SAID(said, "does not prove it");
	free(said);
}

/* The definition with rows behind its empty VOTES. */
static void a_file_of_votes_is_replayed(void **state)
{
	struct scene *s = *state;
	struct yihu_buf votes = {0};
	char *list = yihu_path(s->dir, "list.csv"), *pb = yihu_path(s->dir, "votes.pb"), *said;
	const struct yihu_buf *d = &s->fake->fixture->definition;
	char *zero_votes = strstr((char *)d->data, "num_votes;0");
	size_t head = (size_t)(zero_votes - (char *)d->data);
	yihu_buf_put(&votes, d->data, head);
	yihu_buf_str(&votes, "num_votes;3");
	yihu_buf_put(&votes, d->data + head + 11, d->len - head - 11);
	for (int i = 1; i <= 3; i++)
		yihu_buf_fmt(&votes, "%d;%s\n", i, choice(s));
	put(pb, votes);
	put(list, fake_list(s->fake->fixture, 2));
	assert_int_equal(RUN(&said, opt_replay, pb, opt_letters, list), 1);
	ASSERT_SAID(said, "3 votes and only 2 letters");
	free(said);
	put(list, fake_list(s->fake->fixture, 3));
	assert_int_equal(RUN(&said, opt_replay, pb, opt_letters, list), 0);
	ASSERT_SAID(said, "receipt: 3 of 3");
	free(said);
	assert_int_equal(RUN(&said, opt_replay, pb, opt_letters, list), 1);
	ASSERT_SAID(said, "3 refused for the same reason");
	free(said);
	assert_int_equal(s->fake->n_entries, 3);
	free(list);
	free(pb);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		SCENE(usage_errors),
		SCENE(a_ballot_is_cast_and_its_receipt_kept),
		SCENE(nothing_of_the_letter_is_printed),
		SCENE(the_code_may_come_on_standard_input),
		SCENE(letter_and_choice_may_both_come_on_standard_input),
		SCENE(who_gives_no_choice_is_asked),
		SCENE(who_does_not_say_yes_sends_nothing),
		SCENE(what_fails_before_sending_sends_nothing),
		SCENE(a_kept_ballot_is_sent_again),
		SCENE(a_server_that_asks_for_work_and_has_no_time_is_told_of),
		SCENE(a_kept_ballot_of_another_letter_is_refused),
		SCENE(a_second_ballot_is_told_when_the_first_was),
		SCENE(a_false_receipt_is_said_and_not_kept),
		SCENE(check_tells_how_the_letter_stands),
		SCENE(a_file_of_votes_is_replayed),
	};
	if (argc != 2)
		return 2;
	program = argv[1];
	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
