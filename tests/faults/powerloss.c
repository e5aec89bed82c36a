/* SPDX-License-Identifier: Apache-2.0
 *
 * The power goes, at any moment, and leaves on the disk whatever a disk may
 * leave: the box opens, holds every entry whose commit had returned, and
 * nothing that is no beginning of the same history; and it goes on.
 */

#include <boxdir.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <yihu/file.h>

#include "box/mark.h"
#include "election/known_register.h"
#include "test.h"
#include "vfs_powerloss.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)
#define HOUSEHOLDS 80
#define GROUPS 30
#define GROUP_MAX 4
#define ENTRIES_MAX (GROUPS * GROUP_MAX + 8)

/* A promise: the box was made, so many entries, the poll was ended. */
#define PROMISE(size, ended) (1u | (uint64_t)(size) << 1 | (uint64_t)(ended) << 32)

static struct fixture *f;
static struct {
	struct yihu_buf ballots[HOUSEHOLDS + 1]; /* by serial */
	struct yihu_node roots[ENTRIES_MAX];     /* by size, of the whole history */
	bool whole[ENTRIES_MAX];                 /* a size between two groups? */
	uint64_t size;                           /* of the whole history */
	struct yihu_buf exported;                /* what public/log showed from the start */
} history;

/* Proofs are verified once, not on ten thousand disks: they are no matter of
 * disks. What these stand for is linked under __real_. */
int __real_yihu_ballot_verify(const struct yihu_ballot *b, const void *bytes, size_t len,
			      const uint8_t *eid, struct yihu_error *err);
int __wrap_yihu_ballot_verify(const struct yihu_ballot *b, const void *bytes, size_t len,
			      const uint8_t *eid, struct yihu_error *err);
int __wrap_yihu_ballot_verify(const struct yihu_ballot *b, const void *bytes, size_t len,
			      const uint8_t *eid, struct yihu_error *err)
{
	const struct yihu_buf *known = b->serial <= HOUSEHOLDS ? &history.ballots[b->serial] : NULL;
	if (known && known->len == len && memcmp(known->data, bytes, len) == 0)
		return YIHU_OK;
	return __real_yihu_ballot_verify(b, bytes, len, eid, err);
}

/* In place of the C library's, for SQLite too: no disk need be waited for, the
 * record of the VFS says what was synced. */
int fsync(int fd)
{
	(void)fd;
	return 0;
}
int fdatasync(int fd)
{
	(void)fd;
	return 0;
}

static struct yihu_election *the_election;
int __real_yihu_election_load_known(struct yihu_election **out, const char *dir,
				    yihu_register_known *known, void *context,
				    struct yihu_error *err);
int __wrap_yihu_election_load_known(struct yihu_election **out, const char *dir,
				    yihu_register_known *known, void *context,
				    struct yihu_error *err);
int __wrap_yihu_election_load_known(struct yihu_election **out, const char *dir,
				    yihu_register_known *known, void *context,
				    struct yihu_error *err)
{
	if (!the_election)
		return __real_yihu_election_load_known(out, dir, known, context, err);
	if (known)
		known(context, the_election->charter, the_election->reg->file_hash);
	*out = the_election;
	return YIHU_OK;
}
void __real_yihu_election_free(struct yihu_election *e);
void __wrap_yihu_election_free(struct yihu_election *e);
void __wrap_yihu_election_free(struct yihu_election *e)
{
	if (e != the_election)
		__real_yihu_election_free(e);
}

static void promise(const struct yihu_box *b)
{
	const struct yihu_ledger *l = yihu_box_ledger(b);
	uint64_t size = yihu_ledger_size(l);
	history.roots[size] = yihu_tree_root(yihu_ledger_tree(l), size);
	history.whole[size] = true;
	history.size = size;
	powerloss_promise(PROMISE(size, yihu_ledger_sealed(l)));
}

static uint32_t group_size(unsigned g)
{
	return 1 + g % GROUP_MAX;
}

static void vote(struct yihu_box *b, uint32_t first, uint32_t n, uint64_t now)
{
	struct yihu_submission subs[GROUP_MAX];
	struct yihu_error err;
	for (uint32_t i = 0; i < n; i++)
		subs[i] = (struct yihu_submission){.type = YIHU_ENTRY_BALLOT,
						   .body = history.ballots[first + i].data,
						   .body_len = history.ballots[first + i].len,
						   .verified = YIHU_VERIFIED_BEFORE};
	fixture_must(yihu_box_commit(b, subs, n, now, &err), &err);
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(subs[i].code, YIHU_OK);
}

