/* SPDX-License-Identifier: Apache-2.0
 *
 * The real program while its system calls fail: the n-th of a kind, once or
 * from then on, as strace injects it, for every n that a run has. Never an
 * acknowledgment without the entry, never an entry twice; after a write that
 * failed nothing more is written, and a restart finds out.
 *
 *   faults-syscalls [all [TESTS]]    every n; without "all", the first few;
 *                                    TESTS: as "*_made"
 */

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <yihu/file.h>

#include "load.h"
#include "test.h"

#define HOUSEHOLDS 8
#define BALLOTS 6
#define FEW 5
#define ATTACHES 20
#define THREADS_MAX 32

static unsigned last_n = FEW;

static struct {
	unsigned runs, injected, refused_to_start, in_doubt;
} total;

/* When and where calls fail. */
enum phase {
	PHASE_START,  /* all threads from the first call on: the box is made */
	PHASE_REOPEN, /* the same of a box that was killed and has a WAL */
	PHASE_SERVE,  /* all threads but the first, once it serves */
	PHASE_MIRROR, /* the same with a mirror, whose calls come first */
};
struct fault {
	enum phase phase;
	const char *call;
	const char *error;
	unsigned n;
	bool from_then_on;
};

struct run {
	const struct fault *fault;
	char *root, *box, *mirror, *trace;
	pid_t daemon;
	struct program program; /* the daemon, or strace around it */
	pid_t tracer;           /* that was attached */
	char *owned[16];        /* strace's words */
	size_t n_owned;
	bool doubt; /* an answer said "not-known" */
};

static bool mirrored(const struct fault *f)
{
	return f->phase == PHASE_MIRROR;
}

static void put(const char **words, size_t *n, const char *word)
{
	words[(*n)++] = word;
}

static const char *const places[] = {
	"",       "/box.db", "/box.db-wal", "/box.db-journal",        "/box.db-shm",
	"/.lock", "/mark",   "/public/log", "/public/log/checkpoint", "/verified"};
#define N_PLACES (sizeof places / sizeof *places)

/* A word of the run's own. */
static const char *word(struct run *r, char *text)
{
	assert_true(r->n_owned < sizeof r->owned / sizeof *r->owned);
	r->owned[r->n_owned++] = text;
	return text;
}

static size_t strace_words(struct run *r, const char **words)
{
	const struct fault *f = r->fault;
	size_t n = 0;
	put(words, &n, "strace");
	put(words, &n, "-qq");
	put(words, &n, "-o");
	put(words, &n, r->trace);
	put(words, &n, "-e");
	put(words, &n, word(r, yihu_printf("trace=%s", f->call)));
	put(words, &n, "-e");
	put(words, &n,
	    word(r, yihu_printf("inject=%s:error=%s:when=%u%s", f->call, f->error, f->n,
				f->from_then_on ? "+" : "")));
	/* Opening anything else (libraries, /dev) is no fault of a disk. */
	for (size_t i = 0; strcmp(f->call, "openat") == 0 && i < N_PLACES; i++) {
		put(words, &n, "-P");
		put(words, &n, word(r, yihu_printf("%s%s", r->box, places[i])));
	}
	return n;
}

static void start(struct run *r)
{
	const char *words[] = {r->box,        "--listen",
			       "127.0.0.1:0", mirrored(r->fault) ? "--mirror" : NULL,
			       r->mirror,     NULL};
	const char *prefix[64] = {0};
	bool traced = r->fault->phase == PHASE_START || r->fault->phase == PHASE_REOPEN;
	if (traced) {
		size_t n = strace_words(r, prefix);
		put(prefix, &n, "-f");
	}
	r->program = program_start(traced ? prefix : NULL, "YIHU_COUNTD", words);
	r->daemon = r->program.pid;
}

/* Of strace's first child. */
static pid_t child_of(pid_t parent)
{
	char path[64];
	int child = 0;
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", parent, parent);
	FILE *file = fopen(path, "r");
	if (file && fscanf(file, "%d", &child) != 1)
		child = 0;
	if (file)
		fclose(file);
	return child;
}

static size_t threads_of(pid_t pid, char ids[THREADS_MAX][16])
{
	char path[64];
	size_t n = 0;
	snprintf(path, sizeof path, "/proc/%d/task", pid);
	DIR *dir = opendir(path);
	for (struct dirent *e; dir && (e = readdir(dir)) && n < THREADS_MAX;)
		if (e->d_name[0] != '.' && atoi(e->d_name) != pid)
			snprintf(ids[n++], 16, "%.15s", e->d_name);
	if (dir)
		closedir(dir);
	return n;
}

static bool is_gone(pid_t pid, const char *thread)
{
	char path[80];
	snprintf(path, sizeof path, "/proc/%d/task/%s", pid, thread);
	return access(path, F_OK) != 0;
}

