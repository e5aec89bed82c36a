/* SPDX-License-Identifier: Apache-2.0
 *
 * The real program, killed at random while sixteen clients vote: whatever was
 * acknowledged is in the final log, once, where its receipt says; with a
 * mirror also when one of the two disks is lost with it.
 *
 *   faults-kill [ROUNDS]    20, or as many as wanted
 */

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "load.h"
#include "test.h"

#define HOUSEHOLDS 1500
#define CLIENTS 16
#define RUSH_MS_MAX 150
#define START_MS_MAX 400 /* killed before it serves */

static unsigned rounds = 20;

static struct {
	unsigned rounds, killed_starting, boxes;
	uint64_t acknowledged;
} total;

/* One round: starts it, lets the clients rush, and pulls the plug. Now and
 * then while it is still starting. */
static void round_of(const char *const *words)
{
	struct program p = program_start(NULL, "YIHU_COUNTD", words);
	total.rounds++;
	if (randombytes_uniform(8) == 0) {
		usleep(randombytes_uniform(START_MS_MAX) * 1000);
		program_end(&p, SIGKILL);
		total.killed_starting++;
		return;
	}
	int port = program_port(&p);
	assert_int_not_equal(port, 0);
	struct rush *r = rush_start(load_unserved(), CLIENTS, port);
	usleep(randombytes_uniform(RUSH_MS_MAX) * 1000);
	int status = program_end(&p, SIGKILL);
	rush_stop(r);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void check(const char *dir)
{
	struct load_figures n = load_check(dir);
	assert_int_equal(n.lost, 0);
	assert_int_equal(n.twice, 0);
	assert_int_equal(n.bad_receipts, 0);
	assert_int_equal(n.strange, 0);
	total.acknowledged += n.acknowledged;
	total.boxes++;
}

static void say(const char *what)
{
	print_message("# %s: %u rounds (%u killed while starting), %u boxes, %llu acknowledged, "
		      "0 lost, 0 twice, every receipt holds\n",
		      what, total.rounds, total.killed_starting, total.boxes,
		      (unsigned long long)total.acknowledged);
	assert_true(total.acknowledged > total.rounds);
	memset(&total, 0, sizeof total);
}

TEST(killed_at_random)
{
	for (unsigned done = 0; done < rounds;) {
		char *dir = boxdir_new(load_election);
		const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
		load_forget();
		for (; done < rounds && load_unserved() < HOUSEHOLDS; done++)
			round_of(words);
		check(dir);
		assert_int_equal(load_audit(dir), 0);
		boxdir_free(dir);
	}
	say("killed");
}

/* The process that serves HTTP alone: the one that has the box follows it, and says so by
 * its status. */
TEST(http_killed_at_random)
{
	char *dir = boxdir_new(load_election),
	     *checkpoint = yihu_path(dir, "public/log/checkpoint");
	const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
	load_forget();
	for (unsigned k = 0; k < (rounds + 3) / 4; k++) {
		struct program p = program_start(NULL, "YIHU_COUNTD", words);
		int port = program_port(&p);
		assert_int_not_equal(port, 0);
		struct rush *r = rush_start(load_unserved(), CLIENTS, port);
		usleep(randombytes_uniform(RUSH_MS_MAX) * 1000);
		assert_int_equal(kill(program_front(&p), SIGKILL), 0);
		int status = program_end(&p, 0);
		rush_stop(r);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
		assert_true(yihu_file_exists(checkpoint)); /* all that was acknowledged is out */
		total.rounds++;
	}
	check(dir);
	say("HTTP killed");
	free(checkpoint);
	boxdir_free(dir);
}

/* Ended, whether or not somebody has asked for its status. */
static bool has_ended(pid_t pid)
{
	char *path = yihu_printf("/proc/%d/stat", (int)pid);
	FILE *f = fopen(path, "r");
	char state = 'X';
	bool read = f && fscanf(f, "%*d (%*[^)]) %c", &state) == 1;
	if (f)
		fclose(f);
	free(path);
	return !read || state == 'Z' || state == 'X';
}

static void wait_gone(pid_t pid)
{
	while (!has_ended(pid))
		usleep(1000);
}

/* One that hangs delays the end by seconds, and prevents nothing; and it outlives the
 * other in no case. */
TEST(http_that_hangs)
{
	char *dir = boxdir_new(load_election);
	const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
	load_forget();
	for (int signal = SIGTERM; signal; signal = signal == SIGTERM ? SIGKILL : 0) {
		struct program p = program_start(NULL, "YIHU_COUNTD", words);
		int port = program_port(&p);
		pid_t front = program_front(&p);
		assert_int_equal(load_send(&load_homes[load_unserved()], port), 201);
		assert_int_equal(kill(front, SIGSTOP), 0);
		int status = program_end(&p, signal);
		assert_true(signal == SIGKILL ? WIFSIGNALED(status) : status == 0);
		wait_gone(front);
	}
	check(dir);
	memset(&total, 0, sizeof total);
	boxdir_free(dir);
}

/* Each time one of the two folders is gone afterwards, and the other goes on
 * with a new mirror. */
TEST(killed_with_one_disk_lost)
{
	struct yihu_error err;
	char *root = boxdir_temp();
	char *box = yihu_path(root, "0"), *mirror = yihu_path(root, "1");
	boxdir_make(load_election, box);
	load_forget();
	for (unsigned k = 2; k < 2 + (rounds + 3) / 4; k++) {
		const char *words[] = {box,        "--listen", "127.0.0.1:0",
				       "--mirror", mirror,     k > 2 ? "--alone" : NULL,
				       NULL};
		struct program p = program_start(NULL, "YIHU_COUNTD", words);
		int port = program_port(&p);
		assert_int_not_equal(port, 0);
		struct rush *r = rush_start(load_unserved(), CLIENTS, port);
		usleep(randombytes_uniform(RUSH_MS_MAX) * 1000);
		program_end(&p, SIGKILL);
		rush_stop(r);
		total.rounds++;
		bool first_lost = k % 2 == 0;
		fixture_must(yihu_dir_remove(first_lost ? box : mirror, &err), &err);
		if (first_lost) {
			free(box);
			box = mirror;
		} else {
			free(mirror);
		}
		mirror = yihu_printf("%s/%u", root, k);
		fixture_must(yihu_box_check_whole(box, &err) == YIHU_ESTATE ? 0 : YIHU_ESTATE,
			     &err);
	}
	check(box);
	say("killed and a disk lost");
	free(box);
	free(mirror);
	boxdir_free(root);
}

/* A half that is started without its other half, by mistake, says so and ends. */
TEST(a_half_does_not_start_alone)
{
	char *root = boxdir_temp();
	char *box = yihu_path(root, "box"), *mirror = yihu_path(root, "mirror");
	const char *both[] = {box, "--listen", "127.0.0.1:0", "--mirror", mirror, NULL};
	const char *first[] = {box, "--listen", "127.0.0.1:0", NULL};
	const char *second[] = {mirror, "--listen", "127.0.0.1:0", NULL};
	const char *second_alone[] = {mirror, "--listen", "127.0.0.1:0", "--alone", NULL};
	const struct {
		const char *const *words;
		int status;
	} starts[] = {{both, 0}, {first, 1}, {second, 1}, {both, 0}, {second_alone, 0}, {both, 0}};
	boxdir_make(load_election, box);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		struct program p = program_start(NULL, "YIHU_COUNTD", starts[i].words);
		assert_int_equal(program_port(&p) != 0, starts[i].status == 0);
		int status = program_end(&p, starts[i].status ? 0 : SIGTERM);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), starts[i].status);
	}
	free(box);
	free(mirror);
	boxdir_free(root);
}