static void change(struct yihu_box *b, uint32_t old_serial, uint32_t new_serial)
{
	struct yihu_buf body = boxdir_change(f, old_serial, new_serial);
	assert_int_equal(boxdir_commit(b, YIHU_ENTRY_CHANGE, &body, DURING).code, YIHU_OK);
	yihu_buf_free(&body);
}

static void close_log(struct yihu_box *b)
{
	struct yihu_buf body = boxdir_close(f, b);
	assert_int_equal(boxdir_commit(b, YIHU_ENTRY_CLOSE, &body, FIXTURE_CLOSES).code, YIHU_OK);
	yihu_buf_free(&body);
}

static void read_exported(const char *dir)
{
	struct yihu_error err;
	char *path = yihu_path(dir, "public/log/checkpoint");
	fixture_must(yihu_file_read(path, 1 << 16, &history.exported, &err), &err);
	free(path);
}

/* The whole life of a box, stopped and started twice. */
static void live(const char *dir)
{
	struct yihu_error err;
	uint32_t serial = 1;
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	promise(b);
	read_exported(dir);
	for (unsigned g = 0; g < GROUPS; g++) {
		if (g == 10 || g == 20) {
			yihu_box_close(b);
			b = boxdir_open(dir, DURING);
		}
		vote(b, serial, group_size(g), DURING + g);
		serial += group_size(g);
		promise(b);
	}
	change(b, HOUSEHOLDS, HOUSEHOLDS + 1);
	promise(b);
	fixture_must(yihu_box_end_poll(b, FIXTURE_CLOSES, &err), &err);
	promise(b);
	close_log(b);
	promise(b);
	yihu_box_close(b);
}

static void put_disk(const char *dir, const struct powerloss_disk *d)
{
	struct yihu_error err;
	for (int i = 0; i < POWERLOSS_FILES; i++) {
		char *path = yihu_path(dir, powerloss_names[i]);
		unlink(path);
		if (d->there[i])
			fixture_must(yihu_file_stage(path, d->files[i].data, d->files[i].len, 0600,
						     &err),
				     &err);
		free(path);
	}
	char *shm = yihu_path(dir, "box.db-shm"), *log = yihu_path(dir, "public/log");
	char *checkpoint = yihu_path(log, "checkpoint");
	unlink(shm);
	if (yihu_file_exists(log))
		fixture_must(yihu_dir_remove(log, &err), &err);
	if (d->promise & 1) {
		fixture_must(yihu_dir_make(log, 0755, &err), &err);
		fixture_must(yihu_file_stage(checkpoint, history.exported.data,
					     history.exported.len, 0644, &err),
			     &err);
	}
	free(shm);
	free(log);
	free(checkpoint);
}

static struct {
	size_t opened_new, believing;
	uint64_t least, most; /* entries found beyond the promise */
} seen;

/* A beginning of the very history that was lived, and never half a group. */
static void check_history(const struct yihu_box *b, const struct powerloss_disk *d)
{
	const struct yihu_ledger *l = yihu_box_ledger(b);
	uint64_t size = yihu_ledger_size(l), promised = d->promise >> 1 & 0x7fffffff;
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(l), size);
	if (size < promised || size > history.size || !history.whole[size] ||
	    memcmp(&root, &history.roots[size], sizeof root) != 0)
		fail_msg("moment %zu, %s: %llu entries, %llu were promised", d->moment, d->how,
			 (unsigned long long)size, (unsigned long long)promised);
	if (d->promise >> 32)
		assert_true(yihu_ledger_sealed(l));
	if (size - promised > seen.most)
		seen.most = size - promised;
}

