/* SPDX-License-Identifier: Apache-2.0
 *
 * Every call that a box makes of the database or the system fails once: it
 * says so, or it can do without; and afterwards it opens with all that was
 * acknowledged, and its work can be done to the end. Of calls that are made on one
 * way through the code the first and the last fail; `calls all` has all fail.
 */

#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)
#define AFTER (FIXTURE_CLOSES + 3600)

/* Volatile: of libc's calls the compiler knows that they do not come back here,
 * and under the linker's wraps they do. */
static volatile struct {
	bool armed, struck;
	bool for_good; /* all calls after it fail too */
	int countdown;
	int code; /* of SQLite */
} fault;

static void arm(int position)
{
	static const int codes[] = {
		SQLITE_IOERR,      SQLITE_BUSY,   SQLITE_CORRUPT, SQLITE_FULL,
		SQLITE_LOCKED,     SQLITE_NOTADB, SQLITE_SCHEMA,  SQLITE_MISMATCH,
		SQLITE_CONSTRAINT, SQLITE_ERROR,  SQLITE_NOMEM,
	};
	fault.armed = true;
	fault.struck = false;
	fault.countdown = position;
	fault.code = codes[position % (int)(sizeof codes / sizeof *codes)];
}

/* The ways on which the calls were made, in their order. */
#define CALLS_MAX 8192
#define FRAMES 24
static struct {
	bool on;
	int n;
	uint64_t way[CALLS_MAX];
} record;
static bool every;

static void note_way(void)
{
	void *at[FRAMES];
	int n = backtrace(at, FRAMES);
	uint64_t hash = 14695981039346656037u;
	for (int i = 0; i < n; i++)
		hash = (hash ^ (uint64_t)(uintptr_t)at[i]) * 1099511628211u;
	assert_true(record.n < CALLS_MAX);
	record.way[record.n++] = hash;
}

/* Is this neither the first nor the last call on its way? */
static bool repeats(int position)
{
	bool before = false, after = false;
	for (int i = 0; i < record.n && position < record.n; i++)
		if (record.way[i] == record.way[position]) {
			before |= i < position;
			after |= i > position;
		}
	return before && after;
}

/* The next call that is to fail: each by itself when all are, else by steps. */
static int next_position(int position, int step)
{
	do
		position += every ? 1 : step;
	while (!every && repeats(position));
	return position;
}

static bool strikes(void)
{
	if (record.on)
		note_way();
	if (!fault.armed || (fault.struck && !fault.for_good) || fault.countdown-- > 0)
		return false;
	fault.struck = true;
	errno = EIO;
	return true;
}

/* A call that fails does nothing. */
#define FAILING(type, failed, name, parameters, arguments)                                         \
	type __real_##name parameters;                                                             \
	type __wrap_##name parameters;                                                             \
	type __wrap_##name parameters                                                              \
	{                                                                                          \
		return strikes() ? (failed) : __real_##name arguments;                             \
	}
FAILING(int, fault.code, sqlite3_step, (sqlite3_stmt * s), (s))
FAILING(int, fault.code, sqlite3_exec,
	(sqlite3 * db, const char *sql, int (*row)(void *, int, char **, char **), void *context,
	 char **message),
	(db, sql, row, context, message))
FAILING(int, fault.code, sqlite3_prepare_v2,
	(sqlite3 * db, const char *sql, int len, sqlite3_stmt **out, const char **tail),
	(db, sql, len, out, tail))
FAILING(int, fault.code, sqlite3_prepare_v3,
	(sqlite3 * db, const char *sql, int len, unsigned flags, sqlite3_stmt **out,
	 const char **tail),
	(db, sql, len, flags, out, tail))
FAILING(int, fault.code, sqlite3_wal_checkpoint_v2,
	(sqlite3 * db, const char *name, int mode, int *frames, int *moved),
	(db, name, mode, frames, moved))
FAILING(int, fault.code, sqlite3_open_v2,
	(const char *path, sqlite3 **out, int flags, const char *vfs), (path, out, flags, vfs))
FAILING(sqlite3_backup *, NULL, sqlite3_backup_init,
	(sqlite3 * to, const char *to_name, sqlite3 *from, const char *from_name),
	(to, to_name, from, from_name))
