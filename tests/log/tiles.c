/* SPDX-License-Identifier: Apache-2.0
 *
 * Tile names and contents as C2SP tlog-tiles has them, and entry bundles.
 */

#include <stdio.h>
#include <string.h>
#include <yihu/checkpoint.h>

#include "test.h"

static const struct {
	const char *path;
	struct yihu_tile tile;
} names[] = {
	{"tile/0/000", {0, 0, 256}},
	{"tile/0/000.p/1", {0, 0, 1}},
	{"tile/0/001.p/255", {0, 1, 255}},
	{"tile/0/999", {0, 999, 256}},
	{"tile/0/x001/000", {0, 1000, 256}},
	{"tile/0/x001/067.p/5", {0, 1067, 5}},
	{"tile/0/x001/x234/067", {0, 1234067, 256}},
	{"tile/2/x999/x999/999.p/42", {2, 999999999, 42}},
	{"tile/63/000", {63, 0, 256}},
	{"tile/entries/000", {-1, 0, 256}},
	{"tile/entries/x123/456.p/78", {-1, 123456, 78}},
	{"tile/0/x018/x446/x744/x073/x709/x551/615", {0, UINT64_MAX, 256}},
};

static const char *const misspelt[] = {
	"",
	"tile",
	"tile/",
	"tile/0",
	"tile/0/",
	"tile//000",
	"/tile/0/000",
	"tile/0/000/",
	"tile/0/0",
	"tile/0/00",
	"tile/0/0000",
	"tile/0/x000/000",
	"tile/0/x000/x001/000",
	"tile/0/001/000",
	"tile/0/x001",
	"tile/0/x001/x000",
	"tile/0/X001/000",
	"tile/0/x01/000",
	"tile/0/x0001/000",
	"tile/0/x001000",
	"tile/0/x001//000",
	"tile/00/000",
	"tile/01/000",
	"tile/64/000",
	"tile/-1/000",
	"tile/+1/000",
	"tile/ 1/000",
	"tile/1 /000",
	"tile/a/000",
	"tile/Entries/000",
	"tile/entry/000",
	"tile/0/000.p",
	"tile/0/000.p/",
	"tile/0/000.p/0",
	"tile/0/000.p/00",
	"tile/0/000.p/01",
	"tile/0/000.p/256",
	"tile/0/000.p/257",
	"tile/0/000.p/-1",
	"tile/0/000.p/1/",
	"tile/0/000.p/1.p/1",
	"tile/0/000.q/1",
	"tile/0/.p/1",
	"tile/0/0a0",
	"tile/0/0x0",
	"tile/0/xx0",
	"tile/0/-01",
	"tile/0/x018/x446/x744/x073/x709/x551/616",
	"tile/0/x999/x999/x999/x999/x999/x999/x999/999",
	"tiles/0/000",
	"TILE/0/000",
	"tile/0/000\n",
	"tile/0/../000",
};

TEST(each_tile_has_its_name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char path[YIHU_TILE_PATH_BYTES];
		yihu_tile_path(path, &names[i].tile);
		assert_string_equal(path, names[i].path);
	}
}

TEST(each_name_is_its_tile)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct yihu_tile t = {0};
		assert_true(yihu_tile_parse_path(&t, names[i].path));
		assert_int_equal(t.level, names[i].tile.level);
		assert_true(t.index == names[i].tile.index);
		assert_int_equal(t.width, names[i].tile.width);
	}
}

TEST(other_spellings_are_refused)
{
	for (size_t i = 0; i < sizeof misspelt / sizeof *misspelt; i++) {
		struct yihu_tile t = {7, 7, 7};
		if (yihu_tile_parse_path(&t, misspelt[i]))
			fail_msg("accepted: %s", misspelt[i]);
		assert_true(t.level == 7 && t.index == 7 && t.width == 7);
	}
}

TEST(every_name_of_many_tiles_comes_back)
{
	for (uint64_t i = 1; i < UINT64_MAX / 3; i = 3 * i + 1)
		for (int level = -1; level < 8; level++) {
			struct yihu_tile t = {level, i, (unsigned)(i % 256) + 1}, back;
			char path[YIHU_TILE_PATH_BYTES];
			yihu_tile_path(path, &t);
			assert_true(yihu_tile_parse_path(&back, path));
			assert_true(back.level == level && back.index == i &&
				    back.width == t.width);
		}
}