/* Sends the first group that is not in, once more or for the first time. */
static void go_on(struct yihu_box *b)
{
	const struct yihu_ledger *l = yihu_box_ledger(b);
	struct yihu_submission s = {.type = YIHU_ENTRY_BALLOT, .verified = YIHU_VERIFIED_BEFORE};
	struct yihu_error err = {0};
	uint32_t serial = (uint32_t)yihu_ledger_counts(l).ballots + 1;
	bool open = !yihu_ledger_sealed(l) && serial < HOUSEHOLDS;
	uint64_t size = yihu_ledger_size(l);
	for (uint32_t i = serial - 1; i <= serial; i++) {
		if (i == 0 || (i == serial && !open))
			continue;
		s.body = history.ballots[i].data;
		s.body_len = history.ballots[i].len;
		fixture_must(yihu_box_commit(b, &s, 1, DURING + GROUPS, &err), &err);
		assert_int_equal(s.code, i < serial ? YIHU_ESAME : YIHU_OK);
	}
	assert_int_equal(yihu_ledger_size(l), size + open);
}

/* The mark covers what had left: a disk that lost its newest groups would be
 * refused for it. */
static void check_mark(const char *dir, const struct powerloss_disk *d)
{
	struct yihu_error err = {0};
	struct yihu_mark m = {.fd = -1};
	struct yihu_checkpoint c = {0};
	uint64_t promised = d->promise >> 1 & 0x7fffffff;
	if (!(d->promise & 1))
		return;
	int rc = yihu_mark_open(&m, dir, false, &err);
	if (!rc)
		rc = yihu_checkpoint_parse(&c, m.latest.data, m.latest.len,
					   &f->election->charter->log, &err);
	if (rc)
		fail_msg("moment %zu, %s: %s", d->moment, d->how, err.text);
	if (c.size < promised || (d->promise >> 32 && m.at_close.len == 0))
		fail_msg("moment %zu, %s: the mark has %llu entries, %llu were promised", d->moment,
			 d->how, (unsigned long long)c.size, (unsigned long long)promised);
	yihu_mark_close(&m);
}

/* A third of them, another each time, or all: `faults-powerloss all`. */
#define SHARES 3
static struct {
	bool all;
	size_t n, which;
} share;

static bool is_left_out(void)
{
	return !share.all && share.n++ % SHARES != share.which;
}

static void try_disk(void *context, const struct powerloss_disk *d)
{
	if (is_left_out())
		return;
	struct yihu_error err = {0};
	struct yihu_box *b;
	const char *dir = context;
	put_disk(dir, d);
	check_mark(dir, d);
	int rc = yihu_box_open(&b, dir, BEFORE, &err);
	if (rc)
		fail_msg("moment %zu, %s: %s", d->moment, d->how, err.text);
	if (!(d->promise & 1) && yihu_ledger_size(yihu_box_ledger(b)) == 1)
		seen.opened_new++; /* with an O entry of another time, perhaps */
	else
		check_history(b, d);
	seen.believing += yihu_box_believed(b) > 1;
	go_on(b);
	yihu_box_close(b);
}

TEST(power_loss_at_every_moment)
{
	char *dir = boxdir_new(f);
	powerloss_begin();
	live(dir);
	powerloss_end();
	the_election = f->election;
	struct powerloss_figures n = powerloss_each(try_disk, dir);
	the_election = NULL;
	print_message("# %zu moments, %zu disks, %zu different ones, %s opened; at most %llu "
		      "entries more than promised\n",
		      n.moments, n.disks, n.tried, share.all ? "all" : "a third",
		      (unsigned long long)seen.most);
	assert_true(n.moments > 500 && n.tried > 1000);
	assert_true(seen.opened_new > 0 && seen.most > 0);
	assert_true(seen.believing > 0 && seen.believing < n.tried);
	powerloss_free();
	boxdir_free(dir);
}

AROUND(group_set_up)
{
	f = fixture_new(&(struct fixture_options){.households = HOUSEHOLDS, .projects = 2});
	for (uint32_t i = 1; i <= HOUSEHOLDS; i++)
		history.ballots[i] = boxdir_ballot(f, i, i);
	return 0;
}

AROUND(group_tear_down)
{
	for (uint32_t i = 1; i <= HOUSEHOLDS; i++)
		yihu_buf_free(&history.ballots[i]);
	yihu_buf_free(&history.exported);
	fixture_free(f);
	return 0;
}

int main(int argc, char **argv)
{
	share.all = argc > 1 && strcmp(argv[1], "all") == 0;
	share.which = time(NULL) % SHARES;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(power_loss_at_every_moment),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
