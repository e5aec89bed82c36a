/* SPDX-License-Identifier: Apache-2.0
 *
 * Tiles: names, bundles, and the tree that the bytes of a bundle make.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void read_path(const char *path)
{
	struct yihu_tile t;
	char again[YIHU_TILE_PATH_BYTES];
	fuzz_fill(&t, sizeof t);
	if (!yihu_tile_parse_path(&t, path)) {
		assert(fuzz_untouched(&t, sizeof t));
		return;
	}
	yihu_tile_path(again, &t);
	assert(strcmp(again, path) == 0);
	assert(!yihu_tile_exists(&t, 0));
}

struct seen {
	const struct yihu_tree *tree;
	uint64_t size;
	size_t n;
};

static int see_tile(void *context, const struct yihu_tile *t)
{
	struct seen *s = context;
	struct yihu_tile again;
	struct yihu_buf hashes = {0};
	char path[YIHU_TILE_PATH_BYTES];
	assert(yihu_tile_exists(t, s->size));
	yihu_tile_path(path, t);
	assert(yihu_tile_parse_path(&again, path));
	assert(again.level == t->level && again.index == t->index && again.width == t->width);
	if (t->level >= 0) {
		yihu_tile_hashes(&hashes, s->tree, t);
		assert(hashes.len == t->width * (size_t)YIHU_NODE_BYTES);
	}
	yihu_buf_free(&hashes);
	s->n++;
	return 0;
}

/* Proofs of one entry and of one earlier size hold, and not for another leaf. */
static void prove(const struct yihu_tree *tree, uint64_t size, uint64_t index)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	struct yihu_node root = yihu_tree_root(tree, size), old = yihu_tree_root(tree, index);
	struct yihu_node leaf = yihu_tree_node(tree, 0, index);
	size_t n = yihu_tree_inclusion(tree, index, size, proof);
	assert(yihu_inclusion_ok(leaf, index, size, proof, n, &root));
	assert(!yihu_inclusion_ok(root, index, size, proof, n, &root) ||
	       memcmp(&leaf, &root, sizeof leaf) == 0);
	if (n > 0)
		assert(!yihu_inclusion_ok(leaf, index, size, proof, n - 1, &root));
	n = yihu_tree_consistency(tree, index, size, proof);
	assert(yihu_consistency_ok(index, &old, size, &root, proof, n));
}

/* Proofs of the input's own, of sizes as large as it says. */
static void check_proof(const uint8_t *data, size_t size)
{
	struct yihu_reader r = yihu_reader(data, size);
	struct yihu_node proof[YIHU_PROOF_NODES_MAX] = {{{0}}}, leaf = {{0}}, root = {{0}};
	uint64_t a = yihu_read_be64(&r), b = yihu_read_be64(&r);
	size_t n = yihu_read_u8(&r) % (YIHU_PROOF_NODES_MAX + 1);
	yihu_inclusion_ok(leaf, a, b, proof, n, &root);
	yihu_consistency_ok(a, &leaf, b, &root, proof, n);
}

static void read_bundle(const uint8_t *data, size_t size)
{
	struct yihu_reader r = yihu_reader(data, size);
	struct yihu_buf again = {0};
	struct yihu_tree *tree = yihu_tree_new();
	const uint8_t *entry;
	size_t len;
	while (r.left > 0 && yihu_bundle_next(&r, &entry, &len)) {
		yihu_bundle_put(&again, entry, len);
		yihu_tree_append(tree, yihu_leaf_hash(entry, len));
	}
	assert(yihu_reader_end(&r) == fuzz_holds(&again, data, size));
	struct seen s = {.tree = tree, .size = yihu_tree_size(tree)};
	yihu_tiles_each(s.size, see_tile, &s);
	assert((s.n > 0) == (s.size > 0));
	if (s.size > 0)
		prove(tree, s.size, data[0] % s.size);
	yihu_tree_free(tree);
	yihu_buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *path = fuzz_string(data, size);
	read_path(path);
	check_proof(data, size);
	read_bundle(data, size);
	free(path);
	return 0;
}