FAILING(int, fault.code, sqlite3_backup_step, (sqlite3_backup * copy, int pages), (copy, pages))
/* Under _FILE_OFFSET_BITS=64 these are the names that the linker sees. */
FAILING(int, -1, statvfs64, (const char *path, struct statvfs64 *out), (path, out))
FAILING(int, -1, lstat64, (const char *path, struct stat64 *out), (path, out))
FAILING(int, -1, chmod, (const char *path, mode_t mode), (path, mode))
FAILING(int, -1, fchmod, (int fd, mode_t mode), (fd, mode))
FAILING(int, -1, unlink, (const char *path), (path))
FAILING(int, -1, unlinkat, (int dir, const char *path, int flags), (dir, path, flags))
FAILING(int, -1, mkdirat, (int dir, const char *path, mode_t mode), (dir, path, mode))
FAILING(int, -1, rename, (const char *from, const char *to), (from, to))
FAILING(int, -1, renameat, (int from_dir, const char *from, int to_dir, const char *to),
	(from_dir, from, to_dir, to))
FAILING(int, -1, open64, (const char *path, int flags, mode_t mode), (path, flags, mode))
FAILING(int, -1, openat64, (int dir, const char *path, int flags, mode_t mode),
	(dir, path, flags, mode))
FAILING(ssize_t, -1, write, (int fd, const void *bytes, size_t len), (fd, bytes, len))
FAILING(int, -1, fsync, (int fd), (fd))
FAILING(int, -1, fdatasync, (int fd), (fd))
FAILING(int, -1, syncfs, (int fd), (fd))
FAILING(ssize_t, -1, pwrite64, (int fd, const void *bytes, size_t len, off64_t at),
	(fd, bytes, len, at))
FAILING(int, -1, stat64, (const char *path, struct stat64 *out), (path, out))
FAILING(int, -1, statfs64, (const char *path, struct statfs64 *out), (path, out))
FAILING(DIR *, NULL, opendir, (const char *path), (path))
FAILING(DIR *, NULL, fdopendir, (int fd), (fd))

static struct fixture *f;

enum { SAME, OTHER, SECOND, OF_VOIDED, VOID, REPLACE, BALLOT, N_BODIES };
static struct yihu_buf bodies[N_BODIES];

AROUND(group_set_up)
{
	f = fixture_new(&(struct fixture_options){.households = 5, .projects = 2});
	bodies[BALLOT] = boxdir_ballot(f, 1, 1);
	bodies[SECOND] = boxdir_ballot(f, 2, 2);
	bodies[VOID] = boxdir_change(f, 3, 0);
	bodies[REPLACE] = boxdir_change(f, 4, 6);
	bodies[SAME] = boxdir_ballot(f, 1, 1);
	yihu_buf_reset(&bodies[SAME]);
	yihu_buf_put(&bodies[SAME], bodies[BALLOT].data, bodies[BALLOT].len);
	bodies[OTHER] = boxdir_ballot(f, 1, 2);
	bodies[OF_VOIDED] = boxdir_ballot(f, 3, 3);
	return 0;
}

AROUND(group_tear_down)
{
	for (size_t i = 0; i < N_BODIES; i++)
		yihu_buf_free(&bodies[i]);
	fixture_free(f);
	return 0;
}

/* Folders of one round, in memory where the machine has such a disk. */
struct round {
	char *root, *dir;
	char *mirror; /* NULL: none */
	struct yihu_box *b;
	uint64_t acknowledged; /* entries */
};

static struct round round_new(bool mirrored)
{
	struct round r = {.root = yihu_strdup("/dev/shm/yihu-box-XXXXXX")};
	if (!mkdtemp(r.root)) {
		free(r.root);
		r.root = boxdir_temp();
	}
	r.dir = yihu_path(r.root, "box");
	r.mirror = mirrored ? yihu_path(r.root, "mirror") : NULL;
	boxdir_make(f, r.dir);
	return r;
}

static void round_free(struct round *r)
{
	yihu_box_close(r->b);
	free(r->dir);
	free(r->mirror);
	boxdir_free(r->root);
}

