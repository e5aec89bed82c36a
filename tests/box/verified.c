/* SPDX-License-Identifier: Apache-2.0
 *
 * The recovery mark: what it vouches for is believed, to be verified again later;
 * one that is not of these very entries, or that nobody vouches for, is none. The
 * log has a ballot whose signature is false: an opening that verifies finds it.
 */

#include <boxdir.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "box/has.h"
#include "box/verified.h"
#include "test.h"

#define DURING (FIXTURE_OPENS + 3600)
#define FALSE_ONE 3 /* its entry */

static struct fixture *f;
static char *dir, *aside;

static void put_ballot(struct yihu_box *b, uint32_t serial, bool is_false)
{
	struct yihu_buf body = boxdir_ballot(f, serial, serial);
	struct yihu_error err;
	body.data[body.len - 64] ^= is_false;
	struct yihu_submission s = {.type = YIHU_ENTRY_BALLOT,
				    .body = body.data,
				    .body_len = body.len,
				    .verified = YIHU_VERIFIED_BEFORE};
	fixture_must(yihu_box_commit(b, &s, 1, DURING, &err), &err);
	fixture_must(s.code, &s.err);
	yihu_buf_free(&body);
}

/* O and four ballots, the third of them false. */
static void fill(const char *mirror)
{
	struct yihu_box *b;
	struct yihu_error err;
	const struct yihu_box_opening how = {.mirror = mirror};
	fixture_must(yihu_box_open_as(&b, dir, &how, DURING, &err), &err);
	for (uint32_t serial = 1; serial <= 4; serial++)
		put_ballot(b, serial, serial == FALSE_ONE);
	yihu_box_close(b);
}

AROUND(set_up)
{
	dir = boxdir_new(f);
	aside = boxdir_temp();
	return 0;
}

AROUND(tear_down)
{
	boxdir_free(dir);
	boxdir_free(aside);
	return 0;
}

static void drop(const char *name)
{
	char *path = yihu_path(dir, name);
	unlink(path);
	free(path);
}

/* How many entries an opening believes; *rc its code. */
static uint64_t opens(const struct yihu_box_opening *how, int *rc, struct yihu_error *err)
{
	struct yihu_box *b;
	*err = (struct yihu_error){0};
	*rc = yihu_box_open_as(&b, dir, how, DURING, err);
	uint64_t believed = *rc ? 0 : yihu_box_believed(b);
	if (*rc == 0)
		yihu_box_close(b);
	return believed;
}

static void expect_believed(uint64_t n)
{
	struct yihu_error err;
	int rc;
	uint64_t believed = opens(&(struct yihu_box_opening){0}, &rc, &err);
	if (rc != 0 || believed != n)
		fail_msg("%llu believed, not %llu: %s", (unsigned long long)believed,
			 (unsigned long long)n, err.text);
}

/* All was verified, and the false one found. */
static void expect_found(const struct yihu_box_opening *how)
{
	struct yihu_error err;
	int rc;
	opens(how, &rc, &err);
	if (rc != YIHU_EVOTESIG || !strstr(err.text, "entry 3"))
		fail_msg("%s: %s", yihu_code_slug(rc), err.text);
}

static void expect_all_verified(void)
{
	expect_found(&(struct yihu_box_opening){0});
}

static int verify_again(bool stops, struct yihu_error *err)
{
	struct yihu_box *b = boxdir_open(dir, DURING);
	const atomic_bool stop = stops;
	bool found;
	int rc = yihu_box_verify_again(b, &stop, &found, err);
	assert_int_equal(found, rc != 0);
	yihu_box_close(b);
	return rc;
}

TEST(what_was_verified_is_believed)
{
	fill(NULL);
	expect_believed(5);
	drop("verified");
	expect_all_verified();
}

TEST(what_was_believed_is_verified_again)
{
	struct yihu_error err = {0};
	fill(NULL);
	assert_int_equal(verify_again(true, &err), 0);
	expect_believed(5);
	assert_int_equal(verify_again(false, &err), YIHU_EVOTESIG);
	assert_non_null(strstr(err.text, "entry 3"));
	assert_false(yihu_box_has(dir, "verified"));
	expect_all_verified();
}

TEST(a_sound_log_is_found_sound_again)
{
	struct yihu_error err = {0};
	struct yihu_box *b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 1, 4, DURING);
	yihu_box_close(b);
	if (verify_again(false, &err))
		fail_msg("%s", err.text);
	expect_believed(5);
}

