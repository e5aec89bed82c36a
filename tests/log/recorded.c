/* SPDX-License-Identifier: Apache-2.0
 *
 * The recorded elections: their logs replay, their tiles, checkpoints and
 * boxes are ours byte for byte.
 */

#include <fixture.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>

#include "test.h"

struct recorded {
	const char *name;
	uint64_t size, ballots;
	uint32_t additions, replacements, voids;
	uint32_t signers; /* of the box */
	char *dir;
	struct yihu_election *election;
	struct yihu_ledger *ledger;
	struct yihu_buf bundle;
};
static struct recorded elections[] = {
	{.name = "approval", .size = 14, .ballots = 12, .signers = 7},
	{.name = "consent", .size = 9, .ballots = 7, .signers = 15},
};
#define N_ELECTIONS (sizeof elections / sizeof *elections)

static void read_file(const struct recorded *r, const char *name, struct yihu_buf *out)
{
	struct yihu_error err;
	char *path = yihu_path(r->dir, name);
	fixture_must(yihu_file_read(path, 1u << 20, out, &err), &err);
	free(path);
}

static void an_entry_replays(struct recorded *r, const uint8_t *entry, size_t len)
{
	struct yihu_error err = {0};
	if (yihu_ledger_append(r->ledger, entry, len, YIHU_VERIFY_NOW, NULL, &err) != YIHU_OK)
		fail_msg("%s, entry %zu: %s", r->name, (size_t)yihu_ledger_size(r->ledger),
			 err.text);
}

AROUND(set_up)
{
	for (size_t i = 0; i < N_ELECTIONS; i++) {
		struct recorded *r = &elections[i];
		struct yihu_error err;
		char *bundle = yihu_printf("log/tile/entries/000.p/%u", (unsigned)r->size);
		r->dir = yihu_printf("%s/vectors/%s/public", getenv("YIHU_TEST_DATA"), r->name);
		fixture_must(yihu_election_load(&r->election, r->dir, &err), &err);
		r->ledger = yihu_ledger_new(r->election);
		read_file(r, bundle, &r->bundle);
		free(bundle);
	}
	return 0;
}

AROUND(tear_down)
{
	for (size_t i = 0; i < N_ELECTIONS; i++) {
		yihu_ledger_free(elections[i].ledger);
		yihu_election_free(elections[i].election);
		yihu_buf_free(&elections[i].bundle);
		free(elections[i].dir);
	}
	return 0;
}

static void every_entry_replays(void **state)
{
	struct recorded *r = *state;
	struct yihu_reader reader = yihu_reader(r->bundle.data, r->bundle.len);
	const uint8_t *entry;
	size_t len;
	while (reader.left > 0 && yihu_bundle_next(&reader, &entry, &len))
		an_entry_replays(r, entry, len);
	assert_true(yihu_reader_end(&reader));
	assert_int_equal(yihu_ledger_size(r->ledger), r->size);
	assert_int_equal(yihu_ledger_counts(r->ledger).ballots, r->ballots);
	assert_true(yihu_ledger_closed(r->ledger));
}

static void the_checkpoint_is_of_this_tree(void **state)
{
	const struct recorded *r = *state;
	struct yihu_buf bytes = {0};
	struct yihu_checkpoint c;
	struct yihu_error err;
	read_file(r, "log/checkpoint", &bytes);
	fixture_must(
		yihu_checkpoint_parse(&c, bytes.data, bytes.len, &r->election->charter->log, &err),
		&err);
	assert_int_equal(c.size, r->size);
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(r->ledger), r->size);
	assert_memory_equal(c.root.bytes, root.bytes, sizeof root.bytes);
	yihu_buf_free(&bytes);
}

static int tile_is_ours(void *context, const struct yihu_tile *t)
{
	const struct recorded *r = context;
	struct yihu_buf want = {0}, is = {0};
	char path[YIHU_TILE_PATH_BYTES];
	yihu_tile_path(path, t);
	char *name = yihu_path("log", path);
	read_file(r, name, &is);
	if (t->level >= 0)
		yihu_tile_hashes(&want, yihu_ledger_tree(r->ledger), t);
	else
		yihu_buf_put(&want, r->bundle.data, r->bundle.len);
	assert_int_equal(is.len, want.len);
	assert_memory_equal(is.data, want.data, is.len);
	free(name);
	yihu_buf_free(&want);
	yihu_buf_free(&is);
	return 0;
}

static void tiles_are_ours(void **state)
{
	assert_int_equal(yihu_tiles_each(((struct recorded *)*state)->size, tile_is_ours, *state),
			 0);
}

static void entries_come_out_as_they_went_in(void **state)
{
	const struct recorded *r = *state;
	struct yihu_reader reader = yihu_reader(r->bundle.data, r->bundle.len);
	struct yihu_buf again = {0}, bundle = {0};
	const uint8_t *entry;
	size_t len;
	while (reader.left > 0 && yihu_bundle_next(&reader, &entry, &len)) {
		struct yihu_entry e;
		yihu_buf_reset(&again);
		assert_int_equal(yihu_entry_parse(&e, entry, len, NULL), YIHU_OK);
		if (e.type == YIHU_ENTRY_OPEN)
			yihu_entry_open(&again, e.time, r->election);
		else
			yihu_entry_put(&again, e.type, e.time, e.body, e.body_len);
		yihu_bundle_put(&bundle, again.data, again.len);
	}
	assert_int_equal(bundle.len, r->bundle.len);
	assert_memory_equal(bundle.data, r->bundle.data, bundle.len);
	yihu_buf_free(&again);
	yihu_buf_free(&bundle);
}

static void the_box_is_the_closed_log(void **state)
{
	const struct recorded *r = *state;
	struct yihu_buf bytes = {0}, text = {0};
	struct yihu_checkpoint box;
	struct yihu_error err;
	uint32_t signers = 0;
	read_file(r, "box", &bytes);
	fixture_must(yihu_box_note_parse(&box, &signers, bytes.data, bytes.len,
					 r->election->charter, &err),
		     &err);
	assert_int_equal(signers, r->signers);
	assert_int_equal(box.size, r->size - 1);
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(r->ledger), box.size);
	assert_memory_equal(box.root.bytes, root.bytes, sizeof root.bytes);
	yihu_box_note_text(&text, r->election->charter->eid, &box);
	assert_memory_equal(bytes.data, text.data, text.len);
	assert_int_equal(bytes.data[text.len], '\n');
	yihu_buf_free(&bytes);
	yihu_buf_free(&text);
}

#define OF(i, test) cmocka_unit_test_prestate(test, &elections[i])

int main(void)
{
	const struct CMUnitTest tests[] = {
		OF(0, every_entry_replays),
		OF(0, the_checkpoint_is_of_this_tree),
		OF(0, tiles_are_ours),
		OF(0, entries_come_out_as_they_went_in),
		OF(0, the_box_is_the_closed_log),
		OF(1, every_entry_replays),
		OF(1, the_checkpoint_is_of_this_tree),
		OF(1, tiles_are_ours),
		OF(1, entries_come_out_as_they_went_in),
		OF(1, the_box_is_the_closed_log),
	};
	return cmocka_run_group_tests_name("recorded logs", tests, set_up, tear_down);
}