static int open_box(struct round *r, uint64_t now, struct yihu_error *err)
{
	yihu_box_close(r->b);
	r->b = NULL;
	int rc = r->mirror ? yihu_box_open_mirrored(&r->b, r->dir, r->mirror, now, err)
			   : yihu_box_open(&r->b, r->dir, now, err);
	if (!rc)
		r->acknowledged = yihu_ledger_size(yihu_box_ledger(r->b));
	return rc;
}

static int commit(struct round *r, struct yihu_submission *subs, size_t n, uint64_t now,
		  struct yihu_error *err)
{
	int rc = yihu_box_commit(r->b, subs, n, now, err);
	if (!rc)
		r->acknowledged = yihu_ledger_size(yihu_box_ledger(r->b));
	return rc;
}

/* What is taken comes first, then what is refused, for each reason that looks
 * up an earlier entry. */
static int vote(struct round *r, struct yihu_error *err)
{
	static const int order[] = {BALLOT, SECOND, VOID, REPLACE, SAME, OTHER, OF_VOIDED};
	struct yihu_submission subs[N_BODIES];
	for (size_t i = 0; i < N_BODIES; i++)
		subs[i] = (struct yihu_submission){
			.type = order[i] == VOID || order[i] == REPLACE ? YIHU_ENTRY_CHANGE
									: YIHU_ENTRY_BALLOT,
			.body = bodies[order[i]].data,
			.body_len = bodies[order[i]].len,
		};
	return commit(r, subs, N_BODIES, DURING, err);
}

static int end(struct round *r, struct yihu_error *err)
{
	int rc = yihu_box_end_poll(r->b, AFTER, err);
	if (rc)
		return rc;
	struct yihu_buf body = boxdir_close(f, r->b);
	struct yihu_submission s = {
		.type = YIHU_ENTRY_CLOSE, .body = body.data, .body_len = body.len};
	rc = commit(r, &s, 1, AFTER, err);
	yihu_buf_free(&body);
	return rc;
}

static int look(struct round *r, struct yihu_error *err)
{
	struct yihu_buf out = {0};
	uint64_t index;
	char code[YIHU_CODE_BYTES];
	yihu_ballot_code(code, f->election->charter->eid, bodies[BALLOT].data, bodies[BALLOT].len);
	struct yihu_box_view *v = NULL;
	int rc = yihu_box_entry(r->b, 1, &out, err);
	if (!rc)
		rc = yihu_box_view_open(&v, r->b, err);
	if (!rc)
		rc = yihu_box_view_find_code(v, code, &index, err);
	if (!rc)
		assert_int_equal(index, 1);
	yihu_box_view_close(v);
	yihu_buf_free(&out);
	return rc;
}

static int copy(struct round *r, struct yihu_error *err)
{
	char *one = yihu_path(r->root, "copy"), *two = yihu_path(r->root, "live");
	int rc = yihu_box_backup(r->b, one, err);
	if (!rc)
		rc = yihu_box_backup_live(r->dir, two, err);
	bool armed = fault.armed;
	fault.armed = false;
	if (!rc || armed) {
		unlink(one);
		unlink(two);
	}
	fault.armed = armed;
	free(one);
	free(two);
	return rc;
}

/* The whole life of a box; as often as wanted, and to the same end. */
static int live(struct round *r, struct yihu_error *err)
{
	int rc = open_box(r, BEFORE, err);
	if (!rc)
		rc = vote(r, err);
	if (!rc)
		rc = look(r, err);
	if (!rc)
		rc = yihu_box_export(r->b, err);
	if (!rc)
		rc = copy(r, err);
	if (!rc)
		rc = open_box(r, DURING, err);
	if (!rc)
		rc = end(r, err);
	return rc ? rc : yihu_box_export(r->b, err);
}

/* Does it with that call failing; false: there is no call that far. */
static bool failing(int position, int (*what)(struct round *, struct yihu_error *), struct round *r)
{
	struct yihu_error err = {0};
	arm(position);
	int rc = what(r, &err);
	fault.armed = false;
	assert_true(fault.struck || rc == 0);
	if (rc)
		assert_true(err.code == rc && err.text[0] != '\0');
	return fault.struck;
}

/* Notes the ways of all that it does while nothing fails. */
static void record_ways(int (*what)(struct round *, struct yihu_error *), struct round *r)
{
	struct yihu_error err;
	record.n = 0;
	record.on = true;
	fixture_must(what(r, &err), &err);
	record.on = false;
}