/* To look is to verify. */
TEST(a_look_believes_nothing)
{
	struct yihu_error err = {0};
	struct yihu_box *b;
	fill(NULL);
	assert_int_equal(yihu_box_look(&b, dir, &err), YIHU_EVOTESIG);
	assert_true(yihu_box_has(dir, "verified"));
}

TEST(a_box_made_again_believes_nothing)
{
	struct yihu_error err = {0};
	struct yihu_rebuilt made;
	fill(NULL);
	assert_int_equal(yihu_box_rebuild(dir, NULL, 0, &made, &err), YIHU_EVOTESIG);
	yihu_buf_free(&made.told);
}

static void turn_bytes(size_t at, bool both)
{
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	char *path = yihu_path(dir, "verified");
	fixture_must(yihu_file_read(path, 4096, &bytes, &err), &err);
	assert_int_equal(bytes.len, YIHU_VERIFIED_BYTES);
	bytes.data[at] ^= 1;
	if (both)
		bytes.data[at + YIHU_VERIFIED_SLOT_BYTES] ^= 1;
	fixture_must(yihu_file_write(path, bytes.data, bytes.len, 0600, &err), &err);
	yihu_buf_free(&bytes);
	free(path);
}

/* In the order of a slot: its name, number, size, root and signature. */
TEST(a_mark_that_nobody_vouches_for)
{
	fill(NULL);
	boxdir_copy(dir, aside, "verified", SIZE_MAX);
	for (size_t at = 0; at < 20 + 8 + 8 + 32 + 64; at += 3) {
		boxdir_copy(aside, dir, "verified", SIZE_MAX);
		turn_bytes(at, true);
		expect_all_verified();
	}
	boxdir_copy(aside, dir, "verified", 100);
	expect_all_verified();
}

/* The other one counts: it knows of the O entry alone. */
TEST(a_torn_slot)
{
	struct yihu_box *b = boxdir_open(dir, DURING); /* slot 1 */
	boxdir_vote(b, f, 1, 4, DURING);
	yihu_box_close(b); /* slot 0 */
	turn_bytes(40, false);
	expect_believed(1);
	turn_bytes(YIHU_VERIFIED_SLOT_BYTES + 40, false);
	expect_believed(5); /* the closing after that */
}

static char *box_of(const struct fixture *other, uint32_t first)
{
	char *there = boxdir_new(other);
	struct yihu_box *b = boxdir_open(there, DURING);
	boxdir_vote(b, other, first, 4, DURING);
	yihu_box_close(b);
	return there;
}

/* Vouched for by the same log key, over as many entries: they are others. */
TEST(a_mark_of_another_history)
{
	char *other = box_of(f, 5);
	fill(NULL);
	boxdir_copy(other, dir, "verified", SIZE_MAX);
	expect_all_verified();
	boxdir_free(other);
}

TEST(a_mark_of_another_election)
{
	struct fixture *g = fixture_new(&(struct fixture_options){.name = "other"});
	char *other = box_of(g, 1);
	fill(NULL);
	boxdir_copy(other, dir, "verified", SIZE_MAX);
	expect_all_verified();
	boxdir_free(other);
	fixture_free(g);
}

/* An older copy, with the mark of today. */
TEST(a_mark_of_more_than_is_there)
{
	fill(NULL);
	boxdir_copy(dir, aside, "box.db", SIZE_MAX);
	boxdir_copy(dir, aside, "mark", SIZE_MAX);
	struct yihu_box *b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 5, 1, DURING);
	yihu_box_close(b);
	boxdir_copy(aside, dir, "box.db", SIZE_MAX);
	boxdir_copy(aside, dir, "mark", SIZE_MAX);
	expect_all_verified();
}

/* As a kill leaves it: only what came after the mark is verified. */
TEST(a_box_that_was_killed)
{
	static const char *const files[] = {"box.db", "box.db-wal", "mark", "verified", "log.key"};
	struct yihu_box *b = boxdir_open(dir, DURING);
	boxdir_vote(b, f, 1, 70, DURING);
	put_ballot(b, 71, false);
	char *copy = dir;
	boxdir_make(f, aside);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		boxdir_copy(dir, aside, files[i], SIZE_MAX);
	yihu_box_close(b);
	b = boxdir_open_moved(aside, DURING);
	assert_int_equal(yihu_box_believed(b), 71);
	assert_int_equal(yihu_ledger_size(yihu_box_ledger(b)), 72);
	yihu_box_close(b);
	dir = copy;
}