static bool traced(pid_t pid, const char *thread)
{
	char path[80], line[128];
	int tracer = 0;
	snprintf(path, sizeof path, "/proc/%d/task/%s/status", pid, thread);
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "TracerPid: %d", &tracer) == 1)
			break;
	if (file)
		fclose(file);
	return tracer != 0;
}

/* Attaches to every thread but the first; true when all are traced. */
static bool attach_once(struct run *r)
{
	const char *words[64 + 2 * THREADS_MAX] = {0};
	char ids[THREADS_MAX][16];
	size_t n = strace_words(r, words), n_ids = threads_of(r->daemon, ids);
	for (size_t i = 0; i < n_ids; i++) {
		put(words, &n, "-p");
		put(words, &n, ids[i]);
	}
	r->tracer = fork();
	if (r->tracer == 0) {
		(void)!freopen("/dev/null", "w", stderr);
		execvp(words[0], (char *const *)(uintptr_t)words);
		_exit(127);
	}
	size_t found = 0;
	for (int ms = 0; ms < 60000 && found < n_ids && kill(r->tracer, 0) == 0; ms += 5) {
		usleep(5000);
		for (found = 0; found < n_ids &&
				(traced(r->daemon, ids[found]) || is_gone(r->daemon, ids[found]));)
			found++;
		if (waitpid(r->tracer, NULL, WNOHANG) == r->tracer) {
			r->tracer = 0;
			return false;
		}
	}
	return n_ids > 0 && found == n_ids;
}

/* A thread that verifies once more at the start may end just then: again without it. */
static bool attach(struct run *r)
{
	for (int i = 0; i < ATTACHES; i++)
		if (attach_once(r))
			return true;
	return false;
}

static unsigned injected(const struct run *r)
{
	struct yihu_buf trace = {0};
	unsigned n = 0;
	if (!yihu_file_read(r->trace, 64 << 20, &trace, NULL) && trace.len > 0)
		for (const char *p = (const char *)trace.data; (p = strstr(p, "(INJECTED)")); p++)
			n++;
	yihu_buf_free(&trace);
	return n;
}

/* After "not-known" nothing more is acknowledged by this process. */
static void send_ballots(struct run *r, int port)
{
	for (uint32_t i = 0; port && i < BALLOTS; i++) {
		int status = load_send(&load_homes[i], port);
		if (r->doubt && (status == 201 || status == 200))
			fail_msg("acknowledged after a failed write");
		r->doubt = r->doubt || status == 503;
	}
}

static void end(struct run *r)
{
	kill(r->daemon, SIGTERM);
	int status = program_end(&r->program, 0);
	if (r->tracer)
		waitpid(r->tracer, NULL, 0);
	const struct fault *f = r->fault;
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		fail_msg("%s of %s number %u%s: ended with status %#x", f->error, f->call, f->n,
			 f->from_then_on ? " and later" : "", (unsigned)status);
	if (r->doubt)
		assert_int_equal(WEXITSTATUS(status), 1);
}

static struct yihu_box *reopen(const struct run *r)
{
	struct yihu_error err;
	struct yihu_box *b;
	uint64_t now = (uint64_t)time(NULL);
	if (!mirrored(r->fault))
		return boxdir_open(r->box, now);
	fixture_must(yihu_box_open_mirrored(&b, r->box, r->mirror, now, &err), &err);
	return b;
}

/* Every ballot once more: the same entry where it was acknowledged, one entry
 * in any case. */
static void retry(const struct run *r)
{
	struct yihu_box *b = reopen(r);
	for (uint32_t i = 0; i < BALLOTS; i++) {
		struct home *h = &load_homes[i];
		struct yihu_submission s =
			boxdir_commit(b, YIHU_ENTRY_BALLOT, &h->ballot, (uint64_t)time(NULL));
		assert_true(s.code == YIHU_OK || s.code == YIHU_ESAME);
		if (!h->acknowledged)
			continue;
		assert_int_equal(s.code, YIHU_ESAME);
		assert_int_equal(s.index, h->index);
	}
	assert_int_equal(yihu_ledger_counts(yihu_box_ledger(b)).ballots, BALLOTS);
	yihu_box_close(b);
}

static void check(const struct run *r)
{
	retry(r);
	struct load_figures n = load_check(r->box);
	assert_int_equal(n.lost, 0);
	assert_int_equal(n.twice, 0);
	assert_int_equal(n.bad_receipts, 0);
	assert_int_equal(n.strange, 0);
}

/* A box whose last daemon was killed, with two ballots in its WAL. */
static void make_killed(const struct run *r)
{
	const char *words[] = {r->box, "--listen", "127.0.0.1:0", NULL};
	struct program p = program_start(NULL, "YIHU_COUNTD", words);
	int port = program_port(&p);
	for (uint32_t i = 0; i < 2; i++)
		assert_int_equal(load_send(&load_homes[i], port), 201);
	program_end(&p, SIGKILL);
}

