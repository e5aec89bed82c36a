/* SPDX-License-Identifier: Apache-2.0
 *
 * The real program, killed twenty times under load: every ballot that was
 * acknowledged is in the final log, once, where its receipt says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <yihu/file.h>

#include "daemon.h"

#define HOUSEHOLDS 2500
#define SENDERS 4
#define KILLS 20

struct household {
	struct yihu_buf ballot;
	bool acknowledged;
	uint64_t index;
	char *receipt;
};
static struct household homes[HOUSEHOLDS];
static struct fixture *f;
static atomic_uint next_home;
static atomic_int port;
static atomic_bool going;

struct program {
	pid_t pid;
	int out; /* its standard output */
};

static struct program spawn(const char *dir)
{
	struct program p;
	int ends[2];
	const char *path = getenv("YIHU_COUNTD");
	assert_non_null(path);
	assert_int_equal(pipe(ends), 0);
	p.pid = fork();
	assert_true(p.pid >= 0);
	if (p.pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		if (!getenv("YIHU_TEST_LOG"))
			(void)!freopen("/dev/null", "w", stderr);
		execl(path, path, dir, "--listen", "127.0.0.1:0", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	p.out = ends[0];
	return p;
}

/* The port from the line that it prints when it serves. */
static int port_of(const struct program *p)
{
	char line[128] = "";
	for (size_t n = 0; n < sizeof line - 1 && read(p->out, line + n, 1) == 1; n++)
		if (line[n] == '\n')
			break;
	const char *colon = strrchr(line, ':');
	assert_non_null(colon);
	return atoi(colon + 1);
}

static void send_ballot(struct household *h)
{
	struct yihu_buf request = {0};
	yihu_buf_fmt(&request,
		     "POST /api/ballot HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		     "Content-Length: %zu\r\n\r\n",
		     h->ballot.len);
	yihu_buf_put(&request, h->ballot.data, h->ballot.len);
	struct reply r = http_raw(atomic_load(&port), request.data, request.len);
	if (r.status == 201 || r.status == 200) {
		/* Killed amid the answer, half of it may have come: no receipt. */
		json_t *j = json_loadb((char *)r.body.data, r.body.len, 0, NULL);
		if (j) {
			h->acknowledged = true;
			h->index = (uint64_t)json_number(j, "index");
			free(h->receipt);
			h->receipt = yihu_strdup(json_text(j, "receipt"));
		}
		json_decref(j);
	}
	reply_free(&r);
	yihu_buf_free(&request);
}

/* Each takes the next household that has no receipt yet. */
static void *send_on(void *unused)
{
	(void)unused;
	while (atomic_load(&going)) {
		unsigned i = atomic_fetch_add(&next_home, 1);
		if (i >= HOUSEHOLDS)
			break;
		send_ballot(&homes[i]);
	}
	return NULL;
}

/* Lets the senders rush for some time, then pulls the plug. */
static void round_of(const char *dir, unsigned from, unsigned ms)
{
	pthread_t senders[SENDERS];
	struct program p = spawn(dir);
	atomic_store(&port, port_of(&p));
	atomic_store(&going, true);
	atomic_store(&next_home, from);
	for (int i = 0; i < SENDERS; i++)
		pthread_create(&senders[i], NULL, send_on, NULL);
	usleep(ms * 1000);
	kill(p.pid, SIGKILL);
	waitpid(p.pid, NULL, 0);
	atomic_store(&going, false);
	for (int i = 0; i < SENDERS; i++)
		pthread_join(senders[i], NULL);
	close(p.out);
}

static unsigned first_without_receipt(void)
{
	unsigned i = 0;
	while (i < HOUSEHOLDS && homes[i].acknowledged)
		i++;
	return i;
}

static void check_home(struct yihu_box *b, uint32_t serial, const struct household *h)
{
	struct yihu_credential_state known;
	struct yihu_buf entry = {0};
	struct yihu_receipt r;
	struct yihu_error err;
	const struct yihu_ledger *l = yihu_box_ledger(b);
	assert_int_equal(yihu_ledger_serial(l, serial, &known, NULL), 0);
	assert_true(known.voted);
	assert_int_equal(known.voted_index, h->index);
	assert_int_equal(yihu_box_entry(b, h->index, &entry, NULL), 0);
	assert_int_equal(entry.len, YIHU_ENTRY_HEAD_BYTES + h->ballot.len);
	assert_memory_equal(entry.data + YIHU_ENTRY_HEAD_BYTES, h->ballot.data, h->ballot.len);
	fixture_must(yihu_receipt_parse(&r, h->receipt, strlen(h->receipt),
					&f->election->charter->log, &err),
		     &err);
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(l), r.checkpoint.size);
	assert_memory_equal(&root, &r.checkpoint.root, sizeof root);
	yihu_receipt_free(&r);
	yihu_buf_free(&entry);
}

static void test_no_acknowledged_ballot_is_lost(void **state)
{
	(void)state;
	char *dir = boxdir_new(f);
	unsigned seen = 0;
	for (unsigned k = 0; k < KILLS; k++) {
		unsigned from = first_without_receipt();
		round_of(dir, from, 20 + 13 * (k % 7));
	}
	uint64_t now = (uint64_t)time(NULL);
	struct yihu_box *b = boxdir_open(dir, now);
	for (uint32_t i = 0; i < HOUSEHOLDS; i++)
		if (homes[i].acknowledged) {
			check_home(b, i + 1, &homes[i]);
			seen++;
		}
	assert_true(yihu_ledger_counts(yihu_box_ledger(b)).ballots >= seen);
	print_message("# %u ballots acknowledged over %d kills\n", seen, KILLS);
	assert_true(seen > KILLS);
	yihu_box_close(b);
	boxdir_free(dir);
}

/* SIGTERM instead: ends by itself with status 0, the log exported. */
static void test_sigterm_ends_cleanly(void **state)
{
	(void)state;
	int status;
	char *dir = boxdir_new(f), *address = yihu_path(dir, "address");
	struct program p = spawn(dir);
	atomic_store(&port, port_of(&p));
	assert_true(yihu_file_exists(address));
	homes[0].acknowledged = false;
	send_ballot(&homes[0]);
	assert_true(homes[0].acknowledged);
	kill(p.pid, SIGTERM);
	assert_int_equal(waitpid(p.pid, &status, 0), p.pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_false(yihu_file_exists(address));
	close(p.out);
	free(address);
	boxdir_free(dir);
}

static int group_set_up(void **state)
{
	uint64_t now = (uint64_t)time(NULL);
	(void)state;
	clock_go(now);
	f = fixture_new(&(struct fixture_options){.households = HOUSEHOLDS,
						  .projects = 4,
						  .opens = now - 1000,
						  .closes = now + 86400});
	for (uint32_t i = 0; i < HOUSEHOLDS; i++)
		homes[i].ballot = boxdir_ballot(f, i + 1, i);
	return 0;
}

static int group_tear_down(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < HOUSEHOLDS; i++) {
		yihu_buf_free(&homes[i].ballot);
		free(homes[i].receipt);
	}
	fixture_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_acknowledged_ballot_is_lost),
		cmocka_unit_test(test_sigterm_ends_cleanly),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