static void record_live(bool mirrored)
{
	struct round r = round_new(mirrored);
	record_ways(live, &r);
	round_free(&r);
}

static bool try_position(int position, bool mirrored)
{
	struct round r = round_new(mirrored);
	struct yihu_error err;
	bool struck = failing(position, live, &r);
	if (r.b)
		assert_int_equal(yihu_ledger_size(yihu_box_ledger(r.b)), r.acknowledged);
	uint64_t least = r.acknowledged;
	fixture_must(open_box(&r, BEFORE, &err), &err);
	assert_true(r.acknowledged >= least);
	fixture_must(live(&r, &err), &err);
	const struct yihu_ledger *l = yihu_box_ledger(r.b);
	assert_int_equal(yihu_ledger_size(l), 6);
	assert_int_equal(yihu_ledger_counts(l).ballots, 2);
	assert_true(yihu_ledger_closed(l));
	round_free(&r);
	return struck;
}

TEST(every_call_of_a_box_fails_once)
{
	int position = 0;
	record_live(false);
	while (try_position(position, false))
		position = next_position(position, 3);
	assert_true(position > 200);
}

TEST(every_call_of_a_mirrored_box_fails_once)
{
	int position = 0;
	/* By elevens: most of these calls are those of the box alone, twice. */
	record_live(true);
	while (try_position(position, true))
		position = next_position(position, 11);
	assert_true(position > 400);
}

/* A disk that goes, and is there again after a restart. */
TEST(all_calls_fail_from_one_on)
{
	int position = 0;
	fault.for_good = true;
	while (try_position(position, position % 2 == 1))
		position += 29;
	fault.for_good = false;
	assert_true(position > 200);
}

static int open_during(struct round *r, struct yihu_error *err)
{
	return open_box(r, DURING, err);
}

/* A mirror that lacks the votes and the end, beside a box that has them. */
static struct round lagging(void)
{
	struct yihu_error err;
	struct round r = round_new(true);
	fixture_must(open_box(&r, BEFORE, &err), &err);
	yihu_box_close(r.b);
	r.b = NULL;
	boxdir_copy(r.mirror, r.root, "box.db", SIZE_MAX);
	boxdir_copy(r.mirror, r.root, "mark", SIZE_MAX);
	fixture_must(live(&r, &err), &err);
	yihu_box_close(r.b);
	r.b = NULL;
	boxdir_copy(r.root, r.mirror, "box.db", SIZE_MAX);
	boxdir_copy(r.root, r.mirror, "mark", SIZE_MAX);
	return r;
}

/* It is given them. */
static void expect_caught_up(struct round *r)
{
	struct yihu_error err;
	struct yihu_box *mirror;
	fixture_must(open_box(r, DURING, &err), &err);
	assert_int_equal(r->acknowledged, 6);
	yihu_box_close(r->b);
	r->b = NULL;
	fixture_must(yihu_box_open(&mirror, r->mirror, DURING, &err), &err);
	assert_int_equal(yihu_ledger_size(yihu_box_ledger(mirror)), 6);
	assert_true(yihu_ledger_closed(yihu_box_ledger(mirror)));
	yihu_box_close(mirror);
}

TEST(every_call_of_catching_up_fails_once)
{
	bool struck = true;
	int position = 0;
	struct round first = lagging();
	record_ways(open_during, &first);
	round_free(&first);
	for (; struck; position = next_position(position, 7)) {
		struct round r = lagging();
		struck = failing(position, open_during, &r);
		expect_caught_up(&r);
		round_free(&r);
	}
	assert_true(position > 200);
}

static int rebuild(struct round *r, struct yihu_error *err)
{
	struct yihu_rebuilt made;
	int rc = yihu_box_rebuild(r->dir, NULL, 0, &made, err);
	yihu_buf_free(&made.told);
	return rc;
}

/* At home, or by a person's word where its home was lost on the way. */
static int open_rebuilt(struct round *r, struct yihu_error *err)
{
	const struct yihu_box_opening moved = {.move = YIHU_BOX_MOVED};
	int rc = open_box(r, DURING, err);
	return rc == YIHU_ESTATE ? yihu_box_open_as(&r->b, r->dir, &moved, DURING, err) : rc;
}