/* False: this run has no n-th call of the kind. */
static bool try_fault(const struct fault *f)
{
	struct run r = {.fault = f, .root = boxdir_temp()};
	r.box = yihu_path(r.root, "box");
	r.mirror = yihu_path(r.root, "mirror");
	r.trace = yihu_path(r.root, "trace");
	boxdir_make(load_election, r.box);
	load_forget();
	if (f->phase == PHASE_REOPEN)
		make_killed(&r);
	start(&r);
	int port = program_port(&r.program);
	if (f->phase == PHASE_SERVE || f->phase == PHASE_MIRROR)
		assert_true(port != 0 && attach(&r));
	else
		r.daemon = child_of(r.program.pid);
	send_ballots(&r, port);
	if (r.daemon)
		end(&r);
	else
		program_end(&r.program, 0);
	unsigned n = injected(&r);
	total.runs++;
	total.injected += n;
	total.refused_to_start += port == 0;
	total.in_doubt += r.doubt;
	check(&r);
	for (size_t i = 0; i < r.n_owned; i++)
		free(r.owned[i]);
	free(r.box);
	free(r.mirror);
	free(r.trace);
	boxdir_free(r.root);
	return n > 0;
}

/* Every n of one call; in the short form each n once, by turns. */
static void try_call(enum phase phase, const char *call)
{
	static const char *const errors[] = {"EIO", "ENOSPC"};
	bool any = true;
	unsigned n = 1;
	for (; any && n <= last_n; n++) {
		any = false;
		for (unsigned way = 0; way < 4; way++) {
			struct fault f = {phase, call, errors[way & 1], n, way >> 1};
			if (last_n > FEW || way == n % 4)
				any = try_fault(&f) || any;
		}
	}
	print_message("# %s: up to number %u\n", call, n - 1);
}

static void try_phase(enum phase phase)
{
	static const char *const calls[] = {"openat", "pwrite64", "fdatasync", "fsync",
					    "rename", "renameat", "ftruncate", "unlink"};
	bool serving = phase == PHASE_SERVE || phase == PHASE_MIRROR;
	memset(&total, 0, sizeof total);
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		try_call(phase, calls[i]);
	print_message("# %u runs, %u calls failed, %u did not start, %u ended in doubt\n",
		      total.runs, total.injected, total.refused_to_start, total.in_doubt);
	assert_true(total.injected > 4);
	assert_true(serving ? total.in_doubt > 2 : total.refused_to_start > 2);
}

TEST(calls_fail_while_a_box_is_made)
{
	try_phase(PHASE_START);
}

TEST(calls_fail_while_a_box_is_recovered)
{
	try_phase(PHASE_REOPEN);
}

TEST(calls_fail_while_ballots_come)
{
	try_phase(PHASE_SERVE);
}

TEST(calls_fail_while_ballots_come_with_a_mirror)
{
	try_phase(PHASE_MIRROR);
}

/* May we trace, from the start and by attaching? */
static bool may_trace(void)
{
	int status;
	char id[16];
	pid_t sleeper = fork(), tracer;
	if (sleeper == 0) {
		execlp("strace", "strace", "-qq", "-o", "/dev/null", "sleep", "0.2", (char *)NULL);
		_exit(127);
	}
	if (waitpid(sleeper, &status, 0) != sleeper || status != 0)
		return false;
	sleeper = fork();
	if (sleeper == 0) {
		pause();
		_exit(0);
	}
	snprintf(id, sizeof id, "%d", sleeper);
	tracer = fork();
	if (tracer == 0) {
		(void)!freopen("/dev/null", "w", stderr);
		execlp("strace", "strace", "-qq", "-o", "/dev/null", "-p", id, (char *)NULL);
		_exit(127);
	}
	usleep(300000);
	kill(sleeper, SIGKILL);
	waitpid(sleeper, NULL, 0);
	waitpid(tracer, &status, 0);
	return WIFSIGNALED(status) || WEXITSTATUS(status) == 0;
}

AROUND(group_set_up)
{
	load_begin(HOUSEHOLDS);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calls_fail_while_a_box_is_made),
		cmocka_unit_test(calls_fail_while_a_box_is_recovered),
		cmocka_unit_test(calls_fail_while_ballots_come),
		cmocka_unit_test(calls_fail_while_ballots_come_with_a_mirror),
	};
	if (argc > 1 && strcmp(argv[1], "all") == 0)
		last_n = UINT32_MAX - 1;
	if (argc > 2)
		cmocka_set_test_filter(argv[2]);
	/* Under a tracer the leak check cannot run, and says so as an error. */
	setenv("ASAN_OPTIONS", "detect_leaks=0:quarantine_size_mb=8", 1);
	if (!may_trace()) {
		puts("1..0 # SKIP strace is missing, or may not trace here (ptrace)");
		return 0;
	}
	return cmocka_run_group_tests(tests, group_set_up, load_end);
}