/* SIGTERM instead: ends by itself with status 0, the log exported. */
TEST(sigterm_ends_cleanly)
{
	char *dir = boxdir_new(load_election), *address = yihu_path(dir, "address");
	const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
	struct program p = program_start(NULL, "YIHU_COUNTD", words);
	int port = program_port(&p);
	assert_true(yihu_file_exists(address));
	load_forget();
	assert_int_equal(load_send(&load_homes[0], port), 201);
	int status = program_end(&p, SIGTERM);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_false(yihu_file_exists(address));
	assert_int_equal(load_audit(dir), 0);
	free(address);
	boxdir_free(dir);
}

/* Stopped while sixteen clients vote: it ends by itself every time, and what it
 * acknowledged until then is in. */
TEST(sigterm_under_load)
{
	char *dir = boxdir_new(load_election);
	const char *words[] = {dir, "--listen", "127.0.0.1:0", NULL};
	load_forget();
	for (unsigned k = 0; k < rounds; k++) {
		struct program p = program_start(NULL, "YIHU_COUNTD", words);
		struct rush *r = rush_start(load_unserved(), CLIENTS, program_port(&p));
		usleep(randombytes_uniform(RUSH_MS_MAX / 4) * 1000);
		int status = program_end(&p, SIGTERM);
		rush_stop(r);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	check(dir);
	memset(&total, 0, sizeof total);
	boxdir_free(dir);
}

AROUND(group_set_up)
{
	load_begin(HOUSEHOLDS);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_at_random),
		cmocka_unit_test(http_killed_at_random),
		cmocka_unit_test(http_that_hangs),
		cmocka_unit_test(killed_with_one_disk_lost),
		cmocka_unit_test(a_half_does_not_start_alone),
		cmocka_unit_test(sigterm_ends_cleanly),
		cmocka_unit_test(sigterm_under_load),
	};
	if (argc > 1 && (rounds = (unsigned)strtoul(argv[1], NULL, 10)) == 0) {
		fprintf(stderr, "usage: faults-kill [ROUNDS]\n");
		return 2;
	}
	return cmocka_run_group_tests(tests, group_set_up, load_end);
}