struct listing {
	struct yihu_buf text;
	uint64_t size;
	size_t n, stop_at;
};

static int list(void *context, const struct yihu_tile *t)
{
	struct listing *l = context;
	char path[YIHU_TILE_PATH_BYTES];
	assert_true(yihu_tile_exists(t, l->size));
	yihu_tile_path(path, t);
	if (t->index < 2 || t->width < 256)
		yihu_buf_fmt(&l->text, "%s ", path);
	return ++l->n == l->stop_at ? 77 : 0;
}

TEST(the_tiles_of_a_size)
{
	static const struct {
		uint64_t size;
		size_t n;
		const char *text; /* full ones only of index 0 and 1 */
	} sizes[] = {
		{0, 0, ""},
		{1, 2, "tile/entries/000.p/1 tile/0/000.p/1 "},
		{255, 2, "tile/entries/000.p/255 tile/0/000.p/255 "},
		{256, 3, "tile/entries/000 tile/0/000 tile/1/000.p/1 "},
		{257, 5,
		 "tile/entries/000 tile/entries/001.p/1 tile/0/000 tile/0/001.p/1 tile/1/000.p/1 "},
		{65536, 514,
		 "tile/entries/000 tile/entries/001 tile/0/000 tile/0/001 tile/1/000 "
		 "tile/2/000.p/1 "},
		/* the example of the tlog-tiles text */
		{70000, 551,
		 "tile/entries/000 tile/entries/001 tile/entries/273.p/112 tile/0/000 "
		 "tile/0/001 tile/0/273.p/112 tile/1/000 tile/1/001.p/17 tile/2/000.p/1 "},
	};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct listing l = {.size = sizes[i].size};
		yihu_buf_str(&l.text, "");
		assert_int_equal(yihu_tiles_each(sizes[i].size, list, &l), 0);
		assert_string_equal((char *)l.text.data, sizes[i].text);
		assert_int_equal(l.n, sizes[i].n);
		yihu_buf_free(&l.text);
	}
}

TEST(listing_stops_when_told)
{
	for (size_t stop = 1; stop <= 7; stop++) {
		struct listing l = {.size = 513, .stop_at = stop};
		assert_int_equal(yihu_tiles_each(513, list, &l), 77);
		assert_int_equal(l.n, stop);
		yihu_buf_free(&l.text);
	}
}