/* Each half has a mark of its own, and none speaks for the other. */
TEST(halves)
{
	struct yihu_error err;
	int rc;
	char *mirror = yihu_path(aside, "mirror"), *there = yihu_path(mirror, "verified");
	const struct yihu_box_opening how = {.mirror = mirror};
	fill(mirror);
	assert_int_equal(opens(&how, &rc, &err), 5);
	assert_int_equal(unlink(there), 0);
	expect_found(&how);
	free(there);
	free(mirror);
}

/* Behind by what was false, with the mark of when it was not: it is given that
 * entry, and verifies it. */
TEST(a_half_that_is_behind)
{
	static const char *const files[] = {"box.db", "mark"};
	struct yihu_error err;
	struct yihu_box *b;
	char *mirror = yihu_path(aside, "mirror");
	const struct yihu_box_opening how = {.mirror = mirror};
	fixture_must(yihu_box_open_as(&b, dir, &how, DURING, &err), &err);
	put_ballot(b, 1, false);
	put_ballot(b, 2, false);
	yihu_box_close(b);
	for (size_t i = 0; i < 2; i++)
		boxdir_copy(mirror, aside, files[i], SIZE_MAX);
	fixture_must(yihu_box_open_as(&b, dir, &how, DURING, &err), &err);
	put_ballot(b, 3, true);
	yihu_box_close(b);
	for (size_t i = 0; i < 2; i++)
		boxdir_copy(aside, mirror, files[i], SIZE_MAX);
	expect_found(&how);
	free(mirror);
}

/* A register with a letter that the issuer has not signed, and a mark that says it
 * was verified. */
TEST(a_register_is_believed_and_verified_again)
{
	const struct yihu_charter *c = f->election->charter;
	struct yihu_credential *all = yihu_calloc(c->households, sizeof *all);
	struct yihu_verified_mark m = {.fd = -1};
	struct yihu_buf reg = {0};
	struct yihu_error err = {0};
	uint8_t hash[32];
	memcpy(all, f->election->reg->credentials, c->households * sizeof *all);
	all[4].signature[0] ^= 1;
	yihu_register_make(&reg, c, all, &f->issuer);
	crypto_hash_sha256(hash, reg.data, reg.len);
	char *path = yihu_path(dir, "public/register");
	fixture_must(yihu_file_write(path, reg.data, reg.len, 0644, &err), &err);
	const struct yihu_verified_log log = {c, hash};
	yihu_verified_put(&m, dir, &log, &f->log, 1, &(struct yihu_node){0});
	yihu_verified_close(&m);
	yihu_box_close(boxdir_open(dir, DURING)); /* makes it */
	assert_int_equal(verify_again(false, &err), YIHU_EREGISTER);
	assert_non_null(strstr(err.text, "letter 0005"));
	int rc;
	opens(&(struct yihu_box_opening){0}, &rc, &err);
	assert_int_equal(rc, YIHU_EREGISTER);
	free(path);
	free(all);
	yihu_buf_free(&reg);
}

struct told {
	uint64_t done, total;
};

static void note_told(void *context, const char *what, uint64_t done, uint64_t total)
{
	struct told *t = context;
	assert_non_null(what);
	assert_true(done >= t->done && done <= total);
	*t = (struct told){done, total};
}

TEST(progress_is_told)
{
	struct told t = {0};
	struct yihu_error err;
	int rc;
	const struct yihu_progress p = {note_told, &t};
	fill(NULL);
	opens(&(struct yihu_box_opening){.progress = &p}, &rc, &err);
	assert_int_equal(rc, 0);
	assert_int_equal(t.done, 5);
	assert_int_equal(t.total, 5);
}

AROUND(group_set_up)
{
	f = fixture_new(&(struct fixture_options){.households = 80});
	return 0;
}

AROUND(group_tear_down)
{
	fixture_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		CASE(what_was_verified_is_believed),
		CASE(what_was_believed_is_verified_again),
		CASE(a_sound_log_is_found_sound_again),
		CASE(a_look_believes_nothing),
		CASE(a_box_made_again_believes_nothing),
		CASE(a_mark_that_nobody_vouches_for),
		CASE(a_torn_slot),
		CASE(a_mark_of_another_history),
		CASE(a_mark_of_another_election),
		CASE(a_mark_of_more_than_is_there),
		CASE(a_box_that_was_killed),
		CASE(halves),
		CASE(a_half_that_is_behind),
		CASE(a_register_is_believed_and_verified_again),
		CASE(progress_is_told),
	};
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