static void expect_all(struct round *r)
{
	assert_int_equal(yihu_ledger_size(yihu_box_ledger(r->b)), 6);
	assert_true(yihu_ledger_closed(yihu_box_ledger(r->b)));
	yihu_box_close(r->b);
	r->b = NULL;
}

static struct round lived(void)
{
	struct yihu_error err;
	struct round r = round_new(false);
	fixture_must(live(&r, &err), &err);
	yihu_box_close(r.b);
	r.b = NULL;
	return r;
}

/* What is cut short is made whole by doing it again; nothing less opens. */
TEST(every_call_of_rebuilding_fails_once)
{
	struct yihu_error err;
	bool struck = true;
	int position = 0;
	struct round first = lived();
	record_ways(rebuild, &first);
	round_free(&first);
	for (; struck; position = next_position(position, 7)) {
		struct round r = lived();
		struck = failing(position, rebuild, &r);
		if (!open_rebuilt(&r, &err))
			expect_all(&r);
		fixture_must(rebuild(&r, &err), &err);
		fixture_must(open_rebuilt(&r, &err), &err);
		expect_all(&r);
		round_free(&r);
	}
	assert_true(position > 100);
}

static int call_off(struct round *r, struct yihu_error *err)
{
	struct yihu_buf body = {0};
	const struct yihu_tree *tree = yihu_ledger_tree(yihu_box_ledger(r->b));
	struct yihu_node root = yihu_tree_root(tree, r->acknowledged);
	yihu_cancel_body(&body, f->election->charter->eid, r->acknowledged, root.bytes,
			 yihu_span("nobody came"), &f->issuer);
	struct yihu_submission s = {
		.type = YIHU_ENTRY_CANCEL, .body = body.data, .body_len = body.len};
	int rc = commit(r, &s, 1, DURING, err);
	yihu_buf_free(&body);
	return rc ? rc : s.code;
}

/* What is recorded is never said not to be; only YIHU_EUNKNOWN leaves it open. */
TEST(every_call_of_calling_off_fails_once)
{
	struct yihu_error err;
	struct yihu_span reason;
	uint64_t time;
	bool struck = true;
	for (int position = 0; struck; position++) {
		struct round r = round_new(false);
		fixture_must(open_box(&r, BEFORE, &err), &err);
		arm(position);
		int rc = call_off(&r, &err);
		fault.armed = false;
		struck = fault.struck;
		assert_true(rc != 0 || yihu_box_called_off(r.b, &reason, &time));
		assert_true(rc != 0 || yihu_span_is(reason, "nobody came"));
		fixture_must(open_box(&r, DURING, &err), &err);
		if (rc != YIHU_EUNKNOWN)
			assert_int_equal(yihu_box_called_off(r.b, &reason, &time), rc == 0);
		round_free(&r);
	}
}

/* The mark of a half that cannot be taken off stays, and that is said. */
TEST(a_mark_that_stays)
{
	struct yihu_error err;
	struct round r = round_new(true);
	fixture_must(open_box(&r, BEFORE, &err), &err);
	yihu_box_close(r.b);
	r.b = NULL;
	for (int position = 0; position < 2; position++) {
		arm(position);
		int rc = yihu_box_stand_alone(r.dir, &err);
		fault.armed = false;
		assert_int_equal(rc, YIHU_EIO);
		assert_int_equal(yihu_box_check_whole(r.dir, &err),
				 position == 0 ? YIHU_ESTATE : YIHU_OK);
	}
	fixture_must(yihu_box_stand_alone(r.dir, &err), &err);
	round_free(&r);
}

int main(int argc, char **argv)
{
	every = argc > 1 && strcmp(argv[1], "all") == 0;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_call_of_a_box_fails_once),
		cmocka_unit_test(every_call_of_a_mirrored_box_fails_once),
		cmocka_unit_test(all_calls_fail_from_one_on),
		cmocka_unit_test(every_call_of_catching_up_fails_once),
		cmocka_unit_test(every_call_of_rebuilding_fails_once),
		cmocka_unit_test(every_call_of_calling_off_fails_once),
		cmocka_unit_test(a_mark_that_stays),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