TEST(which_tiles_a_size_has)
{
	static const struct {
		uint64_t size;
		struct yihu_tile tile;
		bool exists;
	} rows[] = {
		{0, {0, 0, 1}, false},
		{0, {-1, 0, 1}, false},
		{5, {0, 0, 5}, true},
		{5, {-1, 0, 5}, true},
		{5, {0, 0, 4}, true}, /* of an earlier size */
		{5, {0, 0, 6}, false},
		{5, {-1, 0, 6}, false},
		{5, {0, 0, 256}, false},
		{5, {0, 1, 1}, false},
		{5, {1, 0, 1}, false},
		{256, {0, 0, 256}, true},
		{256, {0, 1, 1}, false},
		{256, {1, 0, 1}, true},
		{256, {1, 0, 2}, false},
		{511, {1, 0, 2}, false},
		{512, {1, 0, 2}, true},
		{65535, {2, 0, 1}, false},
		{65536, {2, 0, 1}, true},
		{65536, {3, 0, 1}, false},
		{65536, {7, 0, 1}, false},
		{65536, {8, 0, 1}, false},
		{65536, {63, 0, 1}, false},
		{65536, {0, UINT64_MAX, 256}, false},
		{UINT64_MAX, {0, UINT64_MAX / 256, 255}, true},
		{UINT64_MAX, {0, UINT64_MAX / 256, 256}, false},
		{UINT64_MAX, {0, UINT64_MAX / 256 + 1, 1}, false},
		{UINT64_MAX, {7, 0, 255}, true},
		{UINT64_MAX, {8, 0, 1}, false},
		{5, {0, 0, 0}, false},
		{1000, {0, 0, 257}, false},
		{5, {-2, 0, 1}, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (yihu_tile_exists(&rows[i].tile, rows[i].size) != rows[i].exists)
			fail_msg("row %zu", i);
}

/* By the definition: hash i of tile n at level l is the root of the entries
 * from (n·256 + i)·256^l on, 256^l of them. */
TEST(tiles_hold_roots_of_subtrees)
{
	struct yihu_tree *tree = yihu_tree_new(), *part = yihu_tree_new();
	struct yihu_buf bytes = {0};
	for (uint32_t i = 0; i < 600; i++)
		yihu_tree_append(tree, yihu_leaf_hash(&i, sizeof i));
	for (uint32_t i = 256; i < 512; i++)
		yihu_tree_append(part, yihu_leaf_hash(&i, sizeof i));
	yihu_tile_hashes(&bytes, tree, &(struct yihu_tile){1, 0, 2});
	assert_int_equal(bytes.len, 64);
	assert_memory_equal(bytes.data, yihu_tree_root(tree, 256).bytes, 32);
	assert_memory_equal(bytes.data + 32, yihu_tree_root(part, 256).bytes, 32);
	yihu_buf_reset(&bytes);
	yihu_tile_hashes(&bytes, tree, &(struct yihu_tile){0, 2, 88});
	assert_int_equal(bytes.len, 88 * 32);
	for (uint32_t i = 0; i < 88; i++) {
		uint32_t entry = 512 + i;
		assert_memory_equal(bytes.data + 32 * i, yihu_leaf_hash(&entry, sizeof entry).bytes,
				    32);
	}
	yihu_buf_free(&bytes);
	yihu_tree_free(tree);
	yihu_tree_free(part);
}

TEST(bundles_give_back_their_entries)
{
	static const char *const entries[] = {"", "a", "bcd", "0123456789"};
	struct yihu_buf bundle = {0}, large = {0};
	const uint8_t *entry;
	size_t len;
	for (size_t i = 0; i < 4; i++)
		yihu_bundle_put(&bundle, entries[i], strlen(entries[i]));
	while (large.len < 0xffff)
		yihu_buf_u8(&large, 'x');
	yihu_bundle_put(&bundle, large.data, large.len);
	assert_memory_equal(bundle.data, "\0\0\0\1a\0\3bcd", 10);
	struct yihu_reader r = yihu_reader(bundle.data, bundle.len);
	for (size_t i = 0; i < 4; i++) {
		assert_true(yihu_bundle_next(&r, &entry, &len));
		assert_int_equal(len, strlen(entries[i]));
		assert_memory_equal(entry, entries[i], len);
	}
	assert_true(yihu_bundle_next(&r, &entry, &len));
	assert_int_equal(len, 0xffff);
	assert_true(yihu_reader_end(&r));
	yihu_buf_free(&bundle);
	yihu_buf_free(&large);
}

TEST(a_bundle_that_breaks_off_is_bad)
{
	static const uint8_t bundle[] = "\0\2ab\0\3cde";
	const size_t whole[] = {0, 4, 9};
	for (size_t len = 0; len <= 9; len++) {
		struct yihu_reader r = yihu_reader(bundle, len);
		const uint8_t *entry = NULL;
		size_t n = 0, entries = 0;
		while (!r.bad && r.left > 0)
			entries += yihu_bundle_next(&r, &entry, &n);
		bool complete = len == whole[0] || len == whole[1] || len == whole[2];
		assert_int_equal(r.bad, !complete);
		assert_int_equal(entries, (size_t)(len >= 4) + (len >= 9));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_tile_has_its_name),
		cmocka_unit_test(each_name_is_its_tile),
		cmocka_unit_test(other_spellings_are_refused),
		cmocka_unit_test(every_name_of_many_tiles_comes_back),
		cmocka_unit_test(the_tiles_of_a_size),
		cmocka_unit_test(listing_stops_when_told),
		cmocka_unit_test(which_tiles_a_size_has),
		cmocka_unit_test(tiles_hold_roots_of_subtrees),
		cmocka_unit_test(bundles_give_back_their_entries),
		cmocka_unit_test(a_bundle_that_breaks_off_is_bad),
	};
	return cmocka_run_group_tests_name("tiles", tests, NULL, NULL);
}
